"""Papers with parliamentary questions and the index of sets: versions, and papers joined to their sets."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, func, select

from overzicht.store.database import Transaction
from overzicht.store.rows import batches
from overzicht.store.tables import questions as tables
from overzicht.subjects.questions.model import Entry, Paper, RoleKind
from overzicht.subjects.questions.pairing import Candidate, pair
from overzicht.subjects.questions.words_records import put_entry_words, put_paper_words, take_out

CHUNK = 500  # values in one IN list; well under the limit of every database
_PAPER = TypeAdapter(Paper)
_ENTRY = TypeAdapter(Entry)


class Basis(StrEnum):
    """Evidence that a paper belongs to a set."""

    PRINTED = "printed"
    SHARED_ID = "shared id"
    AGREEMENT = "agreement"  # day, submitter and subject agree with one set
    OWN = "own"  # no set is known: the paper is listed under its own id


@dataclass(frozen=True, slots=True)
class SaveCounts:
    """Result of saving a file: new, changed (the old are kept) and known papers and entries."""

    new_papers: int = 0
    changed_papers: int = 0
    known_papers: int = 0
    new_entries: int = 0
    changed_entries: int = 0
    known_entries: int = 0

    @property
    def has_changes(self) -> bool:
        """Whether anything was stored."""
        return bool(self.new_papers or self.changed_papers or self.new_entries or self.changed_entries)

    def __add__(self, other: "SaveCounts") -> "SaveCounts":
        """Return the sum of both."""
        names = self.__dataclass_fields__
        return SaveCounts(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A stored reading: its row, the paper with its set numbers, and whether it is the newest."""

    id: int
    paper: Paper
    is_current: bool
    at: str


def keep_papers(tx: Transaction, papers: Sequence[Paper]) -> SaveCounts:
    """Save readings; a known one changes nothing, a changed one is a new version.

    When all are saved, `join_sets` finds the sets of those without a set number.
    """
    kept = SaveCounts()
    for paper in papers:
        table = tables.question_paper
        payload = _PAPER.dump_python(paper, mode="json", by_alias=True)
        digest = _digest({key: value for key, value in payload.items() if key != "origin"})
        mine = (table.c.key == paper.key, table.c.layout == paper.origin.layout.value)
        known = {
            row.hash: row
            for row in tx.connection.execute(select(table.c.hash, table.c.is_current).where(*mine))
        }
        if digest in known and known[digest].is_current:
            paper_counts = SaveCounts(known_papers=1)
        else:
            for row in tx.connection.execute(select(table.c.id).where(*mine, table.c.is_current)):
                take_out(tx.connection, f"p{row.id}")
            tx.update(table, *mine, is_current=False)
            if digest in known:  # an older version has come back
                tx.update(table, *mine, table.c.hash == digest, is_current=True)
                paper_id = tx.connection.execute(
                    select(table.c.id).where(*mine, table.c.hash == digest)
                ).scalar_one()
            else:
                origin = {"key": paper.key, "layout": paper.origin.layout, "source": paper.origin.sha256}
                days = {"asked": paper.dates.asked_on, "known_from": paper.dates.known_from}
                read = {"hash": digest, "payload": payload, "is_current": True}
                paper_id = tx.insert(tables.question_paper, **origin, **days, **read)
                names = dict.fromkeys((paper.key, *paper.ids))
                tx.insert_all(
                    tables.question_paper_name, [{"paper_id": paper_id, "name": name} for name in names]
                )
                _set_numbers(
                    tx, paper_id, paper.sets or (paper.key,), Basis.PRINTED if paper.sets else Basis.OWN
                )
            put_paper_words(tx.connection, f"p{paper_id}", paper)
            paper_counts = SaveCounts(changed_papers=1) if known else SaveCounts(new_papers=1)
        kept += paper_counts
    return kept


def _set_numbers(tx: Transaction, paper_id: int, numbers: Iterable[str], basis: Basis) -> None:
    table = tables.question_paper_set
    tx.delete(table, table.c.paper_id == paper_id)
    rows = [
        {"paper_id": paper_id, "number": number, "basis": basis.value} for number in dict.fromkeys(numbers)
    ]
    tx.insert_all(table, rows)


