"""Recording and exporting the audit trail of the service."""

import json
from collections.abc import Iterator
from datetime import datetime

from overzicht.store import audit
from overzicht.store.audit import AuditEvent, AuditFilter
from overzicht.store.database import Store

PRODUCT = "overzicht"  # writes the events; the account is a field of the event


def record(store: Store, events: list[AuditEvent], at: datetime) -> None:
    """Store events; StoreBusyError if another writer holds the store too long."""
    with store.writing(PRODUCT, at) as tx:
        audit.add_events(tx, events)


def json_lines(store: Store, filters: AuditFilter) -> Iterator[str]:
    """Yield the events that match a filter as lines of JSON (one object each), oldest first."""
    with store.reading() as connection:
        for event in audit.read_events(connection, filters):
            yield event_line(event)


def event_line(event: AuditEvent) -> str:
    """Return an event as one line of JSON; the time of the event is `time`, in UTC."""
    fields = {
        "id": event.id,
        "time": event.at,
        "kind": event.kind.value,
        "account": event.account,
        "address": event.address,
        "subject": event.subject,
        "detail": event.detail,
    }
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")) + "\n"
