"""An answer as a Word document in the form of an official answer; equal bytes for equal answers."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from overzicht.errors import MissingExtraError
from overzicht.evidence import Text, text
from overzicht.reports.answers.lines import earlier_lines, numbers_text, source_line
from overzicht.reports.answers.model import GAPS_SHOWN, AnsweredQuestion, AnswerReport, Sentence
from overzicht.reports.answers.vocabulary import MARKS
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.i18n import Language, Words, words_for

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGES = {Language.EN: "en-GB", Language.NL: "nl-NL"}
ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP file can hold


def render_docx(report: AnswerReport, lang: Language) -> bytes:
    """Return the document; raises MissingExtraError without the extra `office`."""
    try:
        import docx  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("an answer as a Word document", "office") from error
    words, index = words_for(lang), NumberedCitations(report.citations)
    document = docx.Document()
    _properties(document, report, words)
    document.add_heading(_plain(words.say(_title(report))), level=0)
    for line in report.heading:
        document.add_paragraph(_plain(words.say(line)))
    document.add_paragraph(words.say(text("Answered from the data as of {day}.", day=report.as_of)))
    for note in report.notes:
        document.add_paragraph(_plain(words.say(note)), style="Intense Quote")
    for question in report.questions:
        _question(document, question, index, words)
    _annex(document, report, index, words)
    _earlier(document, report, index, words)
    document.add_heading(words.say(text("Sources")), level=1)
    for citation in index.all:
        document.add_paragraph(_plain(f"[{index.number(citation)}] {source_line(citation, words)}"))
    stream = io.BytesIO()
    document.save(stream)
    return _without_times(stream.getvalue())


def _title(report: AnswerReport) -> Any:
    return text("Draft answer to {number}: {title}", number=report.number, title=report.title)


def _properties(document: "Document", report: AnswerReport, words: Words) -> None:
    """Set the properties; the dates are the day of the answer, so nothing depends on when it was made."""
    made = datetime.combine(report.as_of, time())  # the format has no zone
    core = document.core_properties
    core.title, core.author = _plain(words.say(_title(report))), f"Overzicht {report.version}"
    core.created = core.modified = made
    core.last_modified_by, core.revision, core.comments = core.author, 1, ""
    core.language = LANGUAGES[words.lang]
    fonts = document.styles["Normal"].element.get_or_add_rPr()
    for language in fonts.xpath("w:lang"):
        fonts.remove(language)
    fonts.append(_language(LANGUAGES[words.lang]))


def _language(code: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - an extra
    from docx.oxml.ns import qn  # noqa: PLC0415

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), code)
    return element


def _question(
    document: "Document", question: AnsweredQuestion, index: NumberedCitations, words: Words
) -> None:
    document.add_heading(words.say(text("Question {number}", number=question.number)), level=1)
    document.add_paragraph(_plain(words.say(question.question))).runs[0].bold = True
    document.add_heading(words.say(text("Answer {number}", number=question.number)), level=2)
    document.add_paragraph(_plain(words.say(question.first.text)))
    if question.same_as:
        same = text("The answer is the same as the answer to question {number}.", number=question.same_as)
        document.add_paragraph(words.say(same))
    for fact in () if question.same_as else question.facts:
        _sentence(document, fact, index, words)
    if question.answered_then is not None:
        document.add_heading(words.say(text("Earlier answer")), level=3)
        _sentence(document, question.answered_then, index, words, style="Normal")
    _points(document, text("Points that need a judgement"), question.judgement, words)
    _points(document, text("Data that would close the gap"), question.missing[:GAPS_SHOWN], words)


def _points(document: "Document", title: Text, sentences: Sequence[Text], words: Words) -> None:
    if sentences:
        document.add_heading(words.say(title), level=3)
    for sentence in sentences:
        document.add_paragraph(_plain(words.say(sentence)), style="List Bullet")


def _annex(document: "Document", report: AnswerReport, index: NumberedCitations, words: Words) -> None:
    """Add the facts and gaps that are not under the first lines."""
    questions = [q for q in report.questions if (q.more and not q.same_as) or len(q.missing) > GAPS_SHOWN]
    if not questions:
        return
    document.add_heading(words.say(text("Annex: more facts")), level=1)
    for question in questions:
        document.add_heading(words.say(text("Question {number}", number=question.number)), level=2)
        for fact in () if question.same_as else question.more:
            _sentence(document, fact, index, words)
        _points(document, text("Data that would close the gap"), question.missing[GAPS_SHOWN:], words)


def _earlier(document: "Document", report: AnswerReport, index: NumberedCitations, words: Words) -> None:
    """Add the earlier questions of each question, with their answers and what changed since."""
    questions = [question for question in report.questions if question.earlier]
    if questions:
        document.add_heading(words.say(text("Annex: earlier questions")), level=1)
    for question in questions:
        document.add_heading(words.say(text("Question {number}", number=question.number)), level=2)
        for earlier in question.earlier:
            first, *rest = earlier_lines(earlier, index, words)
            document.add_paragraph(_plain(first), style="List Bullet")
            for line in rest:
                document.add_paragraph(_plain(line.strip()), style="List Continue")


def _sentence(
    document: "Document",
    sentence: Sentence,
    index: NumberedCitations,
    words: Words,
    style: str = "List Bullet",
) -> None:
    """Add a sentence with its mark; the numbers of its sources follow as superscript."""
    paragraph = document.add_paragraph(_plain(words.say(sentence.text)), style=style)
    if sentence.origin in MARKS:
        paragraph.add_run(f" ({words.say(MARKS[sentence.origin])})").italic = True
    paragraph.add_run(f" {numbers_text(sentence, index)}").font.superscript = True


def _plain(words: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return "".join(sign for sign in words if sign in "\t\n" or sign.isprintable())


def _without_times(content: bytes) -> bytes:
    """Return the same ZIP with every file at the same time, in the same order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(stream, "w") as made:
        for file in given.infolist():
            entry = zipfile.ZipInfo(file.filename, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(file.filename))
    return stream.getvalue()
