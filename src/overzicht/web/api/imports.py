"""`/imports`: inventories offered to the register, looked at row by row, then accepted or rejected."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, File, Query, UploadFile

from overzicht.errors import UnknownNameError
from overzicht.register.model import Outcome, Status
from overzicht.store.jobs import Job
from overzicht.store.register import imports as kept
from overzicht.store.register.devices import Page as RowsPage
from overzicht.store.register.imports import RowView
from overzicht.web.api.models.imports import OfferAsked, Rejecting, RowChoice
from overzicht.web.api.models.shared import Number
from overzicht.web.api.started import Begin
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.import_form import mapping_of
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, check_seen, own_organisation
from overzicht.web.service import Here, Service
from overzicht.web.work import ACCEPT_IMPORT, PREVIEW_IMPORT
from overzicht.workflows.accounts import Principal
from overzicht.workflows.register import importing

router = APIRouter(prefix="/imports", tags=["register"])


@router.get("", summary="Imports")
def imports(
    here: Here,
    who: Reader,
    paging: Paged,
    status: Annotated[Status | None, Query()] = None,
) -> Page[kept.StoredImport]:
    """Return the imports that may be seen, newest first."""
    ids = allowed_ids(here, who, today())
    with here.store.reading() as connection:
        found = kept.list_imports(connection, ids, status)
    return paging.cut(found)


@router.post("", status_code=202, summary="Offer an inventory", openapi_extra={"x-names": True})
def offer(
    begin: Begin,
    here: Here,
    who: SomeEditor,
    file: Annotated[UploadFile, File(description="a spreadsheet, a network scan, answers of devices")],
    asked: Annotated[OfferAsked, Depends()],
) -> Job:
    """Begin to compare an inventory with the register; the job's result names the import, a preview."""
    day = asked.day or today()
    owner = own_organisation(here, who, asked.organisation, day)
    check_changes(here, who, owner)
    mapping = [list(pair) for pair in mapping_of(asked.mapping)]
    parameters = asdict(asked) | {"organisation": owner, "day": day.isoformat(), "mapping": mapping}
    return begin(PREVIEW_IMPORT, parameters, who, [file])


@router.get("/{number}", summary="One import")
def one(here: Here, who: Reader, number: Number) -> kept.StoredImport:
    """Return an import with its counts and what each column was taken for."""
    return seen_import(here, who, number)


@router.get("/{number}/rows", summary="Rows of an import")
def rows(
    here: Here,
    who: Reader,
    number: Number,
    paging: Paged,
    outcome: Annotated[Outcome | None, Query()] = None,
) -> Page[RowView]:
    """Return what each row comes to: all of them, or those of one outcome."""
    seen_import(here, who, number)
    view = importing.show_import(here.store, number, outcome=outcome, page=RowsPage(paging.page, paging.size))
    return paging.envelope(view.rows, view.total)


@router.put("/{number}/rows/{row}/choice", status_code=204, summary="Say what a row is")
def choose(here: Here, who: SomeEditor, number: Number, row: Number, asked: RowChoice) -> None:
    """Keep what a person says of a row that is unclear."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    importing.resolve_row(here.store, number, row, asked.choice, act_of(who.name))


@router.post("/{number}/accept", status_code=202, summary="Accept an import")
def accept(begin: Begin, here: Here, who: SomeEditor, number: Number) -> Job:
    """Begin to write an import into the register; what is unclear and was not chosen stays out."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    return begin(ACCEPT_IMPORT, {"import": number}, who)


@router.post("/{number}/reject", summary="Reject an import")
def reject(here: Here, who: SomeEditor, number: Number, asked: Rejecting) -> kept.StoredImport:
    """Reject a preview; it stays to be read."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    return importing.reject_import(here.store, number, act_of(who.name), asked.reason).import_


def seen_import(here: Service, who: Principal, number: int) -> kept.StoredImport:
    """Return an import; a problem for one that is not there or may not be seen."""
    try:
        with here.store.reading() as connection:
            found = kept.get_import(connection, number)
    except UnknownNameError:  # its message counts imports that somebody may not know of
        raise not_found("import", str(number)) from None
    check_seen(here, who, found.organisation_id, "import", str(number))
    return found
