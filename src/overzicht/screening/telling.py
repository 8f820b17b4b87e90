"""Whether the words of two names show that they may be one party's.

Most words of the names of companies are general: trades, places, legal forms. A brand is often a single other
word, and one letter in a short word makes another brand (`Vega`, `Viga`). So the telling words must agree.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.territories import cities
from overzicht.names.analysis import PLAIN, WEAK
from overzicht.names.common_words import words
from overzicht.names.normal import name_key
from overzicht.names.territories import territory_called

LETTERS_PER_SLIP = 5  # one letter of five may be a slip of the pen; in a shorter word it makes another word
SHORTEST_ALIKE = 4  # letters of two words that are alike in another way
LONGER_THAN_CODES = 4  # letters: three are often the code of a country and a name (`DJI`)
REGIONS = frozenset(
    ["africa", "america", "apac", "asia", "benelux", "emea", "eu", "europa", "europe", "uae", "uk", "usa"]
)


class ComparedWord(NamedTuple):
    """A word of a name and its partner in another name, empty for none; `text` is in English if known.

    `edits` is the number of letters in which the partner differs; 0 for one of another script. `is_exact`:
    letter for letter the same. `is_sure`: the same in another form, such as a translation.
    """

    text: str
    kind: int
    weight: float
    partner: str = ""
    edits: int = 0
    is_exact: bool = False
    is_sure: bool = False

    @property
    def agreement(self) -> float:
        """How far the word speaks for one party, 0 to 1."""
        if self.is_exact or self._is_slip or (self.is_sure and is_telling(self.partner)):
            return 1.0
        return 0.5 if min(len(self.text), len(self.partner)) >= SHORTEST_ALIKE else 0.0

    @property
    def _is_slip(self) -> bool:
        most = max(len(self.text), len(self.partner)) // LETTERS_PER_SLIP
        return 0 < self.edits <= most and self.text[0] == self.partner[0]


def is_same_name(ours: Sequence[ComparedWord], theirs: Sequence[ComparedWord], *, is_person: bool) -> bool:
    """Return whether two names are the same except for spelling; other similar names may be of others.

    For a person every word of both names must be the same, because one letter makes another person. For
    another party the rarest word of both must be the same, and every word must have a partner: the name of a
    branch is that of the whole and more words.
    """
    sides = [[word for word in side if word.kind != WEAK] or side for side in (ours, theirs)]
    if is_person:
        return all(word.is_exact for side in sides for word in side)
    if not all(word.partner for side in sides for word in side):
        return False
    return all(_is_rarest_exact(side) for side in sides)


def _is_rarest_exact(side: Sequence[ComparedWord]) -> bool:
    highest = max((word.weight for word in side), default=0.0)
    return any(word.is_exact for word in side if word.weight == highest)


def may_be_one(ours: Sequence[ComparedWord], theirs: Sequence[ComparedWord]) -> bool:
    """Return whether two similar names of bodies may be of one: more telling words agree than differ.

    Without a telling word in either name, all words of both must have a partner.
    """
    sides = [[word for word in side if is_telling(word.text, word.kind)] for side in (ours, theirs)]
    if not any(sides):
        return all(word.partner for word in (*ours, *theirs))
    agreeing = max(sum(word.agreement for word in side) for side in sides)
    differing = min(sum(not word.partner for word in side) for side in sides)
    return agreeing - differing >= 1


@lru_cache(maxsize=65_536)
def is_telling(text: str, kind: int = PLAIN) -> bool:
    """Return whether a word tells a company from others: no general word, given name, place or number."""
    if kind != PLAIN or text in ordinary() or text in REGIONS:
        return False
    return len(text) < LONGER_THAN_CODES or territory_called(text) is None


class _Vocabulary(StrictModel):
    """The words of `ordinary_words.yml`."""

    ordinary_words: frozenset[str]


@cache
def ordinary() -> frozenset[str]:
    """Return words of trades, common words, given names and cities: the names of many companies have them."""
    names = words().given_names
    own = packaged_facts(_Vocabulary, "overzicht.screening", "data/ordinary_words.yml").ordinary_words
    meanings = (word for meaning in words().glossary.values() for word in meaning.split())
    in_cities = (word for city in cities() for word in name_key(city).split())
    return words().general_words.union(own, names, names.values(), meanings, in_cities)
