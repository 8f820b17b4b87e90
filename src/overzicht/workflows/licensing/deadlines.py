"""Tasks about a case that are opened once, and the task with the term for its decision."""

from datetime import date

from overzicht.store import decisions
from overzicht.store.control import licences
from overzicht.store.database import Transaction
from overzicht.workflows.licensing.office import office_view


def open_once(tx: Transaction, case_id: str, title: str, due: date | None = None) -> None:
    """Open a task about a case, unless the same one is open; a changed due date is updated."""
    subject = f"licence:{case_id}"
    for task in decisions.tasks_about(tx.connection, subject):
        if task.title == title and not task.closed_at:
            if due is not None and due != task.due:
                decisions.assign_task(tx, task.id, owner=None, due=due)
            return
    decisions.open_task(tx, subject, title, due=due)


def keep_deadline(tx: Transaction, case_id: str, day: date) -> None:
    """Update the task for the decision: open it, move it with the term, and close it after the decision."""
    terms = office_view(licences.get_case(tx.connection, case_id).as_known_on(day), day).terms
    title = f"decide on {case_id} (Awb 4:13)"
    if terms and terms[0].met_on is None:
        open_once(tx, case_id, title, terms[0].due)
    for task in decisions.tasks_about(tx.connection, f"licence:{case_id}"):
        if terms and terms[0].met_on is not None and task.title == title and not task.closed_at:
            decisions.close_task(tx, task.id, f"decided on {terms[0].met_on}")
