"""`/diligence`: working files of due diligence by the six steps, in the form that the command line gives."""

from typing import Annotated

from fastapi import APIRouter, Query

from overzicht.diligence.recorded import NewAction, NewJudgement, NewProgress, NewRecord, stated
from overzicht.diligence.working_file import FileView
from overzicht.reports.diligence.model import YearReport
from overzicht.views.diligence import FileLine
from overzicht.web.api.models.diligence import (
    ActionAsked,
    FileAsked,
    JudgementAsked,
    MapAsked,
    ProgressAsked,
    RecordAsked,
    WithdrawalAsked,
)
from overzicht.web.api.models.shared import Key, Number
from overzicht.web.asof import OnDay
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.paging import Page, Paged
from overzicht.web.register_day import act_of
from overzicht.web.rights import check_changes, own_organisation, sees
from overzicht.web.service import Here
from overzicht.web.working_files import check_file
from overzicht.workflows.diligence import acts, files, reporting

router = APIRouter(prefix="/diligence", tags=["diligence"])


@router.get("", summary="Working files")
def overview(here: Here, who: Reader, day: OnDay, paging: Paged) -> Page[FileLine]:
    """Return the files that may be seen and were begun by the day, with what waits in each."""
    found = [view for view in files.list_files(here.store, day) if sees(here, who, view.organisation)]
    return paging.cut([FileLine.of(view) for view in found])


@router.post("", status_code=201, summary="Begin a working file", openapi_extra={"x-names": True})
def begin(here: Here, who: SomeEditor, asked: FileAsked) -> FileView:
    """Begin the file of an organisation of the register with its first map; or, with `run`, of any name.

    A file that rests on an overview run takes a grant for all organisations.
    """
    owner = "" if asked.run else own_organisation(here, who, asked.organisation, today())
    check_changes(here, who, owner)
    act, name = act_of(who.name), owner or asked.organisation
    return files.new_file(here.store, name, act, name=asked.name, run=asked.run)


@router.get("/{file_id}", summary="One working file")
def one(here: Here, who: Reader, day: OnDay, file_id: Key) -> FileView:
    """Return a file as it stands on the day: steps, risks with findings and judgements, actions, records."""
    check_file(here, who, file_id)
    return files.show_file(here.store, file_id, day)


@router.post("/{file_id}/map", summary="Make the map anew")
def make_map(here: Here, who: SomeEditor, file_id: Key, asked: MapAsked) -> FileView:
    """Make the map anew for today; judgements, actions and records stay."""
    check_file(here, who, file_id, changes=True)
    if asked.run:  # what a run holds belongs to no organisation
        check_changes(here, who, "")
    return files.prefill(here.store, file_id, act_of(who.name), run=asked.run)


@router.post("/{file_id}/judgements", status_code=201, summary="Judge a risk")
def judge(here: Here, who: SomeEditor, file_id: Key, asked: JudgementAsked) -> FileView:
    """Keep a judgement: severity in three parts and likelihood, each from 1 to 4, with their reasons."""
    check_file(here, who, file_id, changes=True)
    said = stated(NewJudgement, **asked.model_dump(exclude={"risk"}))
    return acts.judge(here.store, file_id, asked.risk, said, act_of(who.name))


@router.post("/{file_id}/records", status_code=201, summary="Record something")
def record(here: Here, who: SomeEditor, file_id: Key, asked: RecordAsked) -> FileView:
    """Keep a record of policy, an indicator, communication or remediation, or put a risk on the map."""
    check_file(here, who, file_id, changes=True)
    content = stated(NewRecord, **asked.model_dump(exclude={"kind"}))
    return acts.record(here.store, file_id, asked.kind, content, act_of(who.name))


@router.post("/{file_id}/actions", status_code=201, summary="Plan an action")
def plan(here: Here, who: SomeEditor, file_id: Key, asked: ActionAsked) -> FileView:
    """Keep an action against a risk, with its owner and the day before which it should be done."""
    check_file(here, who, file_id, changes=True)
    return acts.plan(here.store, file_id, stated(NewAction, **asked.model_dump()), act_of(who.name))


@router.post("/{file_id}/entries/{number}/progress", summary="Say where an action stands")
def track(here: Here, who: SomeEditor, file_id: Key, number: Number, asked: ProgressAsked) -> FileView:
    """Write down where an action stands."""
    check_file(here, who, file_id, changes=True)
    progress = stated(NewProgress, **asked.model_dump())
    return acts.track(here.store, file_id, number, progress, act_of(who.name))


@router.post("/{file_id}/entries/{number}/withdraw", summary="Withdraw an entry")
def withdraw(here: Here, who: SomeEditor, file_id: Key, number: Number, asked: WithdrawalAsked) -> FileView:
    """Withdraw a judgement, record, action or progress; it stays to be read."""
    check_file(here, who, file_id, changes=True)
    return acts.withdraw(here.store, file_id, number, asked.reason, act_of(who.name))


@router.get("/{file_id}/report", summary="The yearly report")
def report(
    here: Here,
    who: Reader,
    day: OnDay,
    file_id: Key,
    year: Annotated[int | None, Query(ge=1940, le=2099, description="default: that of the day")] = None,
) -> YearReport:
    """Return the report of a calendar year as known on the day."""
    check_file(here, who, file_id)
    return reporting.make_report(here.store, file_id, year or day.year, day)
