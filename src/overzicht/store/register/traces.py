"""What was concluded of each set of traces, kept once for all devices that show the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from overzicht.devices import Identification, Sighting
from overzicht.evidence import Reason, Text
from overzicht.register.sighting import sighting_to_json
from overzicht.store.database import Transaction
from overzicht.store.reading import batches, value_of
from overzicht.store.tables import register as tables

TABLE = tables.register_trace
VERDICT = ("maker_id", "brand", "kind", "product_line", "confidence", "is_relabelled")
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Concluded:
    """A group of equal traces and what follows from them; `sample` is one sighting that shows them."""

    key: str
    identification: Identification
    maker_name: str
    undecided: tuple[str, ...]  # names
    sample: Sighting


def keep_traces(tx: Transaction, found: Sequence[Concluded], as_of: str, version: str) -> None:
    """Keep the groups that are new; one that is known stays as it was concluded then."""
    known: set[str] = set()
    for keys in batches((each.key for each in found), CHUNK):
        known.update(tx.connection.execute(select(TABLE.c.key).where(TABLE.c.key.in_(keys))).scalars())
    own = {"as_of": as_of, "version": version, "at": tx.at_text}
    tx.insert_all(TABLE, [{**_row(each), **own} for each in found if each.key not in known])


def _row(each: Concluded) -> dict[str, Any]:
    found = each.identification
    return {
        **verdict_of(found),
        "is_relabelled": found.is_relabelled,
        "key": each.key,
        "maker_name": each.maker_name,
        "undecided": list(each.undecided),
        "is_undecided": bool(each.undecided),
        "payload": {
            "undecided": list(found.undecided),
            "reasons": [reason.to_json() for reason in found.reasons],
            "kind_reasons": [reason.to_json() for reason in found.kind_reasons],
            "conflicts": [conflict.to_json() for conflict in found.conflicts],
        },
        "sighting": sighting_to_json(each.sample),
    }


def verdicts(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """Return what was concluded of each group: maker, brand, kind, line, confidence, relabelled; as text."""
    found: dict[str, Mapping[str, str]] = {}
    for chunk in batches(sorted(set(keys)), CHUNK):
        query = select(TABLE).where(TABLE.c.key.in_(chunk))
        for row in connection.execute(query).mappings():
            found[row["key"]] = {name: str(row[name]) for name in VERDICT}
    return found


def verdict_of(found: Identification) -> dict[str, str]:
    """Return an identification in the form of `verdicts`."""
    return {
        "maker_id": found.maker_id,
        "brand": found.brand[:200],
        "kind": found.kind.value,
        "product_line": found.product_line[:200],
        "confidence": found.confidence.value,
        "is_relabelled": str(found.is_relabelled),
    }


def identification_of(connection: Connection, key: str) -> Identification:
    """Return what was concluded of a group, with its reasons."""
    row = connection.execute(select(TABLE).where(TABLE.c.key == key)).one()
    payload = row.payload
    return value_of(
        Identification,
        row,
        sighting_id=key,
        undecided=tuple(payload["undecided"]),
        reasons=tuple(Reason.from_json(each) for each in payload["reasons"]),
        kind_reasons=tuple(Reason.from_json(each) for each in payload["kind_reasons"]),
        conflicts=tuple(Text.from_json(each) for each in payload["conflicts"]),
    )


def standing_makers(connection: Connection) -> list[str]:
    """Return the makers of all devices in any state, by id."""
    query = select(TABLE.c.maker_id).distinct().where(TABLE.c.maker_id != "").order_by(TABLE.c.maker_id)
    return list(connection.execute(query).scalars())