def join_sets(tx: Transaction, papers: Sequence[Paper], entries: Sequence[Entry]) -> None:
    """Find the sets of papers without a printed set number: by a shared id, else by agreement.

    Only papers with a date or a name in common with the saved ones are examined.
    """
    table = tables.question_paper
    # the ids of papers without a printed set number that share a day or name with these, in order
    unsure_connection = tx.connection
    unsure_table, unsure_links, unsure_names = (
        tables.question_paper,
        tables.question_paper_set,
        tables.question_paper_name,
    )
    days_put = [*(paper.dates.asked_on for paper in papers), *(entry.asked_on for entry in entries)]
    days = sorted({day.isoformat() for day in days_put if day})
    called = sorted({name for paper in papers for name in (paper.key, *paper.ids)})
    unsure = select(unsure_links.c.paper_id).where(unsure_links.c.basis != Basis.PRINTED.value)
    paper_ids: set[int] = set()
    for column, key, values in (
        (unsure_table.c.asked, unsure_table.c.id, days),
        (unsure_names.c.name, unsure_names.c.paper_id, called),
    ):
        for chunk in batches(values, CHUNK):
            unsure_query = select(key).where(column.in_(chunk), key.in_(unsure))
            paper_ids.update(unsure_connection.execute(unsure_query).scalars())
    for paper_id in sorted(paper_ids):
        payload = tx.connection.execute(select(table.c.payload).where(table.c.id == paper_id)).scalar_one()
        paper = _PAPER.validate_python(payload)
        connection = tx.connection
        names, links = tables.question_paper_name, tables.question_paper_set
        mine = select(names.c.name).where(names.c.paper_id == paper_id)
        sharing = select(names.c.paper_id).where(names.c.name.in_(mine), names.c.paper_id != paper_id)
        query = select(links.c.number).where(
            links.c.paper_id.in_(sharing), links.c.basis == Basis.PRINTED.value
        )
        numbers = sorted(set(connection.execute(query).scalars()))
        if numbers:
            _set_numbers(tx, paper_id, numbers, Basis.SHARED_ID)
            continue
        # the sets that were asked on the day of a paper, from the index and from other papers
        candidates: list[Candidate] = []
        connection = tx.connection
        if paper.dates.asked_on is not None:
            day = paper.dates.asked_on.isoformat()
            entries_table, papers_table, links = (
                tables.question_entry,
                tables.question_paper,
                tables.question_paper_set,
            )
            for payload_of_entry in connection.execute(
                select(entries_table.c.payload).where(
                    entries_table.c.asked == day, entries_table.c.is_current
                )
            ).scalars():
                entry = _ENTRY.validate_python(payload_of_entry)
                candidates.append(
                    Candidate(entry.number, entry.asked_on, entry.subject, _asking(entry.roles))
                )
            earlier = (
                select(papers_table.c.payload, links.c.number)
                .join(links, links.c.paper_id == papers_table.c.id)
                .where(papers_table.c.asked == day, papers_table.c.id < paper_id)
            )
            printed = select(papers_table.c.payload, links.c.number).join(
                links, links.c.paper_id == papers_table.c.id
            )
            later = printed.where(papers_table.c.asked == day, links.c.basis == Basis.PRINTED.value)
            for row in connection.execute(earlier.union_all(later)):
                other = _PAPER.validate_python(row.payload)
                candidates.append(
                    Candidate(row.number, other.dates.asked_on, other.subject, _asking(other.roles))
                )
        number = pair(paper, candidates)
        basis = Basis.AGREEMENT if number else Basis.OWN
        _set_numbers(tx, paper_id, (number or paper.key,), basis)


def _asking(roles: Sequence[Any]) -> tuple[str, ...]:
    return tuple(role.name for role in roles if role.kind in (RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER))


