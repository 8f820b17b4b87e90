"""The rule for which sightings are one device: its stages, what speaks against, and that order is nothing."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import combined, day_evidence, doubts_by_member, reasons_of, together
from overzicht.devices.device_marks import Mark, Marks, mac_addresses
from overzicht.devices.identity import Identity, same_devices
from overzicht.devices.identity_rules import Observation, device_keys
from overzicht.evidence import Citation

FIRST, SECOND = "A4:14:37:00:00:01", "A4:14:37:00:00:02"
TRACES = {"mac": Trace.MAC, "serial": Trace.SERIAL, "brand": Trace.BRAND, "model": Trace.MODEL}


def said(file: str, place: str = "1", **fields: Any) -> Sighting:
    """Return a sighting; `at` is where on the site it stands."""
    traces = {TRACES[name]: (fields.pop(name),) for name in list(fields) if name in TRACES}
    fields["place"] = fields.pop("at", "")
    return Sighting(
        id=f"{file}-{place}",
        citation=Citation(source="inventory", title=file, snapshot=file, place=place),
        traces={trace: values for trace, values in traces.items() if values != ("",)},
        **fields,
    )


def seen(file: str, place: str = "1", **fields: Any) -> Observation:
    return Observation(said(file, place, **fields))


def groups(sightings: list[Observation], identity: Identity | None = None) -> set[frozenset[str]]:
    """Return the ids of the sightings of each device."""
    found = identity or same_devices(sightings)
    return {frozenset(sightings[n].sighting.id for n in one.members) for one in found.devices}


def marks(*sightings: Observation) -> list[str]:
    """Return by what the devices of the sightings were joined; fails unless they are one device."""
    (one,) = same_devices(sightings).devices
    return [link.mark.value for link in one.links]


HALL: dict[str, Any] = {"site": "Hall", "brand": "Axis", "model": "P3245-V"}


@pytest.mark.parametrize(
    ("ours", "theirs", "by"),
    [
        ({"serial": "ab123456"}, {"serial": " AB123456 "}, "serial"),
        ({"serial": "DS-2CD2146G2-ISU20230530AAWRF17421809"}, {"serial": "F17421809"}, "serial"),
        ({"mac": FIRST}, {"mac": "a414.3700.0001"}, "mac"),
        ({"mac": FIRST, "brand": "Annke", "model": "C800"},
         {"mac": FIRST, "brand": "Hikvision", "model": "DS-2CD2143"}, "mac"),
        ({"mac": FIRST, "label": "CAM-1"}, {"mac": FIRST, "label": "CAM-9"}, "mac"),
        ({"label": "CAM-1", "site": "Hall"}, {"label": "cam-1", "site": "hall"}, "label"),
        ({"label": "CAM-1", "at": "door"}, {"label": "CAM-1", "at": "door"}, "label"),
        ({"label": "CAM-1", "site": "Hall", "brand": "Hikvision"},
         {"label": "CAM-1", "site": "Hall", "brand": "HIKVISION Digital Technology"}, "label"),
        ({"label": "CAM-1", "site": "Hall", "at": "door"},
         {"label": "CAM-1", "site": "Hall", "at": "by the door"},
         "label"),
        ({"label": "CAM-0042", "model": "P3245-V"},
         {"label": "CAM-0042", "model": "AXIS P3245-V (2.8 mm)"}, "label"),
        ({"address": "192.0.2.7", "model": "P3245-V"}, {"address": "192.0.2.7", "model": "P3245-V"},
         "network address"),
        ({"address": "192.0.2.7", **HALL, "label": "CAM-1"}, {"address": "192.0.2.7"}, "network address"),
        ({"address": "192.0.2.7", **HALL, "label": "CAM-1"},
         {"address": "192.0.2.7", "label": "cam.town.example"},
         "network address"),
        ({"address": "192.0.2.7"}, {"address": "192.0.2.7"}, "network address"),
        ({**HALL, "at": "door"}, {**HALL, "at": "door"}, "place and model"),
        ({**HALL, "at": "door", "quantity": 4}, {**HALL, "at": "door", "quantity": 6}, "place and model"),
        ({**HALL, "at": "door", "mac": FIRST}, {**HALL, "at": "door"}, "place and model"),
    ],
)  # fmt: skip
def test_a_mark_in_two_files_is_one_device(ours: dict[str, Any], theirs: dict[str, Any], by: str) -> None:
    assert marks(seen("sheet", **ours), seen("scan", **theirs))[0] == by


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"mac": FIRST, "address": "192.0.2.7"}, {"mac": SECOND, "address": "192.0.2.7"}),
        ({"mac": FIRST, "serial": "AB123456"}, {"mac": SECOND, "serial": "AB123456"}),
        ({"mac": FIRST, "serial": "AB123456"}, {"mac": FIRST, "serial": "ZZ999999"}),
        ({"serial": "1234"}, {"serial": "1234"}),
        ({"serial": "00000000"}, {"serial": "00000000"}),
        ({"serial": "12345678"}, {"serial": "12345678"}),
        ({"serial": "onbekend"}, {"serial": "onbekend"}),
        ({"mac": "00:00:00:00:00:00"}, {"mac": "00:00:00:00:00:00"}),
        ({"mac": "00:11:22:33:44:55"}, {"mac": "00:11:22:33:44:55"}),
        ({"mac": "01:00:5E:00:00:01"}, {"mac": "01:00:5E:00:00:01"}),
        ({"mac": FIRST, "quantity": 4}, {"mac": FIRST}),
        ({}, {}),
        ({"label": "CAM-1"}, {"label": "CAM-1"}),
        ({"label": "7", "model": "P3245-V"}, {"label": "7", "model": "P3245-V"}),
        ({"label": "CAM-1", "site": "Hall"}, {"label": "CAM-1", "site": "Pool"}),
        ({"label": "CAM-1", "site": "Hall", "organisation": "A"},
         {"label": "CAM-1", "site": "Hall", "organisation": "B"}),
        ({"label": "CAM-1", "site": "Hall", "brand": "Bosch"},
         {"label": "CAM-1", "site": "Hall", "brand": "Dahua"}),
        ({"label": "CAM-1", "site": "Hall", "mac": FIRST}, {"label": "CAM-1", "site": "Hall", "mac": SECOND}),
        ({"label": "camera", "site": "Hall", "mac": FIRST}, {"label": "camera", "site": "Hall"}),
        ({"label": "CAM-3", "site": "Hall", "brand": "Bosch", "address": "10.0.0.3"},
         {"label": "X-77", "site": "Hall", "brand": "Dahua", "address": "10.0.0.3"}),
        ({"address": "192.0.2.7", "brand": "Bosch", "site": "Hall"},
         {"address": "192.0.2.7", "brand": "Dahua", "site": "Hall"}),
        ({"address": "192.0.2.7", "brand": "Bosch", "label": "a"}, {"address": "192.0.2.7", "at": "door"}),
        ({"brand": "Axis", "model": "P3245-V"}, {"brand": "Axis", "model": "P3245-V"}),
        ({**HALL, "at": "door", "address": "192.0.2.7"}, {**HALL, "at": "door", "address": "192.0.2.8"}),
        ({**HALL, "at": "door", "quantity": 4}, {**HALL, "at": "door"}),
    ],
)  # fmt: skip
def test_what_contradicts_or_says_too_little_stays_apart(
    ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    assert len(same_devices([seen("sheet", **ours), seen("scan", **theirs)]).devices) == 2


@pytest.mark.parametrize(
    ("row", "devices"),
    [
        ({"label": "CAM-1", **HALL}, 1),
        ({"mac": FIRST}, 1),
        ({"latitude": 52.1, "longitude": 4.3}, 1),
        ({**HALL, "at": "door"}, 2),  # one row for each camera, and nothing tells them apart
        ({"label": "camera", **HALL}, 2),
    ],
)
def test_an_equal_row_of_one_file_is_one_device_if_it_has_a_mark(row: dict[str, Any], devices: int) -> None:
    assert len(same_devices([seen("sheet", "1", **row), seen("sheet", "2", **row)]).devices) == devices


def test_rows_of_one_file_with_a_number_of_their_own_are_one_device_unless_they_are_other_products() -> None:
    channels = [seen("sheet", str(n), mac=FIRST, label=f"channel {n}", site="Hall") for n in range(4)]
    assert len(same_devices(channels).devices) == 1
    copied = [seen("sheet", str(n), mac=FIRST, label=f"CAM-{n}", site=f"Site {n}") for n in range(4)]
    assert len(same_devices(copied).devices) == 4
    models = [seen("sheet", str(n), serial="AB123456", model=f"P{n}") for n in range(4)]
    assert len(same_devices(models).devices) == 4
    labels = [seen("sheet", str(n), label="CAM-1", site="Hall", at=f"door {n}") for n in range(4)]
    assert len(same_devices(labels).devices) == 4


def test_a_value_that_fits_what_contradicts_joins_nothing_and_says_so() -> None:
    three = [
        seen("a", mac=FIRST, label="CAM-1", site="Hall"),
        seen("b", label="CAM-1", site="Hall"),
        seen("c", mac=SECOND, label="CAM-1", site="Hall"),
    ]
    identity = same_devices(three)
    assert len(identity.devices) == 3
    assert (Mark.LABEL, Mark.MAC) in {(doubt.mark, doubt.against) for doubt in identity.doubts}
    places = [one.sighting.citation.title for one in three]
    reasons = reasons_of(identity.devices[0], places, doubts_by_member(identity)[0])
    assert next(str(reason.text) for reason in reasons if reason.against) == (
        "b; c: the same label, but another MAC address; counted as another device"
    )


def test_sightings_are_chained_through_a_third_file_whatever_comes_first() -> None:
    three = [
        seen("a", mac=FIRST), seen("b", serial="AB123456"), seen("c", mac=FIRST, serial="AB123456"),
    ]  # fmt: skip
    for order in ((0, 1, 2), (2, 0, 1), (1, 2, 0)):
        ordered = [three[n] for n in order]
        assert len(same_devices(ordered).devices) == 1
    (one,) = same_devices(three).devices
    reasons = reasons_of(one, ["a.csv, row 1", "b.csv, row 1", "c.csv, row 1"], ())
    assert [str(reason.text) for reason in reasons] == [
        "b.csv, row 1; c.csv, row 1: one device by the same serial number",
        "a.csv, row 1; c.csv, row 1: one device by the same MAC address",
    ]


def test_rows_without_marks_count_as_the_fullest_file_has_them() -> None:
    here: dict[str, Any] = {**HALL, "at": "lobby"}
    rows = [seen("a", str(n), **here) for n in range(3)] + [seen("b", str(n), **here) for n in range(4)]
    assert len(same_devices(rows).devices) == 4


def test_known_devices_are_never_one_and_what_took_the_place_of_another_goes_first() -> None:
    old = Observation(said("", label="CAM-1", site="Hall"), "d-old", is_known=True, is_over=True)
    new = Observation(said("", label="CAM-1", site="Hall"), "d-new", is_known=True)
    row = seen("sheet", label="CAM-1", site="Hall")
    found = {one.device: one.members for one in same_devices([old, new, row]).devices}
    assert found == {"d-old": (0,), "d-new": (1, 2)}
    found = {one.device: one.members for one in same_devices([old, row]).devices}
    assert found == {"d-old": (0, 1)}


def test_a_sighting_has_the_key_of_its_device_and_of_its_row() -> None:
    sheet = said("sheet", "7", serial="AB123456")
    assert list(device_keys(Observation(sheet))) == ["row sheet 7 sheet-7"]
    assert list(device_keys(Observation(sheet, "d-1"))) == ["d-1", "row sheet 7 sheet-7"]
    assert list(device_keys(Observation(sheet, "d-1", is_known=True))) == ["d-1"]


def test_combining_takes_what_each_says_in_any_order() -> None:
    sheet = said("sheet", mac=FIRST, brand="HIK", label="CAM-1", site="Hall", bought=date(2021, 1, 1))
    other = said(
        "other", mac=FIRST, brand="Hikvision", label="host-7", address="192.0.2.7", bought=date(2020, 1, 1),
        quantity=2,
    )  # fmt: skip
    whole = combined([sheet, other])
    assert whole == combined([other, sheet])
    assert (whole.label, whole.site, whole.address) == ("CAM-1", "Hall", "192.0.2.7")
    assert (whole.bought, whole.quantity) == (date(2020, 1, 1), 2)
    assert whole.values(Trace.BRAND) == ("HIK", "Hikvision")
    assert mac_addresses(whole) == (FIRST,)
    shown = together(day_evidence({}, [("nmap-xml", other), ("table", sheet)]))
    assert (shown.label, shown.bought) == ("CAM-1", date(2021, 1, 1))


macs = st.sampled_from(["", "", FIRST, SECOND, "A4:14:37:00:00:03"])
serials = st.sampled_from(["", "", "AB123456", "CD123456"])
addresses = st.sampled_from(["", "192.0.2.1", "192.0.2.2"])
labels = st.sampled_from(["", "CAM-1", "CAM-2", "host.town.example"])
sites = st.sampled_from(["", "Hall", "Pool"])
models = st.sampled_from(["", "P3245-V", "DS-2CD2143"])
rows = st.tuples(
    st.sampled_from("abc"), macs, serials, addresses, labels, sites, models, st.sampled_from([1, 1, 2])
)


@st.composite
def inventories(draw: st.DrawFn) -> list[Observation]:
    names = ("mac", "serial", "address", "label", "site", "model", "quantity")
    drawn = draw(st.lists(rows, max_size=9))
    return [
        seen(file, str(number), **dict(zip(names, fields, strict=True)))
        for number, (file, *fields) in enumerate(drawn)
    ]


@given(inventories(), st.randoms(use_true_random=False))
def test_law_the_order_of_files_and_rows_changes_no_device(sightings: list[Observation], random: Any) -> None:
    shuffled = list(sightings)
    random.shuffle(shuffled)
    assert groups(sightings) == groups(shuffled)


@given(inventories())
def test_law_every_sighting_is_of_one_device_and_no_device_contradicts_itself(
    sightings: list[Observation],
) -> None:
    devices = same_devices(sightings).devices
    assert sorted(n for one in devices for n in one.members) == list(range(len(sightings)))
    for one in devices:
        own = [Marks.of(sightings[n].sighting) for n in one.members]
        for name in ("macs", "serials"):
            assert len({getattr(marks, name) for marks in own if getattr(marks, name)}) <= 1
        assert len(one.members) == 1 or one.links


@pytest.mark.parametrize(
    ("addresses", "shown"),
    [
        (("a.b", "192.0.2.200"), "192.0.2.200"),
        (("fe80::1", "cam.town.example"), "cam.town.example"),
        (("", "fe80::1"), "fe80::1"),
    ],
)
def test_a_device_is_shown_with_an_ipv4_address_before_a_name_before_ipv6(
    addresses: tuple[str, str], shown: str
) -> None:
    sightings = [said(f"file-{number}", address=address) for number, address in enumerate(addresses)]
    assert combined(sightings).address == shown
    assert combined(sightings[::-1]).address == shown
