"""`/diligence`: working files of due diligence in six steps, in the format of the command line."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Body, Query
from pydantic import BaseModel, Field

from overzicht.errors import UnknownNameError
from overzicht.subjects.diligence import file_acts as acts
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence import file_reporting as reporting
from overzicht.subjects.diligence.diligence_views import FileLine
from overzicht.subjects.diligence.recorded import (
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    stated,
)
from overzicht.subjects.diligence.views import YearReport
from overzicht.subjects.diligence.words import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
)
from overzicht.subjects.diligence.working_file import FileHead, FileView
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Lines, Number
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES, not_found

router = APIRouter(prefix="/diligence", tags=["diligence"])
LEVEL = Field(ge=LOWEST, le=HIGHEST, description="1 (small) to 4 (very great)")


class FileRequest(BaseModel):
    """A new working file."""

    organisation: Key = Field(description="an id or name in the register; with `run` any name")
    name: Line = Field(default="", description="name of the file; default: that of the organisation")
    run: Line = Field(default="", description="the overview run to map, instead of the register")


class JudgementRequest(BaseModel):
    """A judgement of a risk; severity is the highest of its three parts."""

    risk: Key
    scale: int = LEVEL
    scope: int = LEVEL
    irremediability: int = LEVEL
    likelihood: int = LEVEL
    involvement: Involvement
    leverage: Leverage
    reason: Lines = Field(description="reason for the severity")
    likelihood_reason: Lines
    leverage_reason: Lines = ""


class RecordRequest(BaseModel):
    """A record in words, with its source."""

    kind: RecordKind
    what: Lines
    source: Lines = ""
    address: Lines = Field(default="", description="https://… or empty")
    party: Line = Field(default="", description="name of the party that it concerns")


class ActionRequest(BaseModel):
    """An action against a risk."""

    risk: Key
    kind: ActionKind
    what: Lines
    owner: Line
    due: date


class ProgressRequest(BaseModel):
    """The progress of an action."""

    state: ActionState
    note: Lines = ""


@router.get("", summary="Working files")
def overview(context: Reader, day: OnDay, paging: Paged) -> Page[FileLine]:
    """Return the visible files that existed on the date, with the number of open items in each."""
    views = [view for view in files.list_files(context.store, day) if context.sees(view.organisation)]
    return paging.cut([FileLine.of(view) for view in views])


@router.post("", status_code=201, summary="Start a working file", openapi_extra=HAS_NAMES)
def begin(context: SomeEditor, request: FileRequest) -> FileView:
    """Start the file of an organisation in the register with its first map; or, with `run`, of any name.

    A file that is based on an overview run requires a grant for all organisations.
    """
    owner = "" if request.run else context.own_organisation(request.organisation, today())
    context.check_changes(owner)
    organisation = owner or request.organisation
    return files.new_file(context.store, organisation, context.actor(), name=request.name, run=request.run)


@router.get("/{file_id}", summary="One working file")
def show(context: Reader, day: OnDay, file_id: Key) -> FileView:
    """Return a file on the date: steps, risks with findings and judgements, actions and records."""
    check_file(context, file_id)
    return files.show_file(context.store, file_id, day)


@router.post("/{file_id}/map", summary="Renew the map")
def make_map(
    context: SomeEditor,
    file_id: Key,
    run: Annotated[Line, Body(embed=True, description="the overview run to map; default: as before")] = "",
) -> FileView:
    """Renew the map for today. Judgements, actions and records stay."""
    check_file(context, file_id, changes=True)
    if run:  # the contents of a run belong to no organisation
        context.check_changes("")
    return files.prefill(context.store, file_id, context.actor(), run=run)


@router.post("/{file_id}/judgements", status_code=201, summary="Judge a risk")
def judge(context: SomeEditor, file_id: Key, request: JudgementRequest) -> FileView:
    """Save a judgement: severity in three parts and likelihood, each from 1 to 4, with their reasons."""
    check_file(context, file_id, changes=True)
    judgement = stated(NewJudgement, **request.model_dump(exclude={"risk"}))
    return acts.judge(context.store, file_id, request.risk, judgement, context.actor())


@router.post("/{file_id}/records", status_code=201, summary="Add a record")
def record(context: SomeEditor, file_id: Key, request: RecordRequest) -> FileView:
    """Save a record of policy, an indicator, communication or remediation, or add a risk to the map."""
    check_file(context, file_id, changes=True)
    content = stated(NewRecord, **request.model_dump(exclude={"kind"}))
    return acts.record(context.store, file_id, request.kind, content, context.actor())


@router.post("/{file_id}/actions", status_code=201, summary="Plan an action")
def plan(context: SomeEditor, file_id: Key, request: ActionRequest) -> FileView:
    """Save an action against a risk, with its owner and its due date."""
    check_file(context, file_id, changes=True)
    return acts.plan(context.store, file_id, stated(NewAction, **request.model_dump()), context.actor())


@router.post("/{file_id}/entries/{number}/progress", summary="Record the progress of an action")
def track(context: SomeEditor, file_id: Key, number: Number, request: ProgressRequest) -> FileView:
    """Record the progress of an action."""
    check_file(context, file_id, changes=True)
    progress = stated(NewProgress, **request.model_dump())
    return acts.track(context.store, file_id, number, progress, context.actor())


@router.post("/{file_id}/entries/{number}/withdraw", summary="Withdraw an entry")
def withdraw(
    context: SomeEditor, file_id: Key, number: Number, reason: Annotated[Lines, Body(embed=True)]
) -> FileView:
    """Withdraw a judgement, record, action or progress. It remains visible."""
    check_file(context, file_id, changes=True)
    return acts.withdraw(context.store, file_id, number, reason, context.actor())


@router.get("/{file_id}/report", summary="The annual report")
def report(
    context: Reader,
    day: OnDay,
    file_id: Key,
    year: Annotated[int | None, Query(ge=1940, le=2099, description="default: that of the date")] = None,
) -> YearReport:
    """Return the report of a calendar year as known on the date."""
    check_file(context, file_id)
    return reporting.make_report(context.store, file_id, year or day.year, day)


def check_file(context: RequestContext, file_id: str, *, changes: bool = False) -> FileHead:
    """Return the head of a file; a problem if the principal may not see it, or (`changes`) not change it.

    A file that is based on a run belongs to no organisation: it requires a grant for all.
    """
    try:
        head = files.head_of(context.store, file_id)
    except UnknownNameError:  # its message names files that the principal may not see
        raise not_found("working file", file_id) from None
    context.check_seen(head.organisation, "working file", file_id)
    if changes:
        context.check_changes(head.organisation)
    return head
