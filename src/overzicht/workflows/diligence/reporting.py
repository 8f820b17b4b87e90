"""The yearly report of a working file."""

from datetime import date

from overzicht import __version__
from overzicht.diligence.recorded import DiligenceError
from overzicht.reports.diligence import page
from overzicht.reports.diligence.model import YearReport
from overzicht.reports.i18n import Language
from overzicht.store import diligence as kept
from overzicht.store.database import Store
from overzicht.workflows.diligence.files import read_view


def make_report(store: Store, file_id: str, year: int, as_of: date) -> YearReport:
    """Return the report of a calendar year as known on a day; DiligenceError where it has not begun by then.

    A year that is not over on the day is told up to that day, and says so.
    """
    if as_of.year < year:
        raise DiligenceError(f"the year {year} has not begun by {as_of}", fix="give an earlier year")
    first, last = date(year, 1, 1), date(year, 12, 31)
    day, before_day = min(as_of, last), date(year - 1, 12, 31)
    with store.reading() as connection:
        head = kept.get_file(connection, file_id)
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
    """Return the report as one page: own style, no script, nothing fetched."""
    return page.render_report(report, Language(lang))
