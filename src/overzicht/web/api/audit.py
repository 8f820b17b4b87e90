"""`/audit`: the audit trail."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from overzicht.dates import read_iso_date
from overzicht.store import audit
from overzicht.store.audit import AuditEvent, AuditFilter, AuditKind
from overzicht.web.auth import Admin
from overzicht.web.fields import FormDate, Line
from overzicht.web.paging import Page, Paged
from overzicht.web.uploads import attachment
from overzicht.workflows.audit import json_lines

router = APIRouter(prefix="/audit", tags=["log"])
JSON_LINES = "application/x-ndjson"


def audit_filter(
    since: Annotated[date | None, Query(description="first date")] = None,
    until: Annotated[date | None, Query(description="last date")] = None,
    kind: Annotated[AuditKind | None, Query()] = None,
    account: Annotated[Line, Query()] = "",
) -> AuditFilter:
    """Return the filter of events that a request gives."""
    return AuditFilter(since, until, kind, account)


def page_filter(
    since: FormDate = "", until: FormDate = "", kind: Line = "", account: Line = ""
) -> AuditFilter:
    """Return the filter of events that a form of filters gives; an empty field does not restrict."""
    first, last = (read_iso_date(day) if day else None for day in (since, until))
    return AuditFilter(first, last, AuditKind(kind) if kind in list(AuditKind) else None, account)


Filters = Annotated[AuditFilter, Depends(audit_filter)]
FiltersOnPage = Annotated[AuditFilter, Depends(page_filter)]


@router.get("", summary="The audit trail")
def events(context: Admin, paging: Paged, filters: Filters) -> Page[AuditEvent]:
    """Return log-ins, refusals and readings of confidential records, newest first."""
    context.service.audit.flush()
    with context.store.reading() as connection:
        lines = audit.newest_events(connection, filters, offset=paging.offset, limit=paging.size)
        return paging.envelope(lines, audit.count_events(connection, filters))


@router.get(
    "/export",
    summary="The audit trail as JSON lines",
    response_class=StreamingResponse,
    responses={200: {"content": {JSON_LINES: {}}, "description": "an event per line, oldest first"}},
)
def export(context: Admin, filters: Filters) -> StreamingResponse:
    """Return the events as lines of JSON, oldest first, for a system that watches over logs (SIEM)."""
    context.service.audit.flush()

    headers = {"Cache-Control": "no-store", **attachment("audit.jsonl")}
    return StreamingResponse(json_lines(context.store, filters), media_type=JSON_LINES, headers=headers)
