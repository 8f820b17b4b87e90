"""Entries of people in a working file, each with name, date and reason; an entry can be withdrawn."""

from dataclasses import replace

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.evidence.packaged import StrictModel
from overzicht.store.database import Store, Transaction
from overzicht.subjects.diligence import records as stored
from overzicht.subjects.diligence.file_files import read_view
from overzicht.subjects.diligence.recorded import (
    DiligenceError,
    EntryKind,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    NewWithdrawal,
    stated,
)
from overzicht.subjects.diligence.records import NewEntry
from overzicht.subjects.diligence.words import RecordKind
from overzicht.subjects.diligence.working_file import FileView

MOST_KNOWN = 20


def judge(store: Store, file_id: str, risk_id: str, judgement: NewJudgement, actor: Actor) -> FileView:
    """Record a person's judgement of a risk; it replaces an earlier one, which remains visible."""
    with store.writing(actor.name, actor.at) as tx:
        _check_risk(read_view(tx.connection, file_id, actor.day), risk_id)
        return _write(tx, file_id, replace(_entry(EntryKind.JUDGEMENT, judgement, actor), risk=risk_id))


def record(store: Store, file_id: str, kind: RecordKind, content: NewRecord, actor: Actor) -> FileView:
    """Store a record in words, with its source; `risk` adds a risk to the map that the data do not show."""
    with store.writing(actor.name, actor.at) as tx:
        read_view(tx.connection, file_id, actor.day)
        return _write(tx, file_id, _entry(EntryKind(kind.value), content, actor))


def plan(store: Store, file_id: str, action: NewAction, actor: Actor) -> FileView:
    """Record an action against a risk of the file; its due date cannot be before the actor's date."""
    if action.due < actor.day:
        raise DiligenceError(
            f"the due date {action.due} is before {actor.day}", fix="give a later date, or an earlier --as-of"
        )
    with store.writing(actor.name, actor.at) as tx:
        _check_risk(read_view(tx.connection, file_id, actor.day), action.risk)
        return _write(tx, file_id, replace(_entry(EntryKind.ACTION, action, actor), risk=action.risk))


def track(store: Store, file_id: str, number: int, progress: NewProgress, actor: Actor) -> FileView:
    """Record the progress of an action."""
    with store.writing(actor.name, actor.at) as tx:
        actions = {action.number: action for action in read_view(tx.connection, file_id, actor.day).actions}
        action = actions.get(number)
        if action is None:
            raise UnknownNameError("action", str(number), tuple(map(str, actions))[:MOST_KNOWN])
        if action.withdrawn is not None:
            raise DiligenceError(
                f"action {number} was withdrawn on {action.withdrawn.day}", fix="plan a new one"
            )
        return _write(tx, file_id, replace(_entry(EntryKind.PROGRESS, progress, actor), about=number))


def withdraw(store: Store, file_id: str, number: int, reason: str, actor: Actor) -> FileView:
    """Withdraw a judgement, record, action or progress: it no longer counts, but remains visible."""
    withdrawal = _entry(EntryKind.WITHDRAWAL, stated(NewWithdrawal, reason=reason), actor)
    with store.writing(actor.name, actor.at) as tx:
        stored.get_file(tx.connection, file_id)
        entries = stored.entries_of(tx.connection, [file_id])[file_id]
        entry = next((entry for entry in entries if entry.number == number), None)
        if entry is None:
            raise UnknownNameError("entry", str(number), (f"1 to {len(entries)}",))
        day = actor.day
        if not entry.kind.can_be_withdrawn:
            raise DiligenceError(
                f"entry {entry.number} is a {entry.kind}, which cannot be withdrawn",
                fix="make a new map to replace a map, or record the withdrawn entry again",
            )
        if any(other.about == entry.number and other.kind is EntryKind.WITHDRAWAL for other in entries):
            raise DiligenceError(f"entry {entry.number} is withdrawn")
        if day < entry.day:
            raise DiligenceError(
                f"entry {entry.number} is dated {entry.day}, after {day}", fix="give a later date"
            )
        return _write(tx, file_id, replace(withdrawal, about=number))


def _check_risk(view: FileView, risk_id: str) -> None:
    if view.risk(risk_id) is None:
        known = tuple(risk.id for risk in view.risks)
        raise UnknownNameError("risk", risk_id, known[:MOST_KNOWN])


def _entry(kind: EntryKind, content: StrictModel, actor: Actor) -> NewEntry:
    return NewEntry(kind, actor.day, content.model_dump(mode="json"))


def _write(tx: Transaction, file_id: str, entry: NewEntry) -> FileView:
    stored.add_entry(tx, file_id, entry)
    return read_view(tx.connection, file_id, entry.day)
