"""Marks of a sighting: the numbers that tell devices apart, without filler."""

from dataclasses import replace
from typing import Any

import pytest
from unit_devices import make_sighting

from overzicht.devices import Trace
from overzicht.devices.device_marks import Marks, mac_addresses, serials


@pytest.mark.parametrize(
    ("written", "serial"),
    [
        ("ab 12 34 cd", "AB1234CD"),
        ("DS-2CD2032F-I20150513BBWR516234567WCVU", "516234567"),
        ("DS-2CD2032F-I20150513AAWRC12345678", "C12345678"),
        ("A20150513BBWR51623456", "51623456"),
        ("20150513BBWR51623456", "20150513BBWR51623456"),  # no model before the day
        ("DS-2CD2032F-I20150513BBW516234567", "DS-2CD2032F-I20150513BBW516234567"),
        ("A1234", ""),
        ("A12345", "A12345"),
        ("ABCDEF", ""),
        ("0000000", ""),
        ("0000001", ""),
        ("0000012", "0000012"),
        ("1111111", ""),
        ("1234567", ""),
        ("7654321", ""),
        ("1234568", "1234568"),
    ],
)
def test_a_serial_number_is_long_enough_and_no_filler(written: str, serial: str) -> None:
    assert serials(make_sighting(serial=written)) == ((serial,) if serial else ())


@pytest.mark.parametrize(
    ("written", "is_own"),
    [
        ("44-19-B6-00-00-01", True),
        ("00:00:00:12:34:56", False),
        ("00:11:22:33:44:55", False),
        ("AA:BB:CC:DD:EE:FF", False),
        ("44:44:44:44:44:44", False),
        ("45:19:B6:00:00:01", False),  # a group of devices
        ("44-19-B6", False),
    ],
)
def test_a_mac_address_belongs_to_one_device(written: str, is_own: bool) -> None:
    assert bool(Marks.of(make_sighting(mac=written)).macs) is is_own


def test_each_mac_address_is_written_in_one_way_and_once() -> None:
    written = ("44-19-b6-00-00-01", "4419.b600.0001", "camera 1")
    assert mac_addresses(make_sighting(mac=written)) == ("44:19:B6:00:00:01",)


def test_a_row_of_several_devices_has_no_numbers_of_its_own() -> None:
    one = replace(make_sighting(serial="AB1234CD", mac="44:19:B6:00:00:01"), address="10.0.0.1", label="K-12")
    several = Marks.of(replace(one, quantity=2))
    assert Marks.of(one).is_told_apart
    assert (several.serials, several.macs, several.address, several.label) == ((), (), "", "k-12")
    assert not Marks.of(make_sighting(brand="Kestrel")).is_told_apart


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("K-12  North", "k-12 north"),
        ("cam1.example.org", ""),
        ("cam1.example.org.", ""),
        ("v. 2", "v. 2"),
        ("Camera", ""),
    ],
)
def test_a_host_name_is_a_label_that_the_network_gave(label: str, name: str) -> None:
    assert Marks.of(replace(make_sighting(), label=label)).name == name


def test_a_product_is_compared_by_brand_and_the_first_word_with_a_digit() -> None:
    marks = Marks.of(make_sighting(brand="Axis Communications", model="AXIS P3245-V (2.8 mm)"))
    assert (marks.brands, marks.models) == (frozenset({"axis"}), frozenset({"p3245v"}))
    assert Marks.of(make_sighting(brand="unknown", model="Dome")).brands == frozenset()
    assert Marks.of(make_sighting(model="Dome Cam")).models == {"domecam"}


def test_a_point_is_written_to_a_metre() -> None:
    at = replace(make_sighting(), latitude=52.0, longitude=4.123456)
    assert Marks.of(at).point == "52.00000 4.12346"
    assert Marks.of(make_sighting()).point == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"traces": {Trace.SERIAL: ("AB1234CD",)}},
        {"traces": {Trace.MAC: ("44:19:B6:00:00:01",)}},
        {"label": "K-12"},
        {"address": "10.0.0.1"},
    ],
)
def test_each_mark_of_a_device_tells_it_apart_and_place_and_product_do_not(fields: dict[str, Any]) -> None:
    sighting = replace(make_sighting(brand="Kestrel", model="KS-1"), site="Depot", place="Hall")
    assert not Marks.of(sighting).is_told_apart
    assert Marks.of(replace(sighting, **fields)).is_told_apart
