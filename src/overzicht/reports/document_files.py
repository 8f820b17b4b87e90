"""A document of sections as a file: HTML, PDF/A-2 with tags, Word, or OpenDocument text."""

import logging
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from overzicht.errors import MissingExtraError, MissingLibraryError
from overzicht.reports.html.document import OURS, page_environment
from overzicht.reports.open_document import document_odt
from overzicht.reports.sections import Document
from overzicht.reports.word import document_docx

VARIANT = "pdf/a-2a"  # ISO 19005-2, level A: with tags
LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def document_html(document: Document) -> str:
    """Return a document as the page that also becomes its PDF."""
    template = page_environment(document.lang).get_template("sections.html")
    return template.render(document=document, version=document.version, css=_stylesheet())


def document_pdf(document: Document, *shorter: Document, most_pages: int | None = None) -> bytes:
    """Return a document as PDF/A-2a: the first of the documents that has at most `most_pages`, else the last.

    Equal documents give equal bytes on a machine with the same fonts. Raises MissingExtraError without the
    extra `pdf`, and MissingLibraryError without Pango.
    """
    weasyprint = _weasyprint()
    for version in (document, *shorter):
        drawn = weasyprint.HTML(string=document_html(version), url_fetcher=_refuse).render(
            pdf_variant=VARIANT
        )
        if most_pages is None or len(drawn.pages) <= most_pages:
            break
    content: bytes = drawn.write_pdf(
        pdf_variant=VARIANT, uncompressed_pdf=True
    )  # compressed, it is not PDF/A
    return content


@cache
def _stylesheet() -> Markup:
    own = files(OURS).joinpath("assets", "sections.css").read_text(encoding="utf-8")
    return Markup(own)  # noqa: S704 - our own file


def _weasyprint() -> Any:
    try:
        import weasyprint  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("a report as PDF", "pdf") from error
    except OSError as error:  # it looks for Pango when it is imported
        raise MissingLibraryError("a report as PDF", LIBRARIES) from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # a missing glyph is not a fault of the report
    return weasyprint


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    """Refuse every address: the page needs none."""
    raise ValueError(url)


def _word(document: Document) -> bytes:
    return document_docx(document, "a report as a Word document")


DOCUMENT_FILES: Mapping[str, Callable[[Document], str | bytes]] = {
    ".html": document_html,
    ".pdf": document_pdf,
    ".docx": _word,
    ".odt": document_odt,
}