def keep_entries(tx: Transaction, entries: Sequence[Entry], source: str) -> SaveCounts:
    """Save rows of an index; an equal row changes nothing, a different one is a new version."""
    table = tables.question_entry
    known: dict[str, set[str]] = {}
    current: dict[str, tuple[str, int]] = {}
    for row in tx.connection.execute(select(table.c.id, table.c.number, table.c.hash, table.c.is_current)):
        known.setdefault(row.number, set()).add(row.hash)
        if row.is_current:
            current[row.number] = (row.hash, row.id)
    new: list[dict[str, Any]] = []
    fresh: list[Entry] = []
    counts = {"new": 0, "changed": 0, "known": 0}
    for entry in {item.number: item for item in entries}.values():
        payload = _ENTRY.dump_python(entry, mode="json", by_alias=True)
        digest = _digest(payload)
        stored = current.get(entry.number)
        if stored is not None and stored[0] == digest:
            counts["known"] += 1
            continue
        if stored is not None:
            tx.update(table, table.c.id == stored[1], is_current=False)
            take_out(tx.connection, f"e{stored[1]}")
        counts["changed" if stored else "new"] += 1
        if digest in known.get(entry.number, set()):
            tx.delete(table, table.c.number == entry.number, table.c.hash == digest)
        fresh.append(entry)
        own = {"source": source, "actor": tx.actor, "at": tx.at_text}
        put = entry.asked_on.isoformat() if entry.asked_on else None
        entry_row = {
            "number": entry.number,
            "asked": put,
            "is_finished": entry.is_finished,
            "is_current": True,
        }
        new.append({**entry_row, **own, "hash": digest, "payload": payload})
    # insert with consecutive ids, so that the words can be written without reading them back
    table = tables.question_entry
    first = (tx.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
    tx.insert_all(table, [{"id": first + n, **row} for n, row in enumerate(new)])
    put_entry_words(tx.connection, [(f"e{first + n}", entry) for n, entry in enumerate(fresh)])
    return SaveCounts(
        new_entries=counts["new"], changed_entries=counts["changed"], known_entries=counts["known"]
    )


def papers_of(connection: Connection, number: str, *, all_versions: bool = False) -> list[StoredPaper]:
    """Return the readings of a set's papers, oldest kept first; only the newest of each, unless all."""
    papers, links = tables.question_paper, tables.question_paper_set
    query = (
        select(papers.c.id, papers.c.payload, papers.c.is_current, papers.c.at)
        .join(links, links.c.paper_id == papers.c.id)
        .where(links.c.number == number)
        .order_by(papers.c.id)
    )
    if not all_versions:
        query = query.where(papers.c.is_current)
    return [_stored(row, (number,)) for row in connection.execute(query)]


def all_papers(connection: Connection) -> dict[str, list[Paper]]:
    """Return the current readings of every set that has a paper, by set number, in order."""
    papers, links = tables.question_paper, tables.question_paper_set
    query = (
        select(links.c.number, papers.c.id, papers.c.payload, papers.c.is_current, papers.c.at)
        .join(papers, links.c.paper_id == papers.c.id)
        .where(papers.c.is_current)
        .order_by(links.c.number, papers.c.id)
    )
    papers_by_number: dict[str, list[Paper]] = {}
    for row in connection.execute(query):
        papers_by_number.setdefault(row.number, []).append(_stored(row, (row.number,)).paper)
    return papers_by_number


def find_entry(connection: Connection, number: str) -> Entry | None:
    """Return the current entry of a set, or None."""
    table = tables.question_entry
    query = select(table.c.payload).where(table.c.number == number, table.c.is_current)
    payload = connection.execute(query).scalar()
    return _ENTRY.validate_python(payload) if payload is not None else None


def all_entries(connection: Connection) -> Iterator[Entry]:
    """Yield the current entries by number; those deleted by the source are left out."""
    table = tables.question_entry
    for payload in connection.execute(
        select(table.c.payload).where(table.c.is_current).order_by(table.c.number)
    ).scalars():
        entry = _ENTRY.validate_python(payload)
        if not entry.is_deleted:
            yield entry


def state_of_questions(connection: Connection) -> tuple[int, int]:
    """Return a value that changes with every saved paper or entry: the last ids, which only grow."""
    papers, entries = tables.question_paper.c.id, tables.question_entry.c.id
    last = [connection.execute(select(func.max(column))).scalar() or 0 for column in (papers, entries)]
    return last[0], last[1]


def set_numbers_for(connection: Connection, name: str) -> list[str]:
    """Return the set numbers that a set number, a paper's id or a document number stands for, in order."""
    names, links = tables.question_paper_name, tables.question_paper_set
    by_set = select(links.c.number).where(links.c.number == name)
    by_name = (
        select(links.c.number)
        .join(names, names.c.paper_id == links.c.paper_id)
        .where(func.lower(names.c.name) == name.lower())
    )
    numbers = set(connection.execute(by_set.union(by_name)).scalars())
    if find_entry(connection, name) is not None:
        numbers.add(name)
    return sorted(numbers)


def _stored(row: Any, numbers: tuple[str, ...]) -> StoredPaper:
    paper = _PAPER.validate_python(row.payload)
    sets = tuple(
        dict.fromkeys((*paper.sets, *(set_number for set_number in numbers if set_number != paper.key)))
    )
    return StoredPaper(row.id, replace(paper, sets=sets), row.is_current, row.at)


def _digest(payload: dict[str, Any]) -> str:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
