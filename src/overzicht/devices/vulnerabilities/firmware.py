"""Firmware versions and ranges of them, as makers, catalogues and advisories write them.

A version is compared by its numbers and its build date. Builds are dates (`Build 161125` is 25 November
2016). An uncertain comparison has no result: other branches of firmware (`CIPC` and `DIPC`), a range that
names a build for a device that does not, or numbers and build dates that contradict each other.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from overzicht.dates import MONTHS

MOST_WORDS = 2  # in the text of one version
LONGEST_TEXT = 300  # characters of a version or range; the longest official one has 92
EARLIEST_BUILD, LATEST_BUILD = 2000, 2099
NOISE = frozenset({"r", "build"})
BEFORE_RELEASE = frozenset({"alpha", "beta", "rc", "pre"})
ALL = frozenset({"*", "all", "all versions", "any", "all/*", "all firmware versions"})
OPEN = frozenset({"", "-", "*", "0", "all"})
NOT_STATED = frozenset({"", "-", "n/a", "na", "unspecified", "unknown", "none"})

_YEAR_FIRST = re.compile(r"(20\d\d)[-/.]?(\d\d?)[-/.]?(\d\d?)")
_MONTH = re.compile(r"(?:(\d{1,2})\s+)?([a-z]{3,9})\.?(?:\s+(\d{1,2}))?,?\s+(20\d\d)")
_BUILD = re.compile(r"[ _(,]*build\s*(?:date|time)?\s*[:._]?\s*(\d[\d/.-]*)\)?")
_OWN_DATE = re.compile(r"(?<=[.\-_ b])((?:20)?\d{2}[01]\d[0-3]\d)(?![\d])")
_PREFIX = re.compile(r"^(?:firmware|version|software|release|ver|v|os)?[\s:._-]*(?=v?\d)v?")
_MORE = re.compile(r"[;,]|\b(?:prior|before|after|earlier|later|and|or|to)\b")  # more than one version
_OPERATOR = re.compile(r"(<=|>=|!=|==|<|>|=)")


class Membership(StrEnum):
    """Whether a firmware version is in a range."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"  # a version is missing, or the comparison is uncertain


@dataclass(frozen=True, slots=True)
class Firmware:
    """A version: the words before its numbers, its numbers and letters in order, and its build date."""

    branch: str
    parts: tuple[int | str, ...]
    build: date | None

    @classmethod
    def read(cls, text: str) -> "Firmware | None":
        """Return the version in a text; None if it has neither a number nor a build date."""
        return _read(text[:LONGEST_TEXT])

    def compared(self, bound: "Firmware") -> int | None:
        """Return -1, 0 or 1 for earlier than, equal to or later than `bound`; None if it is not certain.

        A bound without a build date covers all builds of its version.
        """
        by_date = (
            None
            if self.build is None or bound.build is None
            else ((self.build > bound.build) - (self.build < bound.build))
        )
        if not bound.parts:
            return by_date
        if not self.parts or (self.branch and bound.branch and self.branch != bound.branch):
            return None
        by_number: int | None = 0
        for part, other in zip_longest(self.parts, bound.parts):
            if part == other or {part, other} <= {None, 0}:
                continue
            if isinstance(part, int) and isinstance(other, int):
                by_number = 1 if part > other else -1
                break
            if part is None or other is None:
                more = other if part is None else part
                is_later = not (isinstance(more, str) and more in BEFORE_RELEASE)
                by_number = 1 if is_later == (other is None) else -1
                break
            if isinstance(part, str) and isinstance(other, str) and len(part) == len(other) == 1:
                by_number = 1 if part > other else -1
                break
            by_number = None
            break
        if by_number is None or bound.build is None:
            return by_number
        if by_number == 0:
            return by_date
        return None if by_date == -by_number else by_number


