"""A whole store as one portable file: a zip of JSON Lines per table, raw files, and a manifest of hashes.

The same content gives the same bytes from either database. docs/how-to/back-up.md describes the format.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import Field, ValidationError
from sqlalchemy import Connection, Table

from overzicht.errors import InputFileError
from overzicht.evidence.packaged import StrictModel
from overzicht.isolation import Limits, in_child, stream_in_child
from overzicht.store.database import Store
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
from overzicht.store.snapshots import DamagedSnapshotError, keep_stream, kept_files, written_whole

FORMAT = "overzicht-register"
FORMAT_VERSION = 1  # 1: first
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 64 * 2**20
LARGEST_LINE = 256 * 2**20  # a row holds at most one finding, case or record with all its reasons
LARGEST_CONTENT = 256 * 2**30
MOST_ENTRIES = 1_000_000
FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # of every entry, so that equal content gives equal bytes
NAME = re.compile(r"manifest\.json|tables/[a-z_]{1,63}\.jsonl|snapshots/[0-9a-f]{64}")
SHA256 = r"^[0-9a-f]{64}$"
PIECE = 2**16  # bytes of a raw file that go together
LIMITS = Limits(seconds=60, seconds_per_megabyte=60, output_factor=1_400)  # deflate: 1,032 to 1, as base64
BROKEN = (  # of an archive; ValueError for a place outside the file
    OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


class RegisterFileError(InputFileError):
    """A file is not a complete store from `register export`, or was damaged or changed since."""

    def __init__(self, path: Path, reason: str, *, record: str = "") -> None:
        super().__init__(
            path.name,
            f"{reason}. Nothing was loaded from it",
            record=record,
            fix="export it again with `overzicht register export`, or use an earlier one",
        )


class TargetExistsError(InputFileError):
    """A file to write exists already."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name, "it already exists", fix="give another file name, or remove this file")


class TableEntry(StrictModel):
    """Entry of the manifest for a table: its rows, and the length and hash of its JSON Lines."""

    rows: int = Field(ge=0)
    size: int = Field(ge=0)
    sha256: str = Field(pattern=SHA256)


class Manifest(StrictModel):
    """Contents of a file: format, version of the schema, tables by name, and raw files by hash."""

    format: str
    version: int
    schema_revision: str = Field(pattern=r"^[0-9a-z_]{1,40}$")
    log_head: str = Field(pattern=SHA256)
    tables: dict[str, TableEntry]
    files: dict[str, int]

    @property
    def total(self) -> int:
        """All rows."""
        return sum(entry.rows for entry in self.tables.values())


@dataclass(frozen=True, slots=True)
class TransferResult:
    """Numbers written or read: rows, raw files, and the newest hash of the log."""

    rows: int
    files: int
    log_head: str


def export_store(store: Store, target: Path, *, with_files: bool = True) -> TransferResult:
    """Write one consistent state of a store to a file while others read and write; all of it or nothing.

    Raises TargetExistsError, and DamagedSnapshotError if a raw file does not match its name.
    """
    if target.exists():
        raise TargetExistsError(target)
    try:
        with store.reading() as connection, written_whole(target) as file:
            manifest = _write(connection, store.folder if with_files else None, file)
    except OSError as error:
        raise InputFileError(str(target), f"cannot be written: {error.strerror}") from error
    return TransferResult(manifest.total, len(manifest.files), manifest.log_head)


def _write(connection: Connection, folder: Path | None, file: IO[bytes]) -> Manifest:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = {}
        for table in tables_of(connection):
            digest, rows, size = hashlib.sha256(), 0, 0
            with archive.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as member:
                for row in read_rows(connection, table):
                    line = row_to_line(row)
                    member.write(line)
                    digest.update(line)
                    rows, size = rows + 1, size + len(line)
            tables[table.name] = TableEntry(rows=rows, size=size, sha256=digest.hexdigest())
        # Raw files are stored before the rows that name them: the files seen now include all of these.
        paths = {name: folder / name[:2] / name for name in kept_files(folder)} if folder is not None else {}
        files: dict[str, int] = {}
        for name, path in paths.items():
            digest, size, place = hashlib.sha256(), 0, _entry(f"snapshots/{name}")
            with path.open("rb") as source, archive.open(place, "w", force_zip64=True) as member:
                while chunk := source.read(2**20):
                    member.write(chunk)
                    digest.update(chunk)
                    size += len(chunk)
            if digest.hexdigest() != name:
                raise DamagedSnapshotError(name, digest.hexdigest())
            files[name] = size
        manifest = Manifest(
            format=FORMAT,
            version=FORMAT_VERSION,
            schema_revision=revision_of(connection) or "",
            log_head=log_end(connection).hash,
            tables=dict(sorted(tables.items())),
            files=files,
        )
        with archive.open(_entry(MANIFEST), "w") as entry:
            entry.write(manifest.model_dump_json(indent=1).encode())
    return manifest


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, FIXED_TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@in_child(LIMITS)
def is_register_file(path: Path) -> bool:
    """Return whether a file looks like an exported store."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {MANIFEST, "tables/log.jsonl"} <= set(archive.namelist())
    except BROKEN:
        return False


def load_store(store: Store, path: Path) -> TransferResult:
    """Fill an empty store from a file of `export_store`; all of it or nothing.

    Raises RegisterFileError, and the errors of `fill_store`. Raw files that were copied before a fault
    remain: they are named by their hash and harmless.
    """
    with store.reading() as connection:
        require_empty(connection)  # at once, and once more under the writer's lock
    source = RegisterFile(path)
    source.extract_files(store.folder)  # raw files first: no row may name a missing one
    filled = load_rows(store, source, path)
    return TransferResult(filled.total, len(source.manifest.files), filled.log_head)


def load_rows(store: Store, source: "RegisterFile", path: Path) -> RestoreResult:
    """Fill an empty store with the rows of a file."""
    try:
        return fill_store(store, source, source.manifest.log_head)
    except RowSchemaError as error:
        raise RegisterFileError(path, str(error)) from error


class RegisterFile:
    """An exported store: child processes count and hash its contents, this one checks each row."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.manifest = read_manifest(path)

    @property
    def revision(self) -> str:
        """The version of the schema that the rows fit."""
        return self.manifest.schema_revision

    def rows(self, tables: Sequence[Table]) -> Iterator[tuple[str, Row]]:
        """Yield the rows of tables with their names; RegisterFileError if they differ from the manifest."""
        stated = self.manifest.tables
        for table in tables:
            if table.name not in stated:
                raise RegisterFileError(self._path, "the table is missing", record=table.name)
        yield from rows_of(
            tables, table_lines(self._path, {table.name: stated[table.name] for table in tables})
        )

    def extract_files(self, folder: Path) -> None:
        """Copy the raw files into the folder of snapshots.

        RegisterFileError if one does not match its name.
        """
        pieces = file_pieces(self._path, self.manifest.files)
        for name, size in self.manifest.files.items():
            try:
                keep_stream(folder, _pieces_of(pieces, size), name, size)
            except DamagedSnapshotError as error:
                reason = "the raw file does not match the hash in its name"
                raise RegisterFileError(self._path, reason, record=name) from error


