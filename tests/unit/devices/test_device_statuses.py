"""Which statuses of a list say that a device is not in use."""

import pytest

from overzicht.devices import DeviceKind
from overzicht.devices.vocabulary import State, state_in


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
    assert state_in(status) is State.OUT_OF_USE


@pytest.mark.parametrize("date", ["1 May 2024", "2024", "5", "1-5-2024"])
def test_a_date_may_follow_at_once(date: str) -> None:
    assert state_in(f"Retired {date}") is State.OUT_OF_USE
    assert state_in(f"Retired officer {date}") is not State.OUT_OF_USE


@pytest.mark.parametrize(
    "word", ["per", "sinds", "vanaf", "op", "since", "as of", "on", "seit", "ab", "am", "depuis", "2024"]
)
def test_a_date_may_follow(word: str) -> None:
    assert state_in(f"Retired {word} 2024") is State.OUT_OF_USE


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
    assert state_in(status) not in {State.OUT_OF_USE, State.PLANNED}


@pytest.mark.parametrize(
    "status",
    [
        "Gepland",
        "in bestelling",
        "Besteld bij de leverancier",
        "nog niet in gebruik",
        "wordt geplaatst in mei",
        "On order",
        "To be installed",
        "not yet installed",
        "geplant (2027)",
        "noch nicht montiert",
        "prévu",
        "En commande",
        "à poser",
    ],
)
def test_a_device_that_is_ordered_or_still_to_come_is_planned(status: str) -> None:
    assert state_in(status) is State.PLANNED


@pytest.mark.parametrize(("title", "state"), [("Geplande camera's", State.PLANNED), ("Live view", None)])
def test_a_title_says_a_state_only_by_words_that_say_nothing_else(title: str, state: State | None) -> None:
    assert state_in(title, is_status=False) is state


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("camera", True), ("recorder", True), ("unknown", True), ("printer", False), ("server", False)],
)
def test_other_equipment_watches_nobody(kind: str, expected: bool) -> None:
    assert DeviceKind(kind).is_surveillance is expected
