"""An answer as a Word document in the form of a letter to parliament; equal bytes for equal answers."""

from typing import TYPE_CHECKING

from overzicht.reports.i18n import Language, words_for
from overzicht.reports.word import new_document, saved
from overzicht.subjects.answers.letter import Paragraph, Style, letter, letter_title
from overzicht.subjects.answers.model import AnswerReport

if TYPE_CHECKING:
    from docx.document import Document

STYLES = {
    Style.BODY: "Normal",
    Style.HEADING: "Heading 1",
    Style.ANSWER: "Heading 2",
    Style.PART: "Heading 3",
    Style.ITEM: "List Bullet",
    Style.NOTE: "Intense Quote",
}


def render_docx(report: AnswerReport, lang: Language) -> bytes:
    """Return the document; raises MissingExtraError without the extra `office`."""
    words = words_for(lang)
    title = words.say(letter_title(report))
    document = new_document(title, report.version, report.as_of, lang, "an answer as a Word document")
    for paragraph in letter(report, words):
        _add(document, paragraph)
    return saved(document)


def _add(document: "Document", paragraph: Paragraph) -> None:
    made = document.add_paragraph(style=STYLES[paragraph.style])
    made.paragraph_format.page_break_before = paragraph.starts_page or None
    for run in paragraph.runs:
        font = made.add_run(run.text).font
        font.bold, font.italic = run.is_bold or None, run.is_italic or None
        font.superscript = run.is_raised or None
