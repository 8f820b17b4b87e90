"""`/log`: who changed what and when, each entry chained to the one before it."""

from fastapi import APIRouter

from overzicht.store.log import BrokenLogError, LogEntry, count_entries, read_entries, verify_log
from overzicht.web.api.models.log import LogCheckModel
from overzicht.web.auth import OverallReader
from overzicht.web.log_view import seen_entries
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here

router = APIRouter(prefix="/log", tags=["log"])


@router.get("", summary="The log")
def log(here: Here, who: OverallReader, paging: Paged) -> Page[LogEntry]:
    """Return the entries of the log, newest first; what cases and denials are about only to officers."""
    with here.store.reading() as connection:
        entries = read_entries(connection, offset=paging.offset, limit=paging.size)
        seen = seen_entries(entries, who)
        return paging.envelope(seen, count_entries(connection))


@router.get("/check", summary="Whether the log is whole")
def check(here: Here, _who: OverallReader) -> LogCheckModel:
    """Check the chain of hashes from the first entry to the last."""
    with here.store.reading() as connection:
        try:
            return LogCheckModel(is_whole=True, entries=verify_log(connection), fault="")
        except BrokenLogError as error:
            return LogCheckModel(is_whole=False, entries=count_entries(connection), fault=error.message)
