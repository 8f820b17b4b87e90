"""Which findings answer a kind of question, and what then stays open: one line per kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from overzicht.evidence import Text, text
from overzicht.workflows.answers.facts import Fact, Facts, Gap, Scope, Topic
from overzicht.workflows.answers.recognise import Asked, Judged, Kind


@dataclass(frozen=True, slots=True)
class Question:
    """What a resolver gets of a question: what it asks, and whom it means after all."""

    asked: Asked
    parties: frozenset[str]
    themes: frozenset[str]


Resolver = Callable[[Question, Facts], Facts]


def scopes_of(asked: Asked, parties: frozenset[str]) -> tuple[Scope, ...]:
    """Return what is to be counted for a question: nothing where it does not ask for a count."""
    if not {Kind.COUNT, Kind.REPLACED} & set(asked.kinds) or not parties:
        return ()
    return tuple(Scope(parties, asked.kind, place) for place in asked.bodies or asked.places or ("NL",))


def _reported(question: Question, facts: Facts) -> Facts:
    """Return the reports on the parties that are about what the question names."""
    return _closest(question, _of_parties(question, facts.about([Topic.REPORT, Topic.ORIGINALS])))


def _conduct(question: Question, facts: Facts) -> Facts:
    """Return what is said of a conduct, its status, and the party's own side."""
    topics = [Topic.REPORT, Topic.ORIGINALS, Topic.CONFIRMATION, Topic.REPLY]
    return _closest(question, _of_parties(question, facts.about(topics)))


def _confirmed(question: Question, facts: Facts) -> Facts:
    return _closest(question, _of_parties(question, facts.about([Topic.CONFIRMATION])))


def _law(question: Question, facts: Facts) -> Facts:
    """Return what the instruments say of what a named party does, else of the other uses."""
    found = facts.about([Topic.INSTRUMENT])
    parties = question.parties if question.asked.is_named else frozenset()
    own = tuple(fact for fact in found.facts if fact.parties & parties)
    others = tuple(fact for fact in found.facts if not fact.parties)
    kept = own or others or found.facts
    gaps = tuple(gap for gap in found.gaps if bool(gap.parties) == bool(own))
    return Facts(kept, gaps)


def _contact(question: Question, facts: Facts) -> Facts:
    return _of_parties(question, facts.about([Topic.REPLY, Topic.CONTACT]))


def _companies(question: Question, facts: Facts) -> Facts:
    """Return who is meant and why, then by what each is active in the places."""
    why = _of_parties(question, facts.about([Topic.MEANT, Topic.LISTING]))
    meant = tuple(fact for fact in why.facts if not question.themes or fact.themes & question.themes)
    there = _of_parties(question, facts.about([Topic.ACTIVE]))
    places = question.asked.places or ("NL",)
    return Facts(
        (*meant, *(fact for fact in there.facts if fact.place in places)),
        tuple(gap for gap in there.gaps if gap.place in places),
    )


def _control(question: Question, facts: Facts) -> Facts:
    """Return the systems; whom a list of parties names of all that the set is about, unless one is named."""
    found = facts.about([Topic.CONTROL, Topic.ENTITY_LIST])
    return _of_parties(question, found) if question.asked.is_named else found


def _count(question: Question, facts: Facts) -> Facts:
    found = _of_scopes(question, facts.about([Topic.COUNT, Topic.STATEMENT]))
    if Judged.LIMITS in question.asked.judged:
        expected = facts.about([Topic.EXPECTED])
        return Facts((*found.facts, *expected.facts), found.gaps)
    return found


def _replaced(question: Question, facts: Facts) -> Facts:
    return _of_scopes(question, facts.about([Topic.REPLACED]))


def _listed(question: Question, facts: Facts) -> Facts:
    """Return who is listed for the subject of a question; without one, the listings of its parties."""
    by_theme = facts.about([Topic.LISTED_FOR])
    if question.themes:
        return Facts(
            tuple(fact for fact in by_theme.facts if fact.themes & question.themes),
            tuple(gap for gap in by_theme.gaps if gap.themes & question.themes),
        )
    return _of_parties(question, facts.about([Topic.LISTING]))


def _steps(question: Question, facts: Facts) -> Facts:
    """Return steps on the subject of a question, or about its parties and the kind of device named."""
    found = facts.about([Topic.STEP])
    kind, parties = question.asked.kind, question.parties
    by_theme = bool(question.themes) and not question.asked.is_named
    kept = [
        fact
        for fact in found.facts
        if (by_theme and fact.themes & question.themes)
        or (not by_theme and fact.parties & parties and (not kind or fact.kind == kind))
    ]
    if kept:
        return Facts(tuple(kept), ())
    said = text("No data: no step on this is recorded; `overzicht dossier add` keeps one.")
    return Facts((), (Gap(Topic.STEP, said),))


def _nothing(said: Text) -> Resolver:
    return lambda _question, _facts: Facts((), (Gap(Topic.COUNT, said),))


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
    Judged.ASSESS: text("How the report is to be valued; the facts say only who said and confirmed what."),
    Judged.AGREE: text("Whether one shares the view that the question puts."),
    Judged.DESIRABLE: text("Whether it is desirable."),
    Judged.WILLING: text("Whether one is willing to do what is asked."),
    Judged.LIMITS: text("Which limits are to be set."),
    Judged.COURSE: text("Which course is to be taken, and when."),
}


def resolve(question: Question, facts: Facts) -> Facts:
    """Return the facts that answer a question by all its kinds, each sentence once, and what is missing."""
    kept: dict[object, Fact] = {}
    gaps: dict[object, Gap] = {}
    for kind in question.asked.kinds:
        found = RESOLVERS[kind](question, facts)
        kept |= {fact.text: fact for fact in found.facts if fact.text not in kept}
        gaps |= {gap.text: gap for gap in found.gaps}
    return Facts(tuple(kept.values()), tuple(gaps.values()))


def _of_parties(question: Question, found: Facts) -> Facts:
    """Leave out what is about other parties; what is about nobody in particular stays."""
    wanted = question.parties
    return Facts(
        tuple(fact for fact in found.facts if not fact.parties or fact.parties & wanted),
        tuple(gap for gap in found.gaps if not gap.parties or gap.parties & wanted),
    )


def _closest(question: Question, found: Facts) -> Facts:
    """Keep what is about the kind of device and the subject that the question names.

    Where nothing is, all of it stays: a report may be worded otherwise than the question.
    """
    kind = question.asked.kind
    facts = [f for f in found.facts if _is_close(f.kind, f.themes, kind, question.themes)]
    if not facts:
        return found
    return Facts(
        tuple(facts), tuple(g for g in found.gaps if _is_close(g.kind, g.themes, kind, question.themes))
    )


def _is_close(kind: str, themes: frozenset[str], wanted: str, subject: frozenset[str]) -> bool:
    return kind == wanted if wanted else not subject or bool(themes & subject)


def _of_scopes(question: Question, found: Facts) -> Facts:
    scopes = scopes_of(question.asked, question.parties)
    return Facts(
        tuple(fact for fact in found.facts if fact.scope in scopes),
        tuple(gap for gap in found.gaps if gap.scope is None or gap.scope in scopes),
    )
