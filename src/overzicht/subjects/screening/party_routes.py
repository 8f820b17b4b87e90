"""`/parties`: records of different lists that are, or may be, the same party."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.store.sameparty import suggested_merges
from overzicht.subjects.screening.jobs import SAME_PARTIES
from overzicht.subjects.screening.merges import joined_on
from overzicht.subjects.screening.same_party import SUGGEST_FROM
from overzicht.subjects.screening.views import JoinedView, StoredSuggestionView
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.fields import Key
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES

router = APIRouter(prefix="/parties", tags=["parties"])


class SamePartiesRequest(BaseModel):
    """The lists to compare (empty: all) and the minimum score of a suggestion (null: 0.8)."""

    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None


@router.get("/joined", summary="Joined by a number")
def joined(context: Reader, day: OnDay, paging: Paged) -> Page[JoinedView]:
    """Return the records of different lists that share a number of one party."""
    parties = context.cache.get(("joined", day), lambda: joined_on(context.store, day))
    return paging.views(parties, JoinedView.of)


@router.get("/suggested", summary="Suggested by their names")
def suggested(context: Reader, paging: Paged) -> Page[StoredSuggestionView]:
    """Return the stored suggestions, highest score first, each with the judgement of a person."""
    with context.store.reading() as connection:
        return paging.views(suggested_merges(connection), lambda merge: StoredSuggestionView.of(*merge))


@router.post("/same", status_code=202, summary="Find more", openapi_extra=HAS_NAMES)
def find_more(context: Editor, day: OnDay, request: SamePartiesRequest) -> Job:
    """Start to compare the records of the lists. Possible matches are saved as suggestions."""
    for list_id in request.lists:
        load_card(list_id)
    threshold = SUGGEST_FROM if request.threshold is None else request.threshold
    parameters = {"as_of": day.isoformat(), "lists": list(request.lists), "threshold": threshold}
    return context.start_job(SAME_PARTIES, parameters)
