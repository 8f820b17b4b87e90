"""Quantities as people write them: `131`, `at least 134`, `18 fixed + 7 movable`, or nothing.

A quantity is stored as written, and parsed each time into a bound and a number. So it can be compared as a
range, and worded in the language of the reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from overzicht.evidence import Text, text
from overzicht.evidence.text import Value


class Bound(StrEnum):
    """Relation of a number to a quantity."""

    EXACTLY = "exactly"
    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"
    BETWEEN = "between"
    ABOUT = "about"


BEGINS: Mapping[Bound, tuple[str, ...]] = {
    Bound.ABOUT: (
        "about", "circa", "ca.", "ca", "c.", "ongeveer", "approximately", "approx.", "approx", "around",
        "roughly", "some", "nearly", "almost", "bijna", "zo'n", "rond de", "rond", "etwa", "rund", "environ",
        "~", "±", "+/-",
    ),
    Bound.AT_LEAST: (
        "at least", "no fewer than", "no less than", "not less than", "ten minste", "tenminste", "minstens",
        "minimaal", "minimum", "min.", "min", "mindestens", "au moins", ">=", "≥",
    ),
    Bound.AT_MOST: (
        "at most", "no more than", "not more than", "niet meer dan", "hoogstens", "maximaal", "maximum",
        "max.", "max", "ten hoogste", "up to", "höchstens", "au plus", "<=", "≤",
    ),
    Bound.MORE_THAN: (
        "more than", "over", "above", "meer dan", "boven de", "ruim", "mehr als", "plus de", ">",
    ),
    Bound.LESS_THAN: (
        "less than", "fewer than", "under", "below", "minder dan", "onder de", "weniger als", "moins de", "<",
    ),
}  # fmt: skip
ENDS: Mapping[Bound, tuple[str, ...]] = {
    Bound.AT_LEAST: ("or more", "of meer", "en meer", "and more", "+"),
    Bound.AT_MOST: ("or less", "or fewer", "of minder"),
    Bound.ABOUT: ("or so", "of zo"),
}
SAYS: Mapping[Bound, Text] = {
    Bound.AT_LEAST: text("at least {number}"),
    Bound.MORE_THAN: text("more than {number}"),
    Bound.AT_MOST: text("at most {number}"),
    Bound.LESS_THAN: text("fewer than {number}"),
    Bound.ABOUT: text("about {number}"),
}
WRITTEN = r"(?:\d{1,3}(?:[.,' ]\d{3})+(?!\d)|\d+)"  # a whole number, in groups of three digits or not
NUMBER = re.compile(WRITTEN)
SPAN = re.compile(
    rf"(?:(?:between|from|tussen|van|zwischen|von|entre|de) )?({WRITTEN}) ?"
    rf"(?:-|–|\.\.|to|tot|t/m|tot en met|and|en|und|bis|et|a|à) ?({WRITTEN})(\D*)"
)
BETWEEN = re.compile(r"between |tussen |zwischen |entre ")  # before `and`: the ends of a range, not a sum


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a range; None is an open side. `about` sets no bounds: the error is not stated."""

    at_least: int | None = None
    at_most: int | None = None

    def excludes(self, other: "Quantity") -> bool:
        """Return whether no number fits both ranges."""
        lowest = max(self.at_least or 0, other.at_least or 0)
        highs = [limit for limit in (self.at_most, other.at_most) if limit is not None]
        return bool(highs) and lowest > min(highs)


@dataclass(frozen=True, slots=True)
class StatedQuantity:
    """A quantity as stated: a bound and a number; `upto` is the other end of `between`.

    `says_more` if the text states more, such as what is counted or the parts of a sum.
    """

    bound: Bound
    number: int
    upto: int | None = None
    says_more: bool = False

    @property
    def range(self) -> Quantity:
        """The matching numbers."""
        n = self.number
        lowest = {Bound.EXACTLY: n, Bound.AT_LEAST: n, Bound.MORE_THAN: n + 1, Bound.BETWEEN: n}
        highest = {
            Bound.EXACTLY: n,
            Bound.AT_MOST: n,
            Bound.LESS_THAN: max(0, n - 1),
            Bound.BETWEEN: self.upto,
        }
        return Quantity(lowest.get(self.bound), highest.get(self.bound))

    @property
    def phrase(self) -> Value:
        """The bound and the number, to be worded in the reader's language."""
        if self.bound is Bound.EXACTLY:
            return self.number
        if self.upto is not None:
            return text("{low} to {high}", low=self.number, high=self.upto)
        return text(SAYS[self.bound].template, number=self.number)


def read_stated(statement: str) -> StatedQuantity | None:
    """Return the quantity in a text; parts joined by `+` or `and` add up. None without a clear number.

    >>> read_stated("at least 134")
    Stated(bound=<Bound.AT_LEAST: 'at least'>, number=134, upto=None, says_more=False)
    >>> read_stated("18 fixed + 7 movable")
    Stated(bound=<Bound.EXACTLY: 'exactly'>, number=25, upto=None, says_more=True)
    """
    words = " ".join(statement.casefold().split())
    span = SPAN.fullmatch(words)
    if span and (BETWEEN.match(words) or not re.search(r" (?:and|en|und|et) ", words)):
        low, high = sorted(map(whole_number, span.group(1, 2)))
        return StatedQuantity(Bound.BETWEEN, low, high, says_more=bool(span[3].strip()))
    numbers = [whole_number(number) for number in NUMBER.findall(words)]
    if not numbers or (len(numbers) > 1 and not re.search(r"\+| and | en ", words)):
        return None
    bound, counted = _bound(words)
    return StatedQuantity(bound, sum(numbers), says_more=NUMBER.fullmatch(counted) is None)


def whole_number(written: str) -> int:
    """Return a number as `NUMBER` finds it, without the signs between its groups of digits."""
    return int(re.sub(r"\D", "", written))


def _bound(words: str) -> tuple[Bound, str]:
    for bound, starts in BEGINS.items():
        for start in starts:
            if re.match(rf"{re.escape(start)}(?![a-z])", words):
                return bound, words.removeprefix(start).strip()
    for bound, ends in ENDS.items():
        for end in ends:
            if words.endswith(end):
                return bound, words.removesuffix(end).strip()
    return Bound.EXACTLY, words


def read_quantity(statement: str) -> Quantity:
    """Return the range that a text states, open on both sides if it states none.

    >>> read_quantity("18 fixed + 7 movable")
    Quantity(at_least=25, at_most=25)
    >>> read_quantity("more than 560")
    Quantity(at_least=561, at_most=None)
    """
    stated = read_stated(statement)
    return Quantity() if stated is None else stated.range


def worded(statement: str) -> Value:
    """Return a quantity to be worded in the reader's language; a text without a clear number stays as it is.

    If the text states more than a bound and a number, its own words follow in quotes.

    >>> str(worded("ten minste 9")), str(worded("7 fixed + 2 movable")), worded("several")
    ('at least 9', '9 (“7 fixed + 2 movable”)', 'several')
    """
    stated = read_stated(statement)
    if stated is None:
        return statement
    if not stated.says_more:
        return stated.phrase
    return text("{quantity} (“{words}”)", quantity=stated.phrase, words=statement)
