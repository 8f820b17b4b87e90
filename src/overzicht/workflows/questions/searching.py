"""Searching sets by words, by a maker that they mention, or by both."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from overzicht.questions.mentions import Attribution
from overzicht.workflows.questions.mentioning import SetMentions, Wanted, find_mentions
from overzicht.workflows.questions.showing import SearchHit, search

ALL = 1_000_000  # more than there are sets
_SIDES = {
    Attribution.ALLEGATION: 3.0,
    Attribution.STATEMENT: 3.0,
    Attribution.NON_CONFIRMATION: 3.0,
    Attribution.SUBJECT: 5.0,
}


def search_sets(
    connection: Connection, words: Sequence[str], maker: str, as_of: date, limit: int
) -> tuple[list[SearchHit], int]:
    """Return the best sets that hold all words and mention the maker, and how many there are.

    Without words those that mention it most come first; without a maker words alone count.
    UnknownNameError for a maker without a card.
    """
    if not maker:
        return search(connection, words, as_of, limit)
    mentioned = {one.set.number: one for one in find_mentions(connection, Wanted(maker=maker), as_of)}
    if words:
        found, _ = search(connection, words, as_of, ALL)
        found = [one for one in found if one.set.number in mentioned]
    else:
        found = sorted(map(_found, mentioned.values()), key=lambda one: (-one.score, one.set.number))
    return found[:limit], len(found)


def _found(one: SetMentions) -> SearchHit:
    score = sum(_SIDES.get(mention.stance, 1.0) for mention in one.mentions)
    first = one.mentions[0]
    return SearchHit(one.set, score, first.place.label, first.quote)