def _pieces_of(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Yield the next pieces, of `size` bytes together."""
    while size > 0 and (piece := next(pieces, b"")):
        size -= len(piece)
        yield piece


@stream_in_child(LIMITS)
def table_lines(path: Path, tables: dict[str, TableEntry]) -> Generator[bytes, None, None]:
    """Yield the lines of tables, as `line_of`; RegisterFileError if they differ from the manifest."""
    for table, stated in tables.items():
        digest, rows, size = hashlib.sha256(), 0, 0
        with _entry_of(path, f"tables/{table}.jsonl") as entry:
            while line := entry.readline(LARGEST_LINE):
                rows, size = rows + 1, size + len(line)
                if size > stated.size or rows > stated.rows:
                    reason = "it has more rows than its manifest states"
                    raise RegisterFileError(path, reason, record=table)
                digest.update(line)
                try:
                    json.loads(line)  # here, because the limits of this process hold for it
                except (ValueError, RecursionError) as error:
                    reason = f"it is not valid JSON ({error})"
                    raise RegisterFileError(path, reason, record=f"{table}, row {rows}") from error
                yield line_of(table, line)
        if (rows, size, digest.hexdigest()) != (stated.rows, stated.size, stated.sha256):
            raise RegisterFileError(path, "its rows are not those that its manifest states", record=table)


@stream_in_child(LIMITS)
def file_pieces(path: Path, sizes: dict[str, int]) -> Generator[bytes, None, None]:
    """Yield the content of raw files in this order; RegisterFileError for one of another size."""
    for name, size in sizes.items():
        left = size
        with _entry_of(path, f"snapshots/{name}") as entry:
            while piece := entry.read(PIECE):
                left -= len(piece)
                if left < 0:
                    break
                yield piece
        if left:
            raise RegisterFileError(path, "the raw file does not have the stated size", record=name)


@contextmanager
def _entry_of(path: Path, name: str) -> Iterator[IO[bytes]]:
    """Open an entry of a file; RegisterFileError if it cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(name) as entry:
            yield entry
    except (KeyError, *BROKEN) as error:
        raise RegisterFileError(path, f"it cannot be read ({error})", record=name) from error


@in_child(LIMITS)
def read_manifest(path: Path) -> Manifest:
    """Return the checked manifest of a file; RegisterFileError if the file is not an exported store."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) > MOST_ENTRIES or len(names) != len(set(names)):
                raise RegisterFileError(path, "it has too many entries, or a duplicate name")
            for info in archive.infolist():
                if NAME.fullmatch(info.filename) is None or info.flag_bits & 1:
                    raise RegisterFileError(path, "it has an unexpected entry", record=info.filename[:100])
            if MANIFEST not in names:
                raise RegisterFileError(path, "it has no manifest, so it is not an export of a register")
            with archive.open(MANIFEST) as entry:
                content = entry.read(LARGEST_MANIFEST + 1)
            try:
                manifest = Manifest.model_validate(json.loads(content[:LARGEST_MANIFEST]))
            except (ValueError, ValidationError, RecursionError) as error:
                raise RegisterFileError(path, "its manifest cannot be read", record=MANIFEST) from error
            if (manifest.format, manifest.version) != (FORMAT, FORMAT_VERSION):
                raise RegisterFileError(path, f"its format is {manifest.format} {manifest.version}")
            stated = {f"tables/{name}.jsonl" for name in manifest.tables}
            stated |= {f"snapshots/{name}" for name in manifest.files} | {MANIFEST}
            if stated != set(names):
                other = min(stated ^ set(names))
                raise RegisterFileError(path, "its entries are not those of its manifest", record=other)
            sizes = [entry.size for entry in manifest.tables.values()] + list(manifest.files.values())
            if min(sizes, default=0) < 0 or sum(sizes) > LARGEST_CONTENT:
                raise RegisterFileError(path, f"its stated size is more than {LARGEST_CONTENT / 1e9:,.0f} GB")
            return manifest
    except BROKEN as error:
        raise RegisterFileError(path, f"it is not a readable zip file ({error})") from error
