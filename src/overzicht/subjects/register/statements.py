"""Public statements of organisations about their equipment, read from a CSV file, each with its source."""

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from sqlalchemy import Connection

from overzicht.dates import read_legal_date
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.errors import InputFileError, UnreadableDateError
from overzicht.evidence import Citation
from overzicht.evidence.actor import Actor
from overzicht.evidence.limited import Line, Number
from overzicht.evidence.text import text
from overzicht.grouping import by_key
from overzicht.identifiers.slug import slug
from overzicht.isolation import Limits, in_child
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import Command, Form, Paging, Param, Part, Route, Say, each_line, operation
from overzicht.register.quantities import Quantity, read_quantity
from overzicht.register.statements import StatementKey, contradictions, may_differ
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.database import Store, reading
from overzicht.store.register import statements as stored
from overzicht.store.register.organisations import (
    AmbiguousNameError,
    Organisation,
    add_organisation,
    get_organisation,
    ids_within,
    list_organisations,
    name_key,
)
from overzicht.store.register.statements import StoredStatement
from overzicht.subjects.register.organisations import Within, named_organisation

GROUP = "Manage public statements of bodies, or of others about them, about their equipment."
COLUMNS = (
    "public_body", "country", "maker_named", "quantity", "device_kind", "use_or_place", "status",
    "source_address", "source_date",
)  # fmt: skip
NEEDED = ("public_body", "source_address", "source_date")
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not be read, with the reason."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatementsAdded:
    """Result of importing a file: new and known statements, added organisations, and unreadable rows."""

    added: int
    known: int
    organisations: tuple[str, ...]
    problems: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement, with the numbers of those that contradict it and of those with another count."""

    statement: StoredStatement
    contradicts: tuple[int, ...]
    differs: tuple[int, ...]


def _line(view: StatementView, say: Say) -> str:
    statement = view.statement
    what = " ".join(part for part in (statement.quantity, statement.maker_named, statement.kind) if part)
    others, differing = ", ".join(map(str, view.contradicts)), ", ".join(map(str, view.differs))
    marks = [text("contradicts {numbers}", numbers=others)] if others else []
    marks += [text("counts otherwise than {numbers}", numbers=differing)] if differing else []
    marks += [text("withdrawn")] if statement.withdrawn_at else []
    shown = f" [{'; '.join(map(say, marks))}]" if marks else ""
    head = f"{statement.id}  {statement.organisation_id}  {statement.said_as}  {what}"
    return f"{head}: {statement.status}{shown}  {statement.citation.address}"


@operation(
    Command(
        "register statements add",
        "subjects.register.statement_lines.added_lines",
        is_incomplete=lambda done: bool(done.problems),
        options=("as-of", "by", "json"),
    ),
    Route("POST /statements", SOME_EDITOR, summary="Add statements", has_names=True),
)
def add_statements(
    ask: Ask,
    file: Annotated[Path, Param(path="there")],
    *,
    organisation: Annotated[Line, Param("The organisation below which unknown bodies are added.")] = "",
) -> StatementsAdded:
    """Store the new statements of a CSV file. Unknown bodies are added.

    Columns: public_body, country, maker_named, quantity, device_kind, use_or_place, status, source_address,
    source_date. Exit code 1 if a row could not be read.
    """
    ask.check_changes("")
    return store_statements(ask.store, file, ask.actor(ask.day), organisation=organisation)


@operation(
    Command("register statements list", each_line(_line)),
    Route("GET /statements", READER, summary="Public statements", has_names=True),
)
def public_statements(ask: Ask, paging: Paging, *, organisation: Within = "") -> Part[StatementView]:
    """List the statements made by a date, and mark those that contradict each other or count differently."""
    views = list_statements(ask.store, ask.day, named_organisation(ask, organisation))
    ids = ask.allowed_ids(ask.day)
    return paging.part([view for view in views if ids is None or view.statement.organisation_id in ids])


@operation(
    Command(
        "register statements withdraw",
        lambda done, say: [
            say(text("statement {number} withdrawn by {actor}", number=done["statement"], actor=done["by"]))
        ],
        options=("by", "json"),
    ),
    Route("POST /statements/{number}/withdraw", SOME_EDITOR, summary="Withdraw a statement", is_silent=True),
    Form("/public-statements", path="/public-statements/{number}/withdraw"),
    is_dated=True,
)
def withdraw(ask: Ask, number: Number) -> dict[str, Any]:
    """Mark statement NUMBER as withdrawn. It remains visible and no longer counts on any date."""
    if not ask.has_store:  # who has the store may withdraw any
        views = list_statements(ask.store, ask.day)
        owner = next((v.statement.organisation_id for v in views if v.statement.id == number), None)
        ask.check_seen(owner, "statement", str(number))
        ask.check_changes(owner or "")
    with ask.writing() as tx:
        stored.withdraw_statement(tx, number)
    return {"statement": number, "by": ask.principal.name}


def store_statements(store: Store, path: Path, actor: Actor, *, organisation: str = "") -> StatementsAdded:
    """Import the statements of a CSV file; a statement that is stored already is not added again.

    A body that the register does not know is added to it, below `organisation` if one is given.
    Raises InputFileError for a file without the columns.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    rows = read_rows(path)
    knowledge = load_knowledge()
    with store.writing(actor.name, actor.at) as tx:
        parent = get_organisation(tx.connection, organisation, actor.day).id if organisation else ""
        known = list_organisations(tx.connection, actor.day)
        names = by_key((name_key(line.name), line.id) for line in known)
        names |= {line.id: [line.id] for line in known}
        made: list[str] = []
        problems: list[RowProblem] = []
        counts = [0, 0]
        for place, row in rows:
            try:
                # the last day that a date such as `2022-05 (page; index date)` can mean
                written = row["source_date"]
                match = re.match(r"\d{4}(?:-\d{2}){0,2}", written.strip())
                day = read_legal_date(match[0] if match else written).day
                quantity = read_quantity(row["quantity"])
                address = row["source_address"]
                host = re.sub(r"^[a-z]+://", "", address).partition("/")[0]
                citation = Citation(
                    source="public statement",
                    title=host.removeprefix("www.") or address,
                    address=row["source_address"],
                    published=day,
                    official=False,
                )
                values: dict[str, Any] = {
                    "sha256": file.sha256(),
                    "filename": file.filename[:300],
                    "place": place,
                    "said": day.isoformat(),
                    "said_as": row["source_date"][:80],
                    "maker_named": row["maker_named"][:300],
                    "makers": list(makers_named(row["maker_named"], knowledge)),
                    "quantity": row["quantity"][:120],
                    "at_least": quantity.at_least,
                    "at_most": quantity.at_most,
                    "kind": row["device_kind"][:120],
                    "use": row["use_or_place"],
                    "status": row["status"][:300],
                    "citation": citation.to_json(),
                }
            except UnreadableDateError as error:
                problems.append(RowProblem(place, error.message))
                continue
            body = row["public_body"].strip()
            ids = names.get(body) or names.setdefault(name_key(body), [])
            if len(ids) > 1:
                ambiguous = AmbiguousNameError(body, ids)
                problems.append(RowProblem(place, f"{ambiguous.message}. In public_body, {ambiguous.fix}"))
                continue
            if not ids:
                organisation_id = slug(body)
                citation = Citation.from_json(values["citation"])
                new = Organisation(body, parent, row["country"][:2], citation=citation)
                add_organisation(tx, organisation_id, new, date.fromisoformat(values["said"]))
                ids.append(organisation_id)
                made += ids
            owner = ids[0]
            hashed = ("said_as", "maker_named", "quantity", "kind", "use", "status", "citation")
            content = json.dumps([owner, *(values[name] for name in hashed)], sort_keys=True)
            digest = hashlib.sha256(content.encode()).hexdigest()
            complete = {**values, "organisation_id": owner, "content_hash": digest}
            is_new = stored.add_statement(tx, complete)
            counts[0 if is_new else 1] += 1
        snapshots.keep_file(store.folder, path, file.sha256())
        tx.log("add statements", path.name, sha256=file.sha256(), added=counts[0], known=counts[1])
    return StatementsAdded(counts[0], counts[1], tuple(made), tuple(problems))


