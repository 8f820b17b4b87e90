"""Claims and surveys in the store, without duplicates, with their sources."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from overzicht.store.database import Transaction, row_of
from overzicht.store.rows import values_of
from overzicht.store.tables import census as tables
from overzicht.subjects.census.claims import Claim
from overzicht.subjects.census.survey_rows import SurveyRow

CLAIMS, SURVEYS = tables.census_claim, tables.census_survey
BODY = ("body_id", "body_kind")  # of a claim: they can be corrected


def add_claims(tx: Transaction, claims: Sequence[Claim], file: str) -> int:
    """Store the claims of a file that are not stored yet, and return how many.

    A stored claim gets the body of the same claim now if it had none, or if the kind of the body was not
    stated before or is corrected by the file that it came from. With another kind from another file it is
    another claim.
    """
    stored: dict[str, list[RowMapping]] = defaultdict(list)
    columns = (CLAIMS.c.id, CLAIMS.c.content, CLAIMS.c.body_id, CLAIMS.c.body_kind, CLAIMS.c.file)
    for row in tx.connection.execute(select(*columns).order_by(CLAIMS.c.id)).mappings():
        stored[row["content"]].append(row)
    rows = {}
    for claim in claims:
        values = row_of(claim, CLAIMS)
        content = _hash({name: value for name, value in values.items() if name not in BODY})
        known = _same(stored[content], claim, file)
        if known is None:
            digest = _hash([content, claim.body_kind, file])
            own = {"content": content, "file": file, "hash": digest, "actor": tx.actor, "at": tx.at_text}
            rows[digest] = {**values, **own}
        elif claim.body_kind not in ("", known["body_kind"]) or (claim.body_id and not known["body_id"]):
            tx.update(CLAIMS, CLAIMS.c.id == known["id"], **{name: values[name] for name in BODY})
    tx.insert_all(CLAIMS, list(rows.values()))
    return len(rows)


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _same(stored: Sequence[RowMapping], claim: Claim, file: str) -> RowMapping | None:
    """Return the stored claim of one content that a claim of a file repeats or corrects; None if none is."""
    tests: tuple[Callable[[RowMapping], bool], ...] = (
        lambda row: row["body_kind"] == claim.body_kind,
        lambda row: "" in (row["body_kind"], claim.body_kind),
        lambda row: row["file"] == file,
    )
    return next((row for is_same in tests for row in stored if is_same(row)), None)


def set_bodies(tx: Transaction, bodies: Mapping[str, Collection[int]]) -> None:
    """Store the body of claims that had none: the numbers of the claims by body."""
    for body_id, numbers in sorted(bodies.items()):
        tx.update(CLAIMS, CLAIMS.c.id.in_(sorted(numbers)), body_id=body_id)


def unmatched_claims(connection: Connection) -> list[Claim]:
    """Return the claims without a body, in order of storage."""
    return values_of(Claim, connection, select(CLAIMS).where(CLAIMS.c.body_id == "").order_by(CLAIMS.c.id))


def read_claims(connection: Connection, as_of: date) -> list[Claim]:
    """Return the claims made until a date, in order of storage."""
    query = select(CLAIMS).where(CLAIMS.c.day <= as_of.isoformat()).order_by(CLAIMS.c.id)
    return values_of(Claim, connection, query)


def add_survey_rows(tx: Transaction, rows: Sequence[SurveyRow]) -> tuple[int, int]:
    """Store questions of surveys; return how many are new, and how many replace an earlier reading."""
    added = replaced = 0
    query = select(SURVEYS.c.survey, SURVEYS.c.number, SURVEYS.c.payload)
    known = {(row.survey, row.number): row.payload for row in tx.connection.execute(query)}
    for row in rows:
        key, payload = (row.survey, row.number), asdict(row)
        if key not in known:
            tx.insert(SURVEYS, survey=row.survey, number=row.number, payload=payload)
            added += 1
        elif SurveyRow(**known[key]) != row:
            is_row = (SURVEYS.c.survey == row.survey, SURVEYS.c.number == row.number)
            tx.update(SURVEYS, *is_row, payload=payload, actor=tx.actor, at=tx.at_text)
            replaced += 1
        known[key] = payload
    return added, replaced


def read_survey_rows(connection: Connection) -> list[SurveyRow]:
    """Return the questions of all surveys by survey and number."""
    query = select(SURVEYS.c.payload).order_by(SURVEYS.c.survey, SURVEYS.c.number)
    return [SurveyRow(**payload) for payload in connection.execute(query).scalars()]
