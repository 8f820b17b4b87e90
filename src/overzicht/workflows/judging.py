"""Decisions of people on findings of any kind; earlier decisions remain, and each can be withdrawn."""

from sqlalchemy import Connection

from overzicht.errors import EXIT_INPUT, OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import decisions
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.runs import has_finding
from overzicht.store.sameparty import has_merge
from overzicht.workflows.register.devices import has_device_finding

judgements_on = reading(decisions.judgements_on)


class NoReasonError(OverzichtError):
    """A decision has no reason."""

    exit_code = EXIT_INPUT
    slug = "no-reason"


def is_finding(connection: Connection, name: str) -> bool:
    """Return whether `name` is a finding of a run, about a device, or that two parties are the same."""
    return any(known(connection, name) for known in (has_finding, has_merge, has_device_finding))


def judge(store: Store, finding_id: str, verdict: Verdict, reason: str, actor: Actor) -> int:
    """Record a decision and return its number; UnknownNameError for an unknown finding, NoReasonError."""
    if not reason.strip():
        raise NoReasonError("a reason is required", fix="give the reason in a few words")
    with store.writing(actor.name, actor.at) as tx:
        if not is_finding(tx.connection, finding_id):
            raise UnknownNameError("finding", finding_id)
        return decisions.add_judgement(tx, finding_id, verdict, reason.strip())


def withdraw(store: Store, number: int, actor: Actor) -> None:
    """Withdraw a decision; it remains available. UnknownNameError if no valid one has that number."""
    with store.writing(actor.name, actor.at) as tx:
        decisions.withdraw_judgement(tx, number)


@reading
def find_judgement(connection: Connection, number: int) -> Judgement:
    """Return a decision, valid or withdrawn; UnknownNameError if there is none."""
    judgement = decisions.get_judgement(connection, number)
    if judgement is None:
        raise UnknownNameError("judgement", str(number))
    return judgement
