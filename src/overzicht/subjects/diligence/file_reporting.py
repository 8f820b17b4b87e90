"""The yearly report of a working file."""

from datetime import date

from overzicht import __version__
from overzicht.reports.i18n import Language
from overzicht.store.database import Store
from overzicht.subjects.diligence import page
from overzicht.subjects.diligence import records as stored
from overzicht.subjects.diligence.file_entries import DiligenceError
from overzicht.subjects.diligence.file_files import read_view
from overzicht.subjects.diligence.views import YearReport


def make_report(store: Store, file_id: str, year: int, as_of: date) -> YearReport:
    """Return the report of a calendar year as of a date; DiligenceError for a later year.

    The report of a year that has not ended covers the time until that date, and states this.
    """
    if as_of.year < year:
        raise DiligenceError(f"the year {year} begins after {as_of}", fix="give an earlier year")
    first, last = date(year, 1, 1), date(year, 12, 31)
    day, before_day = min(as_of, last), date(year - 1, 12, 31)
    with store.reading() as connection:
        head = stored.get_file(connection, file_id)
        view = read_view(connection, file_id, day)
        before = read_view(connection, file_id, before_day) if head.day <= before_day else None
    return YearReport(
        year=year,
        is_whole=as_of >= last,
        version=__version__,
        view=view,
        before=before,
        entries=tuple(entry for entry in view.entries if first <= entry.day),
    )


def report_html(report: YearReport, lang: Language | str) -> str:
    """Return the report as one page with its own style, without scripts and external files."""
    return page.render_report(report, Language(lang))
