"""An answer as a Word document in the form of an official answer; equal bytes for equal answers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from overzicht.evidence import Text, text
from overzicht.reports.answers.lines import earlier_lines, numbers_text, source_line
from overzicht.reports.answers.model import GAPS_SHOWN, AnsweredQuestion, AnswerReport, Sentence
from overzicht.reports.answers.vocabulary import MARKS
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.word import new_document, plain, saved

if TYPE_CHECKING:
    from docx.document import Document


def render_docx(report: AnswerReport, lang: Language) -> bytes:
    """Return the document; raises MissingExtraError without the extra `office`."""
    words, index = words_for(lang), NumberedCitations(report.citations)
    title = words.say(_title(report))
    document = new_document(title, report.version, report.as_of, lang, "an answer as a Word document")
    document.add_heading(plain(title), level=0)
    for line in report.heading:
        document.add_paragraph(plain(words.say(line)))
    document.add_paragraph(words.say(text("Answered from the data as of {day}.", day=report.as_of)))
    for note in report.notes:
        document.add_paragraph(plain(words.say(note)), style="Intense Quote")
    for question in report.questions:
        _question(document, question, index, words)
    _annex(document, report, index, words)
    _earlier(document, report, index, words)
    document.add_heading(words.say(text("Sources")), level=1)
    for citation in index.all:
        document.add_paragraph(plain(f"[{index.number(citation)}] {source_line(citation, words)}"))
    return saved(document)


def _title(report: AnswerReport) -> Any:
    return text("Draft answer to {number}: {title}", number=report.number, title=report.title)


def _question(
    document: "Document", question: AnsweredQuestion, index: NumberedCitations, words: Words
) -> None:
    document.add_heading(words.say(text("Question {number}", number=question.number)), level=1)
    document.add_paragraph(plain(words.say(question.question))).runs[0].bold = True
    document.add_heading(words.say(text("Answer {number}", number=question.number)), level=2)
    document.add_paragraph(plain(words.say(question.first.text)))
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
        document.add_paragraph(plain(words.say(sentence)), style="List Bullet")


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
            document.add_paragraph(plain(first), style="List Bullet")
            for line in rest:
                document.add_paragraph(plain(line.strip()), style="List Continue")


def _sentence(
    document: "Document",
    sentence: Sentence,
    index: NumberedCitations,
    words: Words,
    style: str = "List Bullet",
) -> None:
    """Add a sentence with its mark; the numbers of its sources follow as superscript."""
    paragraph = document.add_paragraph(plain(words.say(sentence.text)), style=style)
    if sentence.origin in MARKS:
        paragraph.add_run(f" ({words.say(MARKS[sentence.origin])})").italic = True
    paragraph.add_run(f" {numbers_text(sentence, index)}").font.superscript = True
