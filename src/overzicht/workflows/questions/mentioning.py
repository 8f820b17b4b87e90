"""Who is mentioned where: in one set with records of loaded lists, and across all sets by maker or name."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import UnknownNameError
from overzicht.questions.mentions import Mention, MentionKind, link_parties, mentions_of, pieces_of
from overzicht.questions.mentions.counting import NameCount, names_in
from overzicht.questions.mentions.names import spellings_of
from overzicht.questions.sets import QuestionSet
from overzicht.store.questions.words import find_words, numbers_of
from overzicht.workflows.ask import PartyLookup
from overzicht.workflows.questions.showing import all_sets, assembled, is_known, wanted_words


@dataclass(frozen=True, slots=True)
class SetMentions:
    """A set with its mentions; `is_linked` is False where no list is loaded that could have been asked."""

    set: QuestionSet
    mentions: tuple[Mention, ...]
    is_linked: bool = False

    def only(self, wanted: "Wanted") -> "SetMentions":
        """Return the same with those mentions alone that are wanted."""
        return replace(self, mentions=tuple(one for one in self.mentions if wanted.fits(one)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What mentions are looked for: of a maker (id of its card), of a name, of one kind; empty for all."""

    maker: str = ""
    name: str = ""
    kind: MentionKind | None = None

    def fits(self, mention: Mention) -> bool:
        """Whether a mention is one of these; names are compared without regard to case."""
        spot = mention.spot
        is_named = self.name.casefold() in (spot.name.casefold(), spot.surface.casefold())
        is_kind = self.kind is None or spot.kind is self.kind
        return (not self.maker or spot.maker == self.maker) and (not self.name or is_named) and is_kind

    @property
    def is_all(self) -> bool:
        """Whether nothing narrows the search down to certain words."""
        return not (self.maker or self.name)


def linked_mentions(lookup: PartyLookup, one: QuestionSet) -> SetMentions:
    """Return the mentions of a set, with the records of loaded lists that have the same name."""
    loaded_lists = lookup.loaded_lists
    lists = [
        each for each in loaded_lists.listing_lists if loaded_lists.coverage(each, one.as_of).covers_date
    ]
    found = mentions_of(one)
    if not lists:
        return SetMentions(one, found)
    linked = link_parties(found, pieces_of(one), lookup, as_of=one.as_of, lists=lists)
    return SetMentions(one, linked, is_linked=True)


def find_mentions(connection: Connection, wanted: Wanted, as_of: date) -> Iterator[SetMentions]:
    """Yield the sets with a mention that is wanted, by number, each with those mentions alone.

    UnknownNameError for a maker without a card.
    """
    for one in _sets_with(connection, wanted, as_of):
        found = tuple(mention for mention in mentions_of(one) if wanted.fits(mention))
        if found:
            yield SetMentions(one, found)


def _sets_with(connection: Connection, wanted: Wanted, as_of: date) -> Iterator[QuestionSet]:
    """Yield the sets that may hold one: by the words of the names, or all where nothing narrows it down."""
    if wanted.is_all:
        yield from all_sets(connection, as_of)
        return
    names = spellings_of(wanted.name) if wanted.name else spellings_of_maker(wanted.maker)
    owners = {hit.owner for name in names for hit in find_words(connection, wanted_words([name]))}
    numbers = {n for found in numbers_of(connection, sorted(owners)).values() for n in found}
    for number in sorted(numbers):
        one = assembled(connection, number, as_of)
        if is_known(one):
            yield one


def spellings_of_maker(maker_id: str) -> tuple[str, ...]:
    """Return the spellings under which a maker is known in texts; UnknownNameError where it has no card."""
    if maker_id not in load_maker_cards():
        raise UnknownNameError("maker", maker_id)
    return spellings_of(maker=maker_id)


def count_names(found: Iterable[SetMentions]) -> list[NameCount]:
    """Return who is mentioned, in the most sets first."""
    return names_in(one.mentions for one in found)
