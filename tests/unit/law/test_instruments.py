"""The cards of instruments: whole, in order, cited, and refused where they are not."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.evidence.packaged import read_facts
from overzicht.law.instruments import Condition, Instrument, UseRule, instrument, instruments
from overzicht.law.standings import Standings
from overzicht.subjects.diligence.facts import FactName, Ground

CARD = {
    "id": "made-up", "title": {"en": "Made up", "nl": "Verzonnen"}, "short": "MU", "label": "law",
    "scope": "states", "binds": {"en": "nobody", "nl": "niemand"},
    "last_value_still_valid_on": date(2026, 1, 1),
    "phases": [
        {"since": None, "applies": "no", "en": "not yet", "nl": "nog niet", "sources": ["text"]},
        {"since": date(2000, 1, 1), "applies": "yes", "en": "in force", "nl": "geldt", "sources": ["text"]},
    ],
    "rules": {
        "one": {"article": "1", "en": "a rule", "nl": "een regel", "outcome": "prohibited", "when": {},
                "sources": ["text"]},
    },
    "unseen": [{"en": "much", "nl": "veel"}],
    "sources": {"text": {"title": "the text", "address": "https://example.org/"}},
}  # fmt: skip


def card(**changes: object) -> Instrument:
    return read_facts(Instrument, "made-up.yaml", yaml.safe_dump({**CARD, **changes}))


def test_the_instruments_are_in_order() -> None:
    assert list(instruments()) == [
        "udhr", "icerd", "iccpr", "un-charter", "oecd-guidelines", "ungp", "wto", "who", "echr",
        "convention-108", "charter", "gdpr", "edpb-video", "uavg", "police-directive", "edpb-police-faces",
        "wpg", "gemeentewet", "strafvordering", "awb", "ai-act", "nis2", "cyberbeveiligingswet", "wbni",
        "bio2", "cra", "csa2", "telecom-security", "section-889",
        "eu-human-rights-sanctions", "forced-labour-regulation", "csddd",
    ]  # fmt: skip


def test_a_directive_names_cards_of_the_state_through_which_it_binds() -> None:
    named = [(state, name) for card in instruments().values() for state, name in (card.through or {}).items()]
    assert named
    assert all(instrument(name).territory == state for state, name in named)


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="icerd"):
        instrument("icecd")


def test_rules_ask_only_for_facts_and_grounds_that_can_be_described() -> None:
    facts, grounds = set(FactName), set(Ground)
    for each in instruments().values():
        for rule in each.rules.values():
            when = rule.when
            assert {*when.all, *when.unless, *when.presumed} <= facts, rule.id
            assert {*when.grounds, *when.open_grounds} <= grounds, rule.id


def test_every_card_says_what_it_cannot_see_and_every_source_has_an_address() -> None:
    for each in instruments().values():
        assert each.unseen
        assert all(source.address.startswith("http") for source in each.sources.values())
        assert each.title.en != each.title.nl


def test_a_day_gets_the_phase_of_that_day() -> None:
    made = card()
    assert made.on(date(1999, 12, 31)).applies is Holds.NO
    assert made.on(date(2000, 1, 1)).applies is Holds.YES


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phases": [CARD["phases"][1]]}, "in order"),  # type: ignore[index]
        ({"phases": [*CARD["phases"], CARD["phases"][1]]}, "in order"),  # type: ignore[index,misc]
        ({"rules": {}}, "neither rules nor a reason"),
        ({"as_such_sources": ["elsewhere"]}, "unknown source elsewhere"),
        ({"standings": {"party": {"since": {}, "until": {"NL": date(2000, 1, 1)}, "all_named": True,
                                  "sources": ["text"]}}}, "do not fit: NL"),
        ({"unseen": []}, "unseen"),
        ({"colour": "red"}, "colour"),
    ],
)  # fmt: skip
def test_a_wrong_card_is_refused_with_its_name(changes: dict[str, object], said: str) -> None:
    with pytest.raises(PackagedFactError, match=said) as raised:
        card(**changes)
    assert "made-up.yaml" in str(raised.value)


@pytest.mark.parametrize(
    ("country", "day", "holds"),
    [
        ("NL", date(2009, 12, 31), Holds.NO),
        ("NL", date(2010, 1, 1), Holds.YES),
        ("BE", date(2014, 12, 31), Holds.YES),
        ("BE", date(2015, 1, 1), Holds.NO),
        ("CN", date(2030, 1, 1), Holds.NO),
        ("FR", date(2020, 6, 1), Holds.NO),  # all are named up to 2020
        ("FR", date(2021, 6, 1), Holds.UNKNOWN),
    ],
)
def test_standings_over_time(country: str, day: date, holds: Holds) -> None:
    standings = Standings.model_validate(
        {"since": {"NL": date(2010, 1, 1), "BE": date(2010, 1, 1)}, "until": {"BE": date(2015, 1, 1)},
         "all_named": True, "told_until": date(2020, 12, 31), "never": ["CN"], "sources": ["text"]}
    )  # fmt: skip
    assert standings.on(country, day) is holds


def test_china_is_neither_member_nor_adherent_and_brazil_is_one_of_them() -> None:
    oecd, day = instrument("oecd-guidelines"), date(2021, 4, 13)
    assert [oecd.standings[kind].on("CN", day) for kind in ("member", "adherent")] == [Holds.NO, Holds.NO]
    assert [oecd.standings[kind].on("BR", day) for kind in ("member", "adherent")] == [Holds.NO, Holds.YES]
    assert [oecd.standings[kind].on("NL", day) for kind in ("member", "adherent")] == [Holds.YES, Holds.YES]


def test_places_are_named_as_their_instrument_counts() -> None:
    assert str(instrument("icerd").place_of("1(1)")) == "Article 1(1)"
    assert str(instrument("udhr").place_of("2, 7")) == "Articles 2, 7"
    assert str(instrument("ungp").place_of("15")) == "Principle 15"
    assert str(instrument("ai-act").place_of("Annex III, 1(a)")) == "Annex III, 1(a)"


FIRST, MIDDLE, LAST = date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)
YES, NO, UNKNOWN = Holds.YES, Holds.NO, Holds.UNKNOWN


@pytest.mark.parametrize(
    ("bounds", "held"),
    [  # the day before, and the day itself, of the three dates
        ({}, [YES] * 6),
        ({"since": MIDDLE}, [NO, NO, NO, YES, YES, YES]),
        ({"until": MIDDLE}, [YES, YES, YES, NO, NO, NO]),
        ({"since": FIRST, "until": LAST}, [NO, YES, YES, YES, YES, NO]),
        ({"maybe_since": FIRST}, [NO, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN]),
        ({"maybe_since": FIRST, "since": LAST}, [NO, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, YES]),
        ({"maybe_since": FIRST, "until": MIDDLE}, [NO, UNKNOWN, UNKNOWN, NO, NO, NO]),
    ],
)
def test_a_rule_applies_between_its_dates(bounds: dict[str, Any], held: list[Holds]) -> None:
    rule = UseRule(
        id="r",
        article="1",
        outcome="duties apply",
        when=Condition(),
        sources=("s",),
        en="one",
        nl="een",
        **bounds,
    )
    days = [day - timedelta(days=before) for day in (FIRST, MIDDLE, LAST) for before in (1, 0)]
    assert [rule.applies_on(day) for day in days] == held
