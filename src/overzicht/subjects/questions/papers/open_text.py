"""Paragraphs of OpenDocument text files (`.odt`); numbered list items are marked as such.

Source: OpenDocument 1.3, part 3, sections 5 (text) and 6 (paragraph content).
"""

from collections.abc import Iterator

from lxml import etree

from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile
from overzicht.subjects.questions.papers.word_letter import Line, unpack

MEDIA_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
CONTENT, KIND = "content.xml", "OpenDocument"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BLANKS = {f"{_TEXT}tab": " ", f"{_TEXT}s": " ", f"{_TEXT}line-break": "\n"}
_LEFT_OUT = frozenset({f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}tracked-changes"})


def open_document_lines(given: QuestionFile) -> list[Line]:
    """Return the paragraphs in order; footnotes, comments and deleted text are left out."""
    parts = unpack(given, (CONTENT,), KIND)
    body = parts[CONTENT].find(f".//{_OFFICE}text")
    if body is None:
        raise NotAPaperError(given.filename, "the OpenDocument file has no text")
    return [line for line in _lines(body, is_numbered=False) if line.text]


def _lines(element: etree._Element, *, is_numbered: bool) -> Iterator[Line]:
    for child in element:
        if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
            for part in _words(child).split("\n"):
                yield Line(" ".join(part.replace("\u00a0", " ").split()), is_numbered)
        elif child.tag not in _LEFT_OUT:
            yield from _lines(child, is_numbered=is_numbered or child.tag == f"{_TEXT}list-item")


def _words(element: etree._Element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag in _BLANKS:
            parts.append(_BLANKS[str(child.tag)])
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            parts.append(_words(child))
        parts.append(child.tail or "")
    return "".join(parts)
