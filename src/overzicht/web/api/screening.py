"""`/screening`: screen every party of a file; use `/match` for one or a few."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile

from overzicht.sources.lists.registry import load_card
from overzicht.store.jobs import Job
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor
from overzicht.web.fields import Key
from overzicht.web.work import SCREEN_NAMES

router = APIRouter(prefix="/screening", tags=["matching"])


@router.post("", status_code=202, summary="Screen a file of names", openapi_extra={"x-names": True})
def screen(
    context: Editor,
    day: OnDay,
    file: Annotated[UploadFile, File(description="CSV, XLSX, ODS or JSON lines with a column `name`")],
    lists: Annotated[list[Key] | None, Form(max_length=50, description="default: all lists")] = None,
    threshold: Annotated[float | None, Form(ge=0, le=1)] = None,
) -> Job:
    """Start a screening. The file of the job has a line of JSON per party, with every list's answer."""
    for list_id in lists or ():
        load_card(list_id)
    parameters = {"as_of": day.isoformat(), "lists": lists or [], "threshold": threshold}
    return context.start_job(SCREEN_NAMES, {**parameters, "lang": context.words.lang.value}, [file])
