"""`/answers`: sets of parliamentary questions that can be answered, and drafts with their sources."""

from fastapi import APIRouter, Request

from overzicht.web.answers import drafted
from overzicht.web.api.models.answers import AnswerModel, SetModel
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnDay
from overzicht.web.auth import OverallReader
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.workflows.answers.sets import known_sets

router = APIRouter(prefix="/answers", tags=["answers"])


@router.get("", summary="Sets of questions that can be answered")
def answers(request: Request, here: Here, _who: OverallReader, day: OnDay, paging: Paged) -> Page[SetModel]:
    """Return the sets asked by the day: those that ship with the product, then those with loaded papers."""
    words = words_of(request)
    with here.store.reading() as connection:
        found = known_sets(connection, day)
    return paging.cut([SetModel.of(each, words) for each in found])


@router.get("/{number}", summary="A drafted answer")
def answer(request: Request, here: Here, _who: OverallReader, day: OnDay, number: Key) -> AnswerModel:
    """Return the draft of a set on the day: per question cited facts, what was answered, what stays open."""
    return AnswerModel.of(drafted(here, number, day), words_of(request))
