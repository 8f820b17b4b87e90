"""Whom to ask about: makers and their owners of any degree, each once, cycles ended."""

import icu
import pytest
from maker_tools import cards, maker, owner

from overzicht.entities import PartyQuery
from overzicht.names import latin
from overzicht.names.analysis import split_name, words_of
from overzicht.names.chinese import readings
from overzicht.parties import card_facts as facts
from overzicht.parties.makers import identified, known_parties
from overzicht.parties.ownership import all_owners, parties_of


def test_a_maker_without_owners_is_its_own_party() -> None:
    (party,) = parties_of(["lens"], cards(maker("lens", names=("Lens Corporation", "Lens"))))
    assert (party.id, party.maker_ids, party.query.names) == ("lens", ("lens",), ("Lens Corporation", "Lens"))
    assert party.query.schema == "Company"


def test_owners_of_owners_are_asked_about_in_the_name_of_the_maker() -> None:
    known = cards(maker("lens", owner("holding", owner("group", owner("state", schema="PublicBody")))))
    parties = {party.id: party for party in parties_of(["lens"], known)}
    assert set(parties) == {"lens", "holding", "group", "state"}
    assert all(party.maker_ids == ("lens",) for party in parties.values())
    assert parties["state"].query.schema == "PublicBody"


def test_an_owner_with_a_card_of_its_own_brings_that_cards_names_numbers_and_owners() -> None:
    code = {"kind": "uscCode", "value": "91330000733796106P", "source": "s"}
    stranger = {"name": "Lens Group of Elsewhere", "why": "another firm altogether", "source": "s"}
    group = maker("group", owner("state"), identifiers=(code,), not_the_same_as=(stranger,))
    known = cards(maker("lens", owner("group")), group)
    parties = {party.id: party for party in parties_of(["lens"], known)}
    assert set(parties) == {"group", "lens", "state"}
    assert parties["group"].query.names == ("group Corporation",)
    assert parties["group"].query.identifiers == (("uscCode", "91330000733796106P"),)
    assert parties["group"].query.not_the_same_as == ("Lens Group of Elsewhere",)


def test_an_owner_of_two_makers_is_one_party_that_matters_for_both() -> None:
    known = cards(maker("lens", owner("fund")), maker("radio", owner("fund", names=())))
    (fund,) = [party for party in parties_of(["radio", "lens"], known) if party.id == "fund"]
    assert fund.maker_ids == ("lens", "radio")


@pytest.mark.parametrize(
    "known",
    [
        cards(maker("a", owner("a"))),
        cards(maker("a", owner("b")), maker("b", owner("a"))),
        cards(maker("a", owner("b", owner("c", owner("b"))))),
        cards(maker("a", owner("b")), maker("b", owner("c")), maker("c", owner("a"), owner("b"))),
    ],
)
def test_circles_of_owners_end_and_nobody_owns_himself(known: dict[str, object]) -> None:
    found = [each.id for each in all_owners(known["a"], known)]  # type: ignore[arg-type]
    assert "a" not in found
    assert len(found) == len(set(found))
    parties = [party.id for party in parties_of(["a"], known)]  # type: ignore[arg-type]
    assert parties == sorted(set(parties))


def test_a_name_that_a_card_states_to_be_of_another_party_is_kept_apart_from_it() -> None:
    other = identified(PartyQuery("q", ("Basler Electric Company",), "Company", not_the_same_as=("Basle",)))
    assert other.party_id == ""
    assert other.not_the_same_as == ("Basle", "Basler AG", "Basler")
    own = identified(PartyQuery("q", ("Basler AG",), "Company"))
    assert own.party_id == "basler"
    assert "Basler Electric Company" in own.not_the_same_as


def test_the_country_of_a_maker_is_no_part_of_the_question() -> None:
    here, there = cards(maker("lens", owner("fund"))), cards(maker("lens", owner("fund"), country="nl"))
    assert parties_of(["lens"], here) == parties_of(["lens"], there)


def test_numbers_are_asked_for_under_the_names_that_lists_use() -> None:
    isin = {"kind": "isin", "value": "CNE100000PM8", "source": "s"}
    known = cards(maker("lens", owner("fund", identifiers=[isin]), identifiers=(isin,)))
    assert [party.query.identifiers for party in parties_of(["lens"], known)] == [
        (("isinCode", "CNE100000PM8"),)
    ] * 2


def test_the_stored_facts_are_those_of_the_packaged_files() -> None:
    assert facts.known_facts() == facts.made_facts()


def test_stored_facts_that_lack_a_field_are_made_again() -> None:
    for content in (b"{}", b"[]", b'{"parties": {"a": {}}}'):
        with pytest.raises(ValueError, match="lack a field"):
            facts._read(content)


def test_the_chinese_words_of_known_parties_are_written_as_icu_writes_them() -> None:
    rules = icu.Transliterator.createInstance("Han-Latin/Names; Latin-ASCII")
    words = facts.known_facts().han
    assert words["海康威视"] == "hai kang wei shi"
    assert {word: rules.transliterate(word) for word in words} == words


def test_known_names_and_their_readings_need_no_rules_for_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name for party in known_parties().values() for name in party.query.names]
    rules = latin._transliterator

    def others(script: int) -> icu.Transliterator:
        assert script != latin.HAN
        return rules(script)

    monkeypatch.setattr(latin, "_transliterator", others)
    latin.latinise.cache_clear()
    words_of.cache_clear()
    for name in names:
        for reading in (name, *readings(name)):
            assert [words_of(part) for part in split_name(reading)[0]]
    with pytest.raises(AssertionError):
        words_of("滨州")
