"""The findings that answer each kind of question, and the gaps: one line per kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from overzicht.evidence import Text, text
from overzicht.workflows.answers.facts import Fact, Facts, Gap, Scope, Topic
from overzicht.workflows.answers.recognise import Judged, Kind, QuestionReading


@dataclass(frozen=True, slots=True)
class Question:
    """A question for a resolver: its content, and the parties and subjects that it means."""

    reading: QuestionReading
    parties: frozenset[str]
    themes: frozenset[str]


Resolver = Callable[[Question, Facts], Facts]


def scopes_of(reading: QuestionReading, parties: frozenset[str]) -> tuple[Scope, ...]:
    """Return the scopes of the counts for a question; empty if it does not ask for a count."""
    if not {Kind.COUNT, Kind.REPLACED} & set(reading.kinds) or not parties:
        return ()
    return tuple(Scope(parties, reading.kind, place) for place in reading.bodies or reading.places or ("NL",))


def _reported(question: Question, facts: Facts) -> Facts:
    """Return the reports on the parties about the subjects of the question."""
    return _closest(question, _of_parties(question, facts.about([Topic.REPORT, Topic.ORIGINALS])))


def _conduct(question: Question, facts: Facts) -> Facts:
    """Return the reports of a conduct, their status, and the party's own statements."""
    topics = [Topic.REPORT, Topic.ORIGINALS, Topic.CONFIRMATION, Topic.REPLY]
    return _closest(question, _of_parties(question, facts.about(topics)))


def _confirmed(question: Question, facts: Facts) -> Facts:
    return _closest(question, _of_parties(question, facts.about([Topic.CONFIRMATION])))


def _law(question: Question, facts: Facts) -> Facts:
    """Return the legal assessment of the uses of a named party, else of the other uses."""
    instruments = facts.about([Topic.INSTRUMENT])
    parties = question.parties if question.reading.is_named else frozenset()
    own = tuple(fact for fact in instruments.facts if fact.parties & parties)
    others = tuple(fact for fact in instruments.facts if not fact.parties)
    kept = own or others or instruments.facts
    gaps = tuple(gap for gap in instruments.gaps if bool(gap.parties) == bool(own))
    return Facts(kept, gaps)


def _contact(question: Question, facts: Facts) -> Facts:
    return _of_parties(question, facts.about([Topic.REPLY, Topic.CONTACT]))


def _companies(question: Question, facts: Facts) -> Facts:
    """Return the parties that are meant with the reasons, then their activities in the places."""
    why = _of_parties(question, facts.about([Topic.MEANT, Topic.LISTING]))
    meant = tuple(fact for fact in why.facts if not question.themes or fact.themes & question.themes)
    there = _of_parties(question, facts.about([Topic.ACTIVE]))
    places = question.reading.places or ("NL",)
    return Facts(
        (*meant, *(fact for fact in there.facts if fact.place in places)),
        tuple(gap for gap in there.gaps if gap.place in places),
    )


def _control(question: Question, facts: Facts) -> Facts:
    """Return the systems, and the listed parties of the whole set if the question has no name."""
    systems = facts.about([Topic.CONTROL, Topic.ENTITY_LIST])
    return _of_parties(question, systems) if question.reading.is_named else systems


def _count(question: Question, facts: Facts) -> Facts:
    counts = _of_scopes(question, facts.about([Topic.COUNT, Topic.STATEMENT]))
    if Judged.LIMITS in question.reading.judged:
        expected = facts.about([Topic.EXPECTED])
        return Facts((*counts.facts, *expected.facts), counts.gaps)
    return counts


def _replaced(question: Question, facts: Facts) -> Facts:
    return _of_scopes(question, facts.about([Topic.REPLACED]))


def _listed(question: Question, facts: Facts) -> Facts:
    """Return the parties that are listed for the subject of a question; else the listings of its parties."""
    by_theme = facts.about([Topic.LISTED_FOR])
    if question.themes:
        return Facts(
            tuple(fact for fact in by_theme.facts if fact.themes & question.themes),
            tuple(gap for gap in by_theme.gaps if gap.themes & question.themes),
        )
    return _of_parties(question, facts.about([Topic.LISTING]))


