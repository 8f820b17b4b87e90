"""The forms of questions that can be read, told apart by the first bytes and the root of a file."""

import hashlib
from itertools import chain
from pathlib import Path

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.xml import local_name, parse_document, starts_as_xml
from overzicht.subjects.questions.papers.derived import FIRST_LINE, read_derived
from overzicht.subjects.questions.papers.html_page import read_html
from overzicht.subjects.questions.papers.index_table import read_index
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading
from overzicht.subjects.questions.papers.loose import loose_paper
from overzicht.subjects.questions.papers.metadata import read_metadata
from overzicht.subjects.questions.papers.odata import read_odata
from overzicht.subjects.questions.papers.official_xml import read_official_xml
from overzicht.subjects.questions.papers.open_text import MEDIA_TYPE, open_document_lines
from overzicht.subjects.questions.papers.pdf_text import PDF_SIGN, pdf_pages, without_furniture
from overzicht.subjects.questions.papers.plain import read_plain, read_plain_lines
from overzicht.subjects.questions.papers.word_letter import (
    Line,
    is_letter,
    letter_lines,
    letter_of,
    read_letter,
)

MAX_BYTES = 200_000_000  # a full copy of the index is some 60 MB of JSON
_ZIP = b"PK\x03\x04"
_METADATA = ("metadata_gegevens",)


@in_child(Limits())
def read_questions(path: Path) -> Reading:
    """Return the contents of a file; errors name the file, the reason and the fix, nothing is half read.

    NotAPaperError for another file, such as the error page of the publication site.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    with file.open() as stream:
        data = stream.read()
    return read_given(QuestionFile(file.filename, data, file.sha256()))


@in_child(Limits())
def read_paper(name: str, data: bytes) -> Reading:
    """Return the paper in the bytes of a file: in a form of the parliament, else as a text with questions.

    NotAPaperError if it has no question.
    """
    given = QuestionFile(name, data, hashlib.sha256(data).hexdigest())
    try:
        reading = read_given(given)
    except NotAPaperError:
        lines = _text_lines(given)
        if not lines:
            raise
        return Reading((loose_paper(lines, given),))
    if reading.entries or any(paper.questions for paper in reading.papers):
        return reading
    lines = _text_lines(given)
    return Reading((loose_paper(lines, given),)) if lines else reading


def _text_lines(given: QuestionFile) -> list[Line]:
    """Return the lines of a file that a person wrote; none for a file that a program wrote."""
    if _is_open_document(given.data):
        return open_document_lines(given)
    if given.data.startswith(_ZIP):
        return letter_lines(given)
    if _is_pdf(given.data):
        return [Line(line, is_numbered=False) for line in without_furniture(pdf_pages(given))]
    head = given.data[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not given.data.strip() or starts_as_xml(given.data) or head[:1] in (b"{", b"["):
        return []
    return [Line(line.replace("\u00a0", " "), is_numbered=False) for line in given.text.splitlines()]


def _is_pdf(data: bytes) -> bool:
    return PDF_SIGN in data[:1024]


def _is_open_document(data: bytes) -> bool:
    return data.startswith(_ZIP) and MEDIA_TYPE in data[:200]


def read_given(given: QuestionFile) -> Reading:
    """Return the contents of the bytes of a file."""
    if not given.data.strip():
        raise NotAPaperError(given.filename, "the file is empty")
    if _is_pdf(given.data) or given.data.startswith(_ZIP):
        # Read a PDF, OpenDocument or Word file: a letter if it has the title of one, else a printed paper
        if _is_pdf(given.data):
            pages = pdf_pages(given)
            printed = list(chain(*pages))
            lines = [Line(line, is_numbered=False) for line in without_furniture(pages)]
        elif _is_open_document(given.data):
            lines = open_document_lines(given)
            printed = [line.text for line in lines]
        else:
            return read_letter(given)
        return letter_of(lines, {}, given) if is_letter(lines) else read_plain_lines(printed, given)
    if starts_as_xml(given.data):
        # read XML by its root; text that is not complete XML, or has `html`, is a page
        lower = as_utf8(given.data[:2000]).lower()
        if (
            b"<!doctype html" in lower
            or b"<html" in lower
            or lower.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<div")
        ):
            markup = read_html(given)
        else:
            root: etree._Element = parse_document(given.data, given.filename)
            if local_name(root) in _METADATA:
                markup = read_metadata(root, given)
            else:
                markup = read_official_xml(root, given)
        return markup
    start = given.data[:400].removeprefix(b"\xef\xbb\xbf")
    if start.lstrip()[:1] in (b"{", b"["):
        return read_odata(given)
    if start.startswith(b"nummer,"):
        return read_index(given)
    is_derived = FIRST_LINE.match(given.data[:400].decode("utf-8", errors="replace"))
    return read_derived(given) if is_derived else read_plain(given)


__all__ = ["InputFileError", "QuestionFile", "read_given", "read_paper", "read_questions"]
