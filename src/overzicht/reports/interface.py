"""The renderer of every format.

Rendering is pure: no clock, no network, no file but the packaged ones; equal reports give equal bytes (the
pictures also depend on the fonts of the machine, by which their texts are measured).
"""

from collections.abc import Callable, Iterable
from enum import StrEnum

from overzicht.reports.csv_report import render_csv
from overzicht.reports.i18n import Language
from overzicht.reports.json_report import render_json
from overzicht.reports.model import OverviewReport
from overzicht.reports.terminal import render_terminal
from overzicht.reports.xlsx_report import render_xlsx


class Format(StrEnum):
    """The forms of a report; the value is the suffix of its file, except for the terminal."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    TERMINAL = "terminal"


def _render_html(report: OverviewReport, language: Language) -> str:
    from overzicht.reports.html.page import render_html  # noqa: PLC0415 - templates are slow to load

    return render_html(report, language)


Renderer = Callable[[OverviewReport, Language], str | bytes | Iterable[str]]

RENDERERS: dict[Format, Renderer] = {
    Format.HTML: _render_html,
    Format.JSON: render_json,
    Format.CSV: render_csv,
    Format.XLSX: render_xlsx,
    Format.TERMINAL: render_terminal,
}
