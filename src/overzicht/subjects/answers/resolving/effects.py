"""Effects of listings on a party: whom they bind, and whether they freeze assets."""

import re
from collections.abc import Iterator, Sequence

from overzicht.evidence import text
from overzicht.sources.lists.effects import Effect
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import has_any, lexicon
from overzicht.subjects.answers.reading.query import Query
from overzicht.subjects.answers.resolving.target import OnTarget

FREEZE = "asset freeze"
_ANY_PARTY = re.compile(
    r"\b(?:van|of) (?:wie|whoever|those|anyone|anybody|degenen|diegenen|iedereen|partijen|parties|persons|"
    r"personen|companies|bedrijven)\b",
    re.IGNORECASE,
)  # `the assets of those on the list`


def is_freeze_of_party(query: Query) -> bool:
    """Return whether a query asks about the freeze of the assets of a party, not the effect of a list."""
    is_general = not query.is_named and _ANY_PARTY.search(query.words) is not None
    return "freeze" in query.cues and bool(query.subjects) and not is_general


def binds(query: Query, effect: Effect) -> bool:
    """Return whether an effect binds whom the question names; without a name a Dutch public body."""
    for bound, patterns in lexicon().addressees.items():
        if has_any(patterns, query.words):
            return bool(set(bound.split("|")) & set(effect.binds))
    return effect.binds_dutch_public_body


def current_effects(answers: Sequence[OnTarget]) -> list[tuple[str, Effect]]:
    """Return the effects of the listings in force, each with the id of its list."""
    return [(entry.card.id, entry.effect) for result in answers for entry in result.current]


def effect_facts(effects: Sequence[tuple[str, Effect]]) -> Iterator[Fact]:
    """Yield the effect of each list once."""
    for list_id, effect in dict(effects).items():
        sentence = text("“{list}”: {effect}", list=load_card(list_id).heading, effect=effect.text)
        yield Fact(Topic.LISTING, sentence, (effect.act,))


def freeze_line(query: Query, answers: Sequence[OnTarget]) -> FirstLine | None:
    """Return whether the listings of a party freeze its assets, and for a duty whether it binds.

    None without a listing in force, or for several parties.
    """
    listed = [(result, entry) for result in answers for entry in result.current]
    if not listed or len({result.subject.key for result in answers}) > 1:
        return None
    frozen = [(result, entry) for result, entry in listed if entry.effect.kind == FREEZE]
    binding = [pair for pair in frozen if "binding" not in query.cues or binds(query, pair[1].effect)]
    result, entry = next(iter(binding or frozen or listed))
    kind, sentence = FirstKind.NO, text("No: the listing of {party} on {list} ({measure}) freezes no assets.")
    if binding:
        kind, sentence = (
            FirstKind.YES,
            text("Yes: the assets of {party} are frozen by the listing on {list} since {since}."),
        )
    elif frozen:
        sentence = text("No: the freeze of the assets of {party} on {list} does not bind whom you name.")
    filled = sentence.filled(
        party=result.subject.name,
        list=entry.card.heading,
        measure=entry.state.listing.measure or entry.state.version.snapshot.part,
        since=entry.state.since.day,
    )
    return FirstLine(kind, filled)
