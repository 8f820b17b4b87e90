"""Short names in questions: the one listed party that `Kaspersky` or `Roman Abramovich` means.

A company is named in short by its distinctive words, without place, trade and legal form; a person by the
first given name and the surname, in a Dutch or an English spelling. A common word, a given name or a place
does not count: many parties have it, and most of them are not on a list.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from unicodedata import combining, normalize

from overzicht.entities import Record
from overzicht.evidence.places import cities
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key
from overzicht.names.words import words
from overzicht.workflows.answers.reading.lexicon import lexicon
from overzicht.workflows.answers.reading.names import Subject
from overzicht.workflows.listings import FoundListing

SHORTEST = 4  # characters of a single word that names a company in short
# a spelling of Cyrillic or Arabic names, and its sound in any
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tsj|tch", "ch"),
        (r"sj|sch", "sh"),
        (r"zj", "zh"),
        (r"oe|ou", "u"),
        (r"ch|kh", "h"),
        (r"ph", "f"),
        (r"(?<=[aeiou])j|j(?=[aeou])", "y"),
        (r"(?<![a-z])ye|(?<![a-z])ie|(?<=[aeiouy])ye", "e"),
        (r"[iy]+[jy]?(?![a-z])", "i"),
        (r"[jy]", "i"),
        (r"ii+", "i"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"c(?!h)", "k"),
        (r"(.)\1", r"\1"),
    )
)


def named_in_short(subject: Subject, possible: Iterable[FoundListing]) -> str:
    """Return the full listed name of the one party that a short name means; empty if none or several.

    `possible` are the similar entries of the lists of a question. A known party has all its names already.
    """
    if subject.party_id or subject.identifiers:
        return ""
    full: dict[str, str] = {}  # by list and record
    for listing in possible:
        record = listing.state.record
        name = next((name for name in record.names if is_short_for(subject.name, name, record)), "")
        if name:
            full[record.id] = name
        elif any(_has_word(name, subject.name) for name in record.names):
            return ""  # another party has the word too, so that it tells them not apart
    cores = {_core(name) for name in full.values()}
    return next(iter(full.values())) if len(cores) == 1 else ""


def is_telling(subject: Subject) -> bool:
    """Return whether the name of a party, not a known one, has a word that distinguishes it from others."""
    is_known = bool(subject.party_id or subject.identifiers)
    return not is_known and _is_telling(exact_key(subject.name).split())


def is_short_for(short: str, name: str, record: Record) -> bool:
    """Return whether a short name leaves out only what distinguishes no party from another."""
    if record.schema in PERSON_SCHEMATA:
        return _is_of_person(_sounds(short), _sounds(name))
    part, whole = exact_key(short).split(), exact_key(name).split()
    if not part or part == whole or any(word in words().legal_forms for word in part[-1:]):
        return False
    return _is_telling(part) and any(
        all(word in _common() for word in (*whole[:start], *whole[start + len(part) :]))
        for start in range(len(whole) - len(part) + 1)
        if whole[start : start + len(part)] == part
    )


def _has_word(name: str, short: str) -> bool:
    """Return whether a short name of one word is one of the words of a name."""
    return exact_key(short) in exact_key(name).split()


def _is_telling(part: list[str]) -> bool:
    """Return whether the words of a short name tell a company from others."""
    telling = [word for word in part if word not in _common() and word not in _ordinary()]
    return bool(telling) and (len(part) > 1 or len(telling[0]) >= SHORTEST)


def _is_of_person(part: list[str], whole: list[str]) -> bool:
    """Return whether the names are in a full name in their order, from its first to its last."""
    orders = (whole, [*whole[1:], *whole[:1]])  # lists write the surname last, or first
    ends = (order for order in orders if len(part) > 1 and (part[0], part[-1]) == (order[0], order[-1]))
    return any(all(word in rest for word in part) for rest in map(iter, ends))


def _sounds(name: str) -> list[str]:
    plain = "".join(char for char in normalize("NFKD", exact_key(name)) if not combining(char))
    return [_sound(word) for word in plain.split()]


def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _core(name: str) -> str:
    """Return the distinctive words of a name; names of one group of companies have the same."""
    distinctive = [word for word in name_key(name).split() if word not in _common()]
    return " ".join(distinctive) or name_key(name)


@cache
def _common() -> Collection[str]:
    """Return the words of places, trades and legal forms: they distinguish no party."""
    return frozenset(_common_words()) - lexicon().distinctive


def _common_words() -> Iterator[str]:
    yield from words().legal_forms
    yield from lexicon().trade_words
    for meaning in words().glossary.values():
        yield from meaning.split()


@cache
def _ordinary() -> frozenset[str]:
    """Return common words, given names and cities in names of companies: each is in the names of many."""
    names = words().given_names
    in_cities = (word for city in cities() for word in name_key(city).split())
    return frozenset({*lexicon().ordinary_words, *names, *names.values(), *in_cities})
