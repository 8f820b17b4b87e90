"""`/alerts/feed`: what list changes mean for the parties in use, for feed readers."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response, Security
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from overzicht.evidence import text
from overzicht.reports.atom import FeedEntry, atom
from overzicht.store import alerts as stored
from overzicht.store.alerts import AlertFilter, ListAlert
from overzicht.subjects.alerts.alerts import visible
from overzicht.subjects.alerts.events import source_of
from overzicht.subjects.alerts.settings import read_alert_settings
from overzicht.subjects.lists.followers import title_of
from overzicht.web.auth import Reader
from overzicht.web.context import RequestContext
from overzicht.web.identity import LONGEST_SECRET, program_of
from overzicht.web.service import service_of

router = APIRouter(prefix="/alerts", tags=["alerts"])
IN_FEED = 200  # the newest alerts
ATOM = "application/atom+xml"


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
