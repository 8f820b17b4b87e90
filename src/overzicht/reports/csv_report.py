"""The devices as CSV: one row each, safe to open in a spreadsheet.

The byte order mark makes Excel read UTF-8; Dutch Excel splits at semicolons, English at commas.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date

from overzicht.evidence.cells import guarded
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import OverviewReport
from overzicht.reports.tables import Cell, OverviewTables

BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = {Language.EN: ",", Language.NL: ";"}


class _Line:
    """What a writer of CSV writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def render_csv(report: OverviewReport, lang: Language) -> Iterator[str]:
    """Yield the devices table as CSV, line by line."""
    words = words_for(lang)
    return csv_lines(OverviewTables(report, words).device_lines(), DELIMITERS[words.lang])


def csv_lines(
    rows: Iterable[Iterable[Cell]], delimiter: str = ",", *, mark: str = BYTE_ORDER_MARK
) -> Iterator[str]:
    """Yield rows as CSV with CRLF line ends; days are ISO, and no text runs as a formula.

    `mark` is written before the first row.
    """
    writer = csv.writer(_Line(), delimiter=delimiter)
    for row in rows:
        shown: list[str | int | float] = []
        for cell in row:
            if cell is None:
                shown.append("")
            elif isinstance(cell, date):
                shown.append(cell.isoformat())
            else:
                shown.append(guarded(cell) if isinstance(cell, str) else cell)
        yield mark + writer.writerow(shown)
        mark = ""
