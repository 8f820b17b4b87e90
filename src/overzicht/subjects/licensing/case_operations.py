"""Licence cases: the list, a case and its parts as far as the caller may see it, filing and screening."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.evidence import Text, text
from overzicht.evidence.limited import Key
from overzicht.kit.ask import EDITOR, OFFICER, Ask
from overzicht.kit.operation import (
    CheckedPart,
    Command,
    Form,
    Paging,
    Param,
    Route,
    Say,
    each_line,
    operation,
)
from overzicht.store.accounts import Role
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import screening
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.case_views import CaseDenials, CaseLine
from overzicht.subjects.licensing.cases import CaseView, submit_case
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.comparison import compare_case
from overzicht.subjects.licensing.gates.model import Gates
from overzicht.subjects.licensing.sight import PAGE, step, visible_case, visible_view
from overzicht.subjects.licensing.states import Status

TAG = "licences"
READ = ("as-of", "lang", "json")
OnlyStatus = Annotated[
    Status | None, Field(description="only cases with this status"), Param(is_offered=False)
]


class ScreenedCases(BaseModel):
    """Cases that were screened again, in order."""

    cases: list[str]
    problems: list[Text]


def _case_line(case: StoredCase, say: Say) -> str:
    status = text("consulting") if case.status is Status.CONSULTING else case.status.words
    return f"{case.application.id}  {case.application.issuing_state}  {say(status)}  {case.changed_at}"


@operation(
    Command("licence list", each_line(_case_line), options=READ),
    Route("GET /licences", EDITOR, summary="All cases"),
    view=CaseLine,
)
def all_cases(ask: Ask, paging: Paging, *, status: OnlyStatus = None) -> CheckedPart[StoredCase]:
    """List the cases of a date and their status. Exit code 1: a stored case cannot be read."""
    # the consultation of another state is confidential: only an officer sees that status
    hidden = () if ask.may(Role.OFFICER) else (Status.CONSULTING,)
    problems: list[StoredRecordError] = []
    with ask.store.reading() as connection:
        stored = licences.cases_on(connection, ask.day, problems)
    shown = [replace(case, status=Status.COMPLETE) if case.status in hidden else case for case in stored]
    return CheckedPart.of(paging.part([case for case in shown if status in (None, case.status)]), problems)


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
    return visible_view(ask, submit_case(ask.store, case_id, ask.actor(ask.day)))


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
