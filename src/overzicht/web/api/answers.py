"""`/answers`: sets of parliamentary questions that can be answered, and drafts with their sources."""

from datetime import date

from fastapi import APIRouter

from overzicht.reports.answers.model import AnswerReport
from overzicht.store.log import log_end
from overzicht.web.asof import OnDay
from overzicht.web.auth import OverallReader
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key
from overzicht.web.paging import Page, Paged
from overzicht.workflows.answers.drafting import AnswerChoices, answer_set
from overzicht.workflows.answers.sets import SetLine, known_sets

router = APIRouter(prefix="/answers", tags=["answers"])


@router.get("", summary="Sets of questions that can be answered")
def answers(context: OverallReader, day: OnDay, paging: Paged) -> Page[SetLine]:
    """Return the sets that existed on the date: packaged sets first, then sets with loaded papers."""
    with context.store.reading() as connection:
        return paging.cut(known_sets(connection, day))


@router.get("/{number}", summary="A drafted answer")
def answer(context: OverallReader, day: OnDay, number: Key) -> AnswerReport:
    """Return the draft for a set: per question the cited facts, the given answer and what is still open."""
    return draft_of(context, number, day)


def draft_of(context: RequestContext, number: str, day: date) -> AnswerReport:
    """Return the cached draft of a set; UnknownNameError lists the known sets.

    Every change of dossiers, register, lists and papers is in the log: its newest hash identifies the state.
    """
    with context.store.reading() as connection:
        key = ("answer", number, day, log_end(connection).hash)
    return context.cache.get(key, lambda: answer_set(context.store, number, AnswerChoices(), day))
