"""Short names: whether words name the one company whose listed names only add general words to them.

A common word, a given name or a place does not count: many parties have it, and most are not on a list.
"""

from collections.abc import Iterable
from functools import cache

from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.territories import cities
from overzicht.names.analysis import analyse, split_name
from overzicht.names.common_words import words
from overzicht.names.normal import name_key

SHORTEST = 4  # letters of a single word that names a company in short


class _Vocabulary(StrictModel):
    """The words of `short_names.yml`."""

    ordinary_words: frozenset[str]


def is_short_name(name: str, longer: Iterable[str]) -> bool:
    """Return whether a name means one company: all of these names, of every party with its words, are longer.

    A name with a legal form names one legal person, and not others with its words.
    """
    if split_name(name)[1]:
        return False
    short = _parts(name)
    telling = [word for word in short if word not in _ordinary()]
    is_telling = bool(telling) and (len(short) > 1 or len(telling[0]) >= SHORTEST)
    if not is_telling:
        return False
    size, general = len(short), words().general_words
    for whole in map(_parts, longer):  # each has the words of the short one in a row, and else general words
        places = (at for at in range(len(whole) - size + 1) if whole[at : at + size] == short)
        if not any(general.issuperset((*whole[:at], *whole[at + size :])) for at in places):
            return False
    return True


def _parts(name: str) -> list[str]:
    return [word.text for word in analyse(name).words]


@cache
def _vocabulary() -> _Vocabulary:
    return packaged_facts(_Vocabulary, "overzicht.screening", "data/short_names.yml")


@cache
def _ordinary() -> frozenset[str]:
    """Return words of trades, common words, given names and cities: the names of many companies have them."""
    names, ordinary = words().given_names, _vocabulary().ordinary_words
    meanings = (word for meaning in words().glossary.values() for word in meaning.split())
    in_cities = (word for city in cities() for word in name_key(city).split())
    return words().general_words.union(ordinary, names, names.values(), meanings, in_cities)
