"""What is due or changed in the cases of an office: tasks for terms, gates, conditions and derogations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from overzicht.evidence import Text, text
from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import shown_as
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.register.subjects import CASES
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.cases import CaseView, view_case
from overzicht.subjects.licensing.office_workflow import ConditionState, objections_of
from overzicht.subjects.licensing.screening import is_stale, list_versions
from overzicht.subjects.licensing.states import GRANTS

WARNING = timedelta(days=30)  # before a licence or derogation ends


@dataclass(frozen=True, slots=True)
class Alert:
    """Something in a case that a person must act on; a task about it is open."""

    case: str
    sentence: Annotated[Text, shown_as("says")]
    due: date | None = None


def watch_cases(store: Store, actor: Actor) -> tuple[Alert, ...]:
    """Return what is due in all cases on the actor's date, and open a task for each that has none."""
    problems: list[StoredRecordError] = []
    with store.reading() as connection:
        watched = filter(_is_watched, licences.cases_on(connection, actor.day, problems))
        names = [case.application.id for case in watched]
    versions = list_versions(store)
    alerts = [alert for name in names for alert in alerts_of(view_case(store, name, actor.day), versions)]
    alerts += [Alert(problem.name, problem.sentence) for problem in problems]
    if alerts:
        with store.writing(actor.name, actor.at) as tx:
            for alert in alerts:
                decisions.open_task_once(tx, CASES + alert.case, str(alert.sentence), due=alert.due)
    return tuple(alerts)


def _is_watched(case: StoredCase) -> bool:
    return case.is_open or any(objection.is_open for objection in objections_of(case))


def alerts_of(view: CaseView, versions: tuple[str, ...]) -> Iterator[Alert]:
    """Yield what is due in a case on its date; `versions` are the loaded versions of the lists."""
    case_id, day, office = view.application.id, view.day, view.office
    if office.is_overdue:
        due = office.terms[0].due
        yield Alert(case_id, text("{id}: the decision was due on {day}", id=case_id, day=due), due)
    for objection in office.objections:
        term = objection.term(day)
        if objection.is_open and term.is_overdue:
            sentence = text(
                "{id}: the decision on objection {number} was due on {day}",
                id=case_id,
                number=objection.number,
                day=term.due,
            )
            yield Alert(case_id, sentence, term.due)
    if not view.case.is_open:
        return
    if is_stale(view.case, versions):
        yield Alert(case_id, text("{id}: a list changed; screen the parties again", id=case_id))
    if view.case.status in GRANTS:
        licence_id, today, until = view.application.id, view.day, view.office.valid_until
        if view.is_reopened:
            yield Alert(
                licence_id,
                text("a gate shut after the grant: assess {id} again", id=licence_id),
            )
        if until is not None and until - today <= WARNING:
            yield Alert(
                licence_id,
                text("{id}: the licence ends on {day}", id=licence_id, day=until),
                until,
            )
        for condition in view.office.conditions:
            if condition.state is ConditionState.BREACHED:
                sentence = text(
                    "{id}: condition {number} is breached", id=licence_id, number=condition.number
                )
                yield Alert(licence_id, sentence)
            elif condition.stops_shipments(today):
                sentence = text("{id}: condition {number} is overdue", id=licence_id, number=condition.number)
                yield Alert(licence_id, sentence, condition.due)
    for stored in view.gate_case.derogations:
        end = stored.record.valid_to
        if end - day <= WARNING:
            sentence = text(
                "{id}: {document} ends on {day}", id=case_id, document=stored.record.document, day=end
            )
            yield Alert(case_id, sentence, end)
