"""Entries of working files of due diligence against their own hashes and the log.

The rule is about stored bytes alone, so a store is checked whole, also where the subject itself is not here.
"""

import hashlib
import json
from typing import Any

from sqlalchemy import Connection, select

from overzicht.store import schema
from overzicht.store.tables.diligence import diligence_entry as entries

WORD = "diligence"  # with which the actions of the log begin
BEGUN = f"{WORD} new"  # the action of a new file; every other one is about an entry


def content_hash(payload: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of a content."""
    canonical = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def differences(connection: Connection) -> list[tuple[str, str]]:
    """Return (entry, fault) for every entry that differs from its own hash or from the log."""
    actions = schema.log.c.action
    stated = (actions.startswith(f"{WORD} "), actions != BEGUN)
    query = select(schema.log.c.subject, schema.log.c.detail).where(*stated)
    logged: dict[str, dict[str, Any]] = {row.subject: row.detail for row in connection.execute(query)}
    faults: list[tuple[str, str]] = []
    for row in connection.execute(select(entries).order_by(entries.c.file_id, entries.c.number)):
        where = f"{row.file_id}/{row.number}"
        detail = logged.pop(where, None)
        if content_hash(row.payload) != row.hash:
            faults.append((where, "its content was changed"))
        elif detail is None:
            faults.append((where, "it is not in the log"))
        elif (row.hash, row.day, row.risk, row.about) != tuple(
            detail.get(name) for name in ("hash", "day", "risk", "about")
        ):
            faults.append((where, "it differs from the log"))
    return faults + [(where, "it is missing") for where in sorted(logged)]
