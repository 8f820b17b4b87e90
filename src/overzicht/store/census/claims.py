"""Claims and surveys in the store, without duplicates, with their sources."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, select

from overzicht.census.claims import Claim
from overzicht.census.surveys import SurveyRow
from overzicht.store.database import Transaction
from overzicht.store.reading import values_of
from overzicht.store.tables import census as tables

CLAIMS, SURVEYS = tables.census_claim, tables.census_survey


def add_claims(tx: Transaction, claims: Sequence[Claim]) -> int:
    """Store claims that are not stored yet, and return how many.

    A stored claim without a body gets that of the same claim now, with the kind that decided it.
    """
    stored = {
        row.hash: row for row in tx.connection.execute(select(CLAIMS.c.hash, CLAIMS.c.id, CLAIMS.c.body_id))
    }
    rows = {}
    for claim in claims:
        values = asdict(claim) | {"day": claim.day.isoformat(), "makers": list(claim.makers)}
        del values["id"]
        content = {name: value for name, value in values.items() if name not in ("body_id", "body_kind")}
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        known = stored.get(digest)
        if known is None:
            rows[digest] = {**values, "hash": digest, "actor": tx.actor, "at": tx.at_text}
        elif claim.body_id and not known.body_id:
            tx.update(CLAIMS, CLAIMS.c.id == known.id, body_id=claim.body_id, body_kind=claim.body_kind)
    tx.insert_all(CLAIMS, list(rows.values()))
    return len(rows)


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


def add_survey_rows(tx: Transaction, rows: Sequence[SurveyRow]) -> int:
    """Store questions of surveys that are not stored yet, and return how many."""
    added = 0
    known = {
        (row.survey, row.number) for row in tx.connection.execute(select(SURVEYS.c.survey, SURVEYS.c.number))
    }
    for row in rows:
        if (row.survey, row.number) not in known:
            known.add((row.survey, row.number))
            tx.insert(SURVEYS, survey=row.survey, number=row.number, payload=asdict(row))
            added += 1
    return added


def read_survey_rows(connection: Connection) -> list[SurveyRow]:
    """Return the questions of all surveys by survey and number."""
    query = select(SURVEYS.c.payload).order_by(SURVEYS.c.survey, SURVEYS.c.number)
    return [SurveyRow(**payload) for payload in connection.execute(query).scalars()]
