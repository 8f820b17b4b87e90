"""The audit trail of the service: log-ins, refusals, and readings of confidential records.

An entry of the log proves the rows, without their content: the events are destroyed after a period.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store.codec import storable
from overzicht.store.database import Transaction
from overzicht.store.rows import count_of, value_of, values_of
from overzicht.store.tables.accounts import audit_event

BATCH = 1_000
LENGTHS = {"account": 200, "address": 60, "subject": 300}


class AuditKind(WordedEnum):
    """Kind of event of the audit trail."""

    LOGGED_IN = "log-in", text("log-in")
    LOGIN_FAILED = "log-in failed", text("failed log-in")
    LOGIN_LIMITED = "log-in limited", text("too many attempts to log in")
    FACTOR_FAILED = "second factor failed", text("wrong second factor")
    REFUSED = "refused", text("refused request")
    CONFIDENTIAL_READ = "confidential read", text("reading of a confidential record")
    EVENTS_LOST = "events lost", text("events that were not stored")


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """An event; `at` is an ISO text in UTC, `account` is the name as it was given, and may not exist."""

    at: str
    kind: AuditKind
    account: str = ""
    address: str = ""
    subject: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    id: int = 0


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Filter of events: first and last date (inclusive), kind and account. Empty fields do not restrict."""

    since: date | None = None
    until: date | None = None
    kind: AuditKind | None = None
    account: str = ""

    def conditions(self) -> list[Any]:
        """Return the conditions on the table."""
        column = audit_event.c
        return [
            condition
            for is_given, condition in (
                (self.since, column.at >= str(self.since)),
                (self.until, column.at < f"{self.until}T99"),
                (self.kind, column.kind == str(self.kind)),
                (self.account, column.account == self.account),
            )
            if is_given
        ]


def add_events(tx: Transaction, events: list[AuditEvent]) -> None:
    """Store events in their order. A text that is too long is cut, and NUL is replaced."""
    rows = [
        {"at": event.at, "kind": event.kind.value, "detail": event.detail}
        | {name: storable(getattr(event, name), length) for name, length in LENGTHS.items()}
        for event in events
    ]
    tx.insert_all(audit_event, rows)


def read_events(connection: Connection, filters: AuditFilter) -> Iterator[AuditEvent]:
    """Yield the events that match a filter, oldest first, without holding them all."""
    query = select(audit_event).where(*filters.conditions()).order_by(audit_event.c.id)
    with connection.execute(query.execution_options(yield_per=BATCH)) as rows:
        for row in rows:
            yield value_of(AuditEvent, row)


def newest_events(
    connection: Connection, filters: AuditFilter, *, offset: int = 0, limit: int = 50
) -> list[AuditEvent]:
    """Return the events that match a filter, newest first."""
    query = select(audit_event).where(*filters.conditions()).order_by(audit_event.c.id.desc())
    return values_of(AuditEvent, connection, query.offset(offset).limit(limit))


def count_events(connection: Connection, filters: AuditFilter) -> int:
    """Return the number of events that match a filter."""
    return count_of(connection, audit_event, *filters.conditions())


def destroy_events_before(tx: Transaction, time: str) -> int:
    """Delete the events before a time; return their number."""
    return tx.delete(audit_event, audit_event.c.at < time)
