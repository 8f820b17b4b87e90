"""The licence cases of a date, with their status."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from overzicht.kit.ask import EDITOR, Ask
from overzicht.kit.operation import CheckedPart, Command, Paging, Param, Route, Say, each_line, operation
from overzicht.store.accounts import Role
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.states import Status, status_words
from overzicht.views.view import View, at

TAG = "licences"
READ = ("as-of", "lang", "json")
OnlyStatus = Annotated[
    Status | None, Field(description="only cases with this status"), Param(is_offered=False)
]


class CaseLine(View):
    """A case and its status."""

    id: str = at("application.id")
    status: Status
    kind: str = at("application.kind")
    issuing_state: str = at("application.issuing_state")
    destination: str = at("application.destination")
    end_users: tuple[str, ...] = at("application.end_users")
    changed_at: str


def _case_line(case: StoredCase, say: Say) -> str:
    status = say(status_words(case.status))
    return f"{case.application.id}  {case.application.issuing_state}  {status}  {case.changed_at}"


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
