"""Ranges of numbers in a label, such as `cam 1 t/m 4` and `10 en 11`, and how many devices they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from overzicht.sources.inventories.tables.lexicon import lexicon

LONGEST_LABEL = 80
MOST_IN_A_RANGE = 500
_NUMBER = re.compile(r"\d{1,6}")
_STEM = r"(?:[a-z#°º.]{0,12}[ .:#_°º-]{0,2}){0,2}"  # `cam `, `nr. `, or the letters before both numbers


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers that a label names: the first, the last, how many.

    `is_sure` is False for a hyphen or slash, which also joins the parts of one number.
    """

    first: int
    last: int
    count: int
    is_sure: bool


@lru_cache(maxsize=20_000)
def range_in(label: str) -> Range | None:
    """Return the numbers at the end of a label; None for a label without a number."""
    low = " ".join(label[:LONGEST_LABEL].casefold().replace("(", " ").replace(")", " ").split())
    numbers = list(_NUMBER.finditer(low))
    if not numbers or not re.fullmatch(r"[. ]*", low[numbers[-1].end() :]):
        return None
    is_stem_again = low.count(low[0]) > 1  # fast: most labels
    if is_stem_again and (same := _same_stem().fullmatch(low)) and int(same["first"]) < int(same["last"]):
        first, last = int(same["first"]), int(same["last"])
        return Range(first, last, last - first + 1, True) if last - first < MOST_IN_A_RANGE else None
    chain: list[tuple[int, str]] = [(int(numbers[-1][0]), "")]  # from the last number to the first
    to, and_ = _joints()
    for after, before in pairwise(reversed(numbers)):
        between = low[before.end() : after.start()]
        # how the numbers are joined: `to`, `and`, or `-` and `/`, which also join parts of one
        if to.fullmatch(between):
            joint = "to"
        elif and_.fullmatch(between):
            joint = "and"
        else:
            joint = {"/": "/", "-": "-", "–": "-", "—": "-"}.get(between.strip(), "")
        is_second_range = joint in _RANGES and chain[-1][1] in _RANGES
        if not joint or is_second_range or int(before[0]) >= chain[-1][0]:
            break
        chain.append((int(before[0]), joint))
    chain.reverse()  # now each joint is between its number and the next
    count = 1 + sum(
        after - before if joint in _RANGES else 1 for (before, joint), (after, _) in pairwise(chain)
    )
    joints = {joint for _, joint in chain}
    if count > MOST_IN_A_RANGE:
        return None
    return Range(chain[0][0], chain[-1][0], count, not joints & _UNSURE)


_RANGES = frozenset({"to", "-"})
_UNSURE = frozenset({"-", "/"})


@cache
def _joints() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what is between the ends of a range, and between numbers of a row."""
    to, and_ = _to_words(), "|".join(map(re.escape, sorted(lexicon().words["and"])))
    return (
        re.compile(rf"(?:\s+(?:{to})\.?\s+|\s*(?:t/m|t\.?e?\.?m\.?|\.\.+|…|-+>|→)\s*){_STEM}\s*"),
        re.compile(rf"(?:\s*[,;+&]\s*|\s+(?:{and_})\s+)(?:(?:{and_})\s+)?{_STEM}\s*"),
    )


def _to_words() -> str:
    words = sorted(lexicon().words["to"], key=len, reverse=True)
    return "|".join([*(re.escape(word).replace(r"\ ", r"[ ./'’]{1,3}") for word in words), "à", "jusqu['’]à"])


@cache
def _same_stem() -> re.Pattern[str]:
    """Return the pattern of a range that repeats what precedes its numbers: `C-1.01 – C-1.04`."""
    return re.compile(
        rf"(?P<stem>.{{0,30}}?[^\d\s])(?P<first>\d{{1,6}})(?:\s*(?:[-–—]|t/m|\.\.+|→)\s*|\s+(?:{_to_words()})\s+)"
        r"(?P=stem)(?P<last>\d{1,6})[. ]*"
    )


def has_plain_ranges(labels: Sequence[str]) -> bool:
    """Return whether hyphens in the labels of a column join the ends of ranges.

    They do where the numbers go on after them: `4-8`, `9`. They do not where numbers come back, as in `1-1`,
    `1-2`, `2-1`: those are the parts of one number.
    """
    numbers = [read for label in labels if (read := range_in(label)) is not None]
    after = [*numbers[1:], None]
    before = [None, *numbers[:-1]]
    unsure = [(b, n, a) for b, n, a in zip(before, numbers, after, strict=True) if not n.is_sure]
    goes_on = sum(_goes_on(b, n) or _goes_on(n, a) for b, n, a in unsure)
    overlaps = sum(b is not None and 1 < n.first <= b.last for b, n, _ in unsure)
    return bool(unsure) and goes_on * 2 >= len(unsure) and not overlaps


def _goes_on(first: Range | None, second: Range | None) -> bool:
    return first is not None and second is not None and second.first == first.last + 1
