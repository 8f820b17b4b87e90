"""`/compare`: what changed in the register between two dates or imports, also as a file."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.register.merging import Level
from overzicht.reports.comparison.content import comparison_document
from overzicht.reports.comparison.difference import RegisterComparison
from overzicht.reports.interface import FORMATS, Format
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register.differences import NUMBER_DIGITS, compare_points
from overzicht.subjects.register.imports.routes import visible_import
from overzicht.web.auth import Reader
from overzicht.web.clock import now, today
from overzicht.web.fields import Line
from overzicht.web.problems import HAS_NAMES
from overzicht.web.uploads import attachment

router = APIRouter(prefix="/compare", tags=["register"])
Point = Annotated[
    str, Query(pattern=r"^[0-9-]{1,10}$", description="a date, or the number of an accepted import")
]
DocumentForm = Literal["html", "pdf", "docx", "odt"]


@router.get("", summary="Changes between two dates or imports", openapi_extra=HAS_NAMES)
def compare(
    context: Reader,
    first: Annotated[Point, Query(alias="from")],
    second: Annotated[Point, Query(alias="to")],
    organisation: Annotated[Line, Query(description="an organisation's id, with all below it")] = "",
) -> RegisterComparison:
    """Return devices, listings, decisions and plans that changed after the first date, up to the second."""
    for point in (first, second):
        if point.isdecimal() and len(point) <= NUMBER_DIGITS:
            visible_import(context, int(point))
    owner = context.own_organisation(organisation, today())
    filters = DeviceFilter(today(), organisation=owner, allowed=context.allowed)
    return compare_points(context.store, first, second, filters, Actor(today(), SYSTEM_ACTOR, now()))


@router.get("/file", summary="Changes as a document", response_class=Response, openapi_extra=HAS_NAMES)
def file(
    context: Reader,
    first: Annotated[Point, Query(alias="from")],
    second: Annotated[Point, Query(alias="to")],
    form: Annotated[DocumentForm, Query(description="the file format")] = "pdf",
    organisation: Annotated[Line, Query()] = "",
    level: Annotated[Level | None, Query(description="level of detail for others")] = None,
) -> Response:
    """Return the changes as a document for a council: the conclusion first."""
    from overzicht.reports.document_files import DOCUMENT_FILES  # noqa: PLC0415 - templates are slow to load

    changes = compare(context, first, second, organisation)
    described = FORMATS[Format(form)]
    content = DOCUMENT_FILES[described.ending](comparison_document(changes, context.words.lang, level))
    name = f"overzicht-{changes.before.isoformat()}-{changes.after.isoformat()}{described.ending}"
    return Response(content, media_type=described.media_type, headers=attachment(name))
