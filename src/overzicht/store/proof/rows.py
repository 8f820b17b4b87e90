"""Sums of row hashes: two tables have equal sums if they have equal rows, in any order.

A sum can follow each change: a new row is added, a deleted row is subtracted. Bellare and Micciancio call
this sum AdHash (*A New Paradigm for Collision-Free Hashing*, EUROCRYPT 1997). The hash of a row has 4,096
bits, because sums of shorter hashes can be forged (Wagner, *A Generalized Birthday Problem*, CRYPTO 2002).
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    cast,
    select,
    type_coerce,
)
from sqlalchemy.types import NULLTYPE

from overzicht.store.engines import dump_json

HASH_BYTES = 512
MODULUS = 1 << (8 * HASH_BYTES)
BATCH = 2_000
UNPROVEN: Mapping[str, str] = {
    "alert_message": "attempts to send a message about an alert; they change with every attempt",
    "alembic_version": "the version of the schema, which every migration writes into the log",
    "job": "progress of long work; it changes every second and has no decision of a person",
    "log": "its own chain of hashes covers it",
    "party_identifier": "lookup table: `register verify` compares it with the records",
    "party_name": "lookup table: `register verify` compares it with the records",
    "question_word": "words for searching; they are rebuilt from the papers",
    "stake": "lookup table: `register verify` compares it with the records",
    "table_digest": "the sums themselves, which the log entries cover",
}
PROVEN_FROM: Mapping[str, str] = {  # versions of the schema; others: the first
    "audit_event": "0024",
    "login_session": "0023",
    "register_maker_day": "0015",
}
UNPROVEN_COLUMNS: Mapping[str, frozenset[str]] = {  # times of use: personal data that change with each log-in
    "access_token": frozenset({"used_at"}),
    "account": frozenset({"used_at"}),
    "account_factor": frozenset({"counter", "used_at"}),
    "login_session": frozenset({"challenge", "seen_at"}),
}
Frame = Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class TableSum:
    """Number of rows of a table, and the sum of their hashes modulo 2^4096; both 0 if it is empty."""

    rows: int = 0
    total: int = 0

    @property
    def digest(self) -> str:
        """SHA-256 of the sum, in hexadecimal."""
        return hashlib.sha256(self.total.to_bytes(HASH_BYTES)).hexdigest()


class RowHashes:
    """The hashes of the rows of one table: from values that are written, or as they are stored.

    Text of JSON counts byte for byte. Both databases give the same hashes.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        proven = [c for c in table.columns if c.name not in UNPROVEN_COLUMNS.get(table.name, ())]
        self.columns = sorted(proven, key=lambda column: column.name)
        self.names = [column.name for column in self.columns]
        self._prefix = dump_json([table.name, self.names])
        self._frames = [(column.name, _written_frame(column)) for column in self.columns]
        self._json = [place for place, column in enumerate(self.columns) if isinstance(column.type, JSON)]
        self._texts = [isinstance(column.type, JSON | String) for column in self.columns]

    def of_values(self, values: Mapping[str, Any]) -> int:
        """Return the hash of a row that is written; a column without a value is empty."""
        return self._hash([frame(values.get(name)) for name, frame in self._frames])

    def of_bound(self, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[int]:
        """Yield the hashes of rows that SQLite gets: values in the order of `names`, JSON as text."""
        places = {name: place for place, name in enumerate(names)}
        columns = [
            (places.get(name, -1), _framed if place in self._json else frame, is_text)
            for place, ((name, frame), is_text) in enumerate(zip(self._frames, self._texts, strict=True))
        ]
        for row in rows:
            values = (*row, None)  # of a column that is not written
            yield self._hash(
                [
                    f"s{len(value)}:{value}"
                    if (value := values[place]).__class__ is str and is_text
                    else frame(value)
                    for place, frame, is_text in columns
                ]
            )

    def of_stored(self, row: Sequence[Any]) -> int:
        """Return the hash of a row of `query`."""
        return self._hash(self._stored(row))

    def of_update(self, row: Sequence[Any], values: Mapping[str, Any]) -> tuple[int, int]:
        """Return the hashes of a row of `query` before and after some columns are written."""
        framed = self._stored(row)
        before = self._hash(framed)
        for place, (name, frame) in enumerate(self._frames):
            if name in values:
                framed[place] = frame(values[name])
        return before, self._hash(framed)

    def _stored(self, row: Sequence[Any]) -> list[str]:
        framed = [f"s{len(value)}:{value}" if value.__class__ is str else _framed(value) for value in row]
        for place in self._json:
            if not isinstance(row[place], str):  # SQLite stores a number in JSON as a number
                framed[place] = _framed(dump_json(row[place]))
        return framed

    def _hash(self, framed: Sequence[str]) -> int:
        content = self._prefix + ";".join(framed)
        short = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(hashlib.shake_256(short).digest(HASH_BYTES))

    def query(self, connection: Connection) -> Select[Any]:
        """Return the query for stored rows, each column as the database holds it."""
        is_sqlite = connection.dialect.name == "sqlite"
        columns: list[Any] = [
            cast(column, Text)
            if isinstance(column.type, JSON) and not is_sqlite
            else type_coerce(column, NULLTYPE)
            for column in self.columns
        ]
        return select(*columns)


def sum_table(connection: Connection, table: Table) -> TableSum:
    """Return the sum of a table as it is stored, without holding its rows."""
    hashes = RowHashes(table)
    rows = total = 0
    for row in stream(connection, hashes.query(connection)):
        rows, total = rows + 1, total + hashes.of_stored(row)
    return TableSum(rows, total % MODULUS)


def stream(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows of a query in batches."""
    with connection.execute(query.execution_options(yield_per=BATCH)) as result:
        yield from result


def state_of(sums: Mapping[str, tuple[int, str]]) -> str:
    """Return the hash over all tables, from the rows and digest of each; empty tables do not count."""
    lines = (f"{name} {rows} {digest}\n" for name, (rows, digest) in sorted(sums.items()) if rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _written_frame(column: Column[Any]) -> Frame:
    """Return what frames a written value as the database stores it."""
    kind = column.type
    if isinstance(kind, JSON):
        return lambda value: _framed(dump_json(value))  # SQLAlchemy stores None as the text null
    if isinstance(kind, Boolean | Integer):
        return lambda value: "n" if value is None else f"i{int(value)}"
    if isinstance(kind, Float):
        return lambda value: "n" if value is None else f"f{float(value)!r}"
    if isinstance(kind, LargeBinary):
        return lambda value: "n" if value is None else f"b{bytes(value).hex()}"
    return lambda value: "n" if value is None else f"s{len(value)}:{str.__str__(value)}"


def _framed(value: Any) -> str:
    """Return a value with its kind and length, so that no two rows give the same text."""
    if isinstance(value, str):
        return f"s{len(value)}:{value}"
    if value is None:
        return "n"
    if isinstance(value, int):
        return f"i{value:d}"
    return f"f{value!r}" if isinstance(value, float) else f"b{bytes(value).hex()}"
