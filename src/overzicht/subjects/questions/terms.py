"""The term of a promise: the last day that the words allow, read from Dutch.

A season or a quarter ends with its last day; `voor de zomer` is the end of June. `zo spoedig mogelijk` and an
event without a date have no last day. A missing year is the next one after the day of the answer.
"""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")  # fmt: skip
NUMBERS = {"een": 1, "één": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "acht": 8, "tien": 10,
           "twaalf": 12}  # fmt: skip
QUARTERS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4}
SEASONS = {"voorjaar": 6, "lente": 6, "zomer": 9, "najaar": 12, "herfst": 12}  # the last month
PARTS = {"begin": 3, "medio": 9, "halverwege": 9, "eind": 12, "einde": 12}  # of a year: the last month
_BEFORE = r"(?:uiterlijk(?:\s+(?:op|in|voor))?|v[oó][oó]r(?:\s+het\s+einde?\s+van|\s+eind)?)"
_YEAR = r"(?P<year>\d{4}|dit(?:\s+\w+)?\s?jaar|(?:dit|het|komend|volgend)\s+(?:kalender)?jaar)"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"


@dataclass(frozen=True, slots=True)
class Term:
    """A term as printed, and the last day that it allows; None if its words give no date."""

    literal: str
    last_day: date | None


def term_in(sentence: str, made_on: date | None) -> Term:
    """Return the term in a sentence of an answer of a date; an empty term if it has none.

    A date after `per`, `van` or `sinds` belongs to something else. Of several terms a deadline counts first.
    """
    for pattern, last_day in _FORMS:
        match = re.search(pattern, sentence, re.IGNORECASE)
        if match is not None:
            day = (
                last_day(match, made_on)
                if made_on is not None or (match.groupdict().get("year") or "").isdigit()
                else None
            )
            return Term(" ".join(match[0].split()), day)
    return Term("", None)


def _year(match: re.Match[str], made_on: date | None, month: int, day: int = 0) -> int:
    """Return the year of a month: as printed, or that of its next occurrence after the answer."""
    printed = (match.groupdict().get("year") or "").lower()
    if printed.isdigit():
        return int(printed)
    assert made_on is not None  # noqa: S101 - without it only printed years are read
    if "volgend" in printed or "komend" in printed:
        return made_on.year + 1
    if printed:
        return made_on.year
    is_past = (month, day or 31) < (made_on.month, made_on.day)
    return made_on.year + is_past


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _on_day(match: re.Match[str], made_on: date | None) -> date | None:
    month, day = MONTHS.index(match["month"].lower()) + 1, int(match["day"])
    year = _year(match, made_on, month, day)
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day) - timedelta(
        days=not match["before"].lower().startswith(("uiterlijk", "op"))
    )


def _in_month(match: re.Match[str], made_on: date | None) -> date:
    month = MONTHS.index(match["month"].lower()) + 1
    year = _year(match, made_on, month)
    if match["before"].lower() in {"voor", "vóór", "vóor"}:
        return date(year, month, 1) - timedelta(days=1)
    return _end(year, month)


def _in_quarter(match: re.Match[str], made_on: date | None) -> date:
    number = match.groupdict().get("digit")
    month = 3 * (int(number) if number else QUARTERS[match["quarter"].lower()])
    return _end(_year(match, made_on, month), month)


def _in_half(match: re.Match[str], made_on: date | None) -> date:
    month = 6 if match["half"].lower() == "eerste" else 12
    return _end(_year(match, made_on, month), month)


def _before_summer(match: re.Match[str], made_on: date | None) -> date:
    return _end(_year(match, made_on, 6), 6)


def _in_season(match: re.Match[str], made_on: date | None) -> date:
    month = SEASONS[match["season"].lower()]
    year = _year(match, made_on, month)
    if "jaar" in (match["which"] or "") and made_on is not None:  # volgend jaar, dit jaar
        year = made_on.year + ("volgend" in match["which"])
    return _end(year, month)


def _in_part(match: re.Match[str], made_on: date | None) -> date:
    month = PARTS[match["part"].lower()]
    return _end(_year(match, made_on, month), month)


