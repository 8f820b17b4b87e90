"""The report of two pages as a file of each office format."""

from overzicht.reports.document_files import DOCUMENT_FILES, document_pdf
from overzicht.reports.handover.content import LONGEST, handover
from overzicht.reports.i18n import Language
from overzicht.reports.model import OverviewReport

MOST_PAGES = 2
SHORTER = (8, 5, 3)  # rows and points of each part, until the report fits


def render_handover(report: OverviewReport, lang: Language, ending: str) -> str | bytes:
    """Return the report as a `.pdf` file, shortened to two pages, or as a `.docx` or `.odt` file.

    Raises MissingExtraError without the extra `pdf` or `office`, and MissingLibraryError without Pango.
    """
    if ending == ".pdf":
        lengths = (LONGEST, *SHORTER)
        return document_pdf(*(handover(report, lang, longest) for longest in lengths), most_pages=MOST_PAGES)
    return DOCUMENT_FILES[ending](handover(report, lang))
