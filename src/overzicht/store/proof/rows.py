"""Sums of row hashes: two tables have equal sums if they have equal rows, in any order.

A sum can follow each change: a new row is added, a deleted row is subtracted. Bellare and Micciancio call
this sum AdHash (*A New Paradigm for Collision-Free Hashing*, EUROCRYPT 1997). The hash of a row has 4,096
bits, because sums of shorter hashes can be forged (Wagner, *A Generalized Birthday Problem*, CRYPTO 2002).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    "alembic_version": "the version of the schema, which every migration writes into the log",
    "audit_event": "log-ins and readings of each person, which are destroyed after a period",
    "job": "progress of long work; it changes every second and has no decision of a person",
    "log": "its own chain of hashes covers it",
    "login_session": "open sessions of browsers, which end by themselves",
    "party_identifier": "lookup table: `register verify` compares it with the records",
    "party_name": "lookup table: `register verify` compares it with the records",
    "question_word": "words for searching; they are rebuilt from the papers",
    "register_maker_day": "cache of answers, with the hash of what they rest on",
    "stake": "lookup table: `register verify` compares it with the records",
    "table_digest": "the sums themselves, which the log entries cover",
}
UNPROVEN_COLUMNS: Mapping[str, frozenset[str]] = {  # times of use: personal data that change with each log-in
    "access_token": frozenset({"used_at"}),
    "account": frozenset({"used_at"}),
    "account_factor": frozenset({"counter", "used_at"}),
}
Converter = Callable[[Any], Any]


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
        self._forms = [(column.name, _written_form(column)) for column in self.columns]
        self._json = [n for n, column in enumerate(self.columns) if isinstance(column.type, JSON)]

    def of_values(self, values: Mapping[str, Any]) -> int:
        """Return the hash of a row that is written; a column without a value is empty."""
        return self.of_stored([form(values.get(name)) for name, form in self._forms])

    def of_stored(self, row: Sequence[Any]) -> int:
        """Return the hash of a row of `query`."""
        values = list(row)
        for place in self._json:
            if not isinstance(values[place], str):  # SQLite stores a number in JSON as a number
                values[place] = dump_json(values[place])
        content = self._prefix + ";".join(map(_framed, values))
        short = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(hashlib.shake_256(short).digest(HASH_BYTES))

    def of_changed(self, row: Sequence[Any], values: Mapping[str, Any]) -> int:
        """Return the hash of a row of `query` after some columns were written."""
        return self.of_stored(
            [
                form(values[name]) if name in values else old
                for old, (name, form) in zip(row, self._forms, strict=True)
            ]
        )

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


def _written_form(column: Column[Any]) -> Converter:
    kind = column.type
    if isinstance(kind, JSON):
        return dump_json  # SQLAlchemy stores None as the text null
    for kinds, form in (
        (Boolean, int),
        (Integer, int),
        (Float, float),
        (LargeBinary, bytes),
    ):
        if isinstance(kind, kinds):
            return _or_none(form)
    return _or_none(str.__str__)


def _or_none(form: Converter) -> Converter:
    return lambda value: None if value is None else form(value)


def _framed(value: Any) -> str:
    """Return a value with its kind and length, so that no two rows give the same text."""
    if isinstance(value, str):
        return f"s{len(value)}:{value}"
    if value is None:
        return "n"
    if isinstance(value, int):
        return f"i{value:d}"
    return f"f{value!r}" if isinstance(value, float) else f"b{bytes(value).hex()}"
