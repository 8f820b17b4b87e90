"""The text of a PDF file, page by page.

Caveat: a scan has no text, and this reader does not recognise characters in images.
"""

import io
import re
from collections import Counter
from collections.abc import Sequence

from overzicht.errors import InputFileError, MissingExtraError
from overzicht.subjects.questions.labels import read_label
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile

PDF_SIGN = b"%PDF-"
FEWEST_REPEATS = 2
_NUMBER = re.compile(r"\d+")
MAX_PAGES = 500  # the longest paper of questions has some 40 pages


def pdf_pages(given: QuestionFile) -> list[list[str]]:
    """Return the lines of each page; InputFileError if the file is damaged or protected."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415 - an extra
        from pypdf.errors import PyPdfError  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("a PDF file", "office") from error
    try:
        reader = PdfReader(io.BytesIO(given.data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputFileError(
                given.filename, "the file is protected by a password", fix="save it without a password"
            )
        if len(reader.pages) > MAX_PAGES:
            raise InputFileError(
                given.filename,
                f"it has {len(reader.pages):,} pages; at most {MAX_PAGES} are read",
                fix="give the pages with the questions as a file of their own",
            )
        pages: list[list[str]] = []
        for page in reader.pages:
            lines = (
                " ".join(line.replace("\u00a0", " ").split()) for line in page.extract_text().splitlines()
            )
            pages.append([line for line in lines if line])
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise InputFileError(
            given.filename, f"not a complete PDF file ({error})", fix="download it again"
        ) from error
    if not any(pages):
        raise NotAPaperError(
            given.filename,
            "the PDF file has no text, for example because it is a scan",
            fix="give the paper as text, or recognise the characters first",
        )
    return pages


def without_furniture(pages: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of all pages without those that half of the pages repeat, such as feet.

    Lines that differ in their numbers alone count as equal. A label of a question is never left out.
    """
    seen = Counter(form for page in pages for form in {_form(line) for line in page})
    least = max(FEWEST_REPEATS, (len(pages) + 1) // 2)
    return [
        line
        for page in pages
        for line in page
        if seen[_form(line)] < least or (read_label(line) is not None or not line.strip("0123456789.()"))
    ]


def _form(line: str) -> str:
    return _NUMBER.sub("#", line)
