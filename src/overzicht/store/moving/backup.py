"""Backups of a store in use: a folder that is complete at every moment, with cheap repeats.

A folder has the database in one file (SQLite's own copy, or an export of PostgreSQL's rows), the raw files,
the profiles of inventories, the choice of subjects, and `backup.json`, which is written last and names the
other files. A restore fills an empty store from it, of either kind.
"""

import json
import os
import re
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError
from sqlalchemy import Connection, Table, create_engine, exc, text

from overzicht.composition import FILE as SUBJECTS
from overzicht.errors import InputFileError
from overzicht.evidence.packaged import StrictModel
from overzicht.isolation import Limits, in_child, stream_in_child
from overzicht.store.database import Store, database_file
from overzicht.store.log import log_end
from overzicht.store.migrating import revision_of
from overzicht.store.moving.empty_store import RestoreResult, fill_store, require_empty
from overzicht.store.moving.rows import (
    Row,
    RowSchemaError,
    line_of,
    read_rows,
    row_to_line,
    rows_of,
    tables_of,
)
from overzicht.store.moving.transfer import (
    LIMITS,
    SHA256,
    RegisterFile,
    TransferResult,
    export_store,
    load_rows,
)
from overzicht.store.private import close_to_others, make_private_folder, open_private
from overzicht.store.snapshots import (
    COPY_BYTES,
    DamagedSnapshotError,
    file_sha256,
    keep_stream,
    kept_files,
    written_whole,
)

NOTE = "backup.json"
PARTIAL = "database.part"
FORMAT = "overzicht-backup"
FORMAT_VERSION = 1  # 1: first
LARGEST_NOTE = 2**16
PROFILES = "inventory-profiles"  # a folder in that of the store
SQLITE, EXPORT = "sqlite", "export"
BEGUN = re.compile(
    rf"snapshots|{PROFILES}|{re.escape(SUBJECTS)}(\.part)?|database\.part.*|backup\.json\.part"
    r"|database-[0-9a-f]{16}\.(sqlite|zip)"
)
ENDINGS = {SQLITE: ".sqlite", EXPORT: ".zip"}


class BackupError(InputFileError):
    """A folder is not a backup, or was damaged or changed since it was made."""

    def __init__(self, folder: Path, reason: str, *, record: str = "") -> None:
        super().__init__(
            str(folder),
            f"{reason}. Nothing was restored from it",
            record=record,
            fix="give the folder that `overzicht register backup` wrote, or an earlier one",
        )


