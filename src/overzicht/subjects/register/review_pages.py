"""Review of devices in groups with the same evidence, with one decision for the ticked devices."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.store import decisions
from overzicht.store.decisions import Verdict
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register import judgements as operations
from overzicht.subjects.register.device_query import FilterOnPage, query_of
from overzicht.subjects.register.device_routes import visible_device
from overzicht.subjects.register.devices import devices_of, review_facets, review_queue
from overzicht.subjects.register.devices_page import chips, choices_of
from overzicht.subjects.register.register_day import cached, screen_register
from overzicht.subjects.register.saved_filters import forget_filter, save_filter, saved_filters
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other

router = APIRouter()
MAX_CHOICES = 12  # values of a facet
Choice = tuple[str, str, int]  # value in the address, words, devices to judge


@router.get("/review", response_class=HTMLResponse)
def review(
    context: PageReader,
    devices: FilterOnPage,
    after: Annotated[Line, Query(description="continue after the group with this key")] = "",
    reason: Annotated[Line, Query(description="the reason of the last decision")] = "",
) -> HTMLResponse:
    """Show the next group of devices without a judgement by the date, and the counts to choose from."""
    screen_register(context, devices.as_of)
    queue = review_queue(context.store, devices, after)
    ids = queue.group.device_ids if queue.group else ()
    shown = visible_device(context, ids[0], devices.as_of) if ids else None
    query = query_of(devices)
    choices = choices_of(context, devices)
    is_past = devices.as_of < today()  # a decision counts from the current date
    return context.render(
        "review.html",
        queue=queue,
        shown=shown,
        lines=devices_of(context.store, ids, devices.as_of),
        query=query,
        chips=chips(devices, choices),
        after=after,
        reason=reason,
        back=urlencode({**query, "after": after} if after else query),
        is_past=is_past,
        facets=_facets(context, devices, choices),
        choices=choices,
        saved=saved_filters(context.store, context.principal.name),
        may_edit=not is_past and shown is not None and context.may_change(shown.line.organisation_id),
    )


def _facets(
    context: PageContext, devices: DeviceFilter, choices: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, list[Choice]]:
    with context.store.reading() as connection:
        version = decisions.version_of_judgements(connection)
    counted = cached(context, ("facets", devices, version), lambda: review_facets(context.store, devices))
    words = {name: dict(pairs) for name, pairs in choices.items()}
    shown: dict[str, list[Choice]] = {}
    for name, values in counted.items():
        rows = [
            (value or "unknown", label, amount) for value, label, amount in values if value or name == "maker"
        ]
        if len(rows) > 1:
            shown[name] = [(v, words[name].get(v, label), n) for v, label, n in rows[:MAX_CHOICES]]
    return shown


@router.post("/review", response_class=RedirectResponse)
def decide(
    context: PageSomeEditor,
    *,
    group: Annotated[Key, Form()],
    devices: Annotated[operations.Devices, Form()],
    verdict: Annotated[Verdict, Form()],
    reason: Annotated[Key, Form()],
    back: Annotated[Line, Query(description="the filter of the page")] = "",
) -> RedirectResponse:
    """Record a decision for the ticked devices, and show the next group with the same reason filled in."""
    operations.judge_group(context, group=group, devices=devices, verdict=verdict, reason=reason)
    return see_other(f"/review?{back}&{urlencode({'reason': reason})}")


@router.post("/review/filters", response_class=RedirectResponse)
def save(
    context: PageSomeEditor, name: Annotated[Line, Form(min_length=1)], back: Annotated[Line, Query()] = ""
) -> RedirectResponse:
    """Save the filter of the page under a name, for this account."""
    save_filter(context.store, name, back, context.actor())
    return see_other(f"/review?{back}")


@router.post("/review/filters/remove", response_class=RedirectResponse)
def remove(context: PageSomeEditor, name: Annotated[Line, Form(min_length=1)]) -> RedirectResponse:
    """Remove a saved filter of this account."""
    forget_filter(context.store, name, context.actor())
    return see_other("/review")
