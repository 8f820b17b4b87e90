"""Which tables of a store have rows, read without opening the store: help and menu must be quick."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from overzicht.settings import Settings


def tables_in_use(settings: Settings, tables: Iterable[str]) -> frozenset[str]:
    """Return the tables that have a row; none if there is no store yet, all if that cannot be read here.

    The rows of a PostgreSQL database are not read: a server that several people share shows everything.
    """
    names = frozenset(tables)
    if settings.database_url:
        return names
    if not settings.database.is_file():
        return frozenset()
    try:
        with closing(
            sqlite3.connect(f"{settings.database.absolute().as_uri()}?mode=ro", uri=True)
        ) as database:
            there = {
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            return frozenset(
                name
                for name in names & there
                if database.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 - names of our schema
            )
    except sqlite3.Error:
        return names
