"""Days in texts of lists: days, months, years, several of them, in many languages and orders.

A text is read if the rest of it has only words that mark a day as inexact.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from overzicht.dates import LATEST_YEAR
from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.paths import plain

EARLIEST = 1800
MAX_LENGTH = 2_000
_SPREADSHEET = date(1899, 12, 30)  # day 0 of spreadsheets
_Y = r"(?P<y>1[89]\d\d|20\d\d)"
_PART = r"0{1,2}|[dmyx?_\-]{1,2}|\d{1,2}"  # of a date in numbers; or the sign for an unknown one
_CLOCK = r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:?\d\d)?"
_OF = r"(?:de |del |of |d'|d’)?"
_NTH = r"(?:st|nd|rd|th|er|re|e|º|°|\.)?"
_ALONE, _END = r"(?<![\d./\-])", r"(?![\d./\-])"
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)})\s*(元|\d{{1,3}})\s*年")
_PATTERNS = (  # in the order in which they are looked for; a, b: two numbers in the order of the list
    rf"(?<!\d){_Y}(?P<s>[-/.])(?P<m>{_PART})(?P=s)(?P<d>{_PART}){_CLOCK}(?!\d)",
    rf"(?<!\d){_Y}\s*[年년]\s*(?:(?P<m>\d{{1,2}})\s*[月월]\s*(?:(?P<d>\d{{1,2}})\s*[日일])?)?",
    rf"(?<!\d)(?P<a>{_PART})\s?(?P<s>[/.\-])\s?(?P<b>{_PART})\s?(?P=s)\s?{_Y}{_CLOCK}(?!\d)",
    rf"(?<!\w)(?P<d>\d{{1,2}}){_NTH}[\s\-/.]*{_OF}\s*(?P<m>MONTH)\.?[\s,\-/.]*{_OF}{_Y}(?!\d)",
    rf"(?<!\w)(?P<m>MONTH)\.?[\s\-.]*(?P<d>\d{{1,2}}){_NTH}\s*,?[\s\-]+{_Y}(?!\d)",
    rf"(?<!\d){_Y}[\s\-/,.]*(?P<m>MONTH)\.?[\s\-/.]*(?P<d>\d{{1,2}})(?!\d)",
    rf"(?<!\w)(?P<m>MONTH)\.?[\s,\-/]*{_OF}{_Y}(?!\d)",
    rf"{_ALONE}(?P<m>\d{{1,2}})[/.\-]{_Y}(?!\d)",
    rf"{_ALONE}{_Y}[\-/](?P<m>\d{{1,2}})(?![\d/\-])",
    rf"(?<!\d){_Y}(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{{4,6}})?(?!\d)",
    rf"{_ALONE}(?P<a>\d{{1,2}})(?P<s>[/.\-])(?P<b>\d{{1,2}})(?P=s)(?P<yy>\d\d){_END}",
    r"(?<!\w)(?P<d>\d{1,2})[\s\-/.](?P<m>MONTH)[\s\-/.](?P<yy>\d\d)(?!\d)",
    rf"{_ALONE}{_Y}\s*[\-–—/~]\s*(?P<last>1[89]\d\d|20\d\d){_END}",
    rf"{_ALONE}{_Y}(?:-{{1,2}})?{_END}",
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days in a text, each an ISO day, month or year, in order, and whether all of the text was read."""

    values: tuple[str, ...]
    is_whole: bool


@cache
def _compiled() -> tuple[re.Pattern[str], ...]:
    months = "|".join(map(re.escape, sorted(words.months(), key=len, reverse=True)))
    return tuple(re.compile(pattern.replace("MONTH", months), re.IGNORECASE) for pattern in _PATTERNS)


def read_days(text: str, order: str = "day", *, is_recent: bool = False) -> Days:
    """Return the days in a text; `order` is the part that comes first in days of numbers.

    `is_recent` is for days of listings: a year of two digits is then of this century.
    """
    cleaned = unicodedata.normalize("NFKC", text)[:MAX_LENGTH].strip()
    cleaned = _ERA.sub(_era_year, re.sub(r"[^\x00-\x7f]", _digit, cleaned))
    if words.is_none(cleaned):
        return Days((), is_whole=True)
    # the day of a number of a spreadsheet (37828) or program (1612137600); None for others
    if re.fullmatch(r"\d{5}(?:\.\d+)?", cleaned) and 9_000 <= float(cleaned) <= 80_000:
        number = (_SPREADSHEET + timedelta(days=int(float(cleaned)))).isoformat()
    elif re.fullmatch(r"\d{9,10}|\d{12,13}", cleaned):
        seconds = int(cleaned) // 1000 if len(cleaned) > 10 else int(cleaned)
        number = datetime.fromtimestamp(seconds, UTC).date().isoformat()
    else:
        number = None
    if (alone := number) is not None:
        return Days((alone,), is_whole=True)
    days_at: dict[int, tuple[str, ...]] = {}
    rest = cleaned
    for pattern in _compiled():
        if not re.search(r"\d", rest):
            break
        for match in list(pattern.finditer(rest)):
            # the days that a match gives: one, or both years of a range; none if the calendar lacks it
            reasons: list[str] = []
            parts = {name: value or "" for name, value in match.groupdict().items()}
            year = parts.get("y", "")
            if not year and is_recent:
                year = f"20{parts['yy']}"
            month, day = parts.get("m", ""), parts.get("d", "")
            if "a" in parts:
                month, day = (parts["a"], parts["b"]) if order == "month" else (parts["b"], parts["a"])
            if (iso := iso_day(year, month, day)) is not None:
                reasons.append(iso)
            if last := parts.get("last"):
                reasons.append(last)
            if days := tuple(reasons):
                days_at[match.start()] = days
                rest = rest[: match.start()] + " " * (match.end() - match.start()) + rest[match.end() :]
    values = dict.fromkeys(day for at in sorted(days_at) for day in days_at[at])
    left = [plain(word) for word in re.split(r"[\s;,/()\[\]:–—~]+|(?<!\w)[-.]+|[-.]+(?!\w)", rest) if word]
    fillers = words.fillers()
    is_filler = plain(" ".join(left)) in fillers or all(word in fillers or not word for word in left)
    return Days(tuple(values), is_whole=bool(values) and is_filler)


def _era_year(match: re.Match[str]) -> str:
    """Return a year of an East Asian era as one of ours: 昭和45年 is 1970年."""
    return f"{_ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}年"


def _digit(match: re.Match[str]) -> str:
    """Return a digit of another script as one of ours."""
    value = unicodedata.digit(match[0], None)
    return match[0] if value is None else str(value)


def iso_day(year: str, month: str, day: str) -> str | None:
    """Return an ISO day, month or year of its parts; None if the calendar lacks it.

    Month and day may be missing; a part of zeros or letters (`00`, `dd`) is a missing one.
    """
    if not (year.isdigit() and EARLIEST <= int(year) <= LATEST_YEAR):
        return None
    named = words.months().get(plain(month).rstrip("."))
    month = str(named) if named else month
    if not month.isdigit() or not int(month):
        return year if not re.search(r"[1-9]", month) else None
    has_day = day.isdigit() and int(day) > 0
    try:
        checked = date(int(year), int(month), int(day) if has_day else 1)
    except ValueError:
        return None
    return checked.isoformat() if has_day else checked.isoformat()[:7]
