"""Laws that a question names or whose use it describes: whether they apply on the date, and what they say."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.evidence.phrases import joined
from overzicht.evidence.text import Value
from overzicht.law.instruments import Instrument, instrument
from overzicht.subjects.answers.facts import Fact, Facts, Gap, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import countries_named
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, unknown
from overzicht.subjects.answers.value_names import place_text
from overzicht.subjects.diligence.use_assessment import Outcome

CITED = 3  # sources beside an outcome in a few words
SILENT = Outcome.JUDGEMENT.rank  # outcomes from here on say nothing against a use
_SETTLED = {Holds.YES: FirstKind.YES, Holds.NO: FirstKind.NO, Holds.UNKNOWN: FirstKind.UNKNOWN}


def law_applies(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether the laws of a query apply, or what the law says about the described uses."""
    described = _described(query, reading, resolving)
    cards = [instrument(name) for name in query.instruments]
    if cards and "party_to" in query.cues and (bound := _party(query, cards[0], resolving)):
        return bound
    asks_phase = bool({"applies", "since"} & query.cues)
    if cards and (asks_phase or not described.facts):
        return _phase(query, cards, resolving, described)
    if not described.facts:
        sentence = text("Unknown: the question describes no use that a recorded law could be applied to.")
        gap = text(
            "No data: no use is described that the law could be applied to; describe one in the file of the "
            "set (`uses`)."
        )
        answer = unknown(sentence, Topic.INSTRUMENT)
        return QueryAnswer(answer.first, (), described.gaps or (Gap(Topic.INSTRUMENT, gap),))
    line: FirstLine | None = None
    if "permission" in query.cues:
        # the first line of a question whether a use is allowed; None if the laws leave it open
        outcomes = {fact.outcome: fact.key for fact in described.facts if fact.outcome is not None}
        if Outcome.PROHIBITED in outcomes:
            law = instrument(outcomes[Outcome.PROHIBITED]).called
            sentence = text("No: as described, without an exception, {laws} prohibits it.", laws=law)
            line = FirstLine(FirstKind.NO, sentence)
        elif outcomes and outcomes.keys() <= VIOLATING_NONE - {Outcome.NOT_APPLICABLE}:
            line = FirstLine(FirstKind.YES, text("Yes: no recorded law is violated by the use as described."))
    return QueryAnswer(
        line or _outcome(described), (*_headlines(described), *described.facts), described.gaps
    )


def _described(query: Query, reading: Reading, resolving: Resolving) -> Facts:
    """Return the assessment of the uses of a named party, else of the other uses of the set."""
    instruments = resolving.facts.about([Topic.INSTRUMENT])
    if reading.use is not None and not any(
        use.id not in resolving.context.found_uses for use in resolving.context.uses
    ):
        named = query.instruments
        return Facts(
            tuple(f for f in instruments.facts if f.use == reading.use.id and (not named or f.key in named)),
            tuple(gap for gap in instruments.gaps if gap.use == reading.use.id),
        )
    parties = reading.parties if reading.is_named else frozenset()
    given = {use.id for use in resolving.context.uses if use.id not in resolving.context.found_uses}
    of_set = [fact for fact in instruments.facts if fact.use in given]
    own = tuple(fact for fact in of_set if fact.parties & parties)
    others = tuple(fact for fact in of_set if not fact.parties) if not own else ()
    gaps = tuple(gap for gap in instruments.gaps if gap.use in given and bool(gap.parties) == bool(own))
    return Facts(own or others, gaps)


def _party(query: Query, card: Instrument, resolving: Resolving) -> QueryAnswer | None:
    """Return whether a state is a party to a treaty; None without a state in the question or on the card."""
    country = next(iter(countries_named(query.words)), "")
    standings = card.standings.get("party")
    if not country or standings is None:
        return None
    day = min(resolving.day_of(query), resolving.as_of)
    holds = standings.on(country, day)
    sentence = {
        Holds.YES: text("Yes: {place} is a party to {law} on {day}."),
        Holds.NO: text("No: {place} is not a party to {law} on {day}."),
        Holds.UNKNOWN: text("Unknown: whether {place} is a party to {law} on {day} is not recorded."),
    }[holds].filled(place=place_text(country), law=card.called, day=day)
    fact = text(
        "{place} and {law}: party since {since}.",
        place=place_text(country),
        law=card.title.text,
        since=standings.since.get(country, day),
    )
    facts = (Fact(Topic.INSTRUMENT, fact, card.cite_standing("party", country)),)
    return QueryAnswer(FirstLine(_SETTLED[holds], sentence), facts if holds is Holds.YES else ())


