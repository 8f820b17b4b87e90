"""Decisions of people on findings of any kind; earlier decisions remain, and each can be withdrawn."""

from collections.abc import Sequence

from sqlalchemy import Connection

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import decisions
from overzicht.store.database import Store, reading
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.register.review import findings_of_group
from overzicht.store.runs import has_finding
from overzicht.store.sameparty import has_merge
from overzicht.workflows.register.devices import has_device_finding

judgements_on = reading(decisions.judgements_on)


class NoReasonError(OverzichtError):
    """A decision has no reason."""


class OtherEvidenceError(OverzichtError):
    """A device does not show the traces of the group that a decision is about."""

    def __init__(self, device_id: str) -> None:
        super().__init__(
            f"device {device_id} has other evidence than this group. Nothing was stored",
            fix="open the review again: an import may have changed the device",
        )


def is_finding(connection: Connection, name: str) -> bool:
    """Return whether `name` is a finding of a run, about a device, or that two parties are the same."""
    return any(known(connection, name) for known in (has_finding, has_merge, has_device_finding))


def judge(store: Store, finding_id: str, verdict: Verdict, reason: str, actor: Actor) -> int:
    """Record a decision and return its number; UnknownNameError for an unknown finding, NoReasonError."""
    (number,) = judge_all(store, [finding_id], verdict, reason, actor)
    return number


def judge_all(
    store: Store, finding_ids: Sequence[str], verdict: Verdict, reason: str, actor: Actor
) -> list[int]:
    """Record the same decision on findings, all or none, and return a number for each; errors as `judge`."""
    _require(reason)
    with store.writing(actor.name, actor.at) as tx:
        for finding_id in finding_ids:
            if not is_finding(tx.connection, finding_id):
                raise UnknownNameError("finding", finding_id)
        return [decisions.add_judgement(tx, name, verdict, reason.strip()) for name in finding_ids]


def _require(reason: str) -> None:
    if not reason.strip():
        raise NoReasonError("a reason is required", fix="give the reason in a few words")


def judge_group(
    store: Store, key: str, device_ids: Sequence[str], verdict: Verdict, reason: str, actor: Actor
) -> list[int]:
    """Record one decision on the makers of devices with the same traces; return a number per device.

    It covers only devices that show the traces with this key on the actor's date, so that party and evidence
    are the same for all: OtherEvidenceError otherwise, and nothing is stored. NoReasonError.
    """
    _require(reason)
    with store.writing(actor.name, actor.at) as tx:
        findings = findings_of_group(tx.connection, key, device_ids, actor.day)
        for device_id in device_ids:
            if device_id not in findings:
                raise OtherEvidenceError(device_id)
        return [decisions.add_judgement(tx, findings[d], verdict, reason.strip()) for d in device_ids]


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
