"""Search of sets by words, by a maker that they mention, or by both."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from overzicht.subjects.questions.mentioning import MentionFilter, find_mentions
from overzicht.subjects.questions.mentions import Attribution
from overzicht.subjects.questions.showing import SearchHit, search

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
    """Return the best sets with all words and a mention of the maker, and their total number.

    Without words the sets with most mentions come first; without a maker only the words count.
    UnknownNameError for a maker without a card.
    """
    if not maker:
        return search(connection, words, as_of, limit)
    filters = MentionFilter(maker=maker)
    mentioned = {item.set.number: item for item in find_mentions(connection, filters, as_of)}
    if words:
        hits, _ = search(connection, words, as_of, ALL)
        hits = [hit for hit in hits if hit.set.number in mentioned]
    else:
        matched: list[SearchHit] = []
        for item in mentioned.values():
            score = sum(_SIDES.get(mention.stance, 1.0) for mention in item.mentions)
            first = item.mentions[0]
            matched.append(SearchHit(item.set, score, first.place.label, first.quote))
        hits = sorted(matched, key=lambda hit: (-hit.score, hit.set.number))
    return hits[:limit], len(hits)
