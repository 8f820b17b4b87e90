"""Runs and findings: the request, its inputs, and its results."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from operator import attrgetter
from typing import Annotated, Any

from sqlalchemy import Connection, Text, cast, func, select

from overzicht.evidence import Citation, Finding, FindingKind, Reason
from overzicht.evidence.json_marks import pairs_as
from overzicht.store import schema
from overzicht.store.database import Transaction, row_of
from overzicht.store.engines import dump_json
from overzicht.store.rows import BATCH, batches, is_there, value_of

NAME_CHARACTERS = 300  # of a row of names
LONGEST_NAME = NAME_CHARACTERS - 2  # of what a person may call a subject
LIKE = "like"  # the id of the finding that an equal one refers to
PLACE = "place"  # of the last reason's citation, which is otherwise that of the equal finding
NAMES = "names"  # what a person may call the subject of the finding
BETWEEN = "\n"  # the names of a row, which begins and ends with it
_document = attrgetter(*(field.name for field in fields(Citation) if field.name != PLACE))


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
    tx: Transaction,
    run: StoredRun,
    findings: Iterable[tuple[Finding, Sequence[str]]],
    names: Iterable[tuple[str, str]] = (),
) -> None:
    """Store a run with its findings, each with what a person may call its subject.

    `names` are (subject, alternative name) pairs of more subjects. A run with the same id (the same inputs,
    lists, cards and date) replaces the one before it. A finding that differs from an earlier one only in id,
    subject and last reason is stored as that difference. The names of a subject are stored with its first
    finding, else in rows of their own.
    """
    tx.delete(schema.run, schema.run.c.id == run.id)
    tx.insert(schema.run, **row_of(run, schema.run))
    count = 0
    called: dict[str, str] = {}
    for subject, name in names:
        called[subject] = _with_name(called.get(subject, BETWEEN), name)
    written = _Written(run.id, called)
    for batch in batches(findings, BATCH):
        tx.insert_all(schema.finding, [written.row(finding, own) for finding, own in batch])
        count += len(batch)
    # each subject with its names, as many in one text as a column takes
    rows_of_names: list[tuple[str, str]] = []
    for subject, own_names in sorted(called.items()):
        row = BETWEEN
        for name in sorted(own_names.strip(BETWEEN).split(BETWEEN)):
            if len(row) + len(name) >= NAME_CHARACTERS and row != BETWEEN:
                rows_of_names.append((subject, row))
                row = BETWEEN
            row += name + BETWEEN
        rows_of_names.append((subject, row))
    for part in batches(rows_of_names, BATCH):
        rows = [{"run_id": run.id, "subject": subject, "name": name} for subject, name in part]
        tx.insert_all(schema.subject_name, rows)
    tx.log("run", run.id, command=run.command, findings=count)


class _Written:
    """The findings of a run that are written so far, with those that later ones may refer to."""

    def __init__(self, run_id: str, called: dict[str, str]) -> None:
        self._run_id = run_id
        self._called = called  # names by subject, without those that are written
        self._first: dict[tuple[object, ...], Finding] = {}
        self._reasons: dict[Reason, Reason] = {}
        self._same: dict[int, tuple[Reason, int]] = {}  # a reason and that of the equal one, by identity

    def row(self, finding: Finding, names: Sequence[str]) -> dict[str, Any]:
        """Return the row of a finding; `names` are those of its subject."""
        shared, own = finding.reasons[:-1], finding.reasons[-1:]
        key = (
            finding.kind,
            finding.object,
            finding.answer,
            finding.statement,
            finding.as_of,
            finding.confidence,
            *map(self._number, shared),
        )
        first = self._first.setdefault(key, finding)
        if first is finding or not own:
            payload = finding.to_json()
        elif (place := _other_place(first.reasons[-1:], own)) is not None:
            payload = {LIKE: first.id, PLACE: place}
        else:
            payload = {LIKE: first.id, "reasons": [reason.to_json() for reason in own]}
        called = self._called.pop(finding.subject, BETWEEN) if self._called else BETWEEN
        for name in names:
            called = _with_name(called, name)
        if called != BETWEEN:
            payload[NAMES] = called
        return {
            "run_id": self._run_id,
            "id": finding.id,
            "kind": finding.kind.value,
            "subject": finding.subject,
            "object": finding.object,
            "answer": finding.answer.value,
            "payload": payload,
        }

    def _number(self, reason: Reason) -> int:
        """Return a number that equal reasons share."""
        known = self._same.get(id(reason))
        if known is None:  # the reason is kept with it, so that its identity stays its own
            known = self._same[id(reason)] = reason, id(self._reasons.setdefault(reason, reason))
        return known[1]


def _other_place(first: Sequence[Reason], other: Sequence[Reason]) -> str | None:
    """Return the place of the last reason, if it differs only in the place of its one citation; else None."""
    if not first or len(first[-1].citations) != 1 or len(other[-1].citations) != 1:
        return None
    left, right = first[-1], other[-1]
    is_same = (left.text, left.strength, left.against) == (right.text, right.strength, right.against)
    cited = right.citations[0]
    return cited.place if is_same and _document(left.citations[0]) == _document(cited) else None


def _with_name(called: str, name: str) -> str:
    """Return the names of a subject as one text, with another name."""
    form = name.casefold()[:LONGEST_NAME]
    return f"{called}{form}{BETWEEN}" if form and f"{BETWEEN}{form}{BETWEEN}" not in called else called


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
    findings: list[Finding] = []
    for row in rows:
        if LIKE not in row.payload:
            findings.append(whole[row.id])
            continue
        # stored as its difference from another one: its last reason at another place, or its own reasons
        like = whole[row.payload[LIKE]]
        if PLACE in row.payload:
            reason = like.reasons[-1]
            cited = replace(reason.citations[0], place=row.payload[PLACE])
            own: tuple[Reason, ...] = (replace(reason, citations=(cited,)),)
        else:
            own = tuple(map(Reason.from_json, row.payload["reasons"]))
        reasons = (*like.reasons[: -len(own)], *own)
        findings.append(replace(like, id=row.id, subject=row.subject, reasons=reasons))
    return findings


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
    called = name.strip().casefold()
    if not called:
        return []
    framed = f"{BETWEEN}{called[:LONGEST_NAME]}{BETWEEN}"
    names, findings = schema.subject_name, schema.finding
    is_called = names.c.name.contains(framed, autoescape=True)
    written = dump_json(framed)[1:-1]  # as JSON has it
    queries = (
        select(names.c.subject).where(
            names.c.run_id == run_id,
            is_called | (names.c.name == called),  # alone in earlier stores
        ),
        select(findings.c.subject).where(
            findings.c.run_id == run_id, cast(findings.c.payload, Text).contains(written, autoescape=True)
        ),
    )
    return sorted({subject for query in queries for (subject,) in connection.execute(query)})
