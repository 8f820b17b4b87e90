"""Undo of an accepted import: its states are taken back, and those before them are current again."""

from sqlalchemy import Connection, Select, and_, func, or_, select

from overzicht.register.terms import Status
from overzicht.store.database import Transaction
from overzicht.store.register import imports
from overzicht.store.register.device_states import CHUNK, NEVER, STATE
from overzicht.store.register.imports import IMPORT, ROW, StoredImport
from overzicht.store.register.organisations import RegisterError
from overzicht.store.rows import batches
from overzicht.store.tables import register as tables

MEMBER, DEVICE = tables.register_plan_device, tables.register_device


class UndoError(RegisterError):
    """An import cannot be undone; states why."""

    def __init__(self, number: int, why: str, fix: str) -> None:
        super().__init__(f"import {number} cannot be undone: {why}", fix=fix)


def check_undo(connection: Connection, stored: StoredImport) -> None:
    """Raise UndoError if the import is not accepted, or if a later change uses what it wrote."""
    number = stored.id
    if stored.status is Status.SUPERSEDED:
        accepted = imports.list_imports(connection, [stored.organisation_id], Status.ACCEPTED)
        later = [later_import.id for later_import in accepted if later_import.supersedes == number]
        first = (
            f"undo import {later[0]} first (`overzicht register undo {later[0]}`)"
            if later
            else "undo the newest list of its date first"
        )
        raise UndoError(number, "a corrected list of the same date replaced it", first)
    if stored.status is not Status.ACCEPTED:
        raise UndoError(number, f"its status is {stored.status}", "choose an accepted import")
    # a later import that shows or ends a device that this one changed
    is_later = or_(
        IMPORT.c.decided_at > stored.decided_at,
        and_(IMPORT.c.decided_at == stored.decided_at, IMPORT.c.id > stored.id),
    )
    of_owner = (IMPORT.c.organisation_id == stored.organisation_id, IMPORT.c.status == Status.ACCEPTED.value)
    shown = select(STATE.c.device_id).where(STATE.c.import_id == stored.id)
    about_same: Select[tuple[int, str]] = (
        select(IMPORT.c.id, IMPORT.c.filename)
        .join(ROW, ROW.c.import_id == IMPORT.c.id)
        .where(*of_owner, is_later, ROW.c.device_id.in_(shown))
        .order_by(IMPORT.c.id.desc())
        .limit(1)
    )
    newer = connection.execute(about_same).first()
    if newer is not None:
        raise UndoError(
            stored.id,
            f"import {newer.id} ({newer.filename}) is later and is about the same devices",
            f"undo import {newer.id} first (`overzicht register undo {newer.id}`)",
        )
    same_day = select(IMPORT.c.id).where(*of_owner, IMPORT.c.day == stored.day.isoformat())
    if "moved" not in stored.options and len(connection.execute(same_day).all()) > 1:
        raise UndoError(
            stored.id,
            "it was accepted before imports could be undone, with another inventory of the same date",
            "import a corrected inventory instead",
        )
    own, others = STATE.c.import_id == number, or_(STATE.c.import_id.is_(None), STATE.c.import_id != number)
    touched = select(STATE.c.device_id).where(own)
    later = STATE.c.id > stored.options.get("newest", 0)  # one that changed the past wrote others again
    changed = select(STATE).where(STATE.c.device_id.in_(touched), STATE.c.valid_to.is_(None), others, later)
    added = select(DEVICE.c.id).where(DEVICE.c.import_id == number)
    replaced = select(STATE).where(STATE.c.replaced_by.in_(added), others, later)
    for query in (changed, replaced):
        row = connection.execute(query.order_by(STATE.c.id).limit(1)).first()
        if row is not None:
            raise UndoError(
                number,
                f"{row.device_id} was changed by {row.actor} on {row.valid_from}",
                "record a correction of that device instead (`overzicht register mark`)",
            )
    planned = connection.execute(select(MEMBER).where(MEMBER.c.device_id.in_(added)).limit(1)).first()
    if planned is not None:
        raise UndoError(
            number,
            f"plan {planned.plan_id} contains {planned.device_id}, which this import added",
            "import a corrected inventory instead",
        )


def undo_import(tx: Transaction, stored: StoredImport, reason: str) -> None:
    """End the states of an import, reopen those before them, and record who undid it."""
    number = stored.id
    # the state that each device of an import had before it; none for a device that it added. A state that
    # was taken back does not count; earlier releases gave one of an undone import an empty period.
    first = (
        select(STATE.c.device_id, func.min(STATE.c.id).label("first"))
        .where(STATE.c.import_id == number)
        .group_by(STATE.c.device_id)
        .subquery()
    )
    query = (
        select(func.max(STATE.c.id))
        .join(first, first.c.device_id == STATE.c.device_id)
        .outerjoin(IMPORT, IMPORT.c.id == STATE.c.import_id)
        .where(
            STATE.c.id < first.c.first,
            func.coalesce(IMPORT.c.status, "") != Status.UNDONE.value,
            func.coalesce(STATE.c.valid_to, "") != NEVER,
        )
        .group_by(STATE.c.device_id)
    )
    before = tx.connection.execute(query).scalars().all()
    tx.update(STATE, STATE.c.import_id == number, valid_to=NEVER)
    for batch in batches(before, CHUNK):
        tx.update(STATE, STATE.c.id.in_(batch), valid_to=None)
    moved: dict[int, dict[int, str]] = {}
    for import_id, row, device in stored.options.get("moved", ()):
        moved.setdefault(import_id, {})[row] = device
    for import_id, devices in moved.items():
        imports.set_devices(tx, import_id, devices)
    imports.undo(tx, stored, reason)
