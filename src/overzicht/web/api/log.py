"""`/log`: who changed what and when. Each entry contains the hash of the entry before it."""

from dataclasses import replace

from fastapi import APIRouter
from pydantic import BaseModel

from overzicht.store.accounts import Role
from overzicht.store.log import BrokenLogError, LogEntry, count_entries, read_entries, verify_log
from overzicht.web.auth import OverallReader
from overzicht.web.paging import Page, Paged

router = APIRouter(prefix="/log", tags=["log"])
CONFIDENTIAL = ("licence ", "denial ", "keep denial", "import denials")  # start of their actions
LICENCE_TASKS = "licence:"  # start of the subject of a task on a case


class LogCheckResponse(BaseModel):
    """Whether the chain of the log is intact; if not, the entry and the reason."""

    is_whole: bool
    entries: int
    fault: str


@router.get("", summary="The log")
def log(context: OverallReader, paging: Paged) -> Page[LogEntry]:
    """Return the entries of the log, newest first.

    Licence cases and denials are confidential (Article 16(7)): only officers see the subject and the details
    of their entries. Every reader sees the hash, so the chain can be checked.
    """
    with context.store.reading() as connection:
        entries = read_entries(connection, offset=paging.offset, limit=paging.size)
        total = count_entries(connection)
    if not context.may(Role.OFFICER):
        entries = [
            replace(entry, subject="", detail={}) if is_confidential(entry) else entry for entry in entries
        ]
    return paging.envelope(entries, total)


def is_confidential(entry: LogEntry) -> bool:
    """Return whether only officers may see the subject of an entry."""
    return entry.action.startswith(CONFIDENTIAL) or entry.subject.startswith(LICENCE_TASKS)


@router.get("/check", summary="Check the log")
def check(context: OverallReader) -> LogCheckResponse:
    """Check the chain of hashes from the first entry to the last."""
    with context.store.reading() as connection:
        try:
            return LogCheckResponse(is_whole=True, entries=verify_log(connection), fault="")
        except BrokenLogError as error:
            entries = count_entries(connection)
            return LogCheckResponse(is_whole=False, entries=entries, fault=error.message)
