"""Sightings of one device together: nothing that a source states is lost, whatever the order."""

from dataclasses import replace
from datetime import date

import pytest
from unit_devices import make_sighting

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import combined, day_evidence, reasons_of, together
from overzicht.devices.device_marks import Mark
from overzicht.devices.identity import Doubt, OneDevice
from overzicht.devices.identity_rules import Link
from overzicht.evidence import Confidence


def seen(number: int, **fields: object) -> Sighting:
    base = make_sighting(brand=f"Kestrel {number}")
    return replace(base, id=f"s-{number}", **fields)  # type: ignore[arg-type]


FIRST = seen(
    1, label="K-12", site="Depot", address="fe80::1", bought=date(2020, 1, 1), extra={"note": "a", "own": "1"}
)
SECOND = seen(
    2,
    label="K-1200",
    site="Depot North",
    address="10.0.0.1",
    bought=date(2019, 1, 1),
    quantity=3,
    latitude=52.0,
    longitude=4.0,
    extra={"note": "b"},
)


def test_sightings_of_one_kind_keep_every_trace_and_the_fullest_fields() -> None:
    both = combined([FIRST, SECOND])
    assert both == combined([SECOND, FIRST])
    assert both.traces == {Trace.BRAND: ("Kestrel 1", "Kestrel 2")}
    assert (both.id, both.label, both.site, both.quantity) == ("s-1", "K-12", "Depot North", 3)
    assert (both.bought, both.latitude, both.longitude) == (date(2019, 1, 1), 52.0, 4.0)
    assert both.extra == {"note": "a", "own": "1"}
    assert combined([FIRST]) is FIRST


@pytest.mark.parametrize(
    ("addresses", "first"),
    [
        (("", "fe80::1"), "fe80::1"),
        (("fe80::1", "cam.example.org"), "cam.example.org"),
        (("cam.example.org", "10.0.0.1"), "10.0.0.1"),
        (("10.0.0.1", "10.0.0.12"), "10.0.0.1"),
        (("10.0.0.1.example", "fe80::1"), "10.0.0.1.example"),
    ],
)
def test_the_address_that_people_read_comes_first(addresses: tuple[str, str], first: str) -> None:
    sightings = [seen(number, address=address) for number, address in enumerate(addresses)]
    assert combined(sightings).address == combined(sightings[::-1]).address == first


def test_the_table_of_people_goes_before_what_devices_answer() -> None:
    scan, table = replace(SECOND, site="Scan"), replace(FIRST, address="")
    both = together({"scan": scan, "table": table, "agent": seen(3, site="Agent", place="Hall")})
    assert (both.id, both.site, both.place, both.address) == ("s-1", "Depot", "Hall", "10.0.0.1")
    assert both.traces == {Trace.BRAND: ("Kestrel 1", "Kestrel 2", "Kestrel 3")}
    assert both.extra == {"note": "a", "own": "1"}
    assert together({"scan": scan}) is scan


@pytest.mark.parametrize("kinds", [("table", "scan"), ("agent", "scan")])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("label", "K-12"),
        ("organisation", "Water board"),
        ("site", "Depot"),
        ("place", "Hall"),
        ("address", "10.0.0.1"),
        ("kind", "camera"),
        ("status", "in use"),
        ("bought", date(2020, 1, 1)),
    ],
)
def test_a_field_that_one_source_states_is_kept(kinds: tuple[str, str], field: str, value: object) -> None:
    stated, silent = seen(1, **{field: value}), replace(seen(2), label="", address="", bought=None)
    for one, other in ((stated, silent), (silent, stated)):
        assert getattr(together(dict(zip(kinds, (one, other), strict=True))), field) == value
    assert getattr(day_evidence({"scan": stated}, [("scan", silent)])["scan"], field) == value


def test_newer_evidence_of_one_kind_keeps_what_it_omits() -> None:
    newer = seen(4, label="K-13", latitude=0.0, longitude=1.0)
    kept = day_evidence({"table": SECOND, "scan": FIRST}, [("table", newer)])
    assert kept["scan"] is FIRST
    table = kept["table"]
    assert (table.label, table.site, table.latitude, table.longitude) == ("K-13", "Depot North", 0.0, 1.0)
    assert table.traces == {Trace.BRAND: ("Kestrel 4",)}
    assert day_evidence({"table": SECOND}, [("table", FIRST)])["table"].latitude == 52.0


def test_reasons_name_at_most_five_places_and_only_marks_of_a_device() -> None:
    places = [f"a.csv, row {number}" for number in range(1, 8)]
    links = [Link(Mark.SERIAL, "1", tuple(range(6))), Link(Mark.PLACE, "hall", (0, 1))]
    doubts = [
        Doubt(Mark.LABEL, "k-12", (0, 6), Mark.PRODUCT),
        Doubt(Mark.PLACE, "hall", (0, 6), Mark.PRODUCT),
        Doubt(Mark.LABEL, "k-12", (0, 6), Mark.SITE),
    ]
    device = OneDevice(members=tuple(range(6)), links=tuple(links), device="")
    serial, place, apart = reasons_of(device, places, doubts)
    five = "; ".join(places[:5])
    assert str(serial.text) == f"{five}; …: one device by the same serial number"
    assert (serial.strength, place.strength) == (Confidence.HIGH, Confidence.MEDIUM)
    assert str(apart.text) == (
        "a.csv, row 7: the same label, but another brand and model; counted as another device"
    )
    assert apart.against
