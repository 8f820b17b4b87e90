"""What all instruments come to in a few sentences, what of a use is open, and how two weighings differ."""

from collections.abc import Iterable, Sequence
from datetime import date

from overzicht.diligence.conditions import claims_known, fact_text
from overzicht.diligence.uses import DescribedFact, Use
from overzicht.diligence.vocabulary import OUTCOMES
from overzicht.diligence.weighing import InstrumentWeighing, Outcome, Weighing
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.instruments import instrument

SPOKEN = (
    Outcome.PROHIBITED,
    Outcome.LIKELY_VIOLATION,
    Outcome.CONTRARY,
    Outcome.DUTIES,
    Outcome.SIGNAL,
    Outcome.UNKNOWN,
    Outcome.NOT_BOUND,
    Outcome.NO_RULE,
    Outcome.OUTSIDE,
)
NAMED = (Outcome.EXPECTED, Outcome.NO_VIOLATION, Outcome.NOT_APPLICABLE)
REACHED = {Outcome.PROHIBITED, Outcome.LIKELY_VIOLATION, Outcome.CONTRARY}


def conclude(weighed: Sequence[InstrumentWeighing]) -> tuple[Text, ...]:
    """Return the conclusions, most important first: what it is as such, what is reached, who is not bound."""
    reached = [each for each in weighed if each.outcome in REACHED]
    lines = [*_as_such(weighed)]
    if not reached:
        lines.append(text("no instrument that binds somebody here is violated by what is described"))
    for outcome in SPOKEN:
        lines += [_because(each) for each in weighed if each.outcome is outcome]
    lines += [_line(outcome, found) for outcome in NAMED if (found := _with(weighed, outcome))]
    return tuple(lines)


def _with(weighed: Iterable[InstrumentWeighing], outcome: Outcome) -> list[InstrumentWeighing]:
    return [each for each in weighed if each.outcome is outcome]


def _line(outcome: Outcome, found: Sequence[InstrumentWeighing]) -> Text:
    names = joined(instrument(each.instrument).called for each in found)
    return text("{outcome}: {names}", outcome=OUTCOMES[outcome], names=names)


def _as_such(weighed: Sequence[InstrumentWeighing]) -> Iterable[Text]:
    """Yield once that face recognition as such is no violation, where an instrument says so of this use."""
    said: dict[Text, bool] = {}
    for each in weighed:
        card = instrument(each.instrument)
        if card.as_such is None:
            continue
        words = card.as_such.text
        if any(reason.text == words for found in each.findings for reason in found.reasons):
            said[words] = said.get(words, False) or each.outcome in REACHED
    for words, is_reached in said.items():
        yield text("{words}; this use is another matter", words=words) if is_reached else words


def notes_on(use: Use, as_of: date) -> tuple[Text, ...]:
    """Return what of the description is open on a day, or was left out of it."""
    notes = [text("it is weighed as described; whether the description is true is another matter")]
    if use.since is not None and use.since > as_of:
        notes.append(
            text("as described it began on {since}; on {day} it had not", since=use.since, day=as_of)
        )
    if use.covert == "yes":
        notes.append(
            text(
                "the people concerned are kept from knowing, so nobody of them can object; whether the goods "
                "are made for covert surveillance is asked by export control"
            )
        )
    return (*notes, *_fact_notes(use, as_of))


def _fact_notes(use: Use, as_of: date) -> Iterable[Text]:
    """Yield what nobody confirmed, what is denied, and what was said only after the day."""
    open_ = [fact for fact in use.facts if fact.value == "yes" and not _is_confirmed(fact, as_of)]
    if open_:
        yield text(
            "nobody confirmed by {day} from information of its own: {facts}",
            day=as_of,
            facts=_together(open_),
        )
    denied = [f for f in use.facts if {claim.says for claim in claims_known(f, as_of)} == {"yes", "no"}]
    if denied:
        yield text("both claimed and denied: {facts}", facts=_together(denied))
    later = [fact for fact in use.facts if fact.claims and not claims_known(fact, as_of)]
    if later:
        yield text("first said only after {day}: {facts}", day=as_of, facts=_together(later))
    left = [f for f in use.facts if f not in later and len(claims_known(f, as_of)) < len(f.claims)]
    if left:
        yield text("claims made after {day} are left out, on: {facts}", day=as_of, facts=_together(left))


def _is_confirmed(fact: DescribedFact, as_of: date) -> bool:
    return fact.confirmed is not None and fact.confirmed.on <= as_of


def _together(facts: Sequence[DescribedFact]) -> Text:
    return joined(map(fact_text, facts), SEMICOLONS)


def compare_weighings(one: Weighing, other: Weighing) -> tuple[Text, ...]:
    """Return per instrument what differs between two weighings, and by which rule; empty for nothing."""
    lines = []
    for mine in one.instruments:
        theirs = other.of(mine.instrument)
        if mine.outcome is theirs.outcome and mine.is_bound is theirs.is_bound and mine.label is theirs.label:
            continue
        lines.append(
            text(
                "{law}: {first} against {second}; {first_id}: {first_says}; {second_id}: {second_says}",
                law=instrument(mine.instrument).called,
                first=OUTCOMES[mine.outcome],
                second=OUTCOMES[theirs.outcome],
                first_id=one.use.id,
                second_id=other.use.id,
                first_says=_because(mine),
                second_says=_because(theirs),
            )
        )
    return tuple(lines)


def _because(weighed: InstrumentWeighing) -> Text:
    """Return the deciding sentence with the reasons by which a country or territory came in, if one did."""
    reasons = weighed.findings[0].reasons if weighed.country_rules else ()
    tests = (one.text for one in reasons if any(_is_test(cited.place) for cited in one.citations))
    return joined((weighed.says, *tests), SEMICOLONS)


def _is_test(place: str) -> bool:
    """Whether a citation is of a country's standing or territory."""
    return place.startswith(("party:", "member:", "adherent:", "signatory:")) or place in {"states", "years"}
