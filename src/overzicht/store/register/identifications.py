"""Conclusions for each set of traces, stored once for all devices that show the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from overzicht.devices import Identification, Sighting
from overzicht.evidence import Reason, Text
from overzicht.register.sighting import sighting_from_json, sighting_to_json
from overzicht.store.database import Transaction
from overzicht.store.rows import batches, value_of
from overzicht.store.tables import register as tables

TABLE = tables.register_trace
VERDICT = ("maker_id", "brand", "kind", "product_line", "confidence", "is_relabelled")
CHUNK = 500
UNKNOWN_MAKER = and_(TABLE.c.maker_id == "", ~TABLE.c.is_undecided)


@dataclass(frozen=True, slots=True)
class TraceConclusion:
    """A group of equal traces and its conclusion; `sample` is one sighting that shows them."""

    key: str
    identification: Identification
    maker_name: str
    undecided: tuple[str, ...]  # names
    sample: Sighting


def keep_traces(tx: Transaction, conclusions: Sequence[TraceConclusion], as_of: str, version: str) -> None:
    """Store the new groups; a known one keeps its earlier conclusion."""
    known: set[str] = set()
    groups = {conclusion.key: conclusion for conclusion in conclusions}
    for keys in batches(groups, CHUNK):
        known.update(tx.connection.execute(select(TABLE.c.key).where(TABLE.c.key.in_(keys))).scalars())
    own = {"as_of": as_of, "version": version, "at": tx.at_text}
    rows = []
    for key, conclusion in groups.items():
        if key not in known:
            identification = conclusion.identification
            rows.append(
                {
                    **verdict_of(identification),
                    "is_relabelled": identification.is_relabelled,
                    "key": conclusion.key,
                    "maker_name": conclusion.maker_name,
                    "undecided": list(conclusion.undecided),
                    "is_undecided": bool(conclusion.undecided),
                    "payload": {
                        "undecided": list(identification.undecided),
                        "reasons": [reason.to_json() for reason in identification.reasons],
                        "kind_reasons": [reason.to_json() for reason in identification.kind_reasons],
                        "conflicts": [conflict.to_json() for conflict in identification.conflicts],
                    },
                    "sighting": sighting_to_json(conclusion.sample),
                    **own,
                }
            )
    tx.insert_all(TABLE, rows)


def verdicts(connection: Connection, keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """Return the conclusion of each group: maker, brand, kind, line, confidence, relabelled; as text."""
    by_key: dict[str, Mapping[str, str]] = {}
    for chunk in batches(sorted(set(keys)), CHUNK):
        query = select(TABLE).where(TABLE.c.key.in_(chunk))
        for row in connection.execute(query).mappings():
            by_key[row["key"]] = {name: str(row[name]) for name in VERDICT}
    return by_key


def verdict_of(identification: Identification) -> dict[str, str]:
    """Return an identification in the form of `verdicts`."""
    return {
        "maker_id": identification.maker_id,
        "brand": identification.brand[:200],
        "kind": identification.kind.value,
        "product_line": identification.product_line[:200],
        "confidence": identification.confidence.value,
        "is_relabelled": str(identification.is_relabelled),
    }


def identification_of(connection: Connection, key: str) -> Identification:
    """Return the conclusion of a group, with its reasons."""
    row = connection.execute(select(TABLE).where(TABLE.c.key == key)).one()
    payload = row.payload
    return value_of(
        Identification,
        row,
        sighting_id=key,
        undecided=tuple(payload["undecided"]),
        reasons=tuple(Reason.from_json(item) for item in payload["reasons"]),
        kind_reasons=tuple(Reason.from_json(item) for item in payload["kind_reasons"]),
        conflicts=tuple(Text.from_json(item) for item in payload["conflicts"]),
    )


def without_maker(connection: Connection) -> Iterator[tuple[str, Sighting]]:
    """Yield key and sighting of each group that shows no maker, by key."""
    query = select(TABLE.c.key, TABLE.c.sighting).where(UNKNOWN_MAKER).order_by(TABLE.c.key)
    yield from ((row.key, sighting_from_json(row.sighting)) for row in connection.execute(query))


def state_without_maker(connection: Connection) -> tuple[int, str]:
    """Return how many groups show no maker, and when the newest was stored; both change with a new one."""
    query = select(func.count(), func.max(TABLE.c.at)).where(UNKNOWN_MAKER)
    number, newest = connection.execute(query).one()
    return number, newest or ""


def standing_makers(connection: Connection) -> list[str]:
    """Return the makers of all devices in any state, by id."""
    query = select(TABLE.c.maker_id).distinct().where(TABLE.c.maker_id != "").order_by(TABLE.c.maker_id)
    return list(connection.execute(query).scalars())
