"""`/dossiers`, `/activity`: claims about a party, steps, its replies, and who is active where."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Body, File, Query, UploadFile
from pydantic import BaseModel, Field, StringConstraints

from overzicht.evidence import Finding
from overzicht.subjects.dossiers import fields as typed_fields
from overzicht.subjects.dossiers import keeping
from overzicht.subjects.dossiers.activity import active_in
from overzicht.subjects.dossiers.importing import Imported, ensure_examples, import_file
from overzicht.subjects.dossiers.model import EntryKind
from overzicht.subjects.dossiers.shelf import version_view
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier, show_entry
from overzicht.subjects.dossiers.views import DossierLine, DossierView, VersionView
from overzicht.web.asof import FIRST, LAST, OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES
from overzicht.web.uploads import keep_uploads, read_small

router = APIRouter(tags=["dossiers"])
MAX_DAYS = 6
ListingDay = Annotated[date, Query(ge=FIRST, le=LAST)]
EntryName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)]
EntryFields = Annotated[dict[Key, Lines], Field(max_length=60)]


class DossierRequest(BaseModel):
    """A new dossier; without a Dutch title the other title is used for both languages."""

    id: EntryName
    about: Key
    title: Line
    title_nl: Line = ""
    names: list[Line] = Field(default_factory=list, max_length=50)


class EntryRequest(BaseModel):
    """A new entry: its kind and fields as texts, as in the command; without an id one is made."""

    kind: EntryKind
    id: EntryName = ""
    fields: EntryFields


class CorrectionRequest(BaseModel):
    """The changed fields of an entry, and the reason."""

    fields: EntryFields
    reason: Line


class SavedEntry(BaseModel):
    """The entry that was added or changed."""

    dossier: str
    entry: str


class SavedDocument(BaseModel):
    """The hash of a stored document."""

    sha256: str


@router.get("/activity", summary="Activity in a country")
def activity(
    context: Reader,
    day: OnDay,
    place: Annotated[Key, Query(description="two letters of a country, or EU")],
    party: Annotated[list[Line] | None, Query(max_length=50, description="default: of all dossiers")] = None,
) -> Sequence[Finding]:
    """Return who has a subsidiary, contract or device there, each cited, or that nothing was found."""
    return active_in(context.store, place, day, parties=party or (), allowed=context.allowed)


@router.get("/dossiers", summary="Dossiers")
def dossiers(context: Reader, day: OnDay, paging: Paged) -> Page[DossierLine]:
    """Return the dossiers with their contents on the date."""
    return paging.cut(list_dossiers(context.store, day))


@router.post("/dossiers", status_code=201, summary="Start a dossier", openapi_extra=HAS_NAMES)
def begin(context: Editor, request: DossierRequest) -> DossierLine:
    """Start a dossier, to which entries can be added."""
    title = {"en": request.title, "nl": request.title_nl or request.title}
    head = typed_fields.head_of(
        {"id": request.id, "about": request.about, "title": title, "names": request.names}
    )
    actor = context.actor()
    keeping.new_dossier(context.store, head, actor)
    (line,) = [line for line in list_dossiers(context.store, actor.day) if line.id == head.id]
    return line


@router.post("/dossiers/examples", summary="Add the examples")
def examples(context: Editor) -> Sequence[Imported]:
    """Import the packaged dossiers. Your own dossiers do not change."""
    return ensure_examples(context.store, context.actor())


@router.post("/dossiers/import", summary="Import a dossier from a file")
def import_dossier(context: Editor, file: Annotated[UploadFile, File()]) -> Imported:
    """Import a dossier from YAML or JSON. Valid entries are loaded; the others are reported."""
    with tempfile.TemporaryDirectory() as folder:
        return import_file(context.store, keep_uploads([file], Path(folder))[0], context.actor())


@router.post("/dossiers/documents", status_code=201, summary="Store a document")
def document(context: Editor, file: Annotated[UploadFile, File()]) -> SavedDocument:
    """Store the exact bytes of a document. A source refers to it by this hash, in its field `sha256`."""
    name, content = read_small(file, keeping.MAX_SOURCE_BYTES)
    return SavedDocument(sha256=keeping.keep_source_bytes(context.store, name, content, context.actor()))


@router.get("/dossiers/{dossier_id}", summary="One dossier")
def show(
    context: Reader,
    day: OnDay,
    dossier_id: Key,
    *,
    known_on: Annotated[date | None, Query(alias="knownOn", ge=FIRST, le=LAST)] = None,
    on: Annotated[
        list[ListingDay] | None, Query(max_length=MAX_DAYS, description="dates of listings")
    ] = None,
) -> DossierView:
    """Return a dossier on the date, with what was recorded in it until `knownOn`."""
    return show_dossier(
        context.store, dossier_id, day, known_on=known_on, listing_days=on or (), allowed=context.allowed
    )


@router.post(
    "/dossiers/{dossier_id}/entries", status_code=201, summary="Add an entry", openapi_extra=HAS_NAMES
)
def add(context: Editor, dossier_id: Key, request: EntryRequest) -> SavedEntry:
    """Add a source, claim, response, step, question to the party, reply or presence."""
    entry_id = request.id or typed_fields.free_id(context.store, dossier_id, request.kind)
    entry = typed_fields.entry_of(request.kind, entry_id, request.fields)
    entry_id = keeping.add_entry(context.store, dossier_id, entry, context.actor())
    return SavedEntry(dossier=dossier_id, entry=entry_id)


@router.get("/dossiers/{dossier_id}/entries/{entry_id}", summary="Versions of an entry")
def versions(context: Reader, dossier_id: Key, entry_id: Key) -> list[VersionView]:
    """Return every version of an entry, the newest last."""
    return [version_view(version) for version in show_entry(context.store, dossier_id, entry_id)]


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/correct", summary="Correct an entry")
def correct(context: Editor, dossier_id: Key, entry_id: Key, request: CorrectionRequest) -> SavedEntry:
    """Add a corrected version. The old version remains visible."""
    changes = typed_fields.typed_changes(context.store, dossier_id, entry_id, request.fields)
    keeping.correct(context.store, dossier_id, entry_id, changes, context.actor(), request.reason)
    return SavedEntry(dossier=dossier_id, entry=entry_id)


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/withdraw", summary="Withdraw an entry")
def withdraw(
    context: Editor, dossier_id: Key, entry_id: Key, reason: Annotated[Line, Body(embed=True)]
) -> SavedEntry:
    """Withdraw an entry. It no longer counts but remains visible."""
    keeping.withdraw(context.store, dossier_id, entry_id, context.actor(), reason)
    return SavedEntry(dossier=dossier_id, entry=entry_id)
