"""Dates in a question: a day, or a period such as a month or a season; some are relative to a date."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from overzicht.dates import MONTHS
from overzicht.subjects.answers.reading.asides import is_beside
from overzicht.subjects.answers.reading.lexicon import either_of
from overzicht.subjects.questions.terms import NUMBERS, PARTS, QUARTERS, SEASONS


@dataclass(frozen=True, slots=True)
class Span:
    """A day, or a period from `first` to `last`, both inclusive.

    Without a start `first` is `date.min`, without an end `last` is `date.max`. `begun_by` is the last day on
    which the state that is asked about began (`since 2019`); None: any day.
    """

    first: date
    last: date
    begun_by: date | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    def until(self, day: date) -> "Span":
        """Return the part of the period until a day; one that begins later stays, but ends at last."""
        if self.first <= day:
            return replace(self, last=min(self.last, day))
        return replace(self, last=self.first) if self.last == date.max else self


Match = re.Match[str]
Reader = Callable[[Match, date], Span | None]

# the last month of a part of a year
_PARTS = {**PARTS, "early": 3, "start": 3, "beginning": 3, "mid": 9, "middle": 9, "late": 12, "end": 12}
_SEASONS = {**SEASONS, "spring": 6, "summer": 9, "autumn": 12}
_QUARTERS = {**QUARTERS, "first": 1, "second": 2, "third": 3, "fourth": 4}
_NUMBERS = {
    **NUMBERS, "zeven": 7, "negen": 9, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
_HALF = {"half": 6, "een half": 6, "half a": 6, "anderhalf": 18}  # months
_BEFORE_YEAR = (
    "in", "of", "van", "during", "gedurende", "uit", "sinds", "sedert", "since", "vóór", "voor", "before",
    "na", "after", "vanaf", "from", "tussen", "between", "tot", "until",
)  # fmt: skip
_BEFORE_MONTH = ("in", "sinds", "sedert", "since", "vóór", "before", "na", "after", "during")


def _after(words: Iterable[str]) -> str:
    return "(?:" + "|".join(rf"(?<=\b{word} )" for word in words) + ")"


_MONTH = rf"(?P<month>{either_of(MONTHS)})\.?"
_SHORT = {"jan", "feb", "mar", "mrt", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec"}
_WHOLE = rf"(?P<month>{either_of(MONTHS.keys() - _SHORT)})"
_LAST, _THIS = r"(?:vorige?|verleden|last|previous)", r"(?:dit|deze|this)"
_NEAR = rf"(?P<near>{_LAST}|{_THIS})"
_DIGITS = r"(?:19|20)\d\d"
_YEAR = rf"(?:(?:van|of|in) )?(?:het jaar |the year )?(?:(?P<year>{_DIGITS})|{_NEAR} (?:jaar|year))\b"
_PART = rf"\b(?P<part>{either_of(_PARTS)})(?:-| (?:(?:of|van) )?)"
_DAY = r"\b(?P<day>\d{1,2})(?:st|nd|rd|th|e)? (?:of )?"
_COUNT = rf"(?P<count>\d{{1,3}}|{either_of((*_HALF, *_NUMBERS))})"
_UNIT = r"(?P<unit>jaar|jaren|years?|maand(?:en)?|months?|weken|weeks?|dag(?:en)?|days?)\b"
_AT_THE = re.compile(r"\b(?:at|from|aan|in|vanaf|op) (?:the|het) $", re.IGNORECASE)
_HOLIDAYS = {
    "nieuwjaarsdag": (1, 1),
    "new year's day": (1, 1),
    "new year’s day": (1, 1),
    "de jaarwisseling": (1, 1),
    "the turn of the year": (1, 1),
    "oudejaarsdag": (12, 31),
    "new year's eve": (12, 31),
    "new year’s eve": (12, 31),
    "eerste kerstdag": (12, 25),
    "christmas day": (12, 25),
}
_EDGE = r"\b(?P<edge>first|1st|eerste|last|laatste)(?: day| dag)? (?:of|van) "
_SEASON = rf"(?P<season>{either_of(_SEASONS)})"
_TO = "en|and|to|tot|tot en met|t/m|until|till|through|–|-"  # between the first date of a period and the last
_PAST = r"(?:afgelopen|voorbije|laatste|past|last)"
_RELATIVE = re.compile(rf"^(?:{_PAST}|{_LAST}|{_THIS}) |\b(?:jl|j\.l|laatstleden)\b", re.IGNORECASE)
_LATE = r"(?:,? (?:jl\.?|j\.l\.|laatstleden))?(?! (?-i:[A-Z]))\b"


def spans_in(words: str, today: date | None = None) -> tuple[tuple[Span, ...], str]:
    """Return the dates in a text in order, and the text with them blanked; impossible dates are left out.

    A relative date (`last year`) counts from `today`, and is left out without it. So is the date of a paper
    (`the report of 12 March`), and one in a clause that only describes a party.
    """
    spans: list[tuple[int, int, Span]] = []
    rest = words
    printed = _FULL_DATE.search(words)
    for pattern, reader in _FORMS:
        for match in pattern.finditer(rest):
            # `on 8 October` gets the year of a full date in the same text
            # whether a date counts from today (`last October`, `3 mei jl.`)
            is_bare = reader in _WITHOUT_YEAR and not bool(
                match.groupdict().get("near") or _RELATIVE.search(match[0])
            )
            near = date(int(printed["year"]), 12, 31) if printed and is_bare else today
            is_known = near is not None or match.groupdict().get("year")
            span = reader(match, near or date.max) if is_known else None
            if span is not None and not is_beside(words, *match.span()):
                spans.append((*match.span(), _bounded(span, words[: match.start()])))
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    # the periods; one with its first and its last date (`between … and …`) is one period
    joined: list[Span] = []
    joined_spans = sorted(spans, key=lambda item: item[0])
    ends = {right[0]: left for left, right in pairwise(joined_spans) if _is_range(left, right, words)}
    starts = {left[0] for left in ends.values()}
    for start, _, span in joined_spans:
        if start in ends:
            joined.append(Span(min(ends[start][2].first, span.first), span.last))
        elif start not in starts:
            joined.append(span)
    return tuple(joined), rest


_ARTICLE = r"(?: (?:de|het|the))? $"
_MONTHS = either_of(MONTHS)
_FULL_DATE = re.compile(
    rf"\b(?:\d{{1,2}} (?:{_MONTHS})|(?:{_MONTHS}) \d{{1,2}},?) (?P<year>{_DIGITS})\b", re.IGNORECASE
)
_SINCE = re.compile(rf"\b(?:sinds|sedert|since){_ARTICLE}", re.IGNORECASE)
_EARLIER = "vóór|eerder dan|voorafgaand aan|before|prior to|earlier than|ahead of"
_AFTER = "na|later dan|after|later than"
_BEFORE = re.compile(rf"\b(?:{_EARLIER}|(?:al|reeds|nog) voor){_ARTICLE}", re.IGNORECASE)
_BEFORE_DAY = re.compile(rf"\bvoor{_ARTICLE}", re.IGNORECASE)
_LATER = re.compile(rf"\b(?:{_AFTER}){_ARTICLE}", re.IGNORECASE)
_OFFSET = re.compile(
    rf"\b(?:(?P<within>within|binnen) )?(?:{_COUNT} {_UNIT}|(?P<one>the (?:very )?day|de dag|daags))"
    rf"(?: (?:al|reeds|already))? (?:(?P<before>{_EARLIER}|voor)|(?P<after>{_AFTER})){_ARTICLE}"
    rf"|\b(?P<eve>the eve of|(?:de )?vooravond van){_ARTICLE}",
    re.IGNORECASE,
)  # `two weeks before 9 October`
_RANGE = re.compile(r"\b(?:tussen|between|from|van|vanaf)(?: (?:de|het|the))? $", re.IGNORECASE)
_UP_TO = re.compile(rf" ?(?:{_TO}) ?", re.IGNORECASE)


def _bounded(span: Span, before: str) -> Span:
    """Return the day or the period that `since`, `before` or `after` makes of a date."""
    if (offset := _OFFSET.search(before)) is not None and span.is_day:
        # the date at a number of days, weeks, months or years from another, or the period between
        day = span.first
        if offset["after"]:
            later = _moved(day, offset, 1)
            return Span(day, later) if offset["within"] else Span(later, later)
        earlier = _moved(day, offset, -1)
        return Span(earlier, day) if offset["within"] else Span(earlier, earlier)
    if _SINCE.search(before):
        return Span(span.first, date.max, span.last)
    if _BEFORE.search(before) or (span.is_day and _BEFORE_DAY.search(before)):
        return Span(date.min, span.first - timedelta(days=1))
    return Span(span.last + timedelta(days=1), date.max) if _LATER.search(before) else span


def _is_range(left: tuple[int, int, Span], right: tuple[int, int, Span], words: str) -> bool:
    is_between = _UP_TO.fullmatch(words[left[1] : right[0]]) is not None
    return is_between and _RANGE.search(words[: left[0]]) is not None


def _period(year: int, first_month: int, last_month: int) -> Span:
    return Span(date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1]))


def _year(match: Match, today: date) -> int:
    printed = match.groupdict().get("year")
    if printed:
        return int(printed)
    near = (match.groupdict().get("near") or "").lower()
    return today.year - bool(re.fullmatch(_LAST, near))


def _month(match: Match) -> int:
    return MONTHS[match["month"].lower()]


def _on_day(match: Match, today: date) -> Span | None:
    """Return a day; without a year the last such day until today."""
    parts = match.groupdict()
    month, day, year = (
        int(parts["m"]) if parts.get("m") else _month(match),
        int(parts["day"]),
        _year(match, today),
    )
    if not parts.get("year") and not parts.get("near"):
        year -= (month, day) > (today.month, today.day)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Span(date(year, month, day), date(year, month, day))


def _in_month(match: Match, today: date) -> Span:
    """Return a month or a third of it; without a year the last such month until today."""
    parts, month, year = match.groupdict(), _month(match), _year(match, today)
    if not parts.get("year") and not parts.get("near"):
        year -= month > today.month
    return _part_of_month(match, _period(year, month, month))


def _part_of_month(match: Match, whole: Span) -> Span:
    """Return a month, a third of it, or its first day (`at the beginning of`)."""
    part = match.groupdict().get("part") or ""
    if _is_at_start(match, part):
        return Span(whole.first, whole.first)
    last = _PARTS[part.lower()] if part else 0
    first_day, last_day = {3: (1, 10), 9: (11, 20), 12: (21, whole.last.day)}.get(last, (1, whole.last.day))
    return Span(whole.first.replace(day=first_day), whole.first.replace(day=last_day))


def _is_at_start(match: Match, part: str) -> bool:
    """Return whether the first day of a period is meant: `at the start of`, not `early in`."""
    is_start = part.lower() in {"begin", "start", "beginning"}
    return is_start and _AT_THE.search(match.string[: match.start()]) is not None


def _on_edge(match: Match, today: date) -> Span:
    """Return the first or the last day of a month or a year."""
    parts = match.groupdict()
    if parts.get("month"):
        whole = _in_month(match, today)
    else:
        whole = _in_year(match, today) if "year" in parts else _near_month(match, today)
    day = whole.first if parts["edge"].lower() in {"first", "1st", "eerste"} else whole.last
    return Span(day, day)


def _on_holiday(match: Match, today: date) -> Span:
    """Return a fixed day of the year; without a year the last one until today."""
    month, day = _HOLIDAYS[match["holiday"].lower()]
    year = _year(match, today)
    if not match["year"] and not match["near"]:
        year -= (month, day) > (today.month, today.day)
    return Span(date(year, month, day), date(year, month, day))


def _in_season(match: Match, today: date) -> Span:
    """Return a season with the months on its borders."""
    last = _SEASONS[match["season"].lower()]
    return _period(_year(match, today), last - 3, last)


def _near_season(match: Match, today: date) -> Span:
    """Return the last season of a name until today."""
    last = _SEASONS[match["season"].lower()]
    return _period(today.year - (last - 3 > today.month), last - 3, last)


def _in_part(match: Match, today: date) -> Span:
    last, year = _PARTS[match["part"].lower()], _year(match, today)
    if _is_at_start(match, match["part"]):
        return Span(date(year, 1, 1), date(year, 1, 1))
    return _period(year, {3: 1, 9: 4, 12: 10}[last], last)


def _in_quarter(match: Match, today: date) -> Span:
    parts = match.groupdict()
    number = int(parts["digit"]) if parts.get("digit") else _QUARTERS[parts["ordinal"].lower()]
    return _period(_year(match, today), 3 * number - 2, 3 * number)


def _in_half(match: Match, today: date) -> Span:
    first = 1 if match["ordinal"].lower() in {"eerste", "first"} else 7
    return _period(_year(match, today), first, first + 5)


def _in_year(match: Match, today: date) -> Span:
    return _period(_year(match, today), 1, 12)


def _in_years(match: Match, _today: date) -> Span:
    first, last = sorted((int(match["year"]), int(match["last"])))
    return Span(date(first, 1, 1), date(last, 12, 31))


def _ago(match: Match, today: date) -> Span:
    day = _moved(today, match, -1)
    return Span(day, day)


def _lately(match: Match, today: date) -> Span:
    return Span(_moved(today, match, -1), today)


def _moved(day: date, match: Match, direction: int) -> date:
    """Return the date at the distance that a match states; one day without a number and a unit."""
    parts = match.groupdict()
    count, unit = (parts["count"] or "one").lower(), (parts["unit"] or parts["one"] or "day").lower()
    number = direction * (int(count) if count.isdigit() else _NUMBERS.get(count, 1))
    if not unit.startswith(("j", "y", "m")):
        return day + timedelta(days=number * (7 if unit.startswith("w") else 1))
    months = direction * _HALF.get(count, 12 * abs(number)) if unit.startswith(("j", "y")) else number
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _near_month(match: Match, today: date) -> Span:
    first = today.replace(day=1)
    if re.fullmatch(_LAST, match["near"], re.IGNORECASE):
        first = (first - timedelta(days=1)).replace(day=1)
    return _part_of_month(match, _period(first.year, first.month, first.month))


def _near_week(match: Match, today: date) -> Span:
    monday = today - timedelta(days=today.weekday())
    if re.fullmatch(_LAST, match["near"], re.IGNORECASE):
        monday -= timedelta(days=7)
    return Span(monday, monday + timedelta(days=6))


def _yesterday(match: Match, today: date) -> Span:
    day = today - timedelta(days=2 if match[0].lower().startswith("eer") else 1)
    return Span(day, day)


# a table of forms, the surest first
_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reader)
    for pattern, reader in (
        (r"\b(?P<year>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<day>\d\d)\b", _on_day),
        (r"\b(?P<day>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<year>(?:19|20)\d\d)\b", _on_day),
        (rf"{_DAY}{_MONTH} {_YEAR}", _on_day),
        (rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>{_DIGITS})\b", _on_day),
        (rf"{_EDGE}{_WHOLE}(?: {_YEAR})?", _on_edge),
        (rf"{_EDGE}{_NEAR} (?:maand|month)\b", _on_edge),
        (rf"\b(?P<edge>first|last|eerste|laatste) (?:day|dag) {_YEAR}", _on_edge),
        (rf"\b(?P<holiday>{either_of(_HOLIDAYS)})(?: {_YEAR})?", _on_holiday),
        (rf"(?:{_PART})?\b{_MONTH} {_YEAR}", _in_month),
        (rf"\b{_SEASON} {_YEAR}", _in_season),
        (rf"\b(?P<ordinal>{either_of(_QUARTERS)}) (?:kwartaal|quarter) {_YEAR}", _in_quarter),
        (rf"\bQ(?P<digit>[1-4])[ -]{_YEAR}", _in_quarter),
        (rf"\b(?P<ordinal>eerste|tweede|first|second) (?:helft|half) {_YEAR}", _in_half),
        (rf"{_PART}{_YEAR}", _in_part),
        (rf"{_after(_BEFORE_YEAR)}(?P<year>{_DIGITS}) ?(?:{_TO}) ?(?P<last>{_DIGITS})\b", _in_years),
        (rf"{_after(_BEFORE_YEAR)}(?:het jaar |the year )?(?P<year>{_DIGITS})\b(?!/\d)", _in_year),
        (rf"\b{_NEAR} (?:kalender)?(?:jaar|year)\b", _in_year),
        (rf"(?:{_PART})?\b{_NEAR} (?:maand|month)\b", _near_month),
        (rf"\b{_NEAR} week\b", _near_week),
        (rf"\b{_COUNT} {_UNIT} (?:geleden|ago|terug)\b", _ago),
        (rf"\b{_PAST} (?:{_COUNT} {_UNIT}|(?P<one>jaar|year|maand|month|week))\b", _lately),
        (rf"\b(?:{_LAST}|{_THIS}|afgelopen|past) {_SEASON}\b", _near_season),
        (rf"{_DAY}{_WHOLE}{_LATE}", _on_day),
        (rf"(?:{_PART}|\b(?:{_PAST}|{_LAST}) |{_after(_BEFORE_MONTH)}){_WHOLE}(?! ?\d){_LATE}", _in_month),
        (r"\b(?:eergisteren|gisteren|yesterday)\b", _yesterday),
    )
)
_WITHOUT_YEAR = frozenset({_on_day, _in_month})
