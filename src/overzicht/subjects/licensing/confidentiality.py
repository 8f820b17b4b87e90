"""The four-eyes principle, and the parts of a case that are confidential."""

from dataclasses import replace

from overzicht.errors import OverzichtError
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.documents import open_gates, without_confidential
from overzicht.subjects.licensing.office_workflow import OPEN_EVENTS
from overzicht.subjects.licensing.states import Status
from overzicht.subjects.licensing.weighing import suggest

SEEN_BY_ALL = frozenset(
    {"draft", "fact", "screening", "confirmation", "derogation", "derogation accepted", "export check"}
    | OPEN_EVENTS
)  # events without confidential information


class FourEyesError(OverzichtError):
    """The person who assessed a case cannot decide it; the case does not change."""

    slug = "same-eyes"

    def __init__(self, case_id: str, actor: str) -> None:
        super().__init__(
            f"case {case_id} was assessed by {actor}, who therefore cannot decide it",
            fix="ask another officer to decide",
        )


def assessors(case: StoredCase) -> frozenset[str]:
    """Return the people who assessed a case or matched its denials after its last submission."""
    filed = [event.id for event in case.of_kind("status") if event.payload["to"] == Status.SUBMITTED.value]
    since = filed[-1] if filed else 0
    actors = []
    for event in case.events:
        if event.id > since:
            if event.kind == "status":
                if event.payload["to"] in (Status.CONSULTING.value, Status.ASSESSED.value):
                    actors.append(event.actor)
                continue
            if event.kind in ("criterion", "denial matching", "match verdict", "confirmation", "derogation"):
                actors.append(event.actor)
    return frozenset(actors)


def check_other_eyes(case: StoredCase, actor: str) -> None:
    """Raise FourEyesError if the actor also assessed the case."""
    if not has_other_eyes(case, actor):
        raise FourEyesError(case.application.id, actor)


def has_other_eyes(case: StoredCase, actor: str) -> bool:
    """Return whether the actor did not assess the case; the case of letters in a name does not count."""
    return actor.strip().casefold() not in {name.strip().casefold() for name in assessors(case)}


def without_confidence(view: CaseView) -> CaseView:
    """Return a case without confidential information of other states and its assessment (Article 16(7)).

    A consultation of a state is also confidential: the status of such a case is shown as complete.
    """
    shown_events = []
    for event in view.case.events:
        if event.kind == "status":
            if Status.CONSULTING.value not in (event.payload["from"], event.payload["to"]):
                shown_events.append(event)
            continue
        if event.kind in SEEN_BY_ALL:
            shown_events.append(event)
    events = tuple(shown_events)
    status = Status.COMPLETE if view.case.status is Status.CONSULTING else view.case.status
    return replace(
        view,
        case=replace(view.case, status=status, events=events),
        matches=(),
        dismissed=frozenset(),
        checklist=without_confidential(view.checklist),
        consultations=(),
        to_consult=(),
        records=(),
        suggestion=suggest((), view.application.kind, view.day),
        gates=open_gates(view.gates),
        office=replace(view.office, notices=()),
    )
