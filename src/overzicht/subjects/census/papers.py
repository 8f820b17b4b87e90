"""Loaded papers as claims: a sentence that names a maker and a body of the roll is asked about."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice

from sqlalchemy import Connection

from overzicht.composition import Slot
from overzicht.parties.papers import MakersNamed
from overzicht.store.database import Store
from overzicht.subjects.census.body_kinds import DUTCH_KINDS
from overzicht.subjects.census.claims import Claim
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.roll import Body

SENTENCES: Slot[Callable[[Connection, date], Iterator[MakersNamed]]] = Slot("sentences that name makers")
MENTIONED = "mentioned"  # neither a count nor a proof of presence
MOST_WORDS = 8  # of the name of a body
BODY = re.compile(rf"(?i:\b({'|'.join(DUTCH_KINDS)})n?s?)\s+(?:van\s+)?(?=['’]?[^\W\d_])")
WORD = re.compile(r"[^\s,;:.()]+")
BETWEEN = re.compile(r"(?:\s*,\s*(?:en\s+)?|\s+en\s+)(?=['’]?[A-Z])")  # the next body of a list


def paper_claims(store: Store, index: NameIndex, as_of: date) -> Iterator[Claim]:
    """Yield for each body and makers of a sentence in a loaded paper a claim without a number.

    Such a claim only prefills a letter. A body is named by a word for its kind, such as `gemeente`.
    """
    seen = set()
    with store.reading() as connection:
        for named in chain.from_iterable(read(connection, as_of) for read in SENTENCES.added()):
            day = named.day or as_of
            for body in bodies_in(named.sentence, index, day):
                key = (named.paper, body.id, tuple(sorted(named.makers)))
                if key not in seen:
                    seen.add(key)
                    yield Claim(
                        len(seen),
                        body.id,
                        body.name,
                        body.country,
                        day,
                        MENTIONED,
                        key[2],
                        stated_by="paper",
                        source=named.paper,
                    )


def bodies_in(sentence: str, index: NameIndex, day: date) -> Iterator[Body]:
    """Yield the bodies that a sentence names after a word for their kind, by the longest name that fits.

    After the plural of the word, each name of a list is looked up.
    """
    for match in BODY.finditer(sentence):
        place: int | None = match.end()
        while place is not None:
            # the body of the longest name from a place in a sentence, and where its name ends
            kind = match[1]
            ends: list[int] = []
            last = place
            for word in islice(WORD.finditer(sentence, place), MOST_WORDS):
                if sentence[last : word.start()].strip():
                    break
                last = word.end()
                if not word[0][0].islower():
                    ends.append(word.end())
            for longest_end in reversed(ends):
                longest_body = index.find(f"{kind} {sentence[place:longest_end]}", day).body
                if longest_body is not None:
                    body, end = (longest_body, longest_end)
                    break
            else:
                body, end = (None, place)
            if body is None:
                break
            yield body
            following = BETWEEN.match(sentence, end)
            place = following.end() if following else None
