"""The subjects that a store has rows of, read without opening the store: help and menu must be quick."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing

from overzicht.composition import Subject, choice, installed
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


def hidden_subjects(settings: Settings) -> frozenset[str]:
    """Return the optional subjects that help and menu leave out: not chosen, or not used if nobody chose."""
    optional = [subject for subject in installed() if subject.is_optional]
    chosen: Collection[str] | None = choice(settings)
    if chosen is None:
        used = tables_in_use(settings, {table for subject in optional for table in subject.tables})
        chosen = with_needs({subject.name for subject in optional if used.intersection(subject.tables)})
    return frozenset(subject.name for subject in optional if subject.name not in chosen)


def with_needs(names: Collection[str]) -> set[str]:
    """Return subjects with all that they need, directly and indirectly."""
    by_name: dict[str, Subject] = {subject.name: subject for subject in installed()}

    def needs(name: str) -> Iterator[str]:
        yield name
        for below in by_name[name].needs if name in by_name else ():
            yield from needs(below)

    return {needed for name in names for needed in needs(name)}
