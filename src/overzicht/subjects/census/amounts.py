"""Numbers of bodies as people write them in surveys: `about 150`, `36 of 40`, `40 %`, `all`, `none`, `?`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from math import ceil, floor
from typing import Any

from overzicht.register.quantities import (
    NUMBER,
    WRITTEN,
    Bound,
    Quantity,
    read_stated,
    whole_number,
)
from overzicht.safeyaml import read_packaged_yaml
from overzicht.subjects.census.estimates import whole_numbers

PERCENT = r"(?:%|per ?cent|procent|pct|prozent|pour ?cent)"
DECIMAL = r"(\d{1,3}(?:[.,]\d{1,9})?)"
LONGEST = 200  # characters of a cell with a number; a longer one is a text
LOOSE = rf"[^()=]*?\d ?{PERCENT}[^()=\d]*?"  # a percentage with words around it
HALF_OF_ALL, HUNDRED, TINY = Decimal(50), Decimal(100), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage, as a range that holds both ends; `is_exact` for one that was rounded from a number."""

    low: Decimal
    high: Decimal
    is_exact: bool = False

    def numbers(self, total: int) -> range:
        """Return the whole numbers of a total that are this share; empty if none is."""
        if self.is_exact:
            return whole_numbers(self.low, total)
        first, last = ceil(self.low * total / 100), floor(self.high * total / 100)
        return range(max(0, first), min(total, last) + 1)

    def __str__(self) -> str:
        """Return the percentage without its sign; a range has a dash."""
        low, high = (f"{limit.normalize():f}" for limit in (self.low, self.high))
        return str(self.low) if self.is_exact else f"{low}–{high}"


@dataclass(frozen=True, slots=True)
class Amount:
    """What a cell states: a number as a range, a share, or everybody; nothing of these for an unknown number.

    `total` is the number that it is stated to be a part of. `without` are those that everybody excludes.
    """

    least: int | None = None
    most: int | None = None
    total: int | None = None
    share: Share | None = None
    is_all: bool = False
    without: int = 0
    is_about: bool = False

    @property
    def has_number(self) -> bool:
        """Whether it states a number itself."""
        return self.least is not None or self.most is not None

    def among(self, total: int | None) -> Quantity:
        """Return the number as a range, where all are `total`; open on both sides if it cannot be known.

        A stated total of its own comes first. A share that no whole number gives is open too.
        """
        base = self.total if self.total is not None else total
        if self.has_number or base is None:
            return Quantity(self.least, self.most)
        if self.is_all:
            return Quantity(base - self.without, base - self.without)
        numbers = self.share.numbers(base) if self.share else range(0)
        return Quantity(numbers[0], numbers[-1]) if numbers else Quantity()


@cache
def _lexicon() -> Mapping[str, Any]:
    content = files("overzicht.subjects.census").joinpath("amounts.yml").read_bytes()
    data: Mapping[str, Any] = read_packaged_yaml(content)
    return data


@cache
def _any_of(name: str) -> str:
    """Return the pattern of the words of a list, the longest first."""
    return "|".join(re.escape(word) for word in sorted(_lexicon()[name], key=len, reverse=True))


def read_amount(cell: str) -> Amount | None:
    """Return what a cell states; an amount without a number for one that says that it is unknown.

    None if it cannot be read.

    >>> read_amount("36 of 40")
    Amount(least=36, most=36, total=40, share=None, is_all=False, without=0, is_about=False)
    """
    words = re.sub(r"(?<=\d)['’](?=\d{3})", "", " ".join(cell.casefold().split())).strip("\"“”' ")
    words = re.sub(r"(?<=\d)[.,]0{1,2}(?!\d)", "", words.removesuffix("."))
    if not words or words in _lexicon()["unknown"]:
        return Amount()
    if len(words) > LONGEST or re.search(r"^[-−]\d|\d[a-z]", words):
        return None
    if re.search(PERCENT, words) or words in _lexicon()["shares"] or words in _lexicon()["most"]:
        # an amount with a percentage: alone, of a total, or with its number
        amount_with_share: Amount | None
        if words in _lexicon()["most"]:
            amount_with_share = Amount(share=Share(HALF_OF_ALL + TINY, HUNDRED))
        elif words in _lexicon()["shares"]:
            amount_with_share = Amount(is_about=True)  # a share in words is not rounded from a number
        else:
            for pattern in (rf"([^(=]+?)[ ,:;]*(?:\(|=|\bis\b) ?({LOOSE})\)?", rf"({LOOSE})[ ,:;]*\((.+)\)"):
                if with_share := re.fullmatch(pattern, words):
                    first, second = with_share[1].strip(), with_share[2].strip()
                    written, counted = (first, second) if re.search(PERCENT, first) else (second, first)
                    share, number = _share(written), _part(counted) or _number(counted)
                    amount_with_share = (
                        replace(number, share=share) if share and number and number.has_number else None
                    )
                    break
            else:
                if with_share := re.fullmatch(
                    rf"({LOOSE}) (?:{_any_of('of')}) ?(?:the |de |het )?({WRITTEN})(?: \D*)?", words
                ):
                    share = _share(with_share[1])
                    amount_with_share = (
                        Amount(total=whole_number(with_share[2]), share=share) if share else None
                    )
                else:
                    share = _share(words)
                    amount_with_share = Amount(share=share) if share else None
        return amount_with_share
    if match := re.fullmatch(rf"[^=]+\+[^=]+= ?({WRITTEN})(?: \D*)?", words):
        words = match[1]  # a sum with its total
    return _everybody_or_nobody(words) or _part(words) or _number(words)


