"""Review of devices one by one: the findings about each, and a person's decision on it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.web.api.devices import visible_device
from overzicht.web.auth import PageReader
from overzicht.web.clock import today
from overzicht.web.device_query import FilterOnPage, query_of
from overzicht.web.fields import Line
from overzicht.web.pages.devices import choices_of
from overzicht.web.register_day import screen_register
from overzicht.workflows.register.devices import review_queue

router = APIRouter()


@router.get("/review", response_class=HTMLResponse)
def review(
    context: PageReader,
    devices: FilterOnPage,
    after: Annotated[Line, Query(description="continue after this device")] = "",
) -> HTMLResponse:
    """Show the next device that matches and was not judged by the date, and the number of devices left."""
    screen_register(context, devices.as_of)
    queue = review_queue(context.store, devices, after)
    view = visible_device(context, queue.following[0], devices.as_of) if queue.following else None
    query = query_of(devices)
    # A decision removes the device from the queue, so the next device moves up. On an earlier date the
    # decision does not count, and the next device is the one after it.
    last = view.line.id if view is not None and devices.as_of < today() else after
    back = urlencode({**query, "after": last} if last else query)
    return context.render(
        "review.html",
        queue=queue,
        shown=view,
        query=query,
        after=after,
        back=f"/review?{back}".rstrip("?"),
        choices=choices_of(context, devices),
        may_edit=view is not None and context.may_change(view.line.organisation_id),
    )
