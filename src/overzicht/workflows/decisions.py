"""Decisions of people on findings of any kind; earlier decisions remain, and each can be withdrawn."""

from collections.abc import Sequence

from sqlalchemy import Connection

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import decisions
from overzicht.store.database import Store, Transaction
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.register.device_states import has_device_finding
from overzicht.store.register.review import findings_of_group
from overzicht.store.runs import has_finding
from overzicht.store.sameparty import has_merge


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


def judge_all(
    store: Store, finding_ids: Sequence[str], verdict: Verdict, reason: str, actor: Actor
) -> list[Judgement]:
    """Record the same decision on findings, all or none; UnknownNameError, NoReasonError."""
    _require(reason)
    with store.writing(actor.name, actor.at) as tx:
        for finding_id in finding_ids:
            if not is_finding(tx.connection, finding_id):
                raise UnknownNameError("finding", finding_id)
        return _judged(tx, finding_ids, verdict, reason)


def _require(reason: str) -> None:
    if not reason.strip():
        raise NoReasonError("a reason is required", fix="give the reason in a few words")


def _judged(tx: Transaction, finding_ids: Sequence[str], verdict: Verdict, reason: str) -> list[Judgement]:
    numbers = [decisions.add_judgement(tx, name, verdict, reason.strip()) for name in finding_ids]
    return [decisions.get_judgement(tx.connection, number) for number in numbers]


def judge_group(
    store: Store, key: str, device_ids: Sequence[str], verdict: Verdict, reason: str, actor: Actor
) -> list[Judgement]:
    """Record one decision on the makers of devices with the same traces; return a judgement per device.

    It covers only devices that show the traces with this key on the actor's date, so that party and evidence
    are the same for all: OtherEvidenceError otherwise, and nothing is stored. NoReasonError.
    """
    _require(reason)
    with store.writing(actor.name, actor.at) as tx:
        findings = findings_of_group(tx.connection, key, device_ids, actor.day)
        for device_id in device_ids:
            if device_id not in findings:
                raise OtherEvidenceError(device_id)
        return _judged(tx, [findings[device] for device in device_ids], verdict, reason)
