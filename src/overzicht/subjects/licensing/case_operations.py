"""Licence cases: the list, a case and its parts as far as the caller may see it, filing and screening."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel

from overzicht.evidence import Text
from overzicht.evidence.limited import Key
from overzicht.kit.ask import EDITOR, OFFICER, Ask
from overzicht.kit.operation import (
    Command,
    Form,
    Param,
    Route,
    operation,
)
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import screening
from overzicht.subjects.licensing.case_views import CaseDenials
from overzicht.subjects.licensing.cases import (
    CaseView,
    FiledBeforeDraftError,
    SubmissionIncompleteError,
    new_case,
)
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.comparison import compare_case
from overzicht.subjects.licensing.completeness import Gap, gaps
from overzicht.subjects.licensing.files import application_of
from overzicht.subjects.licensing.gates.model import Gates
from overzicht.subjects.licensing.office_workflow import keep_deadline
from overzicht.subjects.licensing.sight import PAGE, SIGNED, step, visible_case
from overzicht.subjects.licensing.states import Status
from overzicht.workflows.typed_files import named_bytes

TAG = "licences"
READ = ("as-of", "lang", "json")
Replaces = Annotated[
    bool, Param("Replace a draft with the same id. The earlier text is kept.", option="--replace")
]


class DraftResponse(BaseModel):
    """A saved draft, and its gaps."""

    id: str
    status: Status = Status.DRAFT
    gaps: tuple[Gap, ...]


class ScreenedCases(BaseModel):
    """Cases that were screened again, in order."""

    cases: list[str]
    problems: list[Text]


@operation(
    Command(
        "licence new",
        "subjects.licensing.case_commands.draft_lines",
        is_incomplete=lambda draft: any(gap.blocks for gap in draft.gaps),
        options=SIGNED,
    ),
    is_dated=True,
)
def new(ask: Ask, file: Path, *, replaces: Replaces = False) -> DraftResponse:
    """Store the application in FILE (YAML or JSON) as a draft, and list what is missing."""
    application = application_of(*named_bytes(file))
    gaps = new_case(ask.store, application, ask.actor(ask.day), replace=replaces)
    return DraftResponse(id=application.id, gaps=gaps)


@operation(
    Route("POST /licences/screen", EDITOR, summary="Screen cases again after changes in lists"), is_dated=True
)
def screen_changed(ask: Ask) -> ScreenedCases:
    """Screen every open case whose lists have changed since its last screening."""
    stale, problems = screening.stale_cases(ask.store)
    for case_id in stale:
        screening.screen_case(ask.store, case_id, ask.actor(ask.day))
    return ScreenedCases(cases=stale, problems=[problem.sentence for problem in problems])


@operation(Route("GET /licences/{case_id}", EDITOR, summary="One case"))
def show(ask: Ask, case_id: Key) -> CaseView:
    """Return a whole case as of the date, as far as the principal may see it."""
    return visible_case(ask, case_id)


@operation(
    Route("GET /licences/{case_id}/comparison", OFFICER, summary="Union rules and the American list compared")
)
def comparison(ask: Ask, case_id: Key) -> Comparison:
    """Return what the Union and the American entity list require for a case, and why they differ."""
    return compare_case(ask.store, case_id, ask.day)


@operation(
    step("submit"),
    Route("POST /licences/{case_id}/submit", EDITOR, summary="File a draft"),
    Form(PAGE),
    is_dated=True,
)
def submit(ask: Ask, case_id: Key) -> CaseView:
    """File a draft on a date: screen all parties and list what is missing."""
    with ask.store.reading() as connection:
        case = licences.get_case(connection, case_id)
    actor = ask.actor(ask.day)
    if actor.day < (drafted := case.of_kind("draft")[-1].day):
        raise FiledBeforeDraftError(case_id, actor.day, drafted)
    blocking = [gap for gap in gaps(case.application, actor.day) if gap.blocks]
    if blocking:
        raise SubmissionIncompleteError(case_id, blocking)
    with licences.changing(ask.store, case, actor) as tx:
        licences.set_status(tx, case, Status.SUBMITTED, actor.day, {})
    screening.screen_case(ask.store, case_id, actor)
    with ask.writing() as tx:
        open_points = [str(gap.sentence) for gap in gaps(case.application, actor.day)]
        licences.set_status(tx, case, Status.COMPLETE, actor.day, {"open_points": open_points})
        keep_deadline(tx, case_id, actor.day)
    return visible_case(ask, case_id)


@operation(
    Route("POST /licences/{case_id}/screen", EDITOR, summary="Screen a case again"), Form(PAGE), is_dated=True
)
def screen(ask: Ask, case_id: Key) -> CaseView:
    """Screen every party of a case again."""
    screening.screen_case(ask.store, case_id, ask.actor(ask.day))
    return visible_case(ask, case_id)


@operation(
    Route("GET /licences/{case_id}/denials", OFFICER, summary="Denials that match a case"), view=CaseDenials
)
def denials(ask: Ask, case_id: Key) -> CaseView:
    """Return the denials that match a case, with every reason. This access is recorded."""
    return visible_case(ask, case_id)


@operation(
    Command(
        "licence gates",
        "subjects.licensing.case_lines.gate_lines",
        is_incomplete=lambda gates: not gates.can_grant,
        options=READ,
    ),
    Route("GET /licences/{case_id}/gates", EDITOR, summary="The gates of a case"),
)
def gates(ask: Ask, case_id: Key) -> Gates:
    """Show the gates of a case: what is prohibited, what is needed, and the questions for a person.

    Exit code 1: a grant is out of reach.
    """
    return visible_case(ask, case_id).gates
