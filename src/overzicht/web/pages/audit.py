"""The audit trail: log-ins, refusals and readings of confidential records."""

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from overzicht.store.audit import AuditKind
from overzicht.web.api import audit as api
from overzicht.web.auth import PageAdmin
from overzicht.web.paging import Paged

router = APIRouter()


@router.get("/audit", response_class=HTMLResponse)
def events(context: PageAdmin, paging: Paged, filters: api.FiltersOnPage) -> HTMLResponse:
    """Show the events of the audit trail, newest first."""
    page = api.events(context, paging, filters)
    query = {"since": filters.since, "until": filters.until, "kind": filters.kind, "account": filters.account}
    chosen = urlencode({name: str(value) for name, value in query.items() if value})
    return context.render(
        "audit.html",
        events=page.items,
        total=page.total,
        paging=paging,
        filters=filters,
        kinds=context.words.choices(AuditKind),
        export=f"/api/v1/audit/export?{chosen}",
    )
