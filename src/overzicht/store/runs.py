"""Runs and findings: the request, its inputs, and its results."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection, Row, func, select

from overzicht.evidence import Finding, FindingKind, Reason
from overzicht.evidence.shown import pairs_as
from overzicht.store import schema
from overzicht.store.database import Transaction
from overzicht.store.reading import BATCH, batches, is_there, value_of

NAME_CHARACTERS = 300  # of a row of names
LONGEST_NAME = NAME_CHARACTERS - 2  # of what a person may call a subject
LIKE = "like"  # the id of the finding that an equal one refers to
BETWEEN = "\n"  # the names of a row, which begins and ends with it


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

    A run with the same id (the same inputs, lists, cards and date) replaces the one before it. A finding that
    differs from an earlier one only in id, subject and last reason is stored as that difference.
    """
    tx.delete(schema.run, schema.run.c.id == run.id)
    inputs = [list(pair) for pair in run.inputs]
    request = {"id": run.id, "command": run.command, "as_of": run.as_of, "version": run.version}
    tx.insert(schema.run, **request, inputs=inputs, summary=run.summary)
    count = 0
    written = _Written(run.id)
    for batch in batches(findings, BATCH):
        tx.insert_all(schema.finding, list(map(written.row, batch)))
        count += len(batch)
    for part in batches(_rows_of_names(names), BATCH):
        rows = [{"run_id": run.id, "subject": subject, "name": name} for subject, name in part]
        tx.insert_all(schema.subject_name, rows)
    tx.log("run", run.id, command=run.command, findings=count)


class _Written:
    """The findings of a run that are written so far, with those that later ones may refer to."""

    def __init__(self, run_id: str) -> None:
        self._run_id = run_id
        self._first: dict[tuple[object, ...], Finding] = {}

    def row(self, finding: Finding) -> dict[str, Any]:
        """Return the row of a finding."""
        shared, own = finding.reasons[:-1], finding.reasons[-1:]
        key = (
            finding.kind,
            finding.object,
            finding.answer,
            finding.statement,
            finding.as_of,
            finding.confidence,
        )
        first = self._first.setdefault((*key, *map(id, shared)), finding)  # kept, so that ids stay theirs
        if first is finding or not own:
            payload = finding.to_json()
        else:
            payload = {LIKE: first.id, "reasons": [reason.to_json() for reason in own]}
        return {
            "run_id": self._run_id,
            "id": finding.id,
            "kind": finding.kind.value,
            "subject": finding.subject,
            "object": finding.object,
            "answer": finding.answer.value,
            "payload": payload,
        }


def _rows_of_names(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield each subject with its names, as many in one text as a column takes."""
    of_subjects: dict[str, set[str]] = {}
    for subject, name in names:
        if name:
            of_subjects.setdefault(subject, set()).add(name.casefold()[:LONGEST_NAME])
    for subject, called in sorted(of_subjects.items()):
        row = BETWEEN
        for name in sorted(called):
            if len(row) + len(name) >= NAME_CHARACTERS and row != BETWEEN:
                yield subject, row
                row = BETWEEN
            row += name + BETWEEN
        yield subject, row


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
    query = select(table.c.id, table.c.subject, table.c.payload)
    query = query.where(table.c.run_id == run_id).order_by(table.c.id)
    if subjects is not None:
        query = query.where(table.c.subject.in_(list(subjects)))
    rows = connection.execute(query).all()
    referred = {row.payload[LIKE] for row in rows if LIKE in row.payload}
    whole = {row.id: Finding.from_json(row.payload) for row in rows if LIKE not in row.payload}
    for batch in batches(sorted(referred - whole.keys()), BATCH):
        first = select(table.c.id, table.c.payload).where(table.c.run_id == run_id, table.c.id.in_(batch))
        whole |= {row.id: Finding.from_json(row.payload) for row in connection.execute(first)}
    return [
        whole[row.id] if LIKE not in row.payload else _like(whole[row.payload[LIKE]], row) for row in rows
    ]


def _like(first: Finding, row: Row[Any, Any, Any]) -> Finding:
    """Return the finding that is stored as its difference from another one."""
    own = tuple(map(Reason.from_json, row.payload["reasons"]))
    return replace(first, id=row.id, subject=row.subject, reasons=(*first.reasons[: -len(own)], *own))


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
    called = name.strip().casefold()
    if not called:
        return []
    framed = f"{BETWEEN}{called[:LONGEST_NAME]}{BETWEEN}"
    is_called = table.c.name.contains(framed, autoescape=True)
    query = (
        select(table.c.subject)
        .where(table.c.run_id == run_id, is_called | (table.c.name == called))  # alone in earlier stores
        .distinct()
        .order_by(table.c.subject)
    )
    return [subject for (subject,) in connection.execute(query)]
