"""Words of a text for searching: broken by ICU, folded so that `camera's` meets `camera`.

Folding is for Dutch and light: case, marks and apostrophes go, so do plural and verb endings, and the
doubling that Dutch spelling adds or drops with them. Text and question are folded by the same rules.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import icu

LONGEST_WORD = 60
_ENDING = re.compile(r"(?<=[a-z]{3})(?:en|e)$")
_PLURAL = re.compile(r"(?<=[a-z]{3})s$")
_DOUBLED = re.compile(r"([a-z])\1")
_WORD_STATUS = 100  # ICU's rule status from which a segment holds digits or letters
_DUTCH = icu.Locale("nl")
_FINAL = str.maketrans({"v": "f", "z": "s"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its folded form, and where it stands."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text in order; numbers count as words, punctuation does not."""
    breaker = icu.BreakIterator.createWordInstance(_DUTCH)
    breaker.setText(icu.UnicodeString(text))
    # ICU counts UTF-16 units; a text without characters beyond the basic plane has the same offsets
    offset = _offsets(text)
    start = 0
    for end in breaker:
        if breaker.getRuleStatus() >= _WORD_STATUS:
            first, last = offset(start), offset(end)
            folded = fold(text[first:last])
            if folded:
                yield Word(folded, first, last)
        start = end


def _offsets(text: str) -> Callable[[int], int]:
    if text.isascii() or max(text, default="") <= "\uffff":
        return int
    units: list[int] = []
    for index, char in enumerate(text):
        units += [index] * (2 if char > "\uffff" else 1)
    units.append(len(text))
    return units.__getitem__


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return the folded form of one word; empty for a word of marks alone."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in plain if char.isalnum())[:LONGEST_WORD]
    if not plain.isascii() or not plain.isalpha():
        return plain
    stem = _ENDING.sub("", _PLURAL.sub("", plain))
    hard = stem[:-1] + stem[-1].translate(_FINAL)
    return _DOUBLED.sub(r"\1", _PLURAL.sub("", hard))
