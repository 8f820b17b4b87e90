"""Telling words: which similar names may be one party's, and that words propose and do not decide."""

from datetime import date
from typing import Any

import pytest

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty
from overzicht.screening.policy import possible_score
from overzicht.screening.telling import is_telling

DAY = date(2026, 1, 1)


def ask(parties: list[IndexedParty], name: str, schema: str = "Company", **more: Any) -> list[PartyMatch]:
    query = PartyQuery("q", (name,), schema, **more)
    (matches,) = ScreeningEngine.of(parties).match([query], as_of=DAY, possible=possible_score())
    return matches


def listed(name: str, schema: str = "Company") -> IndexedParty:
    return IndexedParty("a", schema, (name,), "list-a")


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Rigvol", "Rigvil"),  # one letter of six
        ("Cobverski Technology", "Cobversky Technology"),
        ("Cobverski Technology Ltd", "Cobverksi Technology"),
        ("Rosoboroneksport", "Rosoboronexport"),
        ("Golden Eagle Trading", "Golden Eagel Trading"),
    ],
)
@pytest.mark.parametrize("more", [{}, {"countries": ("cn",)}])
def test_a_slip_of_the_pen_may_be_the_same_party(theirs: str, ours: str, more: dict[str, Any]) -> None:
    assert [match.band for match in ask([listed(theirs)], ours, **more)] == [Band.POSSIBLE]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Bright Field Optics Aldin", "BFOT"),  # three of four first letters
        ("LTK", "Altek"),  # only the consonants are the same
        ("KADEV", "Kodav"),
        ("BOM Finance Ltd", "BMW Finance N.V."),  # what is the same is a general word
        ("Digital Security", "Digital Direct Security"),
        ("Hangzhou Haikrin Technology", "Hangzhou Qiyrang Technology"),
        ("Cobver Tarrowin", "Cobver Mosken"),  # as much differs as is the same
        ("JLD Technology", "LLD Technology"),
    ],
)
@pytest.mark.parametrize("more", [{}, {"countries": ("cn",)}])
def test_names_whose_telling_words_do_not_agree_are_of_two_parties(
    theirs: str, ours: str, more: dict[str, Any]
) -> None:
    assert ask([listed(theirs)], ours, **more) == []


@pytest.mark.parametrize(
    ("schema", "asked", "name", "bands"),
    [
        ("Vessel", "Company", "Cobver", [Band.POSSIBLE]),
        ("Vessel", "Company", "Cobverr", []),
        ("Vessel", "LegalEntity", "Cobver", [Band.MATCH]),
        ("Airplane", "Company", "Cobver", [Band.POSSIBLE]),
        ("Person", "LegalEntity", "Cobverr", []),
        ("Company", "Company", "Cobver", [Band.MATCH]),
    ],
)
def test_a_brand_is_not_a_ship_or_a_person_with_a_like_name(
    schema: str, asked: str, name: str, bands: list[Band]
) -> None:
    assert [match.band for match in ask([listed("Cobver", schema)], name, asked)] == bands


def test_a_name_in_han_is_one_word_and_names_a_person() -> None:
    party = IndexedParty("a", "Person", ("Hailun Zhu",), "list-a")
    assert [match.band for match in ask([party], "朱海仑", "LegalEntity")] == [Band.POSSIBLE]


def test_a_ship_with_the_word_of_a_company_is_not_proposed() -> None:
    assert ask([listed("Cobver Systems", "Vessel")], "Cobver") == []
    assert [match.band for match in ask([listed("Cobver Systems", "Vessel")], "Cobver", "LegalEntity")]


@pytest.mark.parametrize(
    "name", ["Shenzhen Cobver Information Technology Co., Ltd.", "Cobver Lab Noordhof", "Cobver Bakery"]
)
def test_words_propose_and_do_not_decide(name: str) -> None:
    assert [match.band for match in ask([listed(name)], "Cobver", "LegalEntity")] == [Band.POSSIBLE]


def test_nothing_possible_scores_above_what_is_listed() -> None:
    weak = IndexedParty("b", "Company", ("Tarrowin Metals",), "list-b", weak_names=("Cobverski",))
    matches = ask([listed("Cobversky"), weak], "Cobverski")
    scores = {match.record_id: (match.band, match.score) for match in matches}
    assert scores["b"][0] is Band.MATCH
    assert scores["a"][0] is Band.POSSIBLE
    assert scores["a"][1] == scores["b"][1]


def test_what_is_listed_keeps_its_own_score() -> None:
    weak = IndexedParty("b", "Company", ("Tarrowin Metals",), "list-b", weak_names=("Cobverski",))
    scores = {match.record_id: match.score for match in ask([listed("Cobverski"), weak], "Cobverski")}
    assert scores["a"] > scores["b"]


@pytest.mark.parametrize(
    "word", ["technology", "trading", "rotterdam", "moskou", "maria", "africa", "onbekend"]
)
def test_a_general_word_a_place_or_a_given_name_tells_nothing(word: str) -> None:
    assert not is_telling(word)
    assert is_telling("cobver")