@lru_cache(maxsize=20_000)
def _read(text: str) -> Firmware | None:
    rest = " ".join(text.casefold().replace("\\", " ").split())
    build = read_day(rest)
    if build is not None:
        return Firmware("", (), build)
    if match := _BUILD.search(rest):
        build = _build_day(match[1])
        if build is not None:
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    elif match := max(_OWN_DATE.finditer(rest), key=lambda match: match.start(), default=None):
        build = _build_day(match[1])
        if build is not None:
            rest = rest[: match.start(1)] + rest[match.end(1) :]
    rest = _PREFIX.sub("", rest.strip(" ,;._-"))
    first = re.search(r"\d", rest)
    if first is None:
        return None if build is None else Firmware("", (), build)
    branch = re.sub(r"[^a-z]", "", re.sub(r"\bv$|\bos\b|version", "", rest[: first.start()].strip(" -._")))
    tokens = re.findall(r"\d+|[a-z]+", rest[first.start() :])
    # a number, or a word; an X that stands for any digit is 0, the first of the range
    return Firmware(
        branch,
        tuple(
            int(token) if token.isdigit() else 0 if set(token) == {"x"} else token
            for token in tokens
            if token not in NOISE
        ),
        build,
    )


def _build_day(digits: str) -> date | None:
    """Return the date in a build (`161125`, `20190823`, `2017-11-06`); None for another number."""
    bare = digits.strip("-./")
    if re.fullmatch(r"\d{6}", bare):
        bare = f"20{bare}"
    return read_day(bare)


