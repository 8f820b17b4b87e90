"""Which statuses of a list say that a device is not in use."""

import pytest

from overzicht.devices import DeviceKind
from overzicht.devices.vocabulary import is_out_of_use


@pytest.mark.parametrize(
    "status",
    [
        "Buiten gebruik",
        "buiten gebruik per 2024",
        "In magazijn",
        "Retired",
        "In Stock",
        "AUSSER BETRIEB",
        "Niet meer in gebruik",
    ],
)
def test_a_device_that_is_retired_or_in_store_is_out_of_use(status: str) -> None:
    assert is_out_of_use(status)


@pytest.mark.parametrize("date", ["1 May 2024", "2024", "5", "1-5-2024"])
def test_a_date_may_follow_at_once(date: str) -> None:
    assert is_out_of_use(f"Retired {date}")
    assert not is_out_of_use(f"Retired officer {date}")


@pytest.mark.parametrize(
    "word", ["per", "sinds", "vanaf", "op", "since", "as of", "on", "seit", "ab", "am", "depuis", "2024"]
)
def test_a_date_may_follow(word: str) -> None:
    assert is_out_of_use(f"Retired {word} 2024")


@pytest.mark.parametrize(
    "status",
    [
        "",
        "In gebruik",
        "Offline",
        "Defect",
        "Installed",
        "Active",
        "storing",
        "Uit",
        "Reserve",
        "Storage OK",
        "Vervallen garantie",
        "Verwijderd uit onderhoudscontract",
        "Buiten gebruik: nee",
        "Retired: no",
    ],
)
def test_a_device_that_is_off_or_broken_is_still_in_use(status: str) -> None:
    assert not is_out_of_use(status)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("camera", True), ("recorder", True), ("unknown", True), ("printer", False), ("server", False)],
)
def test_other_equipment_watches_nobody(kind: str, expected: bool) -> None:
    assert DeviceKind(kind).is_surveillance is expected
