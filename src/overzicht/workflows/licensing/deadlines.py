"""The task with the term for the decision on a case."""

from datetime import date

from overzicht.store import decisions
from overzicht.store.control import licences
from overzicht.store.database import Transaction
from overzicht.store.register.subjects import CASES
from overzicht.workflows.licensing.office import office_view


def keep_deadline(tx: Transaction, case_id: str, day: date) -> None:
    """Update the task for the decision: open it, move it with the term, and close it after the decision."""
    terms = office_view(licences.get_case(tx.connection, case_id).as_known_on(day), day).terms
    title = f"decide on {case_id} (Awb 4:13)"
    if terms and terms[0].met_on is None:
        decisions.open_task_once(tx, CASES + case_id, title, due=terms[0].due)
    for task in decisions.tasks_about(tx.connection, CASES + case_id):
        if terms and terms[0].met_on is not None and task.title == title and not task.closed_at:
            decisions.close_task(tx, task.id, f"decided on {terms[0].met_on}")
