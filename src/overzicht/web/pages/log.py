"""The log of all changes."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from overzicht.store.log import count_entries, read_entries
from overzicht.web.auth import OverallReader
from overzicht.web.log_view import seen_entries
from overzicht.web.page import render
from overzicht.web.paging import Paged
from overzicht.web.service import Here

router = APIRouter()


@router.get("/log", response_class=HTMLResponse)
def log(request: Request, here: Here, who: OverallReader, paging: Paged) -> HTMLResponse:
    """Show who changed what and when, newest first."""
    with here.store.reading() as connection:
        entries = read_entries(connection, offset=paging.offset, limit=paging.size)
        total = count_entries(connection)
    return render(request, "log.html", entries=seen_entries(entries, who), total=total, paging=paging)
