"""Temporary storage for keys and texts of a file, outside memory: a private SQLite database on disk."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

_CACHE_KIB = 16_384


class Scratch:
    """Keys that were seen, and texts kept under a key in the order they came."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID")
        connection.execute(
            "CREATE TABLE kept (key TEXT, number INTEGER, text TEXT, PRIMARY KEY (key, number))"
        )
        self._number = 0

    def is_new(self, key: str) -> bool:
        """Store the key; return whether it is new."""
        return self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (key,)).rowcount == 1

    def keep(self, key: str, text: str) -> None:
        """Store a text under a key."""
        self._number += 1
        self._connection.execute("INSERT INTO kept VALUES (?, ?, ?)", (key, self._number, text))

    def kept(self, key: str) -> tuple[str, ...]:
        """Return the texts kept under a key, in the order they came; empty when there is none."""
        rows = self._connection.execute("SELECT text FROM kept WHERE key = ? ORDER BY number", (key,))
        return tuple(row[0] for row in rows)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Give a scratch that is gone when the block ends."""
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.execute("BEGIN")
        yield Scratch(connection)
    finally:
        connection.close()
