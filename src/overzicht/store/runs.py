"""Runs and findings: the request, its inputs, and its results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection, func, select

from overzicht.evidence import Finding, FindingKind
from overzicht.evidence.shown import pairs_as
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.reading import BATCH, batches, is_there, value_of

NAME_CHARACTERS = 300  # of what a person may call a subject


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run: `inputs` are (filename, sha256) pairs, `summary` its headline numbers by name."""

    id: str
    command: str
    as_of: date
    inputs: Annotated[tuple[tuple[str, str], ...], pairs_as("filename", "sha256")]
    version: str
    summary: dict[str, Any]
    actor: str
    at: str


def add_run(
    tx: Transaction, run: StoredRun, findings: Iterable[Finding], names: Iterable[tuple[str, str]]
) -> None:
    """Store a run with its findings; `names` are (subject, alternative name) pairs.

    A run with the same id (the same inputs, lists, cards and date) replaces the one before it.
    """
    tx.delete(schema.run, schema.run.c.id == run.id)
    inputs = [list(pair) for pair in run.inputs]
    request = {"id": run.id, "command": run.command, "as_of": run.as_of, "version": run.version}
    tx.insert(schema.run, **request, inputs=inputs, summary=run.summary)
    count = 0
    for batch in batches(findings, BATCH):
        tx.insert_all(schema.finding, [_finding_row(run.id, finding) for finding in batch])
        count += len(batch)
    called = {(subject, name.casefold()[:NAME_CHARACTERS]) for subject, name in names if name}
    for part in batches(sorted(called), BATCH):
        rows = [{"run_id": run.id, "subject": subject, "name": name} for subject, name in part]
        tx.insert_all(schema.subject_name, rows)
    tx.log("run", run.id, command=run.command, findings=count)


def _finding_row(run_id: str, finding: Finding) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "id": finding.id,
        "kind": finding.kind.value,
        "subject": finding.subject,
        "object": finding.object,
        "answer": finding.answer.value,
        "payload": finding.to_json(),
    }


def list_runs(connection: Connection) -> list[StoredRun]:
    """Return all runs, newest first."""
    table = schema.run
    rows = connection.execute(select(table).order_by(table.c.at.desc(), table.c.id))
    return [value_of(StoredRun, row, inputs=tuple(map(tuple, row.inputs))) for row in rows]


def find_run(connection: Connection, run_id: str) -> StoredRun | None:
    """Return a run by its id or a unique prefix of it; None if there is none."""
    fitting = [run for run in list_runs(connection) if run.id.startswith(run_id)]
    exact = [run for run in fitting if run.id == run_id]
    return exact[0] if exact else (fitting[0] if len(fitting) == 1 else None)


def findings_of(connection: Connection, run_id: str, subjects: Sequence[str] | None = None) -> list[Finding]:
    """Return the findings of a run by id, all of them or those on some subjects."""
    table = schema.finding
    query = select(table.c.payload).where(table.c.run_id == run_id).order_by(table.c.id)
    if subjects is not None:
        query = query.where(table.c.subject.in_(list(subjects)))
    return [Finding.from_json(payload) for (payload,) in connection.execute(query)]


def count_by_object(connection: Connection, run_id: str, kind: FindingKind) -> dict[str, int]:
    """Return how many findings of a kind a run has by their object; the empty object if none was found."""
    table = schema.finding
    query = (
        select(table.c.object, func.count())
        .where(table.c.run_id == run_id, table.c.kind == kind.value)
        .group_by(table.c.object)
        .order_by(table.c.object)
    )
    return {object_id: int(count) for object_id, count in connection.execute(query)}


def has_finding(connection: Connection, finding_id: str) -> bool:
    """Return whether a stored run has a finding of this id."""
    return is_there(connection, schema.finding.c.id, finding_id)


def subjects_called(connection: Connection, run_id: str, name: str) -> list[str]:
    """Return the subjects of a run with this name, in any case; empty for none."""
    table = schema.subject_name
    query = (
        select(table.c.subject)
        .where(table.c.run_id == run_id, table.c.name == name.strip().casefold())
        .order_by(table.c.subject)
    )
    return [subject for (subject,) in connection.execute(query)]
