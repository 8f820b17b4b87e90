"""The outcome of the records of an import: devices, merged rows, what is not a device, and what is unread."""

from sqlalchemy import Connection

from overzicht.evidence import Text
from overzicht.evidence.account import LeftOut, RecordAccount, Unread, grouped_by_reason
from overzicht.register.terms import Outcome
from overzicht.sources.inventories.interface import InventoryResult
from overzicht.store.register.imports import StoredImport, rows_of


def options_of(inventory: InventoryResult) -> dict[str, object]:
    """Return what a stored import keeps of a file beside its rows, as JSON; `left_out_of` reads it back."""
    proposal = inventory.proposal
    return {
        "left_out": [
            {
                "place": row.place[:300],
                "reason": row.reason.to_json(),
                "words": row.words,
                "records": row.records,
                "include": row.include,
            }
            for row in inventory.left_out
        ],
        "unread": [{"place": row.place[:300], "reason": row.reason.to_json()} for row in inventory.unread],
        "doubts": [{"place": row.place[:300], "reason": row.reason.to_json()} for row in inventory.doubts],
        "end": {"is_whole": inventory.end.is_whole, "evidence": inventory.end.evidence.to_json()}
        if inventory.end
        else None,
        "sightings": len(inventory.sightings),
        "merged": inventory.merged,
        "proposed": {"reason": proposal.reason.to_json(), "records": proposal.records} if proposal else None,
    }


def left_out_of(stored: StoredImport) -> list[LeftOut]:
    """Return the records of an import that are not devices; an older release stored no words or numbers."""
    return [
        LeftOut(
            row["place"],
            Text.from_json(row["reason"]),
            row.get("words", ""),
            row.get("records", 1),
            row.get("include", ""),
        )
        for row in stored.options.get("left_out", ())
    ]


def account_of(connection: Connection, stored: StoredImport) -> RecordAccount:
    """Return the outcome of the records of an import; an unclear row without a choice is unread."""
    unread = [Unread(row["place"], Text.from_json(row["reason"])) for row in stored.options.get("unread", ())]
    if stored.counts.get(Outcome.UNCLEAR.value):
        unread += [
            Unread(row.place, row.why or Text(""))
            for row in rows_of(connection, stored.id, Outcome.UNCLEAR)
            if not row.choice
        ]
    duplicates = stored.counts.get(Outcome.DUPLICATE.value, 0)
    sightings = stored.options.get("sightings")
    if sightings is None:  # an older release stored the rows alone
        counted = (Outcome.ADDED, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.UNCLEAR)
        sightings = duplicates + sum(stored.counts.get(outcome.value, 0) for outcome in counted)
    devices = sightings - duplicates - (len(unread) - len(stored.options.get("unread", ())))
    merged = duplicates + stored.options.get("merged", 0)
    not_devices = grouped_by_reason(left_out_of(stored))
    apart = sum(group.count for group in not_devices)
    return RecordAccount(devices + merged + apart + len(unread), devices, merged, not_devices, tuple(unread))
