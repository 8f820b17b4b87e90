"""Short names of parties in questions: what may be left out of a listed name, and what may not."""

from types import SimpleNamespace
from typing import Any

import pytest

from overzicht.entities import Record
from overzicht.workflows.answers.reading.names import Subject
from overzicht.workflows.answers.resolving.short_names import is_short_for, named_in_short

COMPANY = Record("record", "Company", (), "row 1")
PERSON = Record("record", "Person", (), "row 1")


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Voorbeeldski", "Voorbeeldski Lab, Inc."),
        ("Voor Beeld", "XIAMEN VOOR BEELD INFORMATION CO., LTD."),
        ("Optica (Americas)", "Optica (Americas) Operations Limited"),
        ("Voorbeeldair", "VOORBEELDAIR AVIATION JSC,"),
    ],
)
def test_a_company_is_named_without_place_trade_and_legal_form(short: str, name: str) -> None:
    assert is_short_for(short, name, COMPANY)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Optica", "Optica Parsian"),
        ("Optica Communications Limited", "Optica Communications Corporation Limited"),
        ("Optica", "Bond Street Optica Trading"),
        ("Security", "Security Systems Ltd"),
        ("OPT", "OPT Trading LLC"),
        ("Optica Noord", "Optica Zuid"),
    ],
)
def test_another_distinctive_word_is_another_party(short: str, name: str) -> None:
    assert not is_short_for(short, name, COMPANY)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Star", "Star Group Ltd"),
        ("Global", "Global Trading LLC"),
        ("Nova", "NOVA SHIPPING CO"),
        ("Delta Electronics", "Delta Electronics Trading LLC"),
        ("Sunrise", "Sunrise Shipping"),
        ("Orion", "Orion Systems LLC"),
        ("Alpha", "Alpha Trading Ltd"),
        ("Sea Star", "Sea Star Shipping Ltd"),
        ("Maria", "Maria Shipping Ltd"),
        ("Boris", "OOO Boris"),
        ("Amsterdam", "Amsterdam Trading BV"),
        ("Rotterdam", "Rotterdam Trading BV"),
        ("Moskou", "Moskou Trading BV"),
        ("New York", "New York Trading LLC"),
    ],
)
def test_a_common_word_a_given_name_or_a_place_names_no_party(short: str, name: str) -> None:
    assert not is_short_for(short, name, COMPANY)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Vladimir Voorbeeldin", "Vladimir Petrovich VOORBEELDIN"),
        ("Sergej Sjojgovitsj", "SHOYGOVICH Sergei Kuzmich"),
        ("Aleksandr Loekasjov", "Aleksandr Grigorievich LUKASHOV"),
        ("Lourdes Suarez Voorbeeld", "Lourdes Benicia SUÁREZ VOORBEELD"),
    ],
)
def test_a_person_is_named_by_given_name_and_surname(short: str, name: str) -> None:
    assert is_short_for(short, name, PERSON)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Voorbeeldin", "Vladimir Petrovich VOORBEELDIN"),
        ("Dmitri Voorbeeldin", "Vladimir Petrovich VOORBEELDIN"),
        ("Vladimir Petrovich", "Vladimir Petrovich VOORBEELDIN"),
    ],
)
def test_a_part_of_a_person_s_name_is_not_enough(short: str, name: str) -> None:
    assert not is_short_for(short, name, PERSON)


def entries_of(*names: str) -> list[Any]:
    """Return entries of lists, one per name."""
    records = [SimpleNamespace(id=name, names=(name,), schema="Company") for name in names]
    return [SimpleNamespace(state=SimpleNamespace(record=record)) for record in records]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Voorbeeldski Lab, Inc."], "Voorbeeldski Lab, Inc."),
        (["Voorbeeldski Lab, Inc.", "OOO Voorbeeldski Group"], "Voorbeeldski Lab, Inc."),
        (["Voorbeeldski Lab, Inc.", "Voorbeeldski Petrov Trading"], ""),
        (["Voorbeeldsky Lab, Inc."], ""),
    ],
)
def test_a_word_that_another_entry_has_too_names_no_party(names: list[str], expected: str) -> None:
    assert named_in_short(Subject("Voorbeeldski"), entries_of(*names)) == expected
