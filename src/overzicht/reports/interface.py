"""The formats of a report: the writer of each, the ending of its file, and what it may show others.

Writing is pure: no clock, no network, no file but the packaged ones; equal reports give equal bytes (the
pictures also depend on the fonts of the machine, by which their texts are measured).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from overzicht.entities.ftm import load_model
from overzicht.errors import OverzichtError
from overzicht.register.merging import Level
from overzicht.reports.csv_report import render_csv
from overzicht.reports.exports.bods import render_bods
from overzicht.reports.exports.cyclonedx import render_cyclonedx
from overzicht.reports.exports.disclosure import disclosed
from overzicht.reports.exports.geojson import render_geojson
from overzicht.reports.exports.netbox import render_netbox, render_netbox_set
from overzicht.reports.exports.topdesk import render_topdesk
from overzicht.reports.i18n import Language
from overzicht.reports.json_report import render_json
from overzicht.reports.overview_report import OverviewReport
from overzicht.reports.terminal import render_terminal
from overzicht.reports.xlsx_report import render_xlsx

Content = str | bytes | Iterable[str]
Writer = Callable[[OverviewReport, Language, Level | None], Content]
JSON, CSV = "application/json", "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


class Format(StrEnum):
    """The forms of a report: ours, the report of two pages in office formats, and those of other programs."""

    HTML = "html"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TERMINAL = "terminal"
    FTM = "ftm"
    CYCLONEDX = "cyclonedx"
    GEOJSON = "geojson"
    NETBOX = "netbox"
    NETBOX_SET = "netbox-set"
    TOPDESK = "topdesk"
    BODS = "bods"


class ExportLevelError(OverzichtError):
    """A format cannot be written at a level of detail for others."""

    def __init__(self, form: Format) -> None:
        leveled = ", ".join(described.ending for described in FORMATS.values() if described.levels)
        super().__init__(
            f"the format {form} has no level of detail for others",
            fix=f"leave out the level, or use one of {leveled}",
        )


@dataclass(frozen=True, slots=True)
class FormatDescription:
    """A format: ending and media type of its file, writer, and the levels at which others may have it.

    Without a level the writer gets the whole report. `default_level` is used if none is chosen; a format that
    has one is always for others.
    """

    ending: str
    media_type: str
    write: Writer
    levels: tuple[Level, ...] = ()
    default_level: Level | None = None
    by_area: bool = False  # whether it shows places


def _html(report: OverviewReport, language: Language, level: Level | None) -> str:
    from overzicht.reports.html.page import render_html  # noqa: PLC0415 - templates are slow to load

    del level
    return render_html(report, language)


def _ftm(report: OverviewReport, language: Language, level: Level | None) -> Iterable[str]:
    load_model()  # names the extra if it is not installed
    from overzicht.reports.exports.followthemoney import render_ftm  # noqa: PLC0415 - the model loads slowly

    return render_ftm(report, language, level)


def _handover(report: OverviewReport, language: Language, *, ending: str) -> str | bytes:
    from overzicht.reports.handover.content import render_handover  # noqa: PLC0415 - templates are slow to load

    return render_handover(report, language, ending)


def _own(write: Callable[[OverviewReport, Language], Content]) -> Writer:
    return lambda report, language, _level: write(report, language)


LEVELS = tuple(Level)
FORMATS: Mapping[Format, FormatDescription] = {
    Format.HTML: FormatDescription(".html", "text/html; charset=utf-8", _html),
    Format.JSON: FormatDescription(".json", JSON, _own(render_json)),
    Format.CSV: FormatDescription(".csv", CSV, _own(render_csv)),
    Format.XLSX: FormatDescription(".xlsx", XLSX, _own(render_xlsx)),
    Format.PDF: FormatDescription(".pdf", "application/pdf", _own(partial(_handover, ending=".pdf")), LEVELS),
    Format.DOCX: FormatDescription(".docx", DOCX, _own(partial(_handover, ending=".docx")), LEVELS),
    Format.ODT: FormatDescription(".odt", ODT, _own(partial(_handover, ending=".odt")), LEVELS),
    Format.FTM: FormatDescription(".ftm.json", "application/x-ndjson", _ftm, LEVELS),
    Format.CYCLONEDX: FormatDescription(
        ".cdx.json", "application/vnd.cyclonedx+json; version=1.6", render_cyclonedx, LEVELS
    ),
    Format.GEOJSON: FormatDescription(
        ".geojson", "application/geo+json", render_geojson, LEVELS, Level.COUNTS, by_area=True
    ),
    Format.NETBOX: FormatDescription(".netbox.csv", CSV, render_netbox),
    Format.NETBOX_SET: FormatDescription(".netbox.zip", "application/zip", render_netbox_set),
    Format.TOPDESK: FormatDescription(".topdesk.csv", CSV, render_topdesk),
    Format.BODS: FormatDescription(".bods.json", JSON, render_bods, LEVELS),
}


def render(report: OverviewReport, form: Format, language: Language, level: Level | None = None) -> Content:
    """Return a report in a format, with what the level lets others see; ExportLevelError without levels."""
    if form is Format.TERMINAL:
        return render_terminal(report, language)
    described = FORMATS[form]
    check_level(form, level)
    chosen = level or described.default_level
    if chosen is not None:
        report = disclosed(report, chosen, by_area=described.by_area)
    return described.write(report, language, chosen)


def check_level(form: Format, level: Level | None) -> None:
    """Raise ExportLevelError if a format cannot be written at a level; every format can without one."""
    if level is not None and level not in FORMATS[form].levels:
        raise ExportLevelError(form)
