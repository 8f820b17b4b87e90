"""Prose rows of the FCC Covered List: the named companies, and the dates in the second column.

The words "produced", "supplied" or "provided by" introduce a name, up to the next clause. A row on a whole
class of equipment has no name.
"""

import re
from datetime import date

from overzicht.dates import read_written_date
from overzicht.errors import UnreadableDateError

VERB = r"(?:produced|supplied|provided)"
NAME = r"(?P<name>[A-Z].*?)"
CLAUSE_END = r"(?=,? including\b|,? to the extent\b|,? subject to\b|,? or any of its\b|,? and its\b|\.?\s*$)"
BY_WHOM = re.compile(
    rf"\b{VERB}(?: or {VERB})?,?(?: directly or indirectly,)? by {NAME}{CLAUSE_END}", re.DOTALL
)
SUBSIDIARY = re.compile(rf"\band its (?:wholly-owned )?subsidiar(?:y|ies) {NAME}{CLAUSE_END}", re.DOTALL)
DAY = re.compile(r"([A-Z][a-z]+ \d{1,2}, \d{4})")


def names_in(prose: str) -> tuple[str, ...]:
    """Return the companies that a row names, in order; empty for a row on a class of equipment."""
    text = " ".join(prose.split())
    names = [match["name"] for pattern in (BY_WHOM, SUBSIDIARY) for match in pattern.finditer(text)]
    return tuple(dict.fromkeys(name.rstrip(",").strip() for name in names))


def days_in(text: str) -> tuple[date, tuple[date, ...]]:
    """Return (day of inclusion, days of update) of "March 12, 2021Updated:January 7, 2026".

    Raises UnreadableDateError when the text holds anything else.
    """
    first, *updates = text.split("Updated:")
    for part in (first, *updates):
        if DAY.fullmatch(part.strip()) is None:
            raise UnreadableDateError(text)
    return read_written_date(first), tuple(read_written_date(part) for part in updates)
