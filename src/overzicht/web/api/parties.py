"""`/parties`: which records of different lists are one party, and which may be."""

from fastapi import APIRouter

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.store.sameparty import suggested_merges
from overzicht.views.screening import JoinedView, StoredSuggestionView
from overzicht.web.api.models.checks import SameAsked
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.work import SAME_PARTIES
from overzicht.workflows.merges import joined_on
from overzicht.workflows.sameparty import SUGGEST_FROM

router = APIRouter(prefix="/parties", tags=["parties"])


@router.get("/joined", summary="Joined by a number")
def joined(here: Here, _who: Reader, day: OnDay, paging: Paged) -> Page[JoinedView]:
    """Return the records of different lists that share a number of one party alone."""
    found = here.memory.recall(("joined", day), lambda: joined_on(here.store, day))
    page = paging.cut(found)
    return paging.envelope([JoinedView.of(each) for each in page.items], page.total)


@router.get("/suggested", summary="Suggested by their names")
def suggested(here: Here, _who: Reader, paging: Paged) -> Page[StoredSuggestionView]:
    """Return the suggestions that were made so far, surest first, each with what a person judged."""
    with here.store.reading() as connection:
        page = paging.cut(suggested_merges(connection))
    return paging.envelope([StoredSuggestionView.of(*each) for each in page.items], page.total)


@router.post("/same", status_code=202, summary="Look for more", openapi_extra={"x-names": True})
def look(begin: Begin, who: Editor, day: OnDay, asked: SameAsked) -> Job:
    """Begin to compare the records of the lists; what may be one party is kept as a suggestion."""
    for list_id in asked.lists:
        load_card(list_id)
    threshold = SUGGEST_FROM if asked.threshold is None else asked.threshold
    parameters = {"as_of": day.isoformat(), "lists": list(asked.lists), "threshold": threshold}
    return begin(SAME_PARTIES, parameters, who)
