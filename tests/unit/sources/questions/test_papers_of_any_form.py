"""Papers in any form: loose texts, Word, OpenDocument and PDF, and what is refused."""

import io
import zipfile

import pytest

from overzicht.errors import InputFileError, OverzichtError
from overzicht.isolation import ReadingLimitError
from overzicht.subjects.questions.model import Paper
from overzicht.subjects.questions.papers.interface import NotAPaperError
from overzicht.subjects.questions.papers.registry import read_paper

ASKED = ("Staat Hikvision op de Entity List?", "Sinds wanneer staat Dahua erop?", "Kunt u dit toelichten?")
TEXT_NS = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
OFFICE_NS = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
WORD_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paper_of(words: str | bytes, name: str = "pasted text") -> Paper:
    reading = read_paper(name, words if isinstance(words, bytes) else words.encode())
    (paper,) = reading.papers
    return paper


def questions_of(paper: Paper) -> list[str]:
    return [question.text for question in paper.questions]


def archive(**parts: str) -> bytes:
    """Return a ZIP with parts by name; two underscores stand for a slash, one for a dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def open_document(*paragraphs: str) -> bytes:
    body = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    content = (
        f'<office:document-content xmlns:office="{OFFICE_NS}" xmlns:text="{TEXT_NS}"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    return archive(mimetype="application/vnd.oasis.opendocument.text", content_xml=content)


def word(*paragraphs: str, is_listed: bool = False) -> bytes:
    number = "<w:pPr><w:numPr/></w:pPr>" if is_listed else ""
    body = "".join(f"<w:p>{number}<w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in paragraphs)
    return archive(word__document_xml=f'<w:document xmlns:w="{WORD_NS}"><w:body>{body}</w:body></w:document>')


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines, made by hand: objects, a table of them, and a trailer."""
    shown = "".join(f"({line.replace('(', '[')}) Tj 0 -14 Td " for line in lines)
    stream = f"BT /F1 11 Tf 50 780 Td {shown} ET".encode("latin-1")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj%bendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\n" % (size, table, size)
    return made + end + b"startxref\n%d\n%%%%EOF\n" % len(made)


@pytest.mark.parametrize(
    "form",
    [
        "1. {}\n2. {}\n3. {}",
        "1) {}\n2) {}\n3) {}",
        "Vraag 1\n{}\n\nVraag 2\n{}\n\nVraag 3\n{}",
        "Vraag 1: {}\nVraag 2: {}\nVraag 3: {}",
        "Question 1. {}\nQuestion 2. {}\nQuestion 3. {}",
        "Q1 {}\nQ2 {}\nQ3 {}",
        "{}\n\n{}\n\n{}",
        "Geachte heer,\n\nHierbij drie vragen.\n\n{}\n{}\n{}\n\nMet groet,\nA. Voorbeeld",
    ],
)
def test_a_text_with_questions_in_any_usual_form_is_read(form: str) -> None:
    paper = paper_of(form.format(*ASKED))
    assert questions_of(paper) == list(ASKED)
    assert paper.numbers == (1, 2, 3)


def test_a_wrapped_question_is_joined_and_answers_and_notes_are_left_out() -> None:
    paper = paper_of(
        "Camera's bij gemeenten\n\nQuestion 1\nDoes the municipality\nuse cameras of Dahua?\n"
        "Answer 1\nYes. Is that enough?\nQuestion 2: And of Uniview?\n1) https://example.org/a?b=1\n"
    )
    assert questions_of(paper) == ["Does the municipality use cameras of Dahua?", "And of Uniview?"]
    assert paper.subject == "Camera's bij gemeenten"


def test_groups_of_questions_keep_their_numbers() -> None:
    assert paper_of("Vraag 1, 2 en 3\nKlopt dit?\nVraag 4\nEn dit?").numbers == (1, 2, 3, 4)


@pytest.mark.parametrize("make", [open_document, word, pdf])
def test_the_same_text_in_a_document_gives_the_same_questions(make: object) -> None:
    lines = ["Vragen over camera's", *(f"{number}. {words}" for number, words in enumerate(ASKED, 1))]
    assert callable(make)
    paper = paper_of(make(*lines), "vragen.bin")
    assert questions_of(paper) == list(ASKED)
    assert paper.subject == "Vragen over camera's"


def test_the_items_of_an_automatic_list_are_questions() -> None:
    assert questions_of(paper_of(word(*ASKED, is_listed=True))) == list(ASKED)


def test_page_numbers_and_repeated_feet_of_a_pdf_are_left_out() -> None:
    from overzicht.subjects.questions.papers.pdf_text import without_furniture  # noqa: PLC0415

    pages = [
        ["Kop van de brief", "Vraag 1", "Klopt", "Pagina 1 van 2"],
        ["Kop van de brief", "dit?", "Vraag 2", "Pagina 2 van 2"],
    ]
    assert without_furniture(pages) == ["Vraag 1", "Klopt", "dit?", "Vraag 2"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"Een mededeling zonder vraag.\n", "it asks no question"),
        (pdf(), "the PDF file has no text"),
        (b"%PDF-1.4\nbroken", "not a complete PDF file"),
        (archive(other_xml="<a/>"), "does not contain a Word text"),
        (open_document("Niets te vragen."), "it asks no question"),
    ],
)
def test_what_asks_nothing_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(InputFileError, match=reason) as refused:
        read_paper("a.bin", data)
    assert refused.value.fix


def test_a_file_made_to_exhaust_the_reader_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr("content.xml", "<a>" + " " * 60_000_000)
    with pytest.raises((OverzichtError, ReadingLimitError)):
        read_paper("bomb.odt", bomb.getvalue())
    with pytest.raises(NotAPaperError):
        read_paper("a.txt", ("(1" * 200_000).encode())
