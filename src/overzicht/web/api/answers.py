"""`/answers`: sets of parliamentary questions that can be answered, and drafts with their sources."""

from fastapi import APIRouter

from overzicht.reports.answers.model import AnswerReport
from overzicht.web.answers import drafted
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import OverallReader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.workflows.answers.sets import SetLine, known_sets

router = APIRouter(prefix="/answers", tags=["answers"])


@router.get("", summary="Sets of questions that can be answered")
def answers(here: Here, _who: OverallReader, day: OnDay, paging: Paged) -> Page[SetLine]:
    """Return the sets asked by the day: those that ship with the product, then those with loaded papers."""
    with here.store.reading() as connection:
        found = known_sets(connection, day)
    return paging.cut(found)


@router.get("/{number}", summary="A drafted answer")
def answer(here: Here, _who: OverallReader, day: OnDay, number: Key) -> AnswerReport:
    """Return the draft of a set on the day: per question cited facts, what was answered, what stays open."""
    return drafted(here, number, day)
