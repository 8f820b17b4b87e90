"""`/dossiers`, `/activity`: what is said of a party, what was done, its own side, and who is active where."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile

from overzicht.evidence import Finding
from overzicht.reports.dossiers.model import DossierLine, DossierView, VersionView
from overzicht.web.api.models.dossiers import (
    CorrectionAsked,
    DocumentKept,
    EntryAsked,
    EntryKept,
    HeadAsked,
    WithdrawalAsked,
)
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import FIRST, LAST, OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed
from overzicht.web.service import Here
from overzicht.web.uploads import keep_uploads, read_small
from overzicht.workflows.dossiers import fields as typed_fields
from overzicht.workflows.dossiers import keeping
from overzicht.workflows.dossiers.activity import active_in
from overzicht.workflows.dossiers.importing import Imported, ensure_examples, import_file
from overzicht.workflows.dossiers.shelf import version_view
from overzicht.workflows.dossiers.showing import list_dossiers, show_dossier, show_entry

router = APIRouter(tags=["dossiers"])
MOST_DAYS = 6
AskedDay = Annotated[date, Query(ge=FIRST, le=LAST)]


@router.get("/activity", summary="Who is active in a country")
def activity(
    here: Here,
    who: Reader,
    day: OnDay,
    place: Annotated[Key, Query(description="two letters of a country, or EU")],
    party: Annotated[list[Line] | None, Query(max_length=50, description="default: of all dossiers")] = None,
) -> Sequence[Finding]:
    """Return who has a subsidiary, contract or device there, each cited; else that nothing was found."""
    return active_in(here.store, place, day, parties=party or (), allowed=allowed(who))


@router.get("/dossiers", summary="Dossiers")
def dossiers(here: Here, _who: Reader, day: OnDay, paging: Paged) -> Page[DossierLine]:
    """Return the dossiers with what each holds by the day."""
    return paging.cut(list_dossiers(here.store, day))


@router.post("/dossiers", status_code=201, summary="Begin a dossier", openapi_extra={"x-names": True})
def begin(here: Here, who: Editor, asked: HeadAsked) -> DossierLine:
    """Begin a dossier; entries are added to it."""
    title = {"en": asked.title, "nl": asked.title_nl or asked.title}
    head = typed_fields.head_of({"id": asked.id, "about": asked.about, "title": title, "names": asked.names})
    act = act_of(who.name)
    keeping.new_dossier(here.store, head, act)
    (line,) = [line for line in list_dossiers(here.store, act.day) if line.id == head.id]
    return line


@router.post("/dossiers/examples", summary="Bring in the examples")
def examples(here: Here, who: Editor) -> Sequence[Imported]:
    """Take in the dossiers that ship with the product; a dossier of one's own is left alone."""
    return ensure_examples(here.store, act_of(who.name))


@router.post("/dossiers/import", summary="Take a dossier from a file")
def take(here: Here, who: Editor, file: Annotated[UploadFile, File()]) -> Imported:
    """Take a dossier from YAML or JSON; good entries load beside bad ones, which are told."""
    with tempfile.TemporaryDirectory() as folder:
        path = keep_uploads([file], Path(folder))[0]
        return import_file(here.store, path, act_of(who.name))


@router.post("/dossiers/documents", status_code=201, summary="Keep a document")
def document(here: Here, who: Editor, file: Annotated[UploadFile, File()]) -> DocumentKept:
    """Keep the exact bytes of a document; a source names them by this hash, in its field `sha256`."""
    name, content = read_small(file, keeping.MAX_SOURCE_BYTES)
    return DocumentKept(sha256=keeping.keep_source_bytes(here.store, name, content, act_of(who.name)))


@router.get("/dossiers/{dossier_id}", summary="One dossier")
def one(
    here: Here,
    who: Reader,
    day: OnDay,
    dossier_id: Key,
    *,
    known_on: Annotated[date | None, Query(alias="known-on", ge=FIRST, le=LAST)] = None,
    on: Annotated[list[AskedDay] | None, Query(max_length=MOST_DAYS, description="days of listings")] = None,
) -> DossierView:
    """Return a dossier as it was on the day, as the file had it on `known-on`."""
    return show_dossier(
        here.store, dossier_id, day, known_on=known_on, listing_days=on or (), allowed=allowed(who)
    )


@router.post(
    "/dossiers/{dossier_id}/entries",
    status_code=201,
    summary="Add an entry",
    openapi_extra={"x-names": True},
)
def add(here: Here, who: Editor, dossier_id: Key, asked: EntryAsked) -> EntryKept:
    """Add a source, claim, response, step, question to the party, reply or presence."""
    entry_id = asked.id or typed_fields.free_id(here.store, dossier_id, asked.kind)
    entry = typed_fields.entry_of(asked.kind, entry_id, asked.fields)
    return EntryKept(
        dossier=dossier_id, entry=keeping.add_entry(here.store, dossier_id, entry, act_of(who.name))
    )


@router.get("/dossiers/{dossier_id}/entries/{entry_id}", summary="Versions of an entry")
def versions(here: Here, _who: Reader, dossier_id: Key, entry_id: Key) -> list[VersionView]:
    """Return every version of an entry, the newest last."""
    found = show_entry(here.store, dossier_id, entry_id)
    return [version_view(each) for each in found]


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/correct", summary="Correct an entry")
def correct(here: Here, who: Editor, dossier_id: Key, entry_id: Key, asked: CorrectionAsked) -> EntryKept:
    """Keep a corrected version beside the old one."""
    changes = typed_fields.typed_changes(here.store, dossier_id, entry_id, asked.fields)
    keeping.correct(here.store, dossier_id, entry_id, changes, act_of(who.name), asked.reason)
    return EntryKept(dossier=dossier_id, entry=entry_id)


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/withdraw", summary="Withdraw an entry")
def withdraw(here: Here, who: Editor, dossier_id: Key, entry_id: Key, asked: WithdrawalAsked) -> EntryKept:
    """Withdraw an entry: it counts no more and stays to be read."""
    keeping.withdraw(here.store, dossier_id, entry_id, act_of(who.name), asked.reason)
    return EntryKept(dossier=dossier_id, entry=entry_id)
