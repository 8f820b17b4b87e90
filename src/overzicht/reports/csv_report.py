"""The devices as CSV: one row each, safe to open in a spreadsheet.

A text that a spreadsheet would execute gets a leading apostrophe (OWASP, "CSV Injection"). The byte order
mark makes Excel read UTF-8; Dutch Excel splits at semicolons, English at commas.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date

from overzicht.reports.i18n import Language, words_for
from overzicht.reports.model import OverviewReport
from overzicht.reports.tables import Cell, OverviewTables

BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = {Language.EN: ",", Language.NL: ";"}
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
EXECUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# the last four are full-width signs, which spreadsheets with East Asian settings treat alike


class _Line:
    """What a writer of CSV writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def render_csv(report: OverviewReport, lang: Language) -> Iterator[str]:
    """Yield the devices table as CSV with CRLF line ends, line by line; days are ISO."""
    words = words_for(lang)
    writer = csv.writer(_Line(), delimiter=DELIMITERS[words.lang])
    lines = OverviewTables(report, words).device_lines()
    yield BYTE_ORDER_MARK + writer.writerow(next(lines))
    for row in lines:
        yield writer.writerow([_shown(cell) for cell in row])


def _shown(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(cell: str) -> str:
    """Return the text, with a leading apostrophe if a spreadsheet would run it as a formula.

    A signed number stays as it is: it computes nothing.
    """
    if NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip(" ").startswith(EXECUTED) else cell
