"""The names in one text of a record: several between semicolons, another in brackets, Roman numbers."""

import re
from collections.abc import Iterator
from functools import lru_cache

from overzicht.names.analysis import words_of
from overzicht.screening.frequencies import counts

_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_COMMON = 12  # names in general that have a word: a place or a branch of business, not a name of its own
_SHORTEST = 3
_ROMAN = {
    "II": "2",
    "III": "3",
    "IV": "4",
    "VI": "6",
    "VII": "7",
    "VIII": "8",
    "IX": "9",
    "XI": "11",
    "XII": "12",
}
_LAST = {"I": "1", "V": "5", "X": "10"}
_ROMAN_WORD = re.compile(r"(?<![\w.'’&-])[IVXІ]+(?![\w.'’&])")
_FORMER = re.compile(
    r"^(?:formerly|previously|ex|former|fka|aka|f/k/a|a/k/a)\b[\s.:]*(?:known as|name)?\s*", re.IGNORECASE
)


@lru_cache(maxsize=65_536)
def spelt_out(text: str, *, is_person: bool) -> tuple[str, ...]:
    """Return the names in a text, without duplicates; () for an empty one.

    A text in brackets is a separate name if it has several words or is the short form of the name; a single
    other word (`Bank (China)`) is mostly a place and stays. In a name of a person it is left out.
    """
    parts = filter(None, map(str.strip, text.split(";")))
    if not is_person:
        return tuple(dict.fromkeys(name for part in parts for name in _bodies(part)))
    names: dict[str, None] = {}
    for part in parts:
        outer = " ".join(_BRACKETS.sub(" ", part).split())
        names[outer if sum(map(str.isalpha, outer)) >= _SHORTEST else part] = None
    return tuple(names)


def _bodies(text: str) -> Iterator[str]:
    outer, own = text, []
    for match in _BRACKETS.finditer(text):
        inner = _FORMER.sub("", match[1].strip())
        # whether a text in brackets is a name of the party, not a place
        around = text.replace(match[0], " ")
        words = [word.text for part in re.findall(r"\w+", inner.casefold()) for word in words_of(part)]
        if len("".join(words)) < _SHORTEST or not any(map(str.isalpha, inner)):
            is_name = False
        elif len(words) == 1:
            others = [word.text for part in re.findall(r"\w+", around.casefold()) for word in words_of(part)]
            is_name = words[0] in others or words[0] in "".join(word[0] for word in others)
        else:
            table, _ = counts()
            is_name = len(words) > 2 or min(table.get(word, 0) for word in words) < _COMMON
        if is_name:
            own.append(inner)
            outer = outer.replace(match[0], " ", 1)
    if sum(map(str.isalnum, outer)) < _SHORTEST:
        outer, own = text, []
    yield from (with_digits(" ".join(name.split())) for name in (outer, *own))


def with_digits(name: str) -> str:
    """Return a name with Roman numbers as digits; a single letter only at its end (`Sirius I`)."""
    plain = name.rstrip()

    def read(match: re.Match[str]) -> str:
        word = match[0].replace("І", "I")
        is_last = match.end() == len(plain) and match.start() > 0
        return _ROMAN.get(word) or (_LAST.get(word) if is_last else None) or match[0]

    return _ROMAN_WORD.sub(read, plain)