def _headlines(described: Facts) -> Iterator[Fact]:
    """Yield each outcome in a few words, the strongest first; the reasons follow in the annex."""
    decided = [fact for fact in described.facts if fact.outcome is not None and fact.outcome.rank < SILENT]
    for fact in sorted(decided, key=lambda fact: fact.outcome.rank if fact.outcome else SILENT):
        if fact.outcome is not None:
            sentence = text("{law}: {outcome}.", law=instrument(fact.key).called, outcome=fact.outcome.words)
            yield replace(fact, text=sentence, citations=fact.citations[:CITED])


def _phase(query: Query, cards: list[Instrument], resolving: Resolving, described: Facts) -> QueryAnswer:
    day = resolving.day_of(query)
    if day > resolving.as_of and any(day > card.last_value_still_valid_on for card in cards):
        sentence = text("Not checked: {day} is after the date of this draft.", day=day)
        return QueryAnswer(FirstLine(FirstKind.NOT_CHECKED, sentence), tuple(_phase_facts(cards, day)))
    facts = (*_phase_facts(cards, day), *described.facts)
    card = cards[0]
    phase = card.on(day)
    if "since" in query.cues:
        starts = [fact for fact in card.phases if fact.applies is Holds.YES and fact.since is not None]
        if starts:
            first = starts[0]
            sentence = text("{day}: {law} applies from then on.", day=first.since or day, law=card.called)
            return QueryAnswer(FirstLine(FirstKind.VALUE, sentence, str(first.since)), facts, described.gaps)
    values: dict[str, Value] = {"law": card.called, "day": day}
    sentence = {
        Holds.YES: text("Yes: {law} applies on {day}.", **values),
        Holds.NO: text("No: {law} does not apply on {day}.", **values),
        Holds.UNKNOWN: text("Unknown: whether {law} applies on {day} is not recorded.", **values),
    }[phase.applies]
    if "applies" not in query.cues and phase.applies is Holds.YES:
        return unknown_of_law(card, facts)
    return QueryAnswer(FirstLine(_SETTLED[phase.applies], sentence), facts, described.gaps)


def unknown_of_law(card: Instrument, facts: tuple[Fact, ...]) -> QueryAnswer:
    """Return that a law applies, and that the question describes no use."""
    sentence = text(
        "Unknown: {law} applies, but the question describes no use to apply it to.", law=card.called
    )
    return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), facts)


def _phase_facts(cards: list[Instrument], day: date) -> Iterator[Fact]:
    for card in cards:
        phase = card.on(day)
        sentence = text("{law} on {day}: {phase}.", law=card.title.text, day=day, phase=phase.text)
        yield Fact(Topic.INSTRUMENT, sentence, card.cite_phase(day))


def _outcome(described: Facts) -> FirstLine:
    """Return the first line of the assessment: the strongest outcome of a law."""
    for outcome, (kind, sentence) in OUTCOME_LINES.items():
        laws = dict.fromkeys(fact.key for fact in described.facts if fact.outcome is outcome)
        if laws:
            named = joined([instrument(name).called for name in laws][:2])
            return FirstLine(kind, sentence.filled(laws=named))
    outcomes = {fact.outcome for fact in described.facts if fact.outcome is not None}
    if outcomes == {Outcome.NOT_APPLICABLE}:
        return FirstLine(FirstKind.NO, text("No: the law that is named did not apply on that day."))
    if outcomes and outcomes <= VIOLATING_NONE:
        return FirstLine(FirstKind.NO, text("No: no recorded law is violated by the use as described."))
    return FirstLine(FirstKind.UNKNOWN, text("Unknown: no recorded law decides about the use as described."))


VIOLATING_NONE = frozenset(
    {Outcome.NO_VIOLATION, Outcome.DUTY_MET, Outcome.NOT_APPLICABLE, Outcome.NO_RULE, Outcome.OUTSIDE}
)
OUTCOME_LINES = {
    Outcome.PROHIBITED: (
        FirstKind.YES,
        text("Yes: as described, without an exception, {laws} prohibits it."),
    ),
    Outcome.LIKELY_VIOLATION: (
        FirstKind.POSSIBLE,
        text("Possibly: as described, {laws} is likely violated."),
    ),
    Outcome.CONTRARY: (FirstKind.POSSIBLE, text("Possibly: as described, it is at odds with {laws}.")),
    Outcome.DUTY_OPEN: (FirstKind.POSSIBLE, text("Possibly: as described, a duty of {laws} is left open.")),
    Outcome.DUTIES: (FirstKind.POSSIBLE, text("Possibly: as described, {laws} sets duties.")),
    Outcome.EXPECTED: (FirstKind.POSSIBLE, text("Possibly: as described, {laws} expects other conduct.")),
}  # the strongest first
