"""`/me`, `/log` and `/store`: the account, the log, and checks and copies for administrators.

Each entry of the log contains the hash of the entry before it.
"""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel, Field

from overzicht.store.accounts import Grant, Role
from overzicht.store.jobs import Job
from overzicht.store.log import BrokenLogError, LogEntry, count_entries, read_entries, verify_log
from overzicht.store.register.subjects import CASES
from overzicht.web.auth import Admin, OverallReader, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.work import BACKUP, EXPORT, TEST_RESTORE, VERIFY

router = APIRouter()
CONFIDENTIAL = ("licence ", "denial ", "keep denial", "import denials")  # start of their actions


class MeResponse(BaseModel):
    """An account and its roles; `name` is empty for the local reader.

    A grant for the empty organisation is for all organisations.
    """

    name: str
    is_local: bool
    grants: tuple[Grant, ...]


@router.get("/me", tags=["me"], summary="The account of this request")
def me(context: Reader) -> MeResponse:
    """Return the account of the token or session, and its roles."""
    principal = context.principal
    return MeResponse(name=principal.name, is_local=principal.is_local, grants=tuple(principal.grants))


class LogCheckResponse(BaseModel):
    """Whether the chain of the log is intact; if not, the entry and the reason."""

    is_whole: bool
    entries: int
    fault: str


@router.get("/log", tags=["log"], summary="The log")
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
    return entry.action.startswith(CONFIDENTIAL) or entry.subject.startswith(CASES)


@router.get("/log/check", tags=["log"], summary="Check the log")
def check_log(context: OverallReader) -> LogCheckResponse:
    """Check the chain of hashes from the first entry to the last."""
    with context.store.reading() as connection:
        try:
            return LogCheckResponse(is_whole=True, entries=verify_log(connection).entries, fault="")
        except BrokenLogError as error:
            entries = count_entries(connection)
            return LogCheckResponse(is_whole=False, entries=entries, fault=error.message)


class CheckRequest(BaseModel):
    """A check; `anchor` is (the start of) a hash of the log that you noted earlier."""

    anchor: Annotated[str, Field(pattern=r"^([0-9a-f]{12,64})?$")] = ""
    reindex: Annotated[bool, Field(description="rebuild the lookup tables first")] = False


@router.post("/store/check", tags=["store"], status_code=202, summary="Check the store")
def check_store(context: Admin, request: CheckRequest) -> Job:
    """Start a check of the log's chain, and of raw files, records and lookup tables."""
    return context.start_job(VERIFY, request.model_dump())


@router.post("/store/export", tags=["store"], status_code=202, summary="Export the store")
def export(context: Admin) -> Job:
    """Start an export of the store to one file. Only an administrator can download it from the job."""
    return context.start_job(EXPORT, {})


@router.post("/store/backup", tags=["store"], status_code=202, summary="Back up the store")
def backup(context: Admin) -> Job:
    """Start a copy of the store to the folder `backup` in its home. Copy that folder to another place."""
    return context.start_job(BACKUP, {})


@router.post("/store/restore-test", tags=["store"], status_code=202, summary="Try a restore")
def try_restore(
    context: Admin, file: Annotated[UploadFile, File(description="a file of the export of a store")]
) -> Job:
    """Start a restore of a file in a separate folder, and its check. The folder is then removed."""
    return context.start_job(TEST_RESTORE, {}, [file])
