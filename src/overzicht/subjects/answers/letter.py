"""An answer as the letter of a minister to parliament: the paragraphs that Word and OpenDocument share.

The order is that of such letters in the Netherlands: addressee, date, subject, references, opening, the
questions with their answers, closing, the annex and the numbered sources.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from overzicht.evidence import Text, in_both, text
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.i18n import Words
from overzicht.reports.xml_text import xml_text
from overzicht.subjects.answers.answer_lines import earlier_lines, numbers_text, source_line
from overzicht.subjects.answers.model import AnswerReport, Sentence
from overzicht.subjects.answers.vocabulary import MARKS
from overzicht.subjects.questions.identifiers import SET_NUMBER

SPEAKER = in_both(
    en="To the President of the House of Representatives of the States General\nPO Box 20018\n"
    "2500 EA The Hague",
    nl="Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\nPostbus 20018\n2500 EA DEN HAAG",
)  # the address on every letter of a Dutch minister to the House


class Style(StrEnum):
    """The form of a paragraph."""

    BODY = "body"
    HEADING = "heading 1"
    ANSWER = "heading 2"
    PART = "heading 3"
    ITEM = "list item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a paragraph in one form."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    is_raised: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter; `starts_page`: it is the first one of a page."""

    style: Style
    runs: tuple[Run, ...]
    starts_page: bool = False


def letter_title(report: AnswerReport) -> Text:
    """Return the title of the document."""
    return text("Draft answer to {number}: {title}", number=report.number, title=report.title)


def letter(report: AnswerReport, words: Words) -> Iterator[Paragraph]:
    """Yield the paragraphs of an answer as a letter, without the characters that XML cannot hold."""
    index = NumberedCitations(report.citations)
    # who gets the letter: the House for its own numbers, else whoever asked
    if SET_NUMBER.fullmatch(report.number):
        addressee = SPEAKER
    else:
        addressee = text("To {whom}", whom=report.asked_by or "…")
    yield from map(_body, words.say(addressee).splitlines())
    labelled: tuple[tuple[Text, str], ...] = (
        (text("Date"), words.day(report.as_of)),
        (text("Subject"), words.text("Answer to questions: {title}", title=report.title)),
        (text("Our reference"), words.text("draft")),
        (text("Your reference"), report.number),
    )
    for label, value in labelled:
        yield Paragraph(Style.BODY, (_run(f"{words.say(label)}: ", is_bold=True), _run(value)))
    if SET_NUMBER.fullmatch(report.number):
        yield _body(words.text("Dear President,"))
    for line in report.heading:
        yield _body(words.say(line))
    yield _body(words.text("Answered from the data as of {day}.", day=report.as_of))
    for note in report.notes:
        yield _paragraph(Style.NOTE, words.say(note))
    shown = report.shown
    for question in report.questions:
        question_shown = shown[question.number]
        yield _paragraph(Style.HEADING, words.text("Question {number}", number=question.number))
        yield _body(words.say(question.question))
        yield _paragraph(Style.ANSWER, words.text("Answer {number}", number=question.number))
        yield Paragraph(Style.BODY, (_run(words.say(question.first.text), is_bold=True),))
        if question.same_as:
            yield _body(
                words.text(
                    "The answer is the same as the answer to question {number}.", number=question.same_as
                )
            )
        for fact in question_shown.facts:
            yield _sentence(fact, Style.ITEM, index, words)
        if question_shown.see_facts is not None:
            yield _body(words.say(question_shown.see_facts))
        if question.answered_then is not None:
            yield _paragraph(Style.PART, words.text("Earlier answer"))
            yield _sentence(question.answered_then, Style.BODY, index, words)
        yield from _points(text("Points that need a judgement"), question.judgement, words)
        see = (question_shown.see_gaps,) if question_shown.see_gaps is not None else ()
        yield from _points(text("Data that would close the gap"), (*question_shown.gaps, *see), words)
    yield _body(words.text("Yours sincerely,"))
    yield _body(words.text("The {office},", office=report.put_to or "…"))
    # the facts and gaps that are not under the first lines
    shown_under = report.shown
    questions = [number for number, shown in shown_under.items() if shown.more or shown.more_gaps]
    if questions:
        title = words.text("Annex: more facts")
        yield Paragraph(Style.HEADING, (_run(title),), starts_page=True)
    for number in questions:
        yield _paragraph(Style.ANSWER, words.text("Question {number}", number=number))
        for fact in shown_under[number].more:
            yield _sentence(fact, Style.ITEM, index, words)
        yield from _points(text("Data that would close the gap"), shown_under[number].more_gaps, words)
    yield from _earlier(report, index, words)
    yield _paragraph(Style.HEADING, words.text("Sources"))
    for citation in index.all:
        yield _body(f"[{index.number(citation)}] {source_line(citation, words)}")


def _points(title: Text, sentences: Sequence[Text], words: Words) -> Iterator[Paragraph]:
    if sentences:
        yield _paragraph(Style.PART, words.say(title))
    for sentence in sentences:
        yield _paragraph(Style.ITEM, words.say(sentence))


def _earlier(report: AnswerReport, index: NumberedCitations, words: Words) -> Iterator[Paragraph]:
    """Yield the earlier questions of each question, with their answers and what changed since."""
    questions = [question for question in report.questions if question.earlier]
    if questions:
        yield _paragraph(Style.HEADING, words.text("Annex: earlier questions"))
    for question in questions:
        yield _paragraph(Style.ANSWER, words.text("Question {number}", number=question.number))
        for earlier in question.earlier:
            first, *rest = earlier_lines(earlier, index, words)
            yield _paragraph(Style.ITEM, first)
            yield from (_body(line.strip()) for line in rest)


def _sentence(sentence: Sentence, style: Style, index: NumberedCitations, words: Words) -> Paragraph:
    """Return a sentence with its mark; the numbers of its sources follow above the line."""
    runs = [_run(words.say(sentence.text))]
    if sentence.origin in MARKS:
        runs.append(_run(f" ({words.say(MARKS[sentence.origin])})", is_italic=True))
    runs.append(_run(f" {numbers_text(sentence, index)}", is_raised=True))
    return Paragraph(style, tuple(runs))


def _body(words: str) -> Paragraph:
    return _paragraph(Style.BODY, words)


def _paragraph(style: Style, words: str) -> Paragraph:
    return Paragraph(style, (_run(words),))


def _run(words: str, *, is_bold: bool = False, is_italic: bool = False, is_raised: bool = False) -> Run:
    return Run(xml_text(words), is_bold, is_italic, is_raised)
