"""`/imports`: inventories for the register, checked row by row, then accepted or rejected."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Depends, File, Form, Query, UploadFile
from pydantic import StringConstraints

from overzicht.errors import UnknownNameError
from overzicht.register.terms import Outcome, Status
from overzicht.store.jobs import Job
from overzicht.store.register import imports as stored
from overzicht.store.register.devices import Page as RowsPage
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.jobs import ACCEPT_IMPORT, PREVIEW_IMPORT
from overzicht.subjects.register.imports.undoing import undo_import
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Lines, Number
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES, not_found

router = APIRouter(prefix="/imports", tags=["register"])
MAX_COLUMNS = 200
Choice = Annotated[
    str, StringConstraints(pattern=r"^(|new|skip|(replaces:)?device-[0-9a-f]{16})$", max_length=60)
]


@dataclass(frozen=True, slots=True)
class ImportForm:
    """How to read an inventory; the fields of a form next to its file."""

    organisation: Annotated[Key, Form(description="id of the organisation that has the equipment")]
    site: Annotated[Line, Form(description="the site of all its devices")] = ""
    day: Annotated[date | None, Form(description="date of the inventory; default: today")] = None
    mapping: Annotated[Lines, Form(description="lines of `Column=field`")] = ""
    sheet: Annotated[Line, Form()] = ""
    kind: Annotated[Line, Form()] = ""
    is_whole: Annotated[bool | None, Form(description="whether devices that are not in it are gone")] = None
    again: Annotated[bool, Form(description="read a file again that was accepted before")] = False
    include: Annotated[Lines, Form(description="lines that name what is left out by itself")] = ""
    accept_reading: Annotated[bool, Form(description="accept a guessed reading")] = False


def mapping_of(lines: str) -> list[list[str]]:
    r"""Return [column, field] for lines of `Column=field`; a line without an equals sign is ignored.

    >>> mapping_of("Type nr=model\nOpm.=")
    [['Type nr', 'model'], ['Opm.', '']]
    """
    pairs = (line.rpartition("=") for line in lines.splitlines()[:MAX_COLUMNS])
    return [[column.strip(), field.strip()] for column, sign, field in pairs if sign and column.strip()]


@router.get("", summary="Imports")
def imports(
    context: Reader, paging: Paged, status: Annotated[Status | None, Query()] = None
) -> Page[StoredImport]:
    """Return the visible imports, newest first."""
    ids = context.allowed_ids(today())
    with context.store.reading() as connection:
        return paging.cut(stored.list_imports(connection, ids, status))


@router.post("", status_code=202, summary="Upload an inventory", openapi_extra=HAS_NAMES)
def offer(
    context: SomeEditor,
    file: Annotated[UploadFile, File(description="a spreadsheet, a network scan, or replies of devices")],
    form: Annotated[ImportForm, Depends()],
) -> Job:
    """Start to compare an inventory with the register. The result of the job names the import, a preview."""
    day = form.day or today()
    owner = context.own_organisation(form.organisation, max(day, today()))
    context.check_changes(owner)
    changed = {
        "organisation": owner,
        "day": day.isoformat(),
        "mapping": mapping_of(form.mapping),
        "include": form.include.splitlines(),
    }
    return context.start_job(PREVIEW_IMPORT, asdict(form) | changed, [file])


@router.get("/{number}", summary="One import")
def show(context: Reader, number: Number) -> StoredImport:
    """Return an import with its counts and the field of each column."""
    return visible_import(context, number)


@router.get("/{number}/rows", summary="Rows of an import")
def rows(
    context: Reader, number: Number, paging: Paged, outcome: Annotated[Outcome | None, Query()] = None
) -> Page[RowView]:
    """Return the outcome of each row: all rows, or those with one outcome."""
    visible_import(context, number)
    page = RowsPage(paging.page, paging.size)
    view = importing.show_import(context.store, number, outcome=outcome, page=page)
    return paging.envelope(view.rows, view.total)


@router.put("/{number}/rows/{row}/choice", status_code=204, summary="Choose the device of a row")
def choose(
    context: SomeEditor, number: Number, row: Number, choice: Annotated[Choice, Body(embed=True)]
) -> None:
    """Save the choice for an unclear row: a device's id, `new`, `skip`, or `replaces:` with a device's id.

    An empty choice removes the earlier one.
    """
    check_import(context, number)
    importing.resolve_row(context.store, number, row, choice, context.actor())


@router.post("/{number}/accept", status_code=202, summary="Accept an import")
def accept(
    context: SomeEditor,
    number: Number,
    confirm_retired: Annotated[
        bool, Body(embed=True, description="accept that more than 20 % of the devices are no longer in use")
    ] = False,
) -> Job:
    """Start to save an import in the register. Unclear rows without a choice are left out.

    An import after which more than 20 % of the devices are no longer in use is refused until it is confirmed.
    """
    import_ = check_import(context, number)
    importing.check_retirement(import_, confirm_retired=confirm_retired)
    parameters = {"import": number, "organisation": import_.organisation_id, "confirm": confirm_retired}
    return context.start_job(ACCEPT_IMPORT, parameters)


@router.post("/{number}/reject", summary="Reject an import")
def reject(
    context: SomeEditor, number: Number, reason: Annotated[Line, Body(embed=True)] = ""
) -> StoredImport:
    """Reject a preview. It remains visible."""
    check_import(context, number)
    return importing.reject_import(context.store, number, context.actor(), reason).import_


@router.post("/{number}/undo", summary="Undo an accepted import")
def undo(context: SomeEditor, number: Number, reason: Annotated[Line, Body(embed=True)] = "") -> StoredImport:
    """Take back an import: the register is as it was before. The import remains visible.

    It is refused if a later import, change, plan or decision uses what the import wrote.
    """
    check_import(context, number)
    return undo_import(context.store, number, context.actor(), reason).import_


def visible_import(context: RequestContext, number: int) -> StoredImport:
    """Return an import; a problem if it does not exist or the principal may not see it."""
    try:
        with context.store.reading() as connection:
            import_ = stored.get_import(connection, number)
    except UnknownNameError:  # its message counts imports that the principal may not see
        raise not_found("import", str(number)) from None
    context.check_seen(import_.organisation_id, "import", str(number))
    return import_


def check_import(context: RequestContext, number: int) -> StoredImport:
    """Return an import; a problem if the principal may not change it."""
    import_ = visible_import(context, number)
    context.check_changes(import_.organisation_id)
    return import_
