"""An alert as an event, in the NL GOV profile for CloudEvents (Logius, version 1.1 on CloudEvents 1.0).

The id of the alert identifies the event for good. The source is the URN of the settings. Without one, it is a
URN with an id of this store, because an organisation number would be invented.
"""

import uuid
from typing import Any

from sqlalchemy import Connection

from overzicht.store.alerts import ListAlert
from overzicht.store.log import first_hash
from overzicht.subjects.alerts.checking import NAMESPACE
from overzicht.subjects.alerts.settings import read_alert_settings
from overzicht.subjects.lists.followers import title_of

TYPE = "nl.overzicht.listing-changed.v1"
MEDIA_TYPE = "application/cloudevents+json; charset=utf-8"


def source_of(connection: Connection) -> str:
    """Return the source of all events of a store: that of the settings, else a URN of this store."""
    own = uuid.uuid5(NAMESPACE, first_hash(connection))
    return read_alert_settings(connection).source or f"urn:uuid:{own}"


def event_of(alert: ListAlert, source: str) -> dict[str, Any]:
    """Return an alert as a CloudEvent in JSON."""
    return {
        "specversion": "1.0",
        "id": alert.id,
        "source": source,
        "type": TYPE,
        "subject": alert.subject,
        "time": alert.at,
        "datacontenttype": "application/json",
        "data": {
            "list": alert.list_id,
            "part": alert.part,
            "before": alert.before_day.isoformat(),
            "version": alert.day.isoformat(),
            "use": alert.use.value,
            "party": alert.party,
            "about": str(alert.about),
            "title": str(title_of(alert)),
            "task": alert.task_id,
            "entries": [
                {
                    "change": entry.change.value,
                    "answer": entry.answer.value,
                    "record": entry.record_id,
                    "name": entry.caption,
                    "statement": str(entry.statement),
                    "reasons": [str(reason.text) for reason in entry.reasons],
                    "citation": entry.citation.to_json(),
                }
                for entry in alert.entries
            ],
        },
    }
