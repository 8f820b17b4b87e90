"""The tasks with the terms for the decision on a case, and on objections against it."""

from datetime import date

from overzicht.exportcontrol.licensing.terms import Term
from overzicht.store import decisions
from overzicht.store.control import licences
from overzicht.store.database import Transaction
from overzicht.store.register.subjects import CASES
from overzicht.workflows.licensing.office import office_view


def keep_deadline(tx: Transaction, case_id: str, day: date) -> None:
    """Update the tasks of a case: open them, move them with the term, and close them after the decision."""
    office = office_view(licences.get_case(tx.connection, case_id).as_known_on(day), day)
    terms = office.terms
    for objection in office.objections:
        term = objection.term(day)
        _keep(tx, case_id, f"decide on objection {objection.number} in {case_id} (Awb 7:10)", term)
    if terms:
        _keep(tx, case_id, f"decide on {case_id} (Awb 4:13)", terms[0])


def _keep(tx: Transaction, case_id: str, title: str, term: Term) -> None:
    if term.met_on is None:
        decisions.open_task_once(tx, CASES + case_id, title, due=term.due)
        return
    for task in decisions.tasks_about(tx.connection, CASES + case_id):
        if task.title == title and not task.closed_at:
            decisions.close_task(tx, task.id, f"decided on {term.met_on}")
