"""What people do in a working file: each act is written once, with who, when and why; it can be withdrawn."""

from dataclasses import replace
from datetime import date

from overzicht.diligence.recorded import (
    DiligenceError,
    EntryKind,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    NewWithdrawal,
    RecordedEntry,
    stated,
)
from overzicht.diligence.words import RecordKind
from overzicht.diligence.working_file import FileView
from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.evidence.packaged import StrictModel
from overzicht.store import diligence as kept
from overzicht.store.database import Store, Transaction
from overzicht.store.diligence import NewEntry
from overzicht.workflows.diligence.files import read_view

MOST_KNOWN = 20


def judge(store: Store, file_id: str, risk_id: str, judgement: NewJudgement, actor: Actor) -> FileView:
    """Keep a person's judgement of a risk; one made before is replaced, and stays to be read."""
    with store.writing(actor.name, actor.at) as tx:
        _check_risk(read_view(tx.connection, file_id, actor.day), risk_id)
        return _write(tx, file_id, replace(_entry(EntryKind.JUDGEMENT, judgement, actor), risk=risk_id))


def record(store: Store, file_id: str, kind: RecordKind, content: NewRecord, actor: Actor) -> FileView:
    """Keep a record in words, with its source; `risk` puts on the map what data do not show."""
    with store.writing(actor.name, actor.at) as tx:
        read_view(tx.connection, file_id, actor.day)
        return _write(tx, file_id, _entry(EntryKind(kind.value), content, actor))


def plan(store: Store, file_id: str, action: NewAction, actor: Actor) -> FileView:
    """Keep an action against a risk of the file; its day must not lie before the day it is planned."""
    if action.due < actor.day:
        raise DiligenceError(
            f"the day {action.due} is over already on {actor.day}",
            fix="give a later day, or an earlier --as-of",
        )
    with store.writing(actor.name, actor.at) as tx:
        _check_risk(read_view(tx.connection, file_id, actor.day), action.risk)
        return _write(tx, file_id, replace(_entry(EntryKind.ACTION, action, actor), risk=action.risk))


def track(store: Store, file_id: str, number: int, progress: NewProgress, actor: Actor) -> FileView:
    """Write down where an action stands."""
    with store.writing(actor.name, actor.at) as tx:
        view = read_view(tx.connection, file_id, actor.day)
        action = next((each for each in view.actions if each.number == number), None)
        if action is None:
            known = tuple(str(each.number) for each in view.actions)
            raise UnknownNameError("action", str(number), known[:MOST_KNOWN])
        if action.withdrawn is not None:
            raise DiligenceError(
                f"action {number} was withdrawn on {action.withdrawn.day}", fix="plan a new one"
            )
        return _write(tx, file_id, replace(_entry(EntryKind.PROGRESS, progress, actor), about=number))


def withdraw(store: Store, file_id: str, number: int, reason: str, actor: Actor) -> FileView:
    """Withdraw a judgement, record, action or progress: it counts no more, and stays to be read."""
    withdrawal = _entry(EntryKind.WITHDRAWAL, stated(NewWithdrawal, reason=reason), actor)
    with store.writing(actor.name, actor.at) as tx:
        kept.get_file(tx.connection, file_id)
        written = kept.entries_of(tx.connection, [file_id])[file_id]
        entry = next((each for each in written if each.number == number), None)
        if entry is None:
            raise UnknownNameError("entry", str(number), (f"1 to {len(written)}",))
        _check_withdrawal(entry, written, actor.day)
        return _write(tx, file_id, replace(withdrawal, about=number))


def _check_withdrawal(entry: RecordedEntry, written: list[RecordedEntry], day: date) -> None:
    if not entry.kind.can_be_withdrawn:
        raise DiligenceError(
            f"entry {entry.number} is a {entry.kind}, which cannot be withdrawn",
            fix="a new map replaces a map; what was withdrawn can be said anew",
        )
    if any(each.about == entry.number and each.kind is EntryKind.WITHDRAWAL for each in written):
        raise DiligenceError(f"entry {entry.number} was withdrawn already")
    if day < entry.day:
        raise DiligenceError(f"entry {entry.number} is of {entry.day}, after {day}", fix="give a later day")


def _check_risk(view: FileView, risk_id: str) -> None:
    if view.risk(risk_id) is None:
        known = tuple(risk.id for risk in view.risks)
        raise UnknownNameError("risk", risk_id, known[:MOST_KNOWN])


def _entry(kind: EntryKind, content: StrictModel, actor: Actor) -> NewEntry:
    return NewEntry(kind, actor.day, content.model_dump(mode="json"))


def _write(tx: Transaction, file_id: str, entry: NewEntry) -> FileView:
    kept.add_entry(tx, file_id, entry)
    return read_view(tx.connection, file_id, entry.day)
