"""`/imports`: inventories offered to the register, looked at row by row, then accepted or rejected."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from overzicht.errors import UnknownNameError
from overzicht.register.model import Outcome, Status
from overzicht.register.sighting import fields_of
from overzicht.store.register import imports as kept
from overzicht.store.register.devices import Page as RowsPage
from overzicht.store.register.imports import RowView
from overzicht.web.api.models.imports import ImportModel, Rejecting, RowChoice, RowModel
from overzicht.web.api.models.jobs import JobModel
from overzicht.web.api.models.shared import Key, Line, Lines, Number
from overzicht.web.api.started import started
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.import_form import mapping_of
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed_ids, check_changes, check_seen, own_organisation
from overzicht.web.service import Here, Service
from overzicht.web.uploads import keep_uploads
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
) -> Page[ImportModel]:
    """Return the imports that may be seen, newest first."""
    ids = allowed_ids(here, who, today())
    with here.store.reading() as connection:
        found = kept.list_imports(connection, ids, status)
    return paging.cut([ImportModel.of(each) for each in found])


@router.post("", status_code=202, summary="Offer an inventory", openapi_extra={"x-names": True})
def offer(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    request: Request,
    response: Response,
    here: Here,
    who: SomeEditor,
    file: Annotated[UploadFile, File(description="a spreadsheet, a network scan, answers of devices")],
    organisation: Annotated[Key, Form(description="whose equipment it is: an organisation's id")],
    site: Annotated[Line, Form(description="the one site that it is about")] = "",
    day: Annotated[date | None, Form(description="the day on which it was so; default: today")] = None,
    mapping: Annotated[Lines, Form(description="lines of `Column=field`")] = "",
    sheet: Annotated[Line, Form()] = "",
    kind: Annotated[Line, Form()] = "",
    is_whole: Annotated[bool | None, Form(description="whether what it leaves out is gone")] = None,
    again: Annotated[bool, Form(description="take a file that was accepted before once more")] = False,
) -> JobModel:
    """Begin to compare an inventory with the register; the job's result names the import, a preview."""
    owner = own_organisation(here, who, organisation, day or today())
    check_changes(here, who, owner)

    def keep(folder: Path) -> Iterable[Path]:
        return keep_uploads([file], folder)

    parameters = {
        "organisation": owner, "site": site, "day": (day or today()).isoformat(),
        "mapping": [list(pair) for pair in mapping_of(mapping)], "sheet": sheet, "kind": kind,
        "is_whole": is_whole, "again": again,
    }  # fmt: skip
    return started(
        request, response, here.runner.start(PREVIEW_IMPORT, parameters, actor=who.name, keep=keep)
    )


@router.get("/{number}", summary="One import")
def one(here: Here, who: Reader, number: Number) -> ImportModel:
    """Return an import with its counts and what each column was taken for."""
    return ImportModel.of(seen_import(here, who, number))


@router.get("/{number}/rows", summary="Rows of an import")
def rows(
    request: Request,
    here: Here,
    who: Reader,
    number: Number,
    paging: Paged,
    outcome: Annotated[Outcome | None, Query()] = None,
) -> Page[RowModel]:
    """Return what each row comes to: all of them, or those of one outcome."""
    seen_import(here, who, number)
    view = importing.show_import(here.store, number, outcome=outcome, page=RowsPage(paging.page, paging.size))
    words = words_of(request)
    return paging.envelope([RowModel.of(row, values_of(row), words) for row in view.rows], view.total)


@router.put("/{number}/rows/{row}/choice", status_code=204, summary="Say what a row is")
def choose(here: Here, who: SomeEditor, number: Number, row: Number, asked: RowChoice) -> None:
    """Keep what a person says of a row that is unclear."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    importing.resolve_row(here.store, number, row, asked.choice, act_of(who.name))


@router.post("/{number}/accept", status_code=202, summary="Accept an import")
def accept(request: Request, response: Response, here: Here, who: SomeEditor, number: Number) -> JobModel:
    """Begin to write an import into the register; what is unclear and was not chosen stays out."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    return started(request, response, here.runner.start(ACCEPT_IMPORT, {"import": number}, actor=who.name))


@router.post("/{number}/reject", summary="Reject an import")
def reject(here: Here, who: SomeEditor, number: Number, asked: Rejecting) -> ImportModel:
    """Reject a preview; it stays to be read."""
    check_changes(here, who, seen_import(here, who, number).organisation_id)
    view = importing.reject_import(here.store, number, act_of(who.name), asked.reason)
    return ImportModel.of(view.import_)


def seen_import(here: Service, who: Principal, number: int) -> kept.StoredImport:
    """Return an import; a problem for one that is not there or may not be seen."""
    try:
        with here.store.reading() as connection:
            found = kept.get_import(connection, number)
    except UnknownNameError:  # its message counts imports that somebody may not know of
        raise not_found("import", str(number)) from None
    check_seen(here, who, found.organisation_id, "import", str(number))
    return found


def values_of(row: RowView) -> dict[str, str]:
    """Return what a row says, field by field; empty for a device that is gone."""
    if row.sighting is None:
        return {}
    return {name: value for name, value in fields_of(row.sighting).items() if value}
