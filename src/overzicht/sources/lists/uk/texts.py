"""Words as the British lists print them: partial days, numbered values, numbers with a remark."""

import re

from overzicht.sources.lists.statements import Statements
from overzicht.sources.lists.values import collapse, country_code, partial_date, split_comment

LIST_ID = "uk"
ASSET_FREEZE = "Asset freeze"
_UNKNOWN_PARTS = re.compile(r"^(?:(?:dd|00)/)?(?:(?:mm|00)/)?", re.IGNORECASE)
_MARK = r"\(?(?:\d{1,2}|[a-z])\)"
_NUMBERED = re.compile(r"\(?(?:1|a)\)\s*\S")
_BETWEEN = re.compile(rf"(?:^|[\s,;.])\s*{_MARK}\s*")
_PASSPORT = re.compile(
    r"(?:passport (?:no|number)\b[.:]*\s*)?([A-Z]{0,3}[- ]?\d{5,10})(?=$|[\s.(,])", re.IGNORECASE
)
_NATIONAL_ID = re.compile(r"([A-Z]{0,2}\d[\d-]{4,}\d)(?=$|[\s.(,])")
_CITIZENSHIP = re.compile(r"\s+(?:citizenship|nationality|citizen)$", re.IGNORECASE)


def partial_day(text: str) -> str:
    """Return "dd/mm/1968", "00/09/1958", "1985" or a full day as ISO, as far as known; empty if not a date.

    An impossible day raises UnreadableDateError.
    """
    return partial_date(_UNKNOWN_PARTS.sub("", collapse(text)))


def numbered(text: str) -> tuple[str, ...]:
    """Return the items of "(1) one (2) two" or "a) one, b) two"; a text without such marks stays whole."""
    value = collapse(text)
    if not value:
        return ()
    if _NUMBERED.match(value) is None:
        return (value,)
    return tuple(item for part in _BETWEEN.split(value) if (item := part.strip(" ,;")))


def add_countries(prop: str, text: str, out: Statements, label: str) -> None:
    """Add each country of a cell by its code and its remark as a note; an unknown country becomes a note."""
    for item in numbered(text):
        name, remark = split_comment(item)
        code = country_code(_CITIZENSHIP.sub("", name))
        if code:
            out.add(prop, code, original=item, label=label)
        if remark or not code:
            out.note(f"{label}: {item}")


def add_numbers(prop: str, text: str, out: Statements, label: str) -> None:
    """Add each number that a cell opens with; the whole item stays as a note when it says more."""
    pattern = _PASSPORT if prop == "passportNumber" else _NATIONAL_ID
    for item in numbered(text):
        match = pattern.match(item)
        if match is not None:
            out.add(prop, match[1], original=item if match[1] != item else "", label=label)
        if match is None or match[1] != item:
            out.note(f"{label}: {item}")
