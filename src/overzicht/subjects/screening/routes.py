"""`/screening`: screen every party of a file, with or without saving the hits; `/match` for one or a few."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from pydantic import BaseModel, Field

from overzicht.errors import UnknownNameError
from overzicht.sources.lists.registry import load_card
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.jobs import Job
from overzicht.store.runs import StoredRun
from overzicht.subjects.screening.jobs import SCREEN_CUSTOMERS, SCREEN_NAMES
from overzicht.subjects.screening.party_files import Hit, saved_screenings, show_screening
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, OverallReader
from overzicht.web.clock import today
from overzicht.web.fields import Key
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES
from overzicht.workflows import decisions as judging

router = APIRouter(prefix="/screening", tags=["matching"])
MOST_HITS = 500  # that one decision covers


class HitsJudgement(BaseModel):
    """A decision on hits of a saved screening. The reason is required."""

    findings: list[Key] = Field(min_length=1, max_length=MOST_HITS)
    verdict: Verdict
    reason: Key


@router.post("/files", status_code=202, summary="Screen a file and save its hits", openapi_extra=HAS_NAMES)
def screen_file(
    context: Editor,
    file: Annotated[UploadFile, File(description="CSV, XLSX, ODS or JSON lines with a column `name`")],
) -> Job:
    """Start a screening as of today that is saved; it is repeated when a list changes."""
    return context.start_job(SCREEN_CUSTOMERS, {}, [file])


@router.get("/files", summary="Saved screenings")
def files(context: OverallReader, paging: Paged) -> Page[StoredRun]:
    """Return the newest screening of every saved file, newest first."""
    return paging.cut(saved_screenings(context.store))


@router.get("/files/{run_id}", summary="Hits of a saved screening")
def hits(context: OverallReader, day: OnDay, paging: Paged, run_id: Key) -> Page[Hit]:
    """Return the hits by party, first those with a hit without a decision, which is a judgement on it."""
    return paging.cut(show_screening(context.store, run_id, day)[1])


@router.post("/files/{run_id}/again", status_code=202, summary="Screen a saved file again")
def screen_again(context: Editor, run_id: Key) -> Job:
    """Start the screening of the saved file against the lists loaded now."""
    show_screening(context.store, run_id, today())
    return context.start_job(SCREEN_CUSTOMERS, {"again": run_id})


@router.post("/files/{run_id}/judgements", status_code=201, summary="Judge hits", openapi_extra=HAS_NAMES)
def judge_hits(context: Editor, run_id: Key, request: HitsJudgement) -> list[Judgement]:
    """Record one decision on hits of a saved screening, all or none; each can be withdrawn."""
    _, saved = show_screening(context.store, run_id, today())
    for unknown in set(request.findings) - {hit.finding.id for hit in saved}:
        raise UnknownNameError("hit", unknown)
    findings = list(dict.fromkeys(request.findings))
    return judging.judge_all(context.store, findings, request.verdict, request.reason, context.actor())


@router.post("", status_code=202, summary="Screen a file of names", openapi_extra=HAS_NAMES)
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
