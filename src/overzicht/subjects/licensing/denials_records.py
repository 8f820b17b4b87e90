"""Denials, own and received: every version is kept, and each reading of the record is logged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, true

from overzicht.errors import UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.grouping import by_key
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.rows import StoredRecordError, stored_record, value_of
from overzicht.subjects.licensing.denial_exchange import hash_of
from overzicht.subjects.licensing.denial_model import Denial, ReviewRecord, is_valid_on

DENIAL, REVIEW = text("denial"), text("review of denial")


class Origin(WordedEnum):
    """Whether the denial is the authority's own or was received from another state."""

    OWN = "own", text("own")
    RECEIVED = "received", text("received")


class SaveResult(WordedEnum):
    """Result of saving a denial."""

    NEW = "new", text("new")
    NEW_VERSION = "new version", text("new version")
    KNOWN = "known", text("known")


class Purpose(WordedEnum):
    """Purpose of showing a denial; the last two are followed by the id of a case."""

    LIST = "list", text("in the list")
    SHOW = "show", text("as a single record")
    EXPORT = "export", text("for an exchange file")
    READINGS = "readings", text("to see its readers")
    CASE = "match of case", text("with a matching case")
    ASSESSMENT = "matching of case", text("to assess a case")


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a denial: time (ISO, UTC), reader, as-of date, and purpose.

    `case` is the id of the licence case that it was shown with or compared with; empty for none.
    """

    at: str
    actor: str
    day: date
    purpose: Purpose
    case: str


@dataclass(frozen=True, slots=True)
class StoredDenial:
    """The newest version of a denial with its reviews; `versions` is the number of versions."""

    denial: Denial
    origin: Origin
    sha256: str
    versions: int
    reviews: tuple[ReviewRecord, ...]

    def is_valid_on(self, day: date) -> bool:
        """Return whether the denial was in force on `day`."""
        return is_valid_on(self.denial, self.reviews, day)


def keep_denial(tx: Transaction, denial: Denial, origin: Origin) -> SaveResult:
    """Save a denial; equal content is stored once, other content of one id is a new version."""
    table = schema.denial
    content = denial.to_json()
    sha256 = hash_of(content)
    known = tx.connection.execute(select(table.c.hash).where(table.c.denial_id == denial.id)).scalars().all()
    if sha256 in known:
        return SaveResult.KNOWN
    kept = {"denial_id": denial.id, "issuing_state": denial.issuing_state, "hash": sha256}
    tx.insert(table, **kept, origin=origin, payload=content)
    # the log is read by more people than the register: it names the record by its hash alone
    tx.log("keep denial", denial.id, origin=origin.value, sha256=sha256, version=len(known) + 1)
    return SaveResult.NEW_VERSION if known else SaveResult.NEW


def add_denial_event(tx: Transaction, denial_id: str, kind: str, day: date, payload: dict[str, Any]) -> None:
    """Append a review, or a reading, to a denial and to the log."""
    tx.insert(schema.denial_event, denial_id=denial_id, kind=kind, day=day, payload=payload)
    # the content of the event stays here: the log is read by more people than the register
    tx.log(f"denial {kind}", denial_id, day=day.isoformat())


def note_reading(
    tx: Transaction, denials: Sequence[Denial], day: date, purpose: Purpose, case: str = ""
) -> None:
    """Record which denials a person read and for what, with the case if one is the reason."""
    payload = {"purpose": f"{purpose} {case}".rstrip()}
    for denial in denials:
        add_denial_event(tx, denial.id, "read", day, payload)


def readings_of(connection: Connection, denial_id: str) -> tuple[Reading, ...]:
    """Return every reading of a denial, newest first; empty for an unknown denial.

    Readings do not depend on a date: all readers are shown.
    """
    table = schema.denial_event
    rows = connection.execute(
        select(table)
        .where(table.c.denial_id == denial_id, table.c.kind == "read")
        .order_by(table.c.id.desc())
    )
    readings: list[Reading] = []
    for row in rows:
        stated: str = row.payload["purpose"]
        purpose = next(purpose_kind for purpose_kind in Purpose if stated.startswith(purpose_kind))
        readings.append(value_of(Reading, row, purpose=purpose, case=stated.removeprefix(purpose).lstrip()))
    return tuple(readings)


def get_denial(connection: Connection, denial_id: str, as_of: date | None = None) -> StoredDenial:
    """Return the newest version of a denial; UnknownNameError names no other: they are confidential."""
    problems: list[StoredRecordError] = []
    denials = {stored.denial.id: stored for stored in list_denials(connection, as_of, problems)}
    for problem in problems:
        if problem.name == denial_id:
            raise problem
    if denial_id not in denials:
        raise UnknownNameError("denial", denial_id)
    return denials[denial_id]


def list_denials(
    connection: Connection, as_of: date | None = None, problems: list[StoredRecordError] | None = None
) -> list[StoredDenial]:
    """Return the newest version of every denial, by id; replaced ones are left out.

    As of a date, later notified denials are left out and replace nothing; later reviews are left out.
    A denial or review that cannot be read is added to `problems`, or raised without them.
    """
    table = schema.denial
    versions = by_key((row.denial_id, row) for row in connection.execute(select(table).order_by(table.c.id)))
    table = schema.denial_event
    reviews: dict[str, list[ReviewRecord]] = {}
    is_known = true() if as_of is None else table.c.day <= as_of.isoformat()
    query = select(table).where(table.c.kind == "review", is_known)
    for row in connection.execute(query.order_by(table.c.id)):
        with stored_record(REVIEW, row.denial_id, problems):
            record = ReviewRecord(on=date.fromisoformat(row.day), by=row.actor, **row.payload)
            reviews.setdefault(row.denial_id, []).append(record)
    denials = []
    for denial_id, rows in sorted(versions.items()):
        newest, own = rows[-1], tuple(reviews.get(denial_id, ()))
        if as_of is not None:
            # whether a denial states a later notification; its other fields may be unreadable
            try:
                is_later = date.fromisoformat(newest.payload["notified_on"]) > as_of
            except (LookupError, TypeError, ValueError):
                is_later = False
            if is_later:
                continue
        with stored_record(DENIAL, denial_id, problems):
            denial = Denial.model_validate(newest.payload)
            denials.append(StoredDenial(denial, Origin(newest.origin), newest.hash, len(rows), own))
    replaced = {
        (stored.denial.issuing_state, stored.denial.supersedes)
        for stored in denials
        if stored.denial.supersedes
    }
    return [stored for stored in denials if (stored.denial.issuing_state, stored.denial.id) not in replaced]
