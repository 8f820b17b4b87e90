"""Sentences of a text by their ends; numbers, initials and `B.V.` end none."""

import re

_END = re.compile(r"[.?!]['’\"”»)]*(?=\s+[\"“‘«(]?[A-Z0-9])|\n")
_NO_END = re.compile(
    r"(?:\b(?:[A-Z]|nr|nrs|jl|art|dhr|mw|mr|dr|ca|bijv|o\.a|c\.s|Co|Ltd|Inc|B\.V|N\.V|Corp)\.)$"
)


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence that holds `text[start:end]` begins and ends."""
    first, last = 0, len(text)
    for found in _END.finditer(text):
        if _NO_END.search(text[: found.start() + 1]):
            continue
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.end()
            break
    return first, last


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence that holds `text[start:end]`, without the spaces around it."""
    first, last = sentence_bounds(text, start, end)
    return text[first:last].strip()


def sentence_after(text: str, start: int, end: int) -> str:
    """Return the sentence after the one that holds a span; empty where it is the last."""
    _, last = sentence_bounds(text, start, end)
    rest = text[last:].lstrip()
    return sentence_at(rest, 0, 1) if rest else ""
