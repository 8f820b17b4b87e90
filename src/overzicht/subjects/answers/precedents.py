"""Earlier questions in a draft: the most similar ones of the loaded papers, and what changed since.

Changes are not read from text. The draft is made again from the data on the date of the earlier answer. Then
both answers to the present question are compared.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import Citation
from overzicht.reports.i18n import Language, words_for
from overzicht.store.database import Store
from overzicht.subjects.answers.comparing import compare
from overzicht.subjects.answers.model import (
    AnswerReport,
    EarlierQuestion,
    FirstKind,
)
from overzicht.subjects.answers.sets import AskedQuestion, AskedSet
from overzicht.subjects.questions.inquiry import Inquiry, inquiry_of
from overzicht.subjects.questions.mentions.sentences import first_sentence
from overzicht.subjects.questions.papers_records import set_numbers_for
from overzicht.subjects.questions.precedents import Precedent, PrecedentSearch
from overzicht.subjects.questions.showing import assembled
from overzicht.subjects.questions.words_records import count_rows

DAYS_COMPARED = 3  # drafts of earlier dates for a set; the dates that most questions need come first


def with_precedents(
    store: Store, report: AnswerReport, question_set: AskedSet, draft_on: Callable[[date], AnswerReport]
) -> AnswerReport:
    """Return the draft with the earlier questions of the loaded papers; `draft_on` drafts another date.

    Without loaded papers the draft stays as it is.
    """
    with store.reading() as connection:
        if not count_rows(connection):
            return report
        search = PrecedentSearch(connection, report.as_of)
        earlier = {
            given.number: tuple(
                map(_earlier, search.find(_inquiry(connection, question_set, given, report.as_of)))
            )
            for given in question_set.questions
        }
    # the earlier questions with the changes since their answers, for the dates that are compared
    # whether other data can give another answer: it has a query, and does not request an opinion
    asking = {
        question.number
        for question in report.questions
        if bool(question.kinds) and question.first.kind not in (FirstKind.JUDGEMENT, FirstKind.OUTSIDE)
    }
    days = Counter(
        item.answered
        for number in asking
        for item in earlier[number][:1]
        if item.answered is not None and item.answered < report.as_of
    )
    changes = {
        day: {change.number: change for change in compare(draft_on(day), report, asking)}
        for day, _ in sorted(days.items(), key=lambda pair: (-pair[1], pair[0]))[:DAYS_COMPARED]
    }
    compared = {
        number: tuple(
            replace(item, is_compared=True, change=changes[item.answered].get(number))
            if number in asking and item.answered in changes
            else item
            for item in items
        )
        for number, items in earlier.items()
    }
    return replace(report, questions=tuple(replace(q, earlier=compared[q.number]) for q in report.questions))


def _inquiry(connection: Connection, question_set: AskedSet, given: AskedQuestion, as_of: date) -> Inquiry:
    own = {question_set.number, *set_numbers_for(connection, question_set.number)}
    if given.answer_paper:
        own |= set(set_numbers_for(connection, given.answer_paper))
    loaded = assembled(connection, question_set.number, as_of)
    if loaded.asking is not None:
        return replace(inquiry_of(loaded, given.number), is_itself=frozenset(own))
    title = words_for(Language.NL).say(question_set.title)
    return Inquiry(
        given.to_recognise, title, question_set.asked_on, question_set.number, is_itself=frozenset(own)
    )


def _earlier(precedent: Precedent) -> EarlierQuestion:
    number = precedent.numbers[0] if precedent.numbers else 0
    side = "answer" if precedent.answered is not None else "question"
    return EarlierQuestion(
        set_number=precedent.set_number,
        subject=precedent.subject,
        numbers=precedent.numbers,
        asked_on=precedent.asked_on,
        answered=precedent.answered,
        question=first_sentence(precedent.question),
        answer=first_sentence(precedent.answer) if precedent.answer else "",
        citation=Citation(
            source=f"questions:{precedent.set_number}",
            title=precedent.paper or precedent.set_number,
            place=f"{side} {number}" if number else "",
            address=precedent.address,
            snapshot=precedent.sha256,
            published=precedent.answered or precedent.asked_on,
        ),
        is_cited=precedent.is_cited,
        score=precedent.score,
    )
