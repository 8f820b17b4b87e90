"""Mentions of parties: in one set with the records of loaded lists, and in all sets by maker or name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import UnknownNameError
from overzicht.parties.papers import MakersNamed
from overzicht.subjects.questions.mentions import (
    Mention,
    MentionKind,
    link_parties,
    mentions_of,
    pieces_of,
)
from overzicht.subjects.questions.mentions.counting import NameCount, names_in
from overzicht.subjects.questions.mentions.names import spellings_of
from overzicht.subjects.questions.sets import QuestionSet
from overzicht.subjects.questions.showing import all_sets, assembled, is_known, search_terms
from overzicht.subjects.questions.words_records import find_words, numbers_of
from overzicht.subjects.screening.lookup import PartyLookup


@dataclass(frozen=True, slots=True)
class SetMentions:
    """A set with its mentions; `is_linked` is False if no loaded list covers its date."""

    set: QuestionSet
    mentions: tuple[Mention, ...]
    is_linked: bool = False

    def only(self, filters: "MentionFilter") -> "SetMentions":
        """Return the set with only the mentions that fit."""
        return replace(self, mentions=tuple(mention for mention in self.mentions if filters.fits(mention)))


@dataclass(frozen=True, slots=True)
class MentionFilter:
    """Filter for mentions: of a maker (id of its card), of a name, of one kind; empty for all."""

    maker: str = ""
    name: str = ""
    kind: MentionKind | None = None

    def fits(self, mention: Mention) -> bool:
        """Return whether a mention fits; the case of names does not matter."""
        spot = mention.spot
        is_named = self.name.casefold() in (spot.name.casefold(), spot.surface.casefold())
        is_kind = self.kind is None or spot.kind is self.kind
        return (not self.maker or spot.maker == self.maker) and (not self.name or is_named) and is_kind


def linked_mentions(lookup: PartyLookup, question_set: QuestionSet) -> SetMentions:
    """Return the mentions of a set, with the records of loaded lists that have the same name."""
    loaded, as_of = lookup.loaded_lists, question_set.as_of
    lists = [list_id for list_id in loaded.listing_lists if loaded.coverage(list_id, as_of).covers_date]
    mentions = mentions_of(question_set)
    if not lists:
        return SetMentions(question_set, mentions)
    linked = link_parties(mentions, pieces_of(question_set), lookup, as_of=as_of, lists=lists)
    return SetMentions(question_set, linked, is_linked=True)


def find_mentions(connection: Connection, filters: MentionFilter, as_of: date) -> Iterator[SetMentions]:
    """Yield the sets with a mention that fits, by number, each with only those mentions.

    UnknownNameError for a maker without a card.
    """
    for candidate in _candidates(connection, filters, as_of):
        mentions = SetMentions(candidate, mentions_of(candidate)).only(filters)
        if mentions.mentions:
            yield mentions


def makers_named(connection: Connection, as_of: date) -> Iterator[MakersNamed]:
    """Yield the sentences of all sets that name makers, by set and in the order of the text."""
    for match in find_mentions(connection, MentionFilter(), as_of):
        sentences: dict[str, set[str]] = {}
        for mention in match.mentions:
            if mention.spot.maker:
                sentences.setdefault(mention.quote, set()).add(mention.spot.maker)
        for sentence, makers in sentences.items():
            yield MakersNamed(match.set.number, match.set.timing.asked_on, sentence, frozenset(makers))


def _candidates(connection: Connection, filters: MentionFilter, as_of: date) -> Iterator[QuestionSet]:
    """Yield the sets with the words of the names, or all sets without a name or maker."""
    if not (filters.maker or filters.name):
        yield from all_sets(connection, as_of)
        return
    names = spellings_of(filters.name) if filters.name else spellings_of_maker(filters.maker)
    owners = {hit.owner for name in names for hit in find_words(connection, search_terms([name]))}
    numbers = {n for owned in numbers_of(connection, sorted(owners)).values() for n in owned}
    for number in sorted(numbers):
        candidate = assembled(connection, number, as_of)
        if is_known(candidate):
            yield candidate


def spellings_of_maker(maker_id: str) -> tuple[str, ...]:
    """Return the spellings of a maker in texts; UnknownNameError if it has no card."""
    if maker_id not in load_maker_cards():
        raise UnknownNameError("maker", maker_id)
    return spellings_of(maker=maker_id)


def count_names(sets: Iterable[SetMentions]) -> list[NameCount]:
    """Return the mentioned parties, most sets first."""
    return names_in(item.mentions for item in sets)
