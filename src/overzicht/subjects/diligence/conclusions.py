"""Conclusions over all instruments, open points of a use, and differences between two assessments."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from overzicht.evidence import Confidence, Text, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.instruments import instrument
from overzicht.subjects.diligence.conditions import claims_known, fact_text, strength_of
from overzicht.subjects.diligence.use_assessment import (
    UNSETTLED,
    InstrumentWeighing,
    Outcome,
    Weighing,
)
from overzicht.subjects.diligence.uses import DescribedFact, Use

SPOKEN = (
    Outcome.PROHIBITED,
    Outcome.LIKELY_VIOLATION,
    Outcome.CONTRARY,
    Outcome.DUTY_OPEN,
    Outcome.DUTIES,
    Outcome.SIGNAL,
    Outcome.JUDGEMENT,
    Outcome.UNKNOWN,
    Outcome.NOT_BOUND,
    Outcome.NO_RULE,
    Outcome.OUTSIDE,
)
NAMED = (
    Outcome.NOT_DESCRIBED,
    Outcome.EXPECTED,
    Outcome.DUTY_MET,
    Outcome.NO_VIOLATION,
    Outcome.NOT_BOUND,
    Outcome.NOT_APPLICABLE,
)
REACHED = {Outcome.PROHIBITED, Outcome.LIKELY_VIOLATION, Outcome.CONTRARY}
DETERMINED = {*REACHED, Outcome.DUTY_MET, Outcome.NO_VIOLATION, Outcome.DUTIES, Outcome.EXPECTED}
OPEN = {*UNSETTLED, Outcome.DUTY_OPEN}
TEST_PLACE = re.compile(r"(?:party|member|adherent|signatory):|(?:states|years)$")  # of a country test


def conclude(weighed: Sequence[InstrumentWeighing]) -> tuple[Text, ...]:
    """Return the conclusions, most important first."""
    reached = [weighing for weighing in weighed if weighing.outcome in REACHED]
    # yield, once, that face recognition as such is not a violation, if an instrument says so
    lines: list[Text] = []
    reached_by_words: dict[Text, bool] = {}
    for weighing in weighed:
        card = instrument(weighing.instrument)
        if card.as_such is None:
            continue
        words = card.as_such.text
        if any(reason.text == words for finding in weighing.findings for reason in finding.reasons):
            reached_by_words[words] = reached_by_words.get(words, False) or weighing.outcome in REACHED
    for words, is_reached in reached_by_words.items():
        lines.append(text("{words}; this use is assessed separately", words=words) if is_reached else words)
    if not reached:
        # how many instruments are not violated; what could not be determined is counted apart
        determined = sum(weighing.outcome in DETERMINED for weighing in weighed)
        unknown = sum(weighing.outcome in OPEN for weighing in weighed)
        if not unknown:
            headline = text("as described, it violates none of the {n} instruments that apply", n=determined)
        else:
            headline = text(
                "as described, it violates none of the {n} instruments that could be determined; "
                "{m} could not",
                n=determined,
                m=unknown,
            )
        lines.append(headline)
    elsewhere = [weighing for weighing in weighed if _is_elsewhere(weighing)]
    for outcome in SPOKEN:
        lines += [_because(w) for w in weighed if w.outcome is outcome and w not in elsewhere]
    for outcome in NAMED:
        named = [w for w in weighed if w.outcome is outcome and (w in elsewhere or outcome not in SPOKEN)]
        if named:
            names = joined(instrument(weighing.instrument).called for weighing in named)
            lines.append(text("{outcome}: {names}", outcome=outcome.words, names=names))
    return tuple(lines)


def _is_elsewhere(weighing: InstrumentWeighing) -> bool:
    """Return whether an act of one territory is not about this use; one line names all of them."""
    is_of_territory = instrument(weighing.instrument).scope == "territory"
    return is_of_territory and weighing.outcome is Outcome.NOT_BOUND


def _says_nothing(weighing: InstrumentWeighing) -> bool:
    return weighing.outcome is Outcome.NOT_DESCRIBED or _is_elsewhere(weighing)


def notes_on(use: Use, as_of: date) -> Iterator[Text]:
    """Yield what is open, or left out, in the description on a date."""
    yield text("the use is assessed as described; whether the description is true is a separate question")
    if use.since is not None and use.since > as_of:
        yield text(
            "according to the description it began on {since}; it had not begun on {day}",
            since=use.since,
            day=as_of,
        )
    if use.covert == "yes":
        yield text(
            "the people concerned are not informed, so they cannot object; export control asks whether the "
            "goods are designed for covert surveillance"
        )
    open_ = [
        fact for fact in use.facts if fact.value == "yes" and strength_of(fact, as_of) is not Confidence.HIGH
    ]
    if open_:
        yield text(
            "not confirmed by {day} by a party with its own information: {facts}",
            day=as_of,
            facts=_together(open_),
        )
    denied = [f for f in use.facts if {claim.answer for claim in claims_known(f, as_of)} == {"yes", "no"}]
    if denied:
        yield text("both claimed and denied: {facts}", facts=_together(denied))
    later = [fact for fact in use.facts if fact.claims and not claims_known(fact, as_of)]
    if later:
        yield text("first claimed after {day}: {facts}", day=as_of, facts=_together(later))
    left = [f for f in use.facts if f not in later and len(claims_known(f, as_of)) < len(f.claims)]
    if left:
        yield text("claims made after {day} are left out, on: {facts}", day=as_of, facts=_together(left))


def _together(facts: Sequence[DescribedFact]) -> Text:
    return joined(map(fact_text, facts), SEMICOLONS)


def compare_weighings(left: Weighing, right: Weighing) -> Iterator[Text]:
    """Yield the differences between two assessments per instrument, with the deciding rule."""
    for mine in left.instruments:
        theirs = right.of(mine.instrument)
        if mine.outcome is theirs.outcome and mine.is_bound is theirs.is_bound and mine.label is theirs.label:
            continue
        if _says_nothing(mine) and _says_nothing(theirs):
            continue
        yield text(
            "{law}: {first} against {second}; {first_id}: {first_says}; {second_id}: {second_says}",
            law=instrument(mine.instrument).called,
            first=mine.outcome.words,
            second=theirs.outcome.words,
            first_id=left.use.id,
            second_id=right.use.id,
            first_says=_because(mine),
            second_says=_because(theirs),
        )


def _because(weighed: InstrumentWeighing) -> Text:
    reasons = weighed.findings[0].reasons if weighed.country_rules else ()
    tests = (
        reason.text for reason in reasons if any(TEST_PLACE.match(cited.place) for cited in reason.citations)
    )
    return joined((weighed.statement, *tests), SEMICOLONS)
