"""Sentences of a text by their ends; numbers, initials and `B.V.` end none."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_END = re.compile(r"[.?!]['’\"”»)]*(?=\s+[\"“‘«(]?[A-Z0-9])|\n")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|nr|nrs|jl|art|dhr|mw|mr|dr|ca|bijv|o\.a|c\.s|Co|Ltd|Inc|B\.V|N\.V|Corp)\.)$"
)
LONGEST_LINE = 300  # characters of a sentence that is shown in one line
LONGEST_SHORT = 8  # text before a point that does not end a sentence is shorter


@lru_cache(maxsize=64)
def _ends(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    matches = [
        match
        for match in _END.finditer(text)
        if not _NO_END.search(text[max(0, match.start() - LONGEST_SHORT) : match.start() + 1])
    ]
    return tuple(match.start() for match in matches), tuple(match.end() for match in matches)


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that holds `text[start:end]` begins and ends."""
    begins, ends = _ends(text)
    before, after = bisect_right(ends, start), bisect_left(begins, end)
    return (ends[before - 1] if before else 0), (ends[after] if after < len(ends) else len(text))


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence that holds `text[start:end]`, without the spaces around it."""
    first, last = sentence_bounds(text, start, end)
    return text[first:last].strip()


def sentence_after(text: str, start: int, end: int) -> str:
    """Return the sentence after the one that contains a span; empty after the last."""
    _, last = sentence_bounds(text, start, end)
    while last < len(text) and text[last].isspace():
        last += 1
    return sentence_at(text, last, last + 1) if last < len(text) else ""


def first_sentence(text: str) -> str:
    """Return the first sentence of a text in one line, cut after `LONGEST_LINE` characters."""
    line = " ".join(text.split())
    short = sentence_at(line, 0, 1) if line else ""
    return short if len(short) <= LONGEST_LINE else f"{short[:LONGEST_LINE].rsplit(' ', 1)[0]} …"
