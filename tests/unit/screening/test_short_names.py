"""Short names of companies: what may be left out of a listed name, and what the engine answers."""

from datetime import date

import pytest

from overzicht.entities import Band, PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty
from overzicht.screening.policy import possible_score
from overzicht.screening.short import is_short_name

DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("short", "names"),
    [
        ("Voorbeeldski", ["Voorbeeldski Lab, Inc."]),
        ("Voorbeeldski", ["Voorbeeldski Lab, Inc.", "OOO Voorbeeldski Group"]),
        ("Voor Beeld", ["XIAMEN VOOR BEELD INFORMATION CO., LTD."]),
        ("Optica (Americas)", ["Optica (Americas) Operations Limited"]),
        ("Voorbeeldair", ["VOORBEELDAIR TECHNOLOGIES JSC,"]),
    ],
)
def test_a_company_is_named_without_place_general_words_and_legal_form(short: str, names: list[str]) -> None:
    assert is_short_name(short, names)


@pytest.mark.parametrize(
    ("short", "names"),
    [
        ("Optica", ["Optica Parsian"]),
        ("Optica", ["Optica Systems Ltd", "Optica Parsian"]),
        ("Optica Communications Limited", ["Optica Communications Corporation Limited"]),
        ("Optica", ["Bond Street Optica Trading"]),
        ("Voorbeeldski", ["Voorbeeldski Building Materials"]),
        ("Voorbeeldski", ["VOORBEELDSKI SHIPPING COMPANY"]),
        ("Security", ["Security Systems Ltd"]),
        ("OPT", ["OPT Trading LLC"]),
        ("Optica Noord", ["Optica Zuid"]),
        ("Voorbeeldski", ["Voorbeeldsky Lab, Inc."]),
    ],
)
def test_another_distinctive_word_is_another_party(short: str, names: list[str]) -> None:
    assert not is_short_name(short, names)


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("Star", "Star Group Ltd"),
        ("Global", "Global Trading LLC"),
        ("Delta Electronics", "Delta Electronics Trading LLC"),
        ("Sea Star", "Sea Star Shipping Ltd"),
        ("Maria", "Maria Shipping Ltd"),
        ("Rotterdam", "Rotterdam Trading BV"),
        ("Moskou", "Moskou Trading BV"),
        ("New York", "New York Trading LLC"),
        ("China", "China Electronics Technology Group"),
        ("Ander", "Beijing Ander Tech. Co., Ltd."),
        ("Onbekend", "Onbekend Trading"),
    ],
)
def test_a_common_word_a_given_name_or_a_place_names_no_party(short: str, name: str) -> None:
    assert not is_short_name(short, [name])


COBBER = IndexedParty("a-1", "Organization", ("Shenzhen Cobver Information Technology Co., Ltd.",), "list-a")
NOORD = IndexedParty("b-1", "Organization", ("Cobver Lab Noordhof",), "list-b")
PERSON = IndexedParty("b-2", "Person", ("Cobver Technology",), "list-b")
SHIP = IndexedParty("b-3", "Vessel", ("Cobver Systems",), "list-b")
WEAK = IndexedParty("b-4", "Organization", ("Something Else",), "list-b", weak_names=("Cobver Systems",))


@pytest.mark.parametrize(
    ("parties", "asked", "schema", "listed"),
    [
        ([COBBER], "Cobver Information Technology", "Organization", ["a-1"]),
        ([COBBER], "Cobver", "LegalEntity", ["a-1"]),
        ([COBBER], "Cobver Technology Limited", "Organization", []),
        ([COBBER], "Cobver", "Person", []),
        ([COBBER, NOORD], "Cobver", "Organization", []),
        ([COBBER, PERSON], "Cobver", "LegalEntity", ["a-1"]),
        ([COBBER, SHIP], "Cobver", "LegalEntity", ["a-1"]),
        ([COBBER, WEAK], "Cobver", "Organization", ["a-1"]),
    ],
)
def test_the_one_company_that_a_short_name_means_is_listed(
    parties: list[IndexedParty], asked: str, schema: str, listed: list[str]
) -> None:
    query = PartyQuery("q", (asked,), schema)
    (matches,) = ScreeningEngine.of(parties).match([query], as_of=DAY, possible=possible_score())
    assert [match.record_id for match in matches if match.band is Band.MATCH] == listed
    assert {match.record_id for match in matches} >= ({"a-1"} if schema != "Person" else set())


def test_a_short_name_with_other_evidence_or_a_stated_namesake_is_possible() -> None:
    engine = ScreeningEngine.of([COBBER])
    for more in ({"countries": ("cn",)}, {"not_the_same_as": ("Cobver Bakery",)}):
        query = PartyQuery("q", ("Cobver",), "Organization", **more)  # type: ignore[arg-type]
        (matches,) = engine.match([query], as_of=DAY, possible=possible_score())
        assert [match.band for match in matches] == [Band.POSSIBLE]


def test_a_company_with_the_very_name_is_listed_and_longer_names_are_possible() -> None:
    own = IndexedParty("c-1", "Organization", ("Cobver",), "list-c")
    (matches,) = ScreeningEngine.of([COBBER, own]).match(
        [PartyQuery("q", ("Cobver",), "Organization")], as_of=DAY, possible=possible_score()
    )
    assert [(match.record_id, match.band) for match in matches] == [
        ("c-1", Band.MATCH),
        ("a-1", Band.POSSIBLE),
    ]