def _steps(question: Question, facts: Facts) -> Facts:
    """Return steps on the subject of a question, or about its parties and the kind of device named."""
    steps = facts.about([Topic.STEP])
    kind, parties = question.reading.kind, question.parties
    by_theme = bool(question.themes) and not question.reading.is_named
    kept = [
        fact
        for fact in steps.facts
        if (by_theme and fact.themes & question.themes)
        or (not by_theme and fact.parties & parties and (not kind or fact.kind == kind))
    ]
    if kept:
        return Facts(tuple(kept), ())
    sentence = text("No data: no step on this is recorded; `overzicht dossier add` keeps one.")
    return Facts((), (Gap(Topic.STEP, sentence),))


def _nothing(sentence: Text) -> Resolver:
    return lambda _question, _facts: Facts((), (Gap(Topic.COUNT, sentence),))


RESOLVERS: Mapping[Kind, Resolver] = {
    Kind.KNOWN: _reported,
    Kind.CONDUCT: _conduct,
    Kind.ASSESS: _confirmed,
    Kind.LAW: _law,
    Kind.CONTACT: _contact,
    Kind.COMPANIES: _companies,
    Kind.CONTROL: _control,
    Kind.COUNT: _count,
    Kind.REPLACED: _replaced,
    Kind.LISTED: _listed,
    Kind.STEPS: _steps,
    Kind.COST: _nothing(text("No data: the register keeps no prices; contracts would tell them.")),
    Kind.OTHER: _nothing(
        text("No data: this question is of no kind that is recognised; a person answers it.")
    ),
}

JUDGEMENTS: Mapping[Judged, Text] = {
    Judged.ASSESS: text("The value of the report. The facts only state its authors and confirmations."),
    Judged.AGREE: text("Whether the government shares the view in the question."),
    Judged.DESIRABLE: text("Whether it is desirable."),
    Judged.WILLING: text("Whether the government is willing to do what the question asks."),
    Judged.LIMITS: text("The limits to set."),
    Judged.COURSE: text("The course to take, and its date."),
}


def resolve(question: Question, facts: Facts) -> Facts:
    """Return the facts that answer a question by all its kinds, without duplicate sentences, and the gaps."""
    kept: dict[object, Fact] = {}
    gaps: dict[object, Gap] = {}
    for kind in question.reading.kinds:
        answer = RESOLVERS[kind](question, facts)
        kept |= {fact.text: fact for fact in answer.facts if fact.text not in kept}
        gaps |= {gap.text: gap for gap in answer.gaps}
    return Facts(tuple(kept.values()), tuple(gaps.values()))


def _of_parties(question: Question, facts: Facts) -> Facts:
    """Return the facts and gaps about the parties of a question, and those about no particular party."""
    parties = question.parties
    return Facts(
        tuple(fact for fact in facts.facts if not fact.parties or fact.parties & parties),
        tuple(gap for gap in facts.gaps if not gap.parties or gap.parties & parties),
    )


def _closest(question: Question, facts_found: Facts) -> Facts:
    """Return the facts and gaps about the kind of device and the subject of the question.

    Without any such fact all are returned: a report may use other words than the question.
    """
    kind = question.reading.kind
    facts = [f for f in facts_found.facts if _is_close(f.kind, f.themes, kind, question.themes)]
    if not facts:
        return facts_found
    return Facts(
        tuple(facts), tuple(g for g in facts_found.gaps if _is_close(g.kind, g.themes, kind, question.themes))
    )


def _is_close(kind: str, themes: frozenset[str], expected: str, subject: frozenset[str]) -> bool:
    return kind == expected if expected else not subject or bool(themes & subject)


def _of_scopes(question: Question, facts: Facts) -> Facts:
    scopes = scopes_of(question.reading, question.parties)
    return Facts(
        tuple(fact for fact in facts.facts if fact.scope in scopes),
        tuple(gap for gap in facts.gaps if gap.scope is None or gap.scope in scopes),
    )
