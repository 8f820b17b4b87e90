"""The forms of questions that can be read, told apart by the first bytes and the root of a file."""

from pathlib import Path

from lxml import etree

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.xml import local_name, parse_document, starts_as_xml
from overzicht.sources.questions.derived import FIRST_LINE, read_derived
from overzicht.sources.questions.html_page import read_html
from overzicht.sources.questions.index_table import read_index
from overzicht.sources.questions.interface import NotAPaperError, QuestionFile, Reading
from overzicht.sources.questions.metadata import read_metadata
from overzicht.sources.questions.odata import read_odata
from overzicht.sources.questions.official_xml import read_official_xml
from overzicht.sources.questions.plain import read_plain
from overzicht.sources.questions.word_letter import read_letter

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


def read_given(given: QuestionFile) -> Reading:
    """Return the contents of the bytes of a file."""
    head = given.data[:400]
    if not given.data.strip():
        raise NotAPaperError(given.filename, "the file is empty")
    if head.startswith(_ZIP):
        return read_letter(given)
    if starts_as_xml(given.data):
        return _markup(given)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"["):
        return read_odata(given)
    if head.removeprefix(b"\xef\xbb\xbf").startswith(b"nummer,"):
        return read_index(given)
    if FIRST_LINE.match(head.decode("utf-8", errors="replace")):
        return read_derived(given)
    return read_plain(given)


def _markup(given: QuestionFile) -> Reading:
    """Read XML by its root; text that is not complete XML, or has `html`, is a page."""
    lower = as_utf8(given.data[:2000]).lower()
    if (
        b"<!doctype html" in lower
        or b"<html" in lower
        or lower.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<div")
    ):
        return read_html(given)
    root: etree._Element = parse_document(given.data, given.filename)
    if local_name(root) in _METADATA:
        return read_metadata(root, given)
    return read_official_xml(root, given)


__all__ = ["InputFileError", "QuestionFile", "read_given", "read_questions"]