def _everybody_or_nobody(words: str) -> Amount | None:
    if words in _lexicon()["none"] or re.match(rf"(?:{_any_of('none_of')}) \D*$", words):
        return Amount(0, 0)
    if match := re.fullmatch(rf"(?:{_any_of('all')}) (?:{_any_of('but')}) (\S+)", words):
        return _all_but(match[1])
    if match := re.fullmatch(rf"(?:{_any_of('but')}) (\S+) na (?:{_any_of('all')})(?: \D*)?", words):
        return _all_but(match[1])
    match = re.fullmatch(rf"(?:{_any_of('all')})(?: \D*?({WRITTEN}))?(?:[ ,;:]\D*)?", words)
    if match is None:
        return None
    number = whole_number(match[1]) if match[1] else None
    return Amount(number, number, is_all=True)


def _all_but(written: str) -> Amount | None:
    number: int | None = (
        whole_number(written) if NUMBER.fullmatch(written) else _lexicon()["numbers"].get(written)
    )
    return None if number is None else Amount(is_all=True, without=number)


def _share(words: str) -> Share | None:
    """Return the percentage that a text states, with a bound before it or as a range."""
    upper = rf"(?:-|–|to|tot|and|en|à|a) ?{DECIMAL} ?{PERCENT}(?: \D*)?"
    if match := re.fullmatch(rf"(?:between |tussen )?{DECIMAL} ?{PERCENT}? ?{upper}", words):
        low, high = sorted(Decimal(limit.replace(",", ".")) for limit in match.group(1, 2))
        return Share(low, high) if high <= HUNDRED else None
    match = re.fullmatch(rf"(\D*?)\s*{DECIMAL} ?{PERCENT}(?: \D*)?", words)
    if match is None:
        return None
    percent = Decimal(match[2].replace(",", "."))
    stated = read_stated(f"{match[1]} 1".strip())
    if stated is None or percent > HUNDRED:
        return None
    half = _half_unit(int(percent)) if percent == int(percent) else 0
    bounds = {
        Bound.AT_LEAST: (percent, HUNDRED),
        Bound.MORE_THAN: (percent + TINY, HUNDRED),
        Bound.AT_MOST: (Decimal(0), percent),
        Bound.LESS_THAN: (Decimal(0), percent - TINY),
        Bound.ABOUT: (max(Decimal(0), percent - half), min(HUNDRED, percent + half)),
    }
    if stated.bound in bounds and not (stated.bound is Bound.ABOUT and half == 0):
        return Share(*bounds[stated.bound])
    return Share(percent, percent, is_exact=True)


def read_rate(cell: str) -> Share | None:
    """Return a published percentage; a number alone is one, and one below 1 with two decimals is a fraction.

    None if the cell states no percentage.

    >>> str(read_rate("7,54 %")), str(read_rate("91")), str(read_rate("0.83"))
    ('7.54', '91', '83')
    """
    words = cell.strip()
    if match := re.fullmatch(r"0[.,](\d\d)(\d*)", words):
        words = f"{int(match[1])}.{match[2]} %" if match[2] else f"{int(match[1])} %"
    elif re.fullmatch(DECIMAL, words):
        words = f"{words} %"
    amount = read_amount(words)
    return amount.share if amount else None


def _half_unit(number: int) -> int:
    """Return half of the unit to which a number is rounded: 5 for 150, 50 for 800, 0 for 151."""
    written = str(number)
    return 10 ** (len(written) - len(written.rstrip("0"))) // 2 if number else 0


def _part(words: str) -> Amount | None:
    """Return a number that is stated to be a part of a total, as `36 of 40`."""
    of = rf"\(?(?:\b(?:{_any_of('of')})\b|/) ?(?:the |de |het )?({WRITTEN})(?: [^\d)]*)?\)?"
    match = re.fullmatch(rf"(.+?) ?{of}", words)
    number = match and (_everybody_or_nobody(match[1].strip()) or _number(match[1].strip()))
    if not match or not number:
        return None
    total = whole_number(match[2])
    return replace(number, total=total) if number.has_number else Amount(total, total, total)


def _number(words: str) -> Amount | None:
    if (number := _lexicon()["numbers"].get(words)) is not None:
        return Amount(number, number)
    stated = read_stated(words)
    if stated is None:
        return None
    if stated.bound is Bound.ABOUT:
        half = max(1, _half_unit(stated.number)) if stated.number else 0
        return Amount(max(0, stated.number - half), stated.number + half, is_about=True)
    limits = stated.range
    return Amount(limits.at_least, limits.at_most)
