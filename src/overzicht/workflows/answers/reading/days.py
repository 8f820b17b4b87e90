"""Dates in a question: a day, or a month or a year as a period."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from overzicht.dates import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_DAY = re.compile(
    rf"\b(?:(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|e)? (?P<month>{_MONTH})\.? (?P<y2>(?:19|20)\d\d)"
    rf"|(?P<month3>{_MONTH})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>(?:19|20)\d\d)"
    rf"|(?P<d4>\d{{1,2}})[-./](?P<m4>\d{{1,2}})[-./](?P<y4>(?:19|20)\d\d)"
    rf"|(?P<month5>{_MONTH}) (?P<y5>(?:19|20)\d\d)"
    rf"|(?:in|of|van|during|gedurende|begin|eind|end of|uit) (?:het jaar |the year )?"
    rf"(?P<y6>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A day, or a month or year from `first` to `last`, both inclusive."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last


def spans_in(words: str) -> tuple[tuple[Span, ...], str]:
    """Return the dates in a text in order, and the text with them blanked; impossible dates are left out."""
    spans = tuple(span for match in _DAY.finditer(words) for span in _span(match))
    return spans, _DAY.sub(lambda match: " " * len(match[0]), words)


def _span(match: re.Match[str]) -> Iterator[Span]:
    parts = match.groupdict()
    year = int(next(parts[name] for name in ("y", "y2", "y3", "y4", "y5", "y6") if parts[name]))
    if parts["y6"]:
        yield Span(date(year, 1, 1), date(year, 12, 31))
        return
    number = parts["m"] or parts["m4"]
    word = parts["month"] or parts["month3"] or parts["month5"]
    month = int(number) if number else MONTHS[word.lower()]
    day = parts["d"] or parts["d2"] or parts["d3"] or parts["d4"]
    if not 1 <= month <= 12:
        return
    if day is None:
        yield Span(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    elif 1 <= int(day) <= monthrange(year, month)[1]:
        yield Span(date(year, month, int(day)), date(year, month, int(day)))
