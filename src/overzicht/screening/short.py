"""Short names: whether words name the one company whose listed names add only a trade, a place or a form.

A common word, a given name or a place does not count: many parties have it, and most are not on a list.
"""

from collections.abc import Iterable, Sequence
from functools import cache

from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.places import cities
from overzicht.names.analysis import analyse, split_name
from overzicht.names.normal import name_key
from overzicht.names.words import words

SHORTEST = 4  # letters of a single word that names a company in short


class _Vocabulary(StrictModel):
    """The words of `short_names.yml`; `distinctive` are words of `names.words` that name parties."""

    trade_words: frozenset[str]
    distinctive: frozenset[str]
    ordinary_words: frozenset[str]


def is_short_name(name: str, longer: Iterable[str]) -> bool:
    """Return whether a name means one company: all of these names, of every party with its words, are longer.

    A name with a legal form names one legal person, and not others with its words.
    """
    if split_name(name)[1]:
        return False
    short = _parts(name)
    return _is_telling(short) and all(_adds_common_words(short, _parts(other)) for other in longer)


def _parts(name: str) -> list[str]:
    return [word.text for word in analyse(name).words]


def _is_telling(short: Sequence[str]) -> bool:
    """Return whether the words of a short name tell a company from others."""
    telling = [word for word in short if word not in _common() and word not in _ordinary()]
    return bool(telling) and (len(short) > 1 or len(telling[0]) >= SHORTEST)


def _adds_common_words(short: Sequence[str], whole: Sequence[str]) -> bool:
    """Return whether a name has the words of a short one in a row, and else only common words."""
    size = len(short)
    return any(
        whole[at : at + size] == short and _common().issuperset((*whole[:at], *whole[at + size :]))
        for at in range(len(whole) - size + 1)
    )


@cache
def _vocabulary() -> _Vocabulary:
    return packaged_facts(_Vocabulary, "overzicht.screening", "data/short_names.yml")


@cache
def _common() -> frozenset[str]:
    """Return the words of places, trades and legal forms: they distinguish no party."""
    meanings = (word for meaning in words().glossary.values() for word in meaning.split())
    return _vocabulary().trade_words.union(words().legal_forms, meanings) - _vocabulary().distinctive


@cache
def _ordinary() -> frozenset[str]:
    """Return common words, given names and cities: the names of many companies have them."""
    names = words().given_names
    in_cities = (word for city in cities() for word in name_key(city).split())
    return _vocabulary().ordinary_words.union(names, names.values(), in_cities)
