"""Putting sightings of one device together: the same in any order, nothing lost, nothing contradicted."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.workflows.overview.merging import SeenDevice, mac_addresses, merge

FIRST, SECOND = "A4:14:37:00:00:01", "A4:14:37:00:00:02"


def seen(file: str, place: str = "1", *, mac: str = "", serial: str = "", **fields: object) -> Sighting:
    traces = {Trace.MAC: mac, Trace.SERIAL: serial, Trace.BRAND: str(fields.pop("brand", ""))}
    return Sighting(
        id=f"{file}-{place}",
        citation=Citation(source="inventory", title=file, snapshot=file, place=place),
        traces={trace: (value,) for trace, value in traces.items() if value},
        **fields,  # type: ignore[arg-type]
    )


def groups(devices: list[SeenDevice]) -> set[frozenset[tuple[str, str]]]:
    """Return which places of which files are one device."""
    return {frozenset((c.snapshot, c.place) for c in device.citations) for device in devices}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"mac": FIRST}, {"mac": "a414.3700.0001"}),
        ({"serial": "ab123456"}, {"serial": " AB123456 "}),
        ({"address": "192.0.2.7"}, {"address": "192.0.2.7"}),
        ({"mac": FIRST, "serial": "OTHER-1"}, {"mac": FIRST, "serial": "OTHER-2"}),
    ],
)
def test_an_equal_mac_serial_or_address_in_two_files_is_one_device(
    ours: dict[str, str], theirs: dict[str, str]
) -> None:
    (device,) = merge([seen("sheet", **ours), seen("scan", **theirs)])
    assert [citation.snapshot for citation in device.citations] == ["sheet", "scan"]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"mac": FIRST, "address": "192.0.2.7"}, {"mac": SECOND, "address": "192.0.2.7"}),
        ({"mac": FIRST, "serial": "AB123456"}, {"mac": SECOND, "serial": "AB123456"}),
        ({"serial": "1234"}, {"serial": "1234"}),
        ({"serial": "00000000"}, {"serial": "00000000"}),
        ({"mac": "00:00:00:00:00:00"}, {"mac": "00:00:00:00:00:00"}),
        ({"mac": FIRST, "quantity": 4}, {"mac": FIRST}),
        ({}, {}),
        ({"label": "CAM-1"}, {"label": "CAM-1"}),
    ],
)
def test_what_contradicts_or_tells_nothing_stays_apart(
    ours: dict[str, object], theirs: dict[str, object]
) -> None:
    assert len(merge([seen("sheet", **ours), seen("scan", **theirs)])) == 2  # type: ignore[arg-type]


def test_two_rows_of_one_file_are_never_one_device() -> None:
    assert len(merge([seen("sheet", "1", mac=FIRST), seen("sheet", "2", mac=FIRST)])) == 2
    through_a_third = [
        seen("sheet", "1", mac=FIRST),
        seen("sheet", "2", serial="AB123456"),
        seen("scan", mac=FIRST, serial="AB123456"),
    ]
    assert groups(merge(through_a_third)) == {
        frozenset({("sheet", "1"), ("scan", "1")}),
        frozenset({("sheet", "2")}),
    }


def test_a_trace_that_stands_twice_in_a_file_joins_nothing_to_that_file() -> None:
    doubled = [seen("sheet", "1", mac=FIRST), seen("sheet", "2", mac=FIRST), seen("scan", mac=FIRST)]
    assert len(merge(doubled)) == 3


def test_an_address_that_fits_two_contradicting_devices_joins_neither() -> None:
    three = [
        seen("a", mac=FIRST, address="192.0.2.7"),
        seen("b", address="192.0.2.7"),
        seen("c", mac=SECOND, address="192.0.2.7"),
    ]
    assert len(merge(three)) == 3


def test_sightings_are_chained_through_a_third_file_whatever_comes_first() -> None:
    mac, serial, both = (
        seen("a", mac=FIRST), seen("b", serial="AB123456"), seen("c", mac=FIRST, serial="AB123456"),
    )  # fmt: skip
    for order in ([mac, serial, both], [both, mac, serial], [serial, both, mac]):
        assert len(merge(order)) == 1


def test_the_first_file_leads_and_the_others_fill_in() -> None:
    (device,) = merge(
        [
            seen("sheet", mac=FIRST, brand="HIK", label="CAM-1", site="Hall"),
            seen(
                "scan",
                mac=FIRST,
                brand="Hikvision",
                label="host-7",
                address="192.0.2.7",
                bought=date(2020, 1, 1),
            ),
        ]
    )
    merged = device.sighting
    assert (merged.label, merged.site, merged.address) == ("CAM-1", "Hall", "192.0.2.7")
    assert merged.bought == date(2020, 1, 1)
    assert merged.values(Trace.BRAND) == ("HIK", "Hikvision")
    assert mac_addresses(merged) == (FIRST,)


def test_the_id_of_a_device_does_not_depend_on_which_file_comes_first() -> None:
    pair = [seen("sheet", mac=FIRST), seen("scan", mac=FIRST)]
    assert merge(pair)[0].sighting.id == merge(pair[::-1])[0].sighting.id


macs = st.sampled_from(["", "", FIRST, SECOND, "A4:14:37:00:00:03"])
serials = st.sampled_from(["", "", "AB123456", "CD123456"])
addresses = st.sampled_from(["", "192.0.2.1", "192.0.2.2"])
rows = st.tuples(st.sampled_from("abc"), macs, serials, addresses, st.sampled_from([1, 1, 1, 2]))


@st.composite
def inventories(draw: st.DrawFn) -> list[Sighting]:
    drawn = draw(st.lists(rows, max_size=9))
    return [
        seen(
            file, str(number), mac=mac, serial=serial, address=address, quantity=quantity, brand=f"B{number}"
        )
        for number, (file, mac, serial, address, quantity) in enumerate(drawn)
    ]


@given(inventories())
def test_law_no_sighting_and_no_trace_is_lost_or_doubled(sightings: list[Sighting]) -> None:
    devices = merge(sightings)
    cited = Counter((c.snapshot, c.place) for device in devices for c in device.citations)
    assert cited == Counter((s.citation.snapshot, s.citation.place) for s in sightings)
    brands = Counter(value for device in devices for value in device.sighting.values(Trace.BRAND))
    assert brands == Counter(value for s in sightings for value in s.values(Trace.BRAND))
    assert sum(d.sighting.quantity for d in devices) <= sum(s.quantity for s in sightings)
    assert len({device.sighting.id for device in devices}) == len(devices)


@given(inventories(), st.randoms(use_true_random=False))
def test_law_the_order_of_files_and_rows_changes_no_device(sightings: list[Sighting], random: object) -> None:
    shuffled = list(sightings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    ours, theirs = merge(sightings), merge(shuffled)
    assert groups(ours) == groups(theirs)
    assert {d.sighting.id for d in ours} == {d.sighting.id for d in theirs}


@given(inventories())
def test_law_one_file_gives_a_device_at_most_one_row_and_one_mac(sightings: list[Sighting]) -> None:
    own = {(s.citation.snapshot, s.citation.place): set(mac_addresses(s)) for s in sightings}
    for device in merge(sightings):
        files = [citation.snapshot for citation in device.citations]
        assert len(set(files)) == len(files)
        known = [own[(c.snapshot, c.place)] for c in device.citations if own[(c.snapshot, c.place)]]
        assert all(one == known[0] for one in known)
