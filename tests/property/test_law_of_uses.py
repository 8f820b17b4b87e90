"""Laws of weighing any described use: no country counts by itself, unknown settles nothing, all is cited."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_tools import weigh_use

from overzicht.evidence import Answer
from overzicht.law.instruments import instruments
from overzicht.subjects.diligence.facts import FactName, Ground
from overzicht.subjects.diligence.law_files import example_uses, read_uses
from overzicht.subjects.diligence.use_assessment import InstrumentWeighing, Outcome, Weighing
from overzicht.subjects.diligence.uses import Act, ActorKind, Use

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "law").glob("*.yaml"))
PACKAGED = [*example_uses(), *(use for path in EXAMPLES for use in read_uses(path))]
COUNTRIES = sorted(
    {code for card in instruments().values() for each in card.standings.values() for code in each.since}
    | {"CN", "EU", "KP", "MC", "TW", "XI", "ZW"}
)
ABOUT_GROUPS = {FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE}
DAYS = st.dates(date(1940, 1, 1), date(2035, 1, 1)) | st.sampled_from(
    [date(2021, 4, 13), date(2025, 2, 2), date(2026, 11, 24)]
)
UNION = {"states", "years", "vat-directive", "old-code", "regulation"}
KINDS_OF_RULE = {"party", "member", "adherent", "territory"}


def _facts(draw: st.DrawFn) -> list[dict[str, Any]]:
    names = draw(st.lists(st.sampled_from(list(FactName)), unique=True, max_size=10))
    facts = []
    for name in names:
        value = draw(st.sampled_from(["yes", "no", "unknown"]))
        fact: dict[str, Any] = {"fact": name, "value": value}
        if name in ABOUT_GROUPS and value == "yes":
            fact |= {
                "ground": draw(st.sampled_from(list(Ground))),
                "group": draw(st.sampled_from(["", "Xx"])),
            }
        facts.append(fact)
    return facts


@st.composite
def generated(draw: st.DrawFn) -> Use:
    kind, act = draw(st.sampled_from(list(ActorKind))), draw(st.sampled_from(list(Act)))
    country, place = draw(st.sampled_from(COUNTRIES)), draw(st.sampled_from(COUNTRIES))
    parties = draw(st.sampled_from([[], [{"name": "Een partij"}]]))
    return Use.model_validate(
        {"id": "generated", "title": "generated", "act": act, "place": place, "facts": _facts(draw),
         "actor": {"name": "Wie handelt", "kind": kind, "country": country},
         "covert": draw(st.sampled_from(["yes", "no", "unknown"])), "counterparties": parties}
    )  # fmt: skip


USES = st.sampled_from(PACKAGED) | generated()


def moved(use: Use, country: str, where: str) -> Use:
    """Return the same use with another country of who acts, of where it is used, or of both."""
    actor = use.actor if where == "place" else use.actor.model_copy(update={"country": country})
    place = use.place if where == "actor" else country
    return use.model_copy(update={"actor": actor, "place": place})


def names_a_country(each: InstrumentWeighing) -> bool:
    """Whether a rule that looks at a country is named, and what it rests on is cited."""
    places = {cited.place for cited in each.citations}
    cited = any(place.partition(":")[0] in KINDS_OF_RULE for place in places) or bool(places & UNION)
    return bool(each.country_rules) and set(each.country_rules) <= KINDS_OF_RULE and cited


@settings(max_examples=300)
@given(USES, st.sampled_from(COUNTRIES), st.sampled_from(["actor", "place", "both"]), DAYS)
def test_swapping_nationality_changes_nothing_unless_a_cited_rule_names_the_country(
    use: Use, country: str, where: str, day: date
) -> None:
    one, other = weigh_use(use, day), weigh_use(moved(use, country, where), day)
    for mine in one.instruments:
        theirs = other.of(mine.instrument)
        if mine != theirs:
            assert names_a_country(mine) or names_a_country(theirs), mine.instrument
        if mine.outcome is not theirs.outcome or mine.is_bound is not theirs.is_bound:
            assert names_a_country(mine)
            assert names_a_country(theirs)
    assert one.notes == other.notes


@settings(max_examples=100)
@given(USES, DAYS)
def test_instruments_without_standings_or_territory_never_look_at_a_country(use: Use, day: date) -> None:
    for each in weigh_use(use, day).instruments:
        card = instruments()[each.instrument]
        if not card.standings and card.scope in {"everybody", "pending"}:
            assert each.country_rules == ()


@settings(max_examples=150)
@given(USES, DAYS, st.sampled_from(["Vlamingen", "Han", "Oeigoeren", "Nederlanders"]))
def test_which_group_or_who_acts_by_name_changes_no_outcome(use: Use, day: date, name: str) -> None:
    facts = tuple(f.model_copy(update={"group": name}) if f.ground else f for f in use.facts)
    actor = use.actor.model_copy(update={"name": f"Directie {name}"})
    other = weigh_use(use.model_copy(update={"facts": facts, "actor": actor}), day)
    assert outcomes(other) == outcomes(weigh_use(use, day))


def outcomes(weighing: Weighing) -> list[Any]:
    return [
        (
            each.instrument,
            each.outcome,
            each.is_bound,
            [(f.object, f.answer, f.confidence) for f in each.findings],
        )
        for each in weighing.instruments
    ]


@settings(max_examples=150)
@given(generated(), DAYS, st.sampled_from(sorted(set(FactName) - ABOUT_GROUPS - {FactName.IMPAIRS_RIGHTS})))
def test_unknown_settles_nothing_that_an_answer_could_change(use: Use, day: date, name: FactName) -> None:
    """A rule that is told with a fact unknown is told the same with yes and with no."""
    told = {value: _answers(with_fact(use, name, value), day) for value in ("yes", "no", "unknown")}
    for rule, answer in told["unknown"].items():
        for value in ("yes", "no"):
            if answer is not Answer.NOT_CHECKED and rule in told[value]:
                assert told[value][rule] is answer, (rule, value)


def with_fact(use: Use, name: FactName, value: str) -> Use:
    facts = [f.model_dump() for f in use.facts if f.fact is not name] + [{"fact": name, "value": value}]
    return Use.model_validate({**use.model_dump(), "facts": facts})


def _answers(use: Use, day: date) -> dict[str, Answer]:
    return {
        finding.object: finding.answer
        for each in weigh_use(use, day).instruments
        if each.outcome not in {Outcome.SIGNAL, Outcome.OUTSIDE}  # there only a signal of our own is given
        for finding in each.findings
        if ":" in finding.object
    }


@settings(max_examples=150)
@given(USES, DAYS)
def test_every_finding_is_of_the_day_and_every_reason_is_cited(use: Use, day: date) -> None:
    weighing = weigh_use(use, day)
    assert [each.instrument for each in weighing.instruments] == list(instruments())
    for each in weighing.instruments:
        assert each.findings
        assert each.unseen
        for finding in each.findings:
            assert finding.as_of == day
            assert finding.subject == use.id
            assert finding.reasons
            assert all(reason.citations for reason in finding.reasons)
    assert len({finding.id for finding in weighing.findings}) == len(weighing.findings)
    assert weigh_use(use, day) == weighing


@settings(max_examples=100)
@given(generated(), DAYS)
def test_the_kind_of_answer_fits_the_outcome(use: Use, day: date) -> None:
    for each in weigh_use(use, day).instruments:
        first = each.findings[0].answer
        match each.outcome:
            case Outcome.UNKNOWN | Outcome.NOT_DESCRIBED | Outcome.JUDGEMENT | Outcome.DUTY_OPEN:
                assert first is Answer.NOT_CHECKED
            case (
                Outcome.NO_VIOLATION
                | Outcome.NOT_BOUND
                | Outcome.OUTSIDE
                | Outcome.NO_RULE
                | Outcome.NOT_APPLICABLE
                | Outcome.DUTY_MET
            ):
                assert first is Answer.NOT_FOUND
            case _:
                assert first is Answer.FOUND


@pytest.mark.parametrize("use", PACKAGED, ids=lambda use: use.id)
def test_a_use_survives_its_own_json(use: Use) -> None:
    assert Use.model_validate(use.model_dump(mode="json", by_alias=True)) == use
