"""`/alerts`: what list changes mean for the parties in use, as JSON, events and a feed, and where they go."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response, Security
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel, Field

from overzicht.evidence import text
from overzicht.reports.atom import FeedEntry, atom
from overzicht.store import alerts as stored
from overzicht.store.accounts import Role
from overzicht.store.alerts import AlertFilter, ListAlert, ListChange, Message, MessageState, UseKind
from overzicht.store.jobs import Job
from overzicht.web.asof import OnDay
from overzicht.web.auth import Admin, Editor, Reader
from overzicht.web.clock import today
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Number
from overzicht.web.identity import LONGEST_SECRET, program_of
from overzicht.web.paging import Page, Paged
from overzicht.web.service import service_of
from overzicht.web.work import CHECK_ALERTS
from overzicht.workflows.alerts.checking import title_of
from overzicht.workflows.alerts.events import event_of, source_of
from overzicht.workflows.alerts.settings import (
    AlertSettings,
    alert_settings,
    read_alert_settings,
    set_alert_settings,
)

router = APIRouter(prefix="/alerts", tags=["alerts"])
IN_FEED = 200  # the newest alerts
ATOM = "application/atom+xml"


class SettingsRequest(BaseModel):
    """Where alerts are sent. Secrets are settings of the environment, and are not stored."""

    mail: list[Key] = Field(default_factory=list, max_length=50)
    webhook: Line = ""
    with_cases: bool = False
    source: Line = ""


@dataclass(frozen=True, slots=True)
class _Query:
    list_id: Annotated[Line, Query(alias="list")] = ""
    use: Annotated[UseKind | None, Query()] = None
    change: Annotated[Number | None, Query()] = None


Filters = Annotated[_Query, Depends()]


def note_feed_token(
    request: Request,
    given: Annotated[
        HTTPBasicCredentials | None,
        Security(HTTPBasic(auto_error=False, description="a token as the password, with any name")),
    ],
) -> None:
    """Accept a token as the password of HTTP Basic, which feed readers can send."""
    if given is not None:
        request.state.principal = program_of(service_of(request), given.password[:LONGEST_SECRET])


@router.get("", summary="Alerts")
def alerts(context: Reader, day: OnDay, paging: Paged, query: Filters) -> Page[ListAlert]:
    """Return the visible alerts of list versions up to the date, the newest check first."""
    filters = visible(context, AlertFilter(query.list_id, query.use, query.change, until=day))
    with context.store.reading() as connection:
        shown = stored.list_alerts(connection, filters, offset=paging.offset, limit=paging.size)
        return paging.envelope(shown, stored.count_alerts(connection, filters))


@router.get("/changes", summary="Checked versions of lists")
def changes(context: Reader, day: OnDay, paging: Paged) -> Page[ListChange]:
    """Return the versions that were compared with the one before them, the newest check first."""
    with context.store.reading() as connection:
        shown = stored.list_changes(connection, day, offset=paging.offset, limit=paging.size)
        return paging.envelope(shown, stored.count_changes(connection, day))


@router.post("/check", status_code=202, summary="Check new versions")
def check(context: Editor) -> Job:
    """Start to compare new versions with the ones before them. Loading a list does this by itself."""
    return context.start_job(CHECK_ALERTS, {})


@router.get(
    "/feed",
    summary="Feed of alerts",
    response_class=Response,
    responses={200: {"content": {ATOM: {}}, "description": "a feed in the Atom format"}},
)
def feed(_token: Annotated[None, Depends(note_feed_token)], context: Reader) -> Response:
    """Return the newest alerts as an Atom feed. Alerts about licence cases need a setting."""
    with context.store.reading() as connection:
        settings = read_alert_settings(connection)
        filters = visible(context, AlertFilter())
        filters = replace(filters, with_cases=settings.with_cases and filters.with_cases)
        shown = stored.list_alerts(connection, filters, limit=IN_FEED)
        source = source_of(connection)
    base = str(context.service.options.public_address or context.request.base_url).rstrip("/")
    entries = [_entry(alert, base, context) for alert in shown]
    title = context.words.say(text("Overzicht: what list changes mean for us"))
    body = atom(source, title, f"{base}/alerts", context.words.lang.value, entries)
    return Response(body, media_type=ATOM, headers={"Cache-Control": "no-store"})


@router.get("/settings", summary="Where alerts are sent")
def settings(context: Admin) -> AlertSettings:
    """Return where alerts are sent. Tasks and the feed need no setting."""
    return alert_settings(context.store)


@router.put("/settings", summary="Change where alerts are sent")
def change_settings(context: Admin, request: SettingsRequest) -> AlertSettings:
    """Save where alerts are sent from now on."""
    chosen = AlertSettings(tuple(request.mail), request.webhook, request.with_cases, request.source)
    return set_alert_settings(context.store, chosen, context.actor())


@router.get("/messages", summary="Messages about alerts")
def messages(
    context: Admin, paging: Paged, state: Annotated[MessageState | None, Query()] = None
) -> Page[Message]:
    """Return the mails and webhook calls with attempts and last error: failed ones, then the newest first."""
    with context.store.reading() as connection:
        shown = stored.list_messages(connection, state, offset=paging.offset, limit=paging.size)
        return paging.envelope(shown, stored.count_messages(connection, state))


@router.post("/messages/{number}/retry", summary="Send a failed message again")
def retry(context: Admin, number: Number) -> Message:
    """Make a failed message wait again, from its first attempt."""
    actor = context.actor()
    with context.store.writing(actor.name, actor.at) as tx:
        return stored.retry_message(tx, number)


@router.get("/{alert_id}", summary="One alert")
def show(context: Reader, alert_id: Key) -> ListAlert:
    """Return an alert with the changed entries, their reasons and sources."""
    return visible_alert(context, alert_id)


@router.get("/{alert_id}/event", summary="One alert as an event")
def event(context: Reader, alert_id: Key) -> dict[str, Any]:
    """Return an alert as the CloudEvent that a webhook gets (NL GOV profile)."""
    alert = visible_alert(context, alert_id)
    with context.store.reading() as connection:
        return event_of(alert, source_of(connection))


def visible(context: RequestContext, filters: AlertFilter) -> AlertFilter:
    """Return the filter without what the principal may not see."""
    organisations, with_cases = context.allowed_ids(today()), context.may(Role.OFFICER)
    return replace(filters, organisations=organisations, with_cases=with_cases)


def visible_alert(context: RequestContext, alert_id: str) -> ListAlert:
    """Return an alert; UnknownNameError if it does not exist or the principal may not see it."""
    with context.store.reading() as connection:
        return stored.find_alert(connection, alert_id, visible(context, AlertFilter()))


def _entry(alert: ListAlert, base: str, context: RequestContext) -> FeedEntry:
    say = context.words.say
    lines = [say(entry.statement) for entry in alert.entries]
    lines += [f"{entry.citation.title}, {entry.citation.place}" for entry in alert.entries]
    return FeedEntry(
        id=f"urn:uuid:{alert.id}",
        title=say(title_of(alert)),
        updated=alert.at,
        content="\n".join(lines),
        address=f"{base}/alerts/{alert.id}",
        category=alert.use.value,
    )
