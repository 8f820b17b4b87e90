"""The words of papers and entries, for searching: one table and one query for every database."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, select

from overzicht.store.rows import batches
from overzicht.store.tables import questions as tables
from overzicht.subjects.questions.model import Entry, Paper
from overzicht.subjects.questions.words import fold, words_of

TABLE = tables.question_word
PARTS = {"title": 3.0, "question": 1.5, "answer": 1.5, "note": 1.0}  # what a word counts for, by part
SATURATION = 1.2  # how soon more of one word stops counting, as in the BM25 formula


@dataclass(frozen=True, slots=True)
class WordHit:
    """A row that has all words: its owner (`p12`, `e7`), a score, and the parts with words."""

    owner: str
    score: float
    parts: tuple[str, ...]


def put_paper_words(connection: Connection, owner: str, paper: Paper) -> None:
    """Write the words of a paper by part."""
    texts = {
        "title": [paper.subject],
        "question": [question.text for question in paper.questions],
        "answer": [*(answer.text for answer in paper.answers), *(remark.text for remark in paper.remarks)],
        "note": [note.text for note in paper.notes],
    }
    _insert(connection, [row for part, given in texts.items() for row in _rows(owner, part, given)])


def put_entry_words(connection: Connection, entries: Sequence[tuple[str, Entry]]) -> None:
    """Write the words of the subjects of entries."""
    _insert(connection, [row for owner, entry in entries for row in _rows(owner, "title", [entry.subject])])


def take_out(connection: Connection, owner: str) -> None:
    """Remove the words of a row that is no longer the newest."""
    connection.execute(delete(TABLE).where(TABLE.c.owner == owner))


def _rows(owner: str, part: str, texts: Iterable[str]) -> list[dict[str, Any]]:
    counts = Counter(word.folded for text in texts for word in words_of(text))
    return [{"word": word, "owner": owner, "part": part, "count": n} for word, n in counts.items()]


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(TABLE.insert(), rows)


def find_words(connection: Connection, terms: Sequence[str]) -> list[WordHit]:
    """Return the rows that have all words, the best first; `word*` means words with that prefix.

    A rarer word has more weight, and so does one in a title.
    """
    total = count_rows(connection)
    scores: dict[str, float] = {}
    parts: dict[str, set[str]] = {}
    owners: set[str] | None = None
    for term in terms:
        folded = fold(term.rstrip("*"))
        if term.endswith("*"):
            condition = TABLE.c.word.startswith(folded, autoescape=True)
        else:
            condition = TABLE.c.word == folded
        counts: dict[str, dict[str, int]] = {}
        query = select(TABLE.c.owner, TABLE.c.part, TABLE.c["count"].label("amount")).where(condition)
        for owner, part, amount in connection.execute(query):
            by_part = counts.setdefault(owner, {})
            by_part[part] = by_part.get(part, 0) + amount
        owners = set(counts) if owners is None else owners & set(counts)
        weight = math.log(1 + (total - len(counts) + 0.5) / (len(counts) + 0.5))
        for owner, by_part in counts.items():
            amount = sum(PARTS[part] * n for part, n in by_part.items())
            scores[owner] = scores.get(owner, 0.0) + weight * amount * (SATURATION + 1) / (
                amount + SATURATION
            )
            parts.setdefault(owner, set()).update(by_part)
    hits = [WordHit(owner, scores[owner], tuple(sorted(parts[owner]))) for owner in owners or ()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.owner))


def all_words(connection: Connection) -> list[str]:
    """Return the folded words of all current rows, without duplicates."""
    return list(connection.execute(select(TABLE.c.word).distinct()).scalars())


def count_rows(connection: Connection) -> int:
    """Return the number of rows that have words."""
    return connection.execute(select(func.count(func.distinct(TABLE.c.owner)))).scalar() or 0


def count_owners(connection: Connection, words: Sequence[str]) -> dict[str, int]:
    """Return the number of rows that have each word; a word that no row has is left out."""
    counts: dict[str, int] = {}
    for chunk in batches(words, 500):
        query = select(TABLE.c.word, func.count(func.distinct(TABLE.c.owner))).where(TABLE.c.word.in_(chunk))
        counts.update((word, amount) for word, amount in connection.execute(query.group_by(TABLE.c.word)))
    return counts


def occurrences_of(connection: Connection, words: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return by word and owner how often the word occurs, weighed by the part it occurs in."""
    amounts: dict[str, dict[str, float]] = {}
    for chunk in batches(words, 500):
        query = select(TABLE.c.word, TABLE.c.owner, TABLE.c.part, TABLE.c["count"].label("amount"))
        for word, owner, part, amount in connection.execute(query.where(TABLE.c.word.in_(chunk))):
            by_owner = amounts.setdefault(word, {})
            by_owner[owner] = by_owner.get(owner, 0.0) + PARTS[part] * amount
    return amounts


def numbers_of(connection: Connection, owners: Sequence[str]) -> dict[str, list[str]]:
    """Return the set numbers of owners, in order; an entry has one, a paper may serve several."""
    numbers: dict[str, list[str]] = {}
    entries, links = tables.question_entry, tables.question_paper_set
    for kind, key, number in (("e", entries.c.id, entries.c.number), ("p", links.c.paper_id, links.c.number)):
        ids = [int(owner[1:]) for owner in owners if owner.startswith(kind)]
        for chunk in batches(ids, 500):
            query = select(key, number).where(key.in_(chunk)).order_by(number)
            for row_id, name in connection.execute(query):
                numbers.setdefault(f"{kind}{row_id}", []).append(name)
    return numbers
