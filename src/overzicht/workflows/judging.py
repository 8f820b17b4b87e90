"""Judging: a person's decision on a finding of any kind; kept beside earlier ones, withdrawable."""

from datetime import date, datetime

from sqlalchemy import Connection

from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.runs import has_finding
from overzicht.store.sameparty import has_merge
from overzicht.workflows.register.devices import has_device_finding


class NoReasonError(OverzichtError):
    """A decision came without a reason, and so is none."""

    exit_code = EXIT_INPUT
    slug = "no-reason"


def is_finding(connection: Connection, name: str) -> bool:
    """Return whether `name` is a finding of a run, on a device, or that two parties are one."""
    return any(known(connection, name) for known in (has_finding, has_merge, has_device_finding))


def judge(store: Store, finding_id: str, verdict: Verdict, reason: str, *, actor: str, at: datetime) -> int:
    """Keep a decision, return its number; UnknownNameError for no finding, NoReasonError without reason."""
    if not reason.strip():
        raise NoReasonError("a decision without a reason is none", fix="say in a few words why")
    with store.writing(actor, at) as tx:
        if not is_finding(tx.connection, finding_id):
            raise UnknownNameError("finding", finding_id)
        return decisions.add_judgement(tx, finding_id, verdict, reason.strip())


def withdraw(store: Store, number: int, *, actor: str, at: datetime) -> None:
    """Withdraw a decision; it stays to be read. UnknownNameError where none of that number stands."""
    with store.writing(actor, at) as tx:
        decisions.withdraw_judgement(tx, number)


def find_judgement(store: Store, number: int) -> Judgement:
    """Return a decision, standing or withdrawn; UnknownNameError for none."""
    with store.reading() as connection:
        found = decisions.get_judgement(connection, number)
    if found is None:
        raise UnknownNameError("judgement", str(number))
    return found


def judgements_on(store: Store, finding_id: str, as_of: date) -> list[Judgement]:
    """Return every decision on a finding by a day, oldest first, withdrawn ones included."""
    with store.reading() as connection:
        return decisions.judgements_on(connection, finding_id, as_of)
