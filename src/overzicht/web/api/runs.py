"""`/runs`: overviews that were made, their findings and sources, and why something was found.

A run says not of which organisation its inventories are, so a grant for one organisation does not open it.
"""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile
from sqlalchemy import Connection

from overzicht.evidence import Answer, Citation, Finding, FindingKind
from overzicht.store import decisions
from overzicht.store.jobs import Job
from overzicht.store.runs import StoredRun, find_run, findings_of, list_runs
from overzicht.web.api.models.runs import ChainModel
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.api.started import Begin
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, OverallReader
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here
from overzicht.web.work import OVERVIEW
from overzicht.workflows.explain import chain, named_subjects

router = APIRouter(prefix="/runs", tags=["runs"])
NEWEST = "newest"


@router.get("", summary="All runs that are kept")
def runs(here: Here, _who: OverallReader, paging: Paged) -> Page[StoredRun]:
    """Return the runs, newest first."""
    with here.store.reading() as connection:
        return paging.cut(list_runs(connection))


@router.post("", status_code=202, summary="Make an overview")
def make(
    begin: Begin,
    who: Editor,
    day: OnDay,
    files: Annotated[list[UploadFile], File(description="inventories", max_length=50)],
    sheet: Annotated[Line, Form(description="the one sheet of a workbook to read")] = "",
    kind: Annotated[Line, Form(description="what the files are, where that is not recognised")] = "",
) -> Job:
    """Begin an overview of inventories: spreadsheets, network scans, answers of devices."""
    parameters = {"as_of": day.isoformat(), "sheet": sheet, "kind": kind}
    return begin(OVERVIEW, parameters, who, files)


@router.get("/{run_id}", summary="One run")
def one(here: Here, _who: OverallReader, run_id: Key) -> StoredRun:
    """Return a run by its id, the start of it, or `newest`."""
    with here.store.reading() as connection:
        return chosen_run(connection, run_id)


@router.get("/{run_id}/findings", summary="What a run found")
def findings(
    here: Here,
    _who: OverallReader,
    run_id: Key,
    paging: Paged,
    kind: FindingKind | None = None,
    answer: Answer | None = None,
) -> Page[Finding]:
    """Return the findings of a run, all of them or those of a kind or an answer."""
    with here.store.reading() as connection:
        found = findings_of(connection, chosen_run(connection, run_id).id)
    fitting = [f for f in found if kind in (None, f.kind) and answer in (None, f.answer)]
    return paging.cut(fitting)


@router.get("/{run_id}/citations", summary="On what a run rests")
def citations(here: Here, _who: OverallReader, run_id: Key, paging: Paged) -> Page[Citation]:
    """Return every citation of the findings of a run once."""
    with here.store.reading() as connection:
        found = findings_of(connection, chosen_run(connection, run_id).id)
    cited = {citation.key: citation for finding in found for citation in finding.citations}
    return paging.cut([cited[key] for key in sorted(cited)])


@router.get("/{run_id}/explain", summary="Why")
def explain(
    here: Here,
    _who: OverallReader,
    run_id: Key,
    subject: Annotated[Key, Query(description="an asset number, an address, a MAC, a maker's name or an id")],
) -> ChainModel:
    """Return the whole chain of reasons for a device or a party of a run."""
    with here.store.reading() as connection:
        run = chosen_run(connection, run_id)
        subjects = named_subjects(connection, run.id, subject)
        if not subjects:
            raise not_found(f"device or party in {run.id}", subject)
        found = [finding for link in chain(connection, run.id, subjects) for finding in link.findings]
        judged = [each for finding in found for each in decisions.judgements_on(connection, finding.id)]
    return ChainModel(run=run.id, subjects=subjects, findings=found, judgements=judged)


def chosen_run(connection: Connection, run_id: str) -> StoredRun:
    """Return the run of an id, of the start of one, or the newest; a problem when there is none."""
    newest = next(iter(list_runs(connection)), None)
    found = newest if run_id == NEWEST else find_run(connection, run_id)
    if found is None:
        raise not_found("run", run_id)
    return found
