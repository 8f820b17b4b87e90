"""Quantities in the words of the list: numbers with units and comparisons.

The list uses a decimal comma and groups thousands with (thin) spaces. In our files superscripts are
flattened: "10⁸" is "108", "m²" is "m2". After a multiplication sign a flattened power is certain. A lone one
is marked doubtful, and nobody may decide on it without the original text.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from overzicht.errors import MissingExtraError, OverzichtError
from overzicht.evidence.packaged import StrictModel, packaged_facts

LONGEST_TEXT = 20_000  # no provision is longer; the patterns below are linear, but a file may be anything


class Comparison(StrEnum):
    """How an item's own value must lie to the one in the list, for the words to fit."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    STATED = ""  # a number without words of comparison

    def holds(self, value: Decimal, limit: Decimal) -> bool:
        """Return whether `value` lies so to `limit`, both in one unit; ValueError for a stated number."""
        match self:
            case Comparison.ABOVE:
                return value > limit
            case Comparison.AT_LEAST:
                return value >= limit
            case Comparison.BELOW:
                return value < limit
            case Comparison.AT_MOST:
                return value <= limit
        raise ValueError("a stated number compares with nothing")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit; `unit` is a name of `units.yml`, empty for a bare number.

    `is_doubtful` marks a number that the file leaves uncertain: a lone flattened power, or a comma that may
    group thousands. `g` is unchanged, because the list uses it for grams and for gravity.
    """

    value: Decimal
    unit: str = ""
    is_doubtful: bool = False

    def __str__(self) -> str:
        """Return `110 GHz`, with a question mark where the number is doubtful."""
        mark = "?" if self.is_doubtful else ""
        short = self.value.normalize()
        return f"{short:{'f' if -6 <= short.adjusted() <= 9 else ''}}{mark} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Threshold:
    """A quantity in a text, how an item is compared with it, and the words as they stand."""

    comparison: Comparison
    quantity: Quantity
    words: str

    def __str__(self) -> str:
        """Return `> 110 GHz`."""
        return f"{self.comparison} {self.quantity}".lstrip()


_SPACE = "[ \u00a0\u2009\u202f\u2007]"
_SIGN = "[-\u2212\u2013]"
_POWER = rf"{_SPACE}?[×xX\uf0b4]{_SPACE}?10{_SPACE}?(?P<power>{_SIGN}?\d{{1,2}})(?!\d)"
_BEFORE_SIGN = "|".join(rf"(?<={word})" for word in (r"\(", "than ", "below ", "above ", "exceeding "))
_NUMBER = (
    rf"(?P<sign>{_SIGN}(?=\d)|(?:{_BEFORE_SIGN}){_SIGN}{_SPACE}+(?=\d))?(?P<number>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?:{_POWER}|(?<=\b10)(?P<lone>{_SPACE}?{_SIGN}{_SPACE}?\d{{1,2}}(?=[ /]?[A-Za-zµμ]|[;.]?$)))?"
)
_MORE = "(?:more|greater|better|higher|larger|longer)"
_LESS = r"(?:less|lower|smaller|shorter|thinner|fewer)(?: \((?:better|finer)\))?"
_BEFORE = (  # the longest words first: "not less than" must not be read as "less than"
    (rf"not {_LESS} than|equal to or {_MORE} than|{_MORE} than or equal to|at least|≥", Comparison.AT_LEAST),
    (r"(?:meeting|equal to) or exceeding|equals? or exceed(?:s|ing)?", Comparison.AT_LEAST),
    (
        rf"not exceeding|not {_MORE} than|(?:do|does) not exceed|up to(?: and including)?|≤",
        Comparison.AT_MOST,
    ),
    (rf"equal to or {_LESS} than|{_LESS} than or equal to", Comparison.AT_MOST),
    (r"better than", Comparison.BELOW),
    (rf"exceeding|exceeds?|in excess of|{_MORE} than|above|over|>", Comparison.ABOVE),
    (rf"{_LESS} than|below|under|<", Comparison.BELOW),
)
_AFTER = (
    (r"or (?:more|greater|higher|above|longer|larger)(?! (?:than )?±?\d)", Comparison.AT_LEAST),
    (r"or (?:less|lower|smaller|shorter|below|better|fewer|finer)(?! (?:than )?±?\d)", Comparison.AT_MOST),
)
_BEFORE_PATTERNS = tuple((re.compile(rf"(?:{words})(?: a| an| ±|±)? ?$", re.I), c) for words, c in _BEFORE)
_AFTER_PATTERNS = tuple(
    (re.compile(rf"\W{{0,2}}(?:\([^)]{{0,40}}\) ?)?{words}", re.I), c) for words, c in _AFTER
)
_LOOK_BACK = 60
_RANGE_START = re.compile(r"\b(?:between|from|range of) $", re.I)
_RANGE_GOES_ON = re.compile(r" (?:and|to) (?=\d)")
_RANGE_END = re.compile(
    rf"\b(?:between|from|range of) {_SIGN}?\d[\w.,%/°µμ\u00a0 ]{{0,20}} (?:and|to) $", re.I
)
_LONE_POWER = re.compile(r"10(?:[3-9]|1\d|2[0-4])")
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


@lru_cache(maxsize=20_000)
def read_thresholds(text: str) -> tuple[Threshold, ...]:
    """Return the quantities of a text in order.

    A number counts if it has a known unit or words of comparison; others (codes, numbers of notes, names of
    substances) are left out. In "from 2 to 5 mm", both numbers have the unit.
    """
    thresholds = []
    for match in _pattern().finditer(text[:LONGEST_TEXT]):
        unit = units().get(match["unit"] or "", "")
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if _RANGE_END.search(before):
            comparison = Comparison.AT_MOST
        elif _RANGE_START.search(before) and _RANGE_GOES_ON.match(text, match.end()):
            comparison = Comparison.AT_LEAST
        else:
            fitting = [comparison for pattern, comparison in _BEFORE_PATTERNS if pattern.search(before)] or [
                comparison for pattern, comparison in _AFTER_PATTERNS if pattern.match(text, match.end())
            ]
            comparison = fitting[0] if fitting else Comparison.STATED
        if not unit:
            follows = re.compile(rf" (?:to|and|or) (?:±{_SPACE}?)?").match(text, match.end())
            other = _pattern().match(text, follows.end()) if follows else None
            unit = units().get(other["unit"] or "", "") if other else ""
        if not unit and comparison is Comparison.STATED:
            read = None
        else:
            number = re.sub(_SPACE, "", match["number"])
            value = Decimal(number.replace(",", "."))
            is_doubtful = _GROUPED_BY_COMMA.fullmatch(number) is not None
            if match["power"]:
                value = value.scaleb(_whole(match["power"]))
            elif match["lone"] and number == "10":
                value, is_doubtful = Decimal(1).scaleb(_whole(match["lone"])), True
            elif _LONE_POWER.fullmatch(number):
                is_doubtful = True
            if match["sign"]:
                value = -value
            read = Threshold(comparison, Quantity(value, unit, is_doubtful), match[0])
        if (threshold := read) is not None:
            thresholds.append(threshold)
    return tuple(thresholds)


def _whole(text: str) -> int:
    return int(re.sub(rf"{_SPACE}", "", re.sub(_SIGN, "-", text)))


class UnitFacts(StrictModel):
    """The packaged table: spellings of each unit by its name, and lines that define units of the trade."""

    spellings: dict[str, tuple[str, ...]]
    definitions: tuple[str, ...]


@cache
def units() -> dict[str, str]:
    """Return every spelling of a unit with its name in the unit library; PackagedFactError when wrong."""
    spellings = unit_facts().spellings
    return {written: name for name, others in spellings.items() for written in (name, *others)}


@cache
def unit_facts() -> UnitFacts:
    """Return the packaged table of units; PackagedFactError if it is not valid."""
    return packaged_facts(UnitFacts, "overzicht.subjects.control_list", "units.yml")


@cache
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(units(), key=lambda name: (-len(name), name)))
    edge = r"(?<![\w.,/])(?<!\d )"
    unit = rf"(?:{_SPACE}?(?P<unit>{names})(?![A-Za-z0-9µμ]|/[A-Za-zµμ]))?"
    return re.compile(rf"{edge}{_NUMBER}(?![A-Za-z]?\d)(?![A-E]\d{{3}}){unit}")


if TYPE_CHECKING:
    import pint


class UnitMismatchError(OverzichtError):
    """A quantity cannot be compared with a limit: another kind of unit, or one that we do not know."""

    def __init__(self, given: Quantity, expected: str, reason: str) -> None:
        super().__init__(
            f"{given} cannot be given in {expected or 'a bare number'}: {reason}",
            fix=f"give the value in {expected or 'a bare number'} or a unit of the same kind",
        )


@cache
def registry() -> "pint.UnitRegistry[Any]":
    """Return the unit library with the units of the trade defined; MissingExtraError without `pint`."""
    try:
        import pint  # noqa: PLC0415 - loaded late: the core runs without it
    except ImportError as error:
        raise MissingExtraError("comparing quantities with units", "control") from error
    made: pint.UnitRegistry[Any] = pint.UnitRegistry(
        non_int_type=Decimal, autoconvert_offset_to_baseunit=True
    )
    for line in unit_facts().definitions:
        made.define(line)
    return made


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Return the quantity in another unit of the same kind.

    Raises UnitMismatchError for other kinds or unknown units, MissingExtraError without pint.
    """
    if quantity.unit == unit:
        return quantity
    library = registry()
    import pint  # noqa: PLC0415 - here since `registry` did not raise

    try:
        given = library.Quantity(quantity.value, _known(quantity.unit))
        value = Decimal(str(given.to(_known(unit)).magnitude))
    except (pint.PintError, AssertionError, ValueError) as error:
        raise UnitMismatchError(quantity, unit, str(error)) from error
    return Quantity(value, unit, quantity.is_doubtful)


def is_same_amount(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities are the same amount in whatever unit; False for different kinds."""
    if left.unit == right.unit:
        return left.value == right.value
    try:
        return convert(left, right.unit).value == right.value
    except UnitMismatchError:
        return False


def read_quantity(text: str) -> Quantity:
    """Return a quantity that a person wrote, such as `9 Hz` or `8.7 µm` (point or comma for decimals).

    Raises UnitMismatchError if it is not a number with a known unit.
    """
    number, _, unit = text.strip().partition(" ")
    try:
        value = Decimal(number.replace(",", "."))
    except ArithmeticError as error:
        raise UnitMismatchError(Quantity(Decimal(0), text), "", "not a number with a unit") from error
    return Quantity(value, _known(unit.strip()))


def _known(unit: str) -> str:
    if not unit:
        return ""
    name = units().get(unit)
    if name is None:
        raise UnitMismatchError(Quantity(Decimal(0), unit), unit, f"the unit {unit!r} is not known")
    return name