@in_child(Limits(seconds=10))
def read_rows(path: Path) -> tuple[tuple[str, dict[str, str]], ...]:
    """Return the filled rows of a file of statements by place; InputFileError for another file."""
    rows: list[tuple[str, dict[str, str]]] = []
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            reader = csv.DictReader(lines)
            missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
            if missing:
                raise InputFileError(
                    path.name,
                    f"it lacks the columns {', '.join(missing)}",
                    fix=f"columns: {', '.join(COLUMNS)}",
                )
            for number, row in enumerate(reader, start=2):
                if any(row.get(name) for name in COLUMNS):
                    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
                    rows.append((f"row {number}", cells))
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputFileError(
                path.name, f"not valid CSV in UTF-8: {error}", fix="export it as CSV in UTF-8"
            ) from error
    return tuple(rows)


def makers_named(named: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the makers that a text such as `Hikvision or Dahua` names, by id; none in brackets."""
    if named.startswith("("):
        return ()
    parts = (part.strip() for part in re.split(r"\s+(?:or|of|and|en)\s+|[,/;&]", named))
    matches = (knowledge.brands.find(part) for part in parts if part)
    return tuple(sorted({own.maker_id for match in matches if match for own in match.brand.own}))


@reading
def list_statements(connection: Connection, as_of: date, organisation: str = "") -> tuple[StatementView, ...]:
    """Return the statements made until a date, of an organisation or of all."""
    statements = stored.list_statements(connection, as_of, ids_within(connection, organisation, as_of))
    valid = [  # a withdrawn statement contradicts none
        StatementKey(
            statement.id,
            statement.organisation_id,
            frozenset(statement.makers),
            statement.kind.casefold(),
            Quantity(statement.at_least, statement.at_most),
            statement.stated_on,
        )
        for statement in statements
        if not statement.withdrawn_at
    ]
    against, other_counts = contradictions(valid), may_differ(valid)
    return tuple(
        StatementView(statement, against.get(statement.id, ()), other_counts.get(statement.id, ()))
        for statement in statements
    )
