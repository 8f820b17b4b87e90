"""An answer as lines for the terminal."""

from collections.abc import Iterator

from overzicht.evidence import Citation, text
from overzicht.reports.citation_places import place_words
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.i18n import Words
from overzicht.subjects.answers.model import (
    AnsweredQuestion,
    AnswerReport,
    EarlierQuestion,
    QuestionParts,
    Sentence,
)
from overzicht.subjects.answers.vocabulary import MARKS

EARLIER_SHOWN = 3  # earlier questions under a question in the terminal; files and pages show all


def answer_lines(report: AnswerReport, words: Words) -> Iterator[str]:
    """Yield the answer: the heading, each question with its first line and facts, and the sources."""
    index = NumberedCitations(report.citations)
    yield f"{report.number}  {words.say(report.title)}"
    for line in report.heading:
        yield f"  {words.say(line)}"
    yield "  " + words.text("Answered from the data as of {day}.", day=report.as_of)
    for note in report.notes:
        yield f"  {words.say(note)}"
    shown = report.shown
    for question in report.questions:
        yield ""
        yield from _question(question, shown[question.number], index, words)
    if index.all:
        yield ""
        yield words.text("Sources")
        for citation in index.all:
            yield f"[{index.number(citation)}] {source_line(citation, words)}"


def _question(
    question: AnsweredQuestion, shown: QuestionParts, index: NumberedCitations, words: Words
) -> Iterator[str]:
    yield f"{question.number}. {' '.join(words.say(question.question).split())}"
    yield f"  {words.say(question.first.text)}"
    if question.same_as:
        yield "  - " + words.text(
            "The answer is the same as the answer to question {number}.", number=question.same_as
        )
    yield from (f"  - {sentence_line(fact, index, words)}" for fact in shown.facts)
    if shown.see_facts is not None:
        yield f"  - {words.say(shown.see_facts)}"
    if shown.more:
        yield "  " + words.text("more facts: {count}", count=len(shown.more))
    if question.answered_then is not None:
        then = words.text("answered then")
        yield f"  {then}: {sentence_line(question.answered_then, index, words)}"
    judgement, missing = words.text("a judgement"), words.text("missing")
    yield from (f"  {judgement}: {words.say(sentence)}" for sentence in question.judgement)
    yield from (f"  {missing}: {words.say(sentence)}" for sentence in shown.gaps)
    if shown.see_gaps is not None:
        yield f"  {missing}: {words.say(shown.see_gaps)}"
    if shown.more_gaps:
        others = text("{count} more", count=len(shown.more_gaps))
        yield f"  {missing}: {words.say(others)}"
    for earlier in question.earlier[:EARLIER_SHOWN]:
        yield from (f"  {line}" for line in earlier_lines(earlier, index, words))
    if len(question.earlier) > EARLIER_SHOWN:
        yield "  " + words.text(
            "more earlier questions: {count}", count=len(question.earlier) - EARLIER_SHOWN
        )


def earlier_lines(earlier: EarlierQuestion, index: NumberedCitations, words: Words) -> Iterator[str]:
    """Yield an earlier question: its set and date, its text, its answer, and what changed since."""
    kind = text("earlier question that this one cites") if earlier.is_cited else text("earlier question")
    yield f"{words.say(kind)}: {words.say(earlier.heading)} [{index.number(earlier.citation)}]"
    if earlier.question:
        yield f"  “{earlier.question}”"
    if earlier.answer:
        answered = words.text("answered then")
        yield f"  {answered}: “{earlier.answer}”"
    if earlier.outcome is not None:
        yield f"  {words.say(earlier.outcome)}"
    yield from (f"    {words.say(line)}" for line in (earlier.change.sentences if earlier.change else ()))


def sentence_line(sentence: Sentence, index: NumberedCitations, words: Words) -> str:
    """Return a sentence with its mark and the numbers of its sources."""
    mark = f" ({words.say(MARKS[sentence.origin])})" if sentence.origin in MARKS else ""
    return f"{words.say(sentence.text)}{mark} {numbers_text(sentence, index)}".rstrip()


def numbers_text(sentence: Sentence, index: NumberedCitations) -> str:
    """Return the numbers of a sentence's sources as `[1] [4]`."""
    return " ".join(f"[{number}]" for number in index.numbers(sentence.citations))


def source_line(citation: Citation, words: Words) -> str:
    """Return a source in a line: title, place, address or snapshot, date, and whether it is official."""
    parts = [citation.title or citation.source, place_words(citation.place, words), citation.address]
    if citation.snapshot:
        parts.append(f"sha256 {citation.snapshot[:12]}")
    if citation.published:
        parts.append(words.day(citation.published))
    if not citation.official:
        parts.append(words.text("not official"))
    return ", ".join(part for part in parts if part)
