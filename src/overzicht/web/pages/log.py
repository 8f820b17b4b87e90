"""The log of all changes."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from overzicht.web.api import log as api
from overzicht.web.auth import PageOverallReader
from overzicht.web.paging import Paged

router = APIRouter()


@router.get("/log", response_class=HTMLResponse)
def log(context: PageOverallReader, paging: Paged) -> HTMLResponse:
    """Show who changed what and when, newest first."""
    page = api.log(context, paging)
    return context.render("log.html", entries=page.items, total=page.total, paging=paging)
