"""Going through devices one by one: what was found of each, and a person's decision on it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.web.api.models.device_query import WantedOnPage, query_of
from overzicht.web.api.models.shared import Line
from overzicht.web.auth import Reader
from overzicht.web.clock import today
from overzicht.web.page import render, words_of
from overzicht.web.pages.device import seen_device
from overzicht.web.pages.devices import choices_of
from overzicht.web.register_day import ask_the_lists
from overzicht.web.rights import may_change
from overzicht.web.service import Here
from overzicht.workflows.register.review import review_queue

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
def review(
    request: Request,
    here: Here,
    who: Reader,
    wanted: WantedOnPage,
    after: Annotated[Line, Query(description="the device after which to go on")] = "",
) -> HTMLResponse:
    """Show the next device that nobody had judged by the day, of those that fit, and how many were left."""
    ask_the_lists(here, wanted.as_of)
    queue = review_queue(here.store, wanted, after)
    view = seen_device(here, who, queue.following[0], wanted.as_of) if queue.following else None
    query = query_of(wanted)
    # a decision takes the device out of the queue, so the next one follows where this one stood; it does not
    # count on a day before it, and there the next one follows after this one
    passed = view.line.id if view is not None and wanted.as_of < today() else after
    back = f"/review?{urlencode({**query, 'after': passed})}" if passed else f"/review?{urlencode(query)}"
    return render(
        request,
        "review.html",
        queue=queue,
        shown=view,
        query=query,
        after=after,
        back=back.rstrip("?"),
        choices=choices_of(here, who, wanted, words_of(request)),
        may_edit=view is not None and may_change(here, who, view.line.organisation_id),
    )
