"""`/runs`: stored overviews, their findings and sources, and the reasons for a finding.

A run does not state the organisation of its inventories, so a grant for one organisation does not open it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from pydantic import BaseModel
from sqlalchemy import Connection

from overzicht.evidence import Answer, Citation, Finding, FindingKind
from overzicht.store import decisions
from overzicht.store.decisions import Judgement
from overzicht.store.jobs import Job
from overzicht.store.runs import StoredRun, find_run, findings_of, list_runs
from overzicht.subjects.overview.explanation import chain, named_subjects
from overzicht.subjects.overview.jobs import OVERVIEW
from overzicht.subjects.screening.party_files import COMMAND as CUSTOMERS
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, OverallReader
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found

router = APIRouter(prefix="/runs", tags=["runs"])
NEWEST = "newest"


class ChainResponse(BaseModel):
    """All reasons: findings about the subject, then about its manufacturer, then about the owners."""

    run: str
    subjects: Sequence[str]
    findings: Sequence[Finding]
    judgements: Sequence[Judgement]


@router.get("", summary="All stored runs")
def runs(context: OverallReader, paging: Paged) -> Page[StoredRun]:
    """Return the runs, newest first."""
    with context.store.reading() as connection:
        return paging.cut(list_runs(connection))


@dataclass(frozen=True, slots=True)
class OverviewForm:
    """How to read inventories; the fields of a form next to the files."""

    sheet: Annotated[Line, Form(description="the sheet of a workbook to read")] = ""
    kind: Annotated[Line, Form(description="the format of the files; default: recognised")] = ""
    include: Annotated[Lines, Form(description="lines that name what is left out by itself")] = ""
    accept_reading: Annotated[bool, Form(description="accept a guessed reading")] = False


@router.post("", status_code=202, summary="Make an overview")
def make(
    context: Editor,
    day: OnDay,
    files: Annotated[list[UploadFile], File(description="inventories", max_length=50)],
    form: Annotated[OverviewForm, Depends()],
) -> Job:
    """Start an overview of inventories: spreadsheets, network scans, replies of devices."""
    parameters = asdict(form) | {"as_of": day.isoformat(), "include": form.include.splitlines()}
    return context.start_job(OVERVIEW, parameters, files)


@router.get("/{run_id}", summary="One run")
def show(context: OverallReader, run_id: Key) -> StoredRun:
    """Return a run by its id, the start of it, or `newest`."""
    with context.store.reading() as connection:
        return _run(connection, run_id)


@router.get("/{run_id}/findings", summary="The findings of a run")
def findings(
    context: OverallReader,
    run_id: Key,
    paging: Paged,
    kind: FindingKind | None = None,
    answer: Answer | None = None,
) -> Page[Finding]:
    """Return the findings of a run: all, or those of a kind or with an answer."""
    with context.store.reading() as connection:
        stored = findings_of(connection, _run(connection, run_id).id)
    return paging.cut([f for f in stored if kind in (None, f.kind) and answer in (None, f.answer)])


@router.get("/{run_id}/citations", summary="The sources of a run")
def citations(context: OverallReader, run_id: Key, paging: Paged) -> Page[Citation]:
    """Return every citation of the findings of a run once."""
    with context.store.reading() as connection:
        stored = findings_of(connection, _run(connection, run_id).id)
    cited = {citation.key: citation for finding in stored for citation in finding.citations}
    return paging.cut([cited[key] for key in sorted(cited)])


@router.get("/{run_id}/explain", summary="The reasons for a finding")
def explain(
    context: OverallReader,
    run_id: Key,
    subject: Annotated[
        Key, Query(description="an asset number, an address, a MAC, a manufacturer's name or an id")
    ],
) -> ChainResponse:
    """Return all reasons for a device or a party of a run."""
    with context.store.reading() as connection:
        run = _run(connection, run_id)
        subjects = named_subjects(connection, run.id, subject)
        if not subjects:
            raise not_found(f"device or party in {run.id}", subject)
        reasons = [finding for link in chain(connection, run.id, subjects) for finding in link.findings]
        judgements = [j for finding in reasons for j in decisions.judgements_on(connection, finding.id)]
    return ChainResponse(run=run.id, subjects=subjects, findings=reasons, judgements=judgements)


def _run(connection: Connection, run_id: str) -> StoredRun:
    """Return the run of an id, of the start of one, or the newest; a problem if there is none."""
    newest = next((run for run in list_runs(connection) if run.command != CUSTOMERS), None)
    run = newest if run_id == NEWEST else find_run(connection, run_id)
    if run is None:
        raise not_found("run", run_id)
    return run
