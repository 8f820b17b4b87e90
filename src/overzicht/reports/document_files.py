"""A document of sections as a file: HTML, PDF/A-2 with tags, Word, or OpenDocument text."""

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from overzicht.errors import MissingExtraError, MissingLibraryError
from overzicht.reports import pdf_drawing
from overzicht.reports.html.document import OURS, content_policy, page_environment
from overzicht.reports.open_document import document_odt
from overzicht.reports.sections import Document
from overzicht.reports.word import document_docx

LONGEST_SECONDS = 300  # of the process that draws
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def document_html(document: Document) -> str:
    """Return a document as the page that also becomes its PDF."""
    template = page_environment(document.lang).get_template("sections.html")
    css = _stylesheet()
    return template.render(
        document=document.for_file, version=document.version, css=css, policy=content_policy(css)
    )


def document_pdf(document: Document, *shorter: Document, most_pages: int | None = None) -> bytes:
    """Return a document as PDF/A-2a and PDF/UA-1.

    It is the first of the documents that has at most `most_pages`, else the last.
    Equal documents give equal bytes on a machine with the same fonts. Raises MissingExtraError without the
    extra `pdf`, and MissingLibraryError without Pango.
    """
    request = {"pages": [document_html(version) for version in (document, *shorter)], "most": most_pages}
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", pdf_drawing.__name__],
        input=json.dumps(request).encode(),
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )
    if done.returncode == pdf_drawing.NO_EXTRA:
        raise MissingExtraError("a report as PDF", "pdf")
    if done.returncode == pdf_drawing.NO_LIBRARY:
        raise MissingLibraryError("a report as PDF", LIBRARIES)
    done.check_returncode()
    return done.stdout


@cache
def _stylesheet() -> Markup:
    own = files(OURS).joinpath("assets", "sections.css").read_text(encoding="utf-8")
    return Markup(own)  # noqa: S704 - our own file


DOCUMENT_FILES: Mapping[str, Callable[[Document], str | bytes]] = {
    ".html": document_html,
    ".pdf": document_pdf,
    ".docx": document_docx,
    ".odt": document_odt,
}