class OtherFolderError(InputFileError):
    """The target folder of a backup has other contents."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), "it has contents other than a backup", fix="give a new or empty folder")


class Note(StrictModel):
    """Description of a backup; `sha256` and `log_head` are those of its database."""

    format: str
    version: int
    kind: str
    sha256: str = Field(pattern=SHA256)
    log_head: str = Field(pattern=SHA256)
    files: int
    at: str

    @property
    def database(self) -> str:
        """The name of the file with the database."""
        return f"database-{self.sha256[:16]}{ENDINGS[self.kind]}"


@dataclass(frozen=True, slots=True)
class BackupResult:
    """Result of a backup: raw files, new ones among them, and the newest hash of the log."""

    files: int
    new_files: int
    log_head: str


def backup_store(store: Store, folder: Path, at: datetime) -> BackupResult:
    """Copy one consistent state of a store in use into a new or empty folder, or an earlier backup.

    If the process is killed, the folder has the earlier backup or the new one. Raises OtherFolderError,
    DamagedSnapshotError, InputFileError.
    """
    before = _note_in(folder)
    # an empty folder will do, and one that has only what a first backup that was killed leaves
    names = [path.name for path in folder.iterdir()] if before is None and folder.exists() else []
    if not all(map(BEGUN.fullmatch, names)):
        raise OtherFolderError(folder)
    try:
        make_private_folder(folder / "snapshots")
        close_to_others(folder)
        for left_behind in folder.glob("*.part"):
            left_behind.unlink()
        partial = folder / PARTIAL
        kind, log_head = _copy_database(store, partial)
        names = kept_files(store.folder)  # after the rows: every file that they name exists
        new_files = sum(_copy_file(store.folder, folder / "snapshots", name) for name in names)
        for left_behind in _copy_choices(store.home, folder):
            left_behind.unlink()
        note = Note(
            format=FORMAT,
            version=FORMAT_VERSION,
            kind=kind,
            sha256=file_sha256(partial),
            log_head=log_head,
            files=len(names),
            at=at.isoformat(timespec="seconds"),
        )
        partial.replace(folder / note.database)
        with written_whole(folder / NOTE) as file:
            file.write(note.model_dump_json(indent=1).encode())
        if before is not None and before.database != note.database:
            (folder / before.database).unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        fix = "the earlier backup in this folder remains valid. Free disk space, then make the backup again"
        raise InputFileError(str(folder), f"cannot be written: {reason}", fix=fix) from error
    finally:
        with suppress(OSError):
            (folder / PARTIAL).unlink(missing_ok=True)
    return BackupResult(len(names), new_files, log_head)


def _copy_database(store: Store, target: Path) -> tuple[str, str]:
    if store.engine.dialect.name != "sqlite":
        return EXPORT, export_store(store, target, with_files=False).log_head
    source = f"{database_file(store.home).absolute().as_uri()}?mode=ro"
    open_private(target).close()
    with closing(sqlite3.connect(source, uri=True)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)  # in one step, under a reader's lock: writers go on
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a separate log
        head = copy.execute("SELECT hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return SQLITE, head[0] if head else "0" * 64


def _copy_file(source: Path, target: Path, name: str) -> bool:
    """Copy a raw file that is missing in the target; return whether it was missing."""
    if (target / name[:2] / name).exists():
        return False
    path = source / name[:2] / name
    with path.open("rb") as file:
        keep_stream(target, iter(lambda: file.read(COPY_BYTES), b""), name, path.stat().st_size)
    return True


def _copy_choices(source: Path, target: Path) -> list[Path]:
    """Copy what users chose in files of a folder to another folder; return those that only the target has."""
    chosen = {path.relative_to(source): path.read_bytes() for path in _choices_in(source)}
    for name, content in chosen.items():
        make_private_folder((target / name).parent)
        with written_whole(target / name) as file:
            file.write(content)
    return [path for path in _choices_in(target) if path.relative_to(target) not in chosen]


def _choices_in(folder: Path) -> list[Path]:
    """Return the profiles of inventories, and the file that names the subjects of the installation."""
    return [*sorted((folder / PROFILES).glob("*.json")), *folder.glob(SUBJECTS)]


@in_child(Limits())
def _note_in(folder: Path) -> Note | None:
    path = folder / NOTE
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            note = Note.model_validate(json.loads(file.read(LARGEST_NOTE)))
    except (ValueError, ValidationError, RecursionError) as error:
        raise BackupError(folder, "its description cannot be read", record=NOTE) from error
    if (note.format, note.version) != (FORMAT, FORMAT_VERSION) or note.kind not in ENDINGS:
        raise BackupError(folder, f"its format is {note.format} {note.version} {note.kind}", record=NOTE)
    return note


def restore_store(store: Store, folder: Path) -> TransferResult:
    """Fill an empty store, of either kind, from a backup; all of it or nothing.

    Raises BackupError, and the errors of `fill_store`.
    """
    note = _note_in(folder)
    if note is None:
        raise BackupError(folder, "it is not a backup")
    with store.reading() as connection:
        require_empty(connection)  # at once, and once more under the writer's lock
    database = folder / note.database
    if not database.is_file() or file_sha256(database) != note.sha256:
        raise BackupError(folder, "its database is missing or was changed", record=database.name)
    names = kept_files(folder / "snapshots")
    for name in names:
        try:
            _copy_file(folder / "snapshots", store.folder, name)
        except DamagedSnapshotError as error:
            raise BackupError(
                folder, "a raw file does not match the hash in its name", record=name
            ) from error
    filled: RestoreResult
    if note.kind == EXPORT:
        filled = load_rows(store, RegisterFile(database), database)
    else:
        try:
            filled = fill_store(store, _DatabaseRows(database), note.log_head)
        except RowSchemaError as error:
            raise BackupError(folder, str(error)) from error
    _copy_choices(folder, store.home)
    return TransferResult(filled.total, len(names), filled.log_head)


class _DatabaseRows:
    """The rows of a copied database, which child processes read (implements `RowSource`)."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self.revision = database_revision(database)

    def rows(self, tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of tables by primary key, without holding them all."""
        return rows_of(tables, database_lines(self._database, tuple(table.name for table in tables)))


@in_child(LIMITS)
def database_revision(database: Path) -> str:
    """Return the version of the schema of a copied database; BackupError if it is not a store."""
    with _opened(database) as connection:
        log_end(connection)
        return revision_of(connection) or ""


@stream_in_child(LIMITS)
def database_lines(database: Path, tables: tuple[str, ...]) -> Generator[bytes, None, None]:
    """Yield the rows of tables of a copied database, as `line_of`."""
    with _opened(database) as connection:
        present = {table.name: table for table in tables_of(connection)}
        for name in tables:
            if name not in present:
                raise BackupError(database.parent, f"its database lacks the table {name}")
            for row in read_rows(connection, present[name]):
                yield line_of(name, row_to_line(row))


@contextmanager
def _opened(database: Path) -> Iterator[Connection]:
    """Yield a connection to a database that no one changes; BackupError if it cannot be read."""
    address = f"{database.absolute().as_uri()}?mode=ro&immutable=1"
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))
    try:
        with engine.connect() as connection:
            connection.execute(text("PRAGMA temp_store = MEMORY"))
            yield connection
    except (exc.SQLAlchemyError, sqlite3.Error, ValueError, TypeError) as error:
        reason = getattr(error, "orig", None) or error
        raise BackupError(database.parent, f"its database cannot be read ({reason})") from error
    finally:
        engine.dispose()