def read_day(text: str) -> date | None:
    """Return the date that a whole text states (`2024/2/2`, `May, 2020`, `May 01, 2024`), else None.

    A month without a day is its first day.
    """
    bare = text.strip(" .,").casefold()
    if match := _YEAR_FIRST.fullmatch(bare):
        if re.fullmatch(r"\d+", bare) and len(bare) != 8:
            return None
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _MONTH.fullmatch(
        bare.replace(",", ", ").replace(",  ", ", ").replace(" ,", ",").replace(",", "")
    ):
        month = MONTHS.get(match[2]) or next((n for name, n in MONTHS.items() if name[:3] == match[2][:3]), 0)
        return _day(int(match[4]), month, int(match[1] or match[3] or 1))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_BUILD <= year <= LATEST_BUILD else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range of versions: lower and upper bound with whether each is included; None is open."""

    low: Firmware | None = None
    high: Firmware | None = None
    has_low: bool = True
    has_high: bool = True
    is_one_version: bool = False

    def membership(self, version: Firmware) -> Membership:
        """Return whether a version is in the range."""
        if self.is_one_version and self.low is not None:
            stated = self.low.parts
            if len(version.parts) > len(stated) and version.parts[: len(stated)] == stated:
                return Membership.UNKNOWN  # `11.11` may mean every 11.11.x
        sides = []
        if self.low is not None:
            order = version.compared(self.low)
            sides.append(None if order is None else order > 0 or (order == 0 and self.has_low))
        if self.high is not None:
            order = version.compared(self.high)
            sides.append(None if order is None else order < 0 or (order == 0 and self.has_high))
        if False in sides:
            return Membership.OUTSIDE
        return Membership.UNKNOWN if None in sides else Membership.INSIDE


@lru_cache(maxsize=20_000)
def read_range(text: str) -> tuple[Bounds, ...] | None:
    """Return the ranges that a text states; empty if it states none (`n/a`), None if it cannot be read.

    Understood are operators (`>= 5.2.0 build 140721 | <= 5.4.0 Build 160530`), vers (`vers:all/<V13.2`),
    words (`prior to 7.9.6`, `2.8.3 or earlier`, `V5.2.0 to V5.4.0`, `Build time before 2024/2/2`), one
    version, and `all versions`.
    """
    words = " ".join(text[:LONGEST_TEXT].casefold().split()).strip(" .;,")
    words = re.sub(r"^vers:[a-z0-9.+-]+/", "", words)
    if words in NOT_STATED:
        return ()
    if words in ALL:
        return (Bounds(),)
    words = re.sub(r"^(?:all )?versions?\b[\s:]*(?=\S)", "", words).removeprefix("firmware ").strip()
    worded = _worded(words)
    if worded is not None:
        return worded
    ranges: list[Bounds] = []
    pending: Bounds | None = None
    # (operator, version): `>=2.8<3.1` and `>= 2.8 | < 3.1` alike
    constraints: list[tuple[str, str]] = []
    for part in re.split(r"\s*(?:\||,|;|\bor\b)\s*", words):
        pieces = _OPERATOR.split(part)
        if pieces[0].strip():
            constraints.append(("=", pieces[0].strip()))
        for operator, bound in zip(pieces[1::2], pieces[2::2], strict=True):
            constraints.append((operator, bound.strip()))
    for sign, value in constraints:
        is_open = value in (OPEN if sign in {">", ">="} else ALL)
        version = None if is_open else _version(value)
        if (version is None and not is_open) or (sign == "=" and value == "0"):
            return None  # a bare 0 is written for every version and for none
        if sign in {">", ">="}:
            if pending:
                ranges.append(pending)
            pending = Bounds(low=version, has_low=sign == ">=")
        elif sign in {"<", "<="}:
            low, has_low = (pending.low, pending.has_low) if pending else (None, True)
            ranges.append(Bounds(low, version, has_low, sign == "<="))
            pending = None
        elif sign == "!=":
            return None
        else:
            ranges.append(Bounds(version, version, is_one_version=True) if version else Bounds())
    return (*ranges, pending) if pending else tuple(ranges)


_LIMITS = (
    (re.compile(r"(?:prior to|before|below|earlier than|less than|up to but not including)\s+(.+)"), False),
    (re.compile(r"(?:up to|through|until)(?: and including)?\s+(.+)"), True),
    (
        re.compile(
            r"(.+?)\s+(?:or|and) (?:the versions )?(?:earlier|prior|below|older|lower)(?: versions?| to it)?"
        ),
        True,
    ),
)
_BUILT = re.compile(r"build\s*(?:time|date)?\s*(?:is )?(?:before|prior to|earlier than)\s+(.+)")
_BETWEEN = re.compile(r"(?:after|later than)\s+(.+?)\s+and (?:before|prior to|earlier than)\s+(.+)")
_SPAN = re.compile(r"(?:from |between )?(.+?)\s+(?:to|through|and|until|-|–)\s+(.+)")


def _worded(words: str) -> tuple[Bounds, ...] | None:
    if match := _BUILT.fullmatch(words):
        day = read_day(match[1])
        return None if day is None else (Bounds(high=Firmware("", (), day), has_high=False),)
    has_note = "(including" in words
    bare = re.sub(r"\s*\((?:including|inclusive)[^)]*\)", "", words)
    if match := _BETWEEN.fullmatch(bare):
        low, high = _version(match[1]), _version(match[2])
        return (Bounds(low, high, has_low=False, has_high=False),) if low and high else None
    for pattern, is_included in _LIMITS:
        if match := pattern.fullmatch(bare):
            limit = _version(match[1])
            return None if limit is None else (Bounds(high=limit, has_high=is_included or has_note),)
    if not _OPERATOR.search(bare) and "|" not in bare and (match := _SPAN.fullmatch(bare)):
        low, high = _version(match[1]), _version(match[2])
        return (Bounds(low, high),) if low and high and low.parts and high.parts else None
    return None


def _version(text: str) -> Firmware | None:
    """Return the version of a whole text; None if it has other words."""
    bare = text.strip(" .,;")
    version = Firmware.read(bare)
    words = _BUILD.sub("", bare)
    if version is None or len(re.findall(r"[a-z]{4,}", words)) > MOST_WORDS or _MORE.search(words):
        return None
    return version


def membership(
    firmware: Iterable[str], affected: Sequence[str], unaffected: Sequence[str] = ()
) -> Membership:
    """Return whether firmware is in the affected ranges and not in the unaffected ones.

    Without firmware, only ranges of every version give INSIDE. Several different firmware texts of one device
    must agree.
    """
    versions = [Firmware.read(text) for text in firmware] or [None]
    answers: set[Membership] = set()
    for version in versions:
        inside = _in_any(version, affected)
        if inside is Membership.OUTSIDE or not unaffected:
            answers.add(inside)
            continue
        safe = _in_any(version, unaffected)
        if safe is Membership.INSIDE:
            answers.add(Membership.OUTSIDE)
            continue
        answers.add(inside if safe is Membership.OUTSIDE else Membership.UNKNOWN)
    return answers.pop() if len(answers) == 1 else Membership.UNKNOWN


def _in_any(version: Firmware | None, texts: Sequence[str]) -> Membership:
    answers: list[Membership] = []
    for text in texts:
        bounds = read_range(text)
        if not bounds:
            answers.append(Membership.UNKNOWN)
            continue
        for bound in bounds:
            if bound.low is None and bound.high is None:
                return Membership.INSIDE
            answers.append(Membership.UNKNOWN if version is None else bound.membership(version))
    if Membership.INSIDE in answers:
        return Membership.INSIDE
    return Membership.UNKNOWN if Membership.UNKNOWN in answers or not answers else Membership.OUTSIDE
