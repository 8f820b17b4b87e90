"""`/screening`: ask the lists about every party of a file; one or a few go through `/match`."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.web.api.models.shared import Key
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor
from overzicht.web.language import language_of
from overzicht.web.work import SCREEN_NAMES

router = APIRouter(prefix="/screening", tags=["matching"])


@router.post("", status_code=202, summary="Screen a file of names", openapi_extra={"x-names": True})
def screen(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    request: Request,
    begin: Begin,
    who: Editor,
    day: OnDay,
    file: Annotated[UploadFile, File(description="CSV, XLSX, ODS or JSON lines with a column `name`")],
    lists: Annotated[list[Key] | None, Form(max_length=50, description="none: all")] = None,
    threshold: Annotated[float | None, Form(ge=0, le=1)] = None,
) -> Job:
    """Begin to ask; the job's file then holds a line of JSON per party, with every list's answer."""
    for list_id in lists or ():
        load_card(list_id)

    parameters = {
        "as_of": day.isoformat(),
        "lists": lists or [],
        "threshold": threshold,
        "lang": language_of(request).value,
    }
    return begin(SCREEN_NAMES, parameters, who, [file])
