"""Quantities as people say them: `131`, `at least 134`, `18 fixed + 7 movable`, or nothing."""

import re
from dataclasses import dataclass

AT_LEAST = ("at least", "ten minste", "minstens", "minimaal", "minimum")
MORE_THAN = ("more than", "over", "meer dan", "ruim")
AT_MOST = ("at most", "hoogstens", "maximaal", "ten hoogste", "up to")
LESS_THAN = ("less than", "fewer than", "minder dan")
ABOUT = ("about", "circa", "ca.", "ca", "ongeveer", "approximately", "around", "~")
NUMBER = re.compile(r"\d{1,3}(?:[., ]\d{3})+(?!\d)|\d+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many, as a range; None is an open side. `about` numbers bound nothing: nobody said how far off."""

    at_least: int | None = None
    at_most: int | None = None

    def excludes(self, other: "Quantity") -> bool:
        """Return whether no number fits both ranges."""
        lowest = max(self.at_least or 0, other.at_least or 0)
        highs = [each for each in (self.at_most, other.at_most) if each is not None]
        return bool(highs) and lowest > min(highs)


def read_quantity(said: str) -> Quantity:
    """Return the range that a text states; parts joined by `+` or `and` add up, `10-20` is a range.

    >>> read_quantity("18 fixed + 7 movable")
    Quantity(at_least=25, at_most=25)
    >>> read_quantity("more than 560")
    Quantity(at_least=561, at_most=None)
    """
    words = " ".join(said.casefold().split())
    span = re.fullmatch(r"(\d+) ?(?:-|–|to|tot|a|à) ?(\d+)\D*", words)
    if span:
        low, high = sorted((int(span[1]), int(span[2])))
        return Quantity(low, high)
    found = [int(re.sub(r"\D", "", number)) for number in NUMBER.findall(words)]
    if not found or (len(found) > 1 and not re.search(r"\+| and | en ", words)):
        return Quantity()
    total = sum(found)
    if _begins(words, ABOUT):
        return Quantity()
    for starts, quantity in (
        (AT_LEAST, Quantity(total, None)), (MORE_THAN, Quantity(total + 1, None)),
        (AT_MOST, Quantity(None, total)), (LESS_THAN, Quantity(None, max(0, total - 1))),
    ):  # fmt: skip
        if _begins(words, starts):
            return quantity
    return Quantity(total, total)


def _begins(words: str, starts: tuple[str, ...]) -> bool:
    return any(re.match(rf"{re.escape(start)}(?![a-z])", words) for start in starts)