def _in_year(match: re.Match[str], made_on: date | None) -> date:
    return _end(_year(match, made_on, 12), 12)


def _within(match: re.Match[str], made_on: date | None) -> date | None:
    if made_on is None:
        return None
    number = int(match["number"]) if match["number"].isdigit() else NUMBERS[match["number"].lower()]
    unit = match["unit"].lower()
    if unit.startswith("maand"):
        months = made_on.month - 1 + number
        year, month = made_on.year + months // 12, months % 12 + 1
        return date(year, month, min(made_on.day, calendar.monthrange(year, month)[1]))
    return made_on + timedelta(days=number * (7 if unit.startswith("we") else 1))


def _no_date(_match: re.Match[str], _made_on: date | None) -> None:
    return None


Reader = Callable[[re.Match[str], date | None], date | None]
_FORMS: tuple[tuple[str, Reader], ...] = (
    (rf"\b(?P<before>{_BEFORE}|op)\s+(?P<day>\d{{1,2}})\s+{_MONTH}(?:\s+{_YEAR})?\b", _on_day),
    (
        (
            r"\bbinnen\s+(?P<number>\d{1,2}|een|één|twee|drie|vier|vijf|zes|acht|tien|twaalf)\s+"
            r"(?P<unit>dag(?:en)?|we(?:ek|ken)|maand(?:en)?)\b"
        ),
        _within,
    ),
    (rf"\b{_BEFORE}\s+de\s+zomer(?:reces|vakantie)?(?:\s+(?:van\s+)?{_YEAR})?\b", _before_summer),
    (rf"\bv[oó][oó]r\s+het\s+zomerreces(?:\s+(?:van\s+)?{_YEAR})?\b", _before_summer),
    (rf"\b(?P<before>{_BEFORE}|in|eind|begin|medio)\s+{_MONTH}(?:\s+{_YEAR})?\b", _in_month),
    (rf"\b(?P<quarter>{'|'.join(QUARTERS)})\s+kwartaal(?:\s+(?:van\s+)?{_YEAR})?", _in_quarter),
    (rf"\bQ(?P<digit>[1-4])(?:\s+(?:van\s+)?{_YEAR})?\b", _in_quarter),
    (rf"\b(?P<half>eerste|tweede)\s+helft\s+(?:van\s+)?{_YEAR}", _in_half),
    (
        (
            rf"\b(?P<which>dit|komende?|het|in\s+het|deze|in\s+de|volgend\s+jaar\s+in\s+het|aanstaande?)\s*"
            rf"(?P<season>{'|'.join(SEASONS)})(?:\s+(?:van\s+)?{_YEAR})?\b"
        ),
        _in_season,
    ),
    (rf"\b(?:{_BEFORE}\s+)?(?P<part>{'|'.join(PARTS)})\s+(?:van\s+)?{_YEAR}", _in_part),
    (rf"\bv[oó][oó]r\s+(?:de\s+jaarwisseling|kerst|het\s+kerstreces)(?:\s+(?:van\s+)?{_YEAR})?", _in_year),
    (
        (
            r"\b(?:in\s+de\s+loop\s+van\s+|nog\s+in\s+|nog\s+|in\s+)"
            r"(?P<year>\d{4}|dit\s+jaar|(?:het\s+)?(?:komend|volgend)\s+jaar)\b"
            r"(?!\s*[–-])"
        ),
        _in_year,
    ),
    (
        (
            r"\bzo\s+(?:spoedig|snel)\s+mogelijk|\bop\s+korte\s+termijn|\bbinnenkort|\bte\s+zijner\s+tijd"
            r"|\bspoedig|\bzodra\b"
            r"|\bna\s+de\s+zomer(?:reces)?|\bvolgende\s+week|\bkomende\s+(?:weken|maanden|periode|tijd)"
            r"|\bv[oó][oó]r\s+(?:het|de)\s+(?:\w+debat|commissiedebat|begrotingsbehandeling)"
        ),
        _no_date,
    ),
)
