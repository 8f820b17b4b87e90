"""Suggested merges as shown, and people's judgements on them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from overzicht.evidence import Reason
from overzicht.store.database import Transaction
from overzicht.store.decisions import Judgement, Verdict, judgements_starting, standing
from overzicht.store.rows import is_there, value_of
from overzicht.store.snapshots import state_of_snapshots
from overzicht.store.tables import sameparty as tables

PREFIX = "same-"  # of the ids of suggested merges, among those that a judgement may name
TABLE = tables.suggested_merge
_Place = tuple[str, str]  # list, record id


@dataclass(frozen=True, slots=True)
class StoredMerge:
    """Two records of different lists that may be one party, with the score and reasons shown."""

    id: str
    first: _Place
    second: _Place
    score: float
    reasons: tuple[Reason, ...]


def keep_merges(tx: Transaction, merges: Iterable[StoredMerge]) -> int:
    """Store the merges that were never shown before; return their number."""
    known = set(tx.connection.execute(select(TABLE.c.id)).scalars())
    rows = []
    for merge in merges:
        if merge.id not in known:
            names = ("first_list", "first_record", "second_list", "second_record")
            reasons = [reason.to_json() for reason in merge.reasons]
            places = zip(names, (*merge.first, *merge.second), strict=True)
            rows.append(
                {
                    "id": merge.id,
                    "score": merge.score,
                    "reasons": reasons,
                    **dict(places),
                    "at": tx.at_text,
                }
            )
    tx.insert_all(TABLE, rows)
    return len(rows)


def has_merge(connection: Connection, merge_id: str) -> bool:
    """Return whether a merge of this id was ever suggested."""
    return is_there(connection, TABLE.c.id, merge_id)


def judged_merges(connection: Connection) -> list[tuple[StoredMerge, list[Judgement]]]:
    """Return every judged merge by id, with its judgements, oldest first, withdrawn ones too."""
    by_id = judgements_starting(connection, PREFIX)
    rows = connection.execute(select(TABLE).order_by(TABLE.c.id))
    return [(_merge(row), by_id[row.id]) for row in rows if row.id in by_id]


def suggested_merges(connection: Connection) -> list[tuple[StoredMerge, list[Judgement]]]:
    """Return every suggested merge, highest score first, with its judgements as `judged_merges`."""
    by_id = judgements_starting(connection, PREFIX)
    rows = connection.execute(select(TABLE).order_by(TABLE.c.score.desc(), TABLE.c.id))
    return [(_merge(row), by_id.get(row.id, [])) for row in rows]


def _merge(row: Row[Any]) -> StoredMerge:
    reasons = tuple(Reason.from_json(reason) for reason in row.reasons)
    first, second = (row.first_list, row.first_record), (row.second_list, row.second_record)
    return value_of(StoredMerge, row, first=first, second=second, reasons=reasons)


def confirmed(connection: Connection) -> list[tuple[StoredMerge, Judgement]]:
    """Return the confirmed merges, each with its judgement."""
    merges = []
    for merge, judgements in judged_merges(connection):
        judgement = standing(judgements)
        if judgement is not None and judgement.verdict is Verdict.CONFIRM:
            merges.append((merge, judgement))
    return merges


def confirmed_by_place(connection: Connection) -> dict[tuple[str, str], list[str]]:
    """Return by list and record the ids of the confirmed merges that it is in."""
    merges: dict[tuple[str, str], list[str]] = {}
    for merge, _ in confirmed(connection):
        for place in (merge.first, merge.second):
            merges.setdefault(place, []).append(merge.id)
    return merges


def state_of_parties(connection: Connection) -> str:
    """Return a hash that is equal as long as neither the snapshots nor the confirmed merges change."""
    merges = [merge.id for merge, _ in confirmed(connection)]
    return hashlib.sha256(repr((state_of_snapshots(connection), merges)).encode()).hexdigest()
