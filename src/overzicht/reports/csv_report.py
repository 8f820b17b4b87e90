"""The devices as CSV: one row each, safe to open in a spreadsheet.

A text that a spreadsheet would execute gets a leading apostrophe (OWASP, "CSV Injection"). The byte order
mark makes Excel read UTF-8; Dutch Excel splits at semicolons, English at commas.
"""

import csv
import io
import re
from datetime import date

from overzicht.reports.citations import CitationIndex
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.model import OverviewReport
from overzicht.reports.tables import Cell, devices_table

BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = {Language.EN: ",", Language.NL: ";"}
NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
EXECUTED = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# the last four are full-width signs, which spreadsheets with East Asian settings treat alike


def render_csv(report: OverviewReport, lang: Language) -> bytes:
    """Return the devices table as UTF-8 CSV with CRLF line ends; days are ISO."""
    words = words_for(lang)
    table = devices_table(report, words, CitationIndex(report))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=DELIMITERS[words.lang])
    writer.writerow(table.headings)
    writer.writerows([_shown(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + stream.getvalue()).encode("utf-8")


def _shown(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(cell: str) -> str:
    """Return the text, with a leading apostrophe when a spreadsheet would take it for a formula.

    A signed number stays as it is: it computes nothing.
    """
    if NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.lstrip(" ").startswith(EXECUTED) else cell
