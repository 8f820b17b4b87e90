"""A whole store as one portable file: a zip of JSON Lines per table, raw files, and a manifest of hashes.

The same content gives the same bytes from either database. docs/how-to/back-up.md describes the format.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pydantic import Field, ValidationError
from sqlalchemy import Connection, Table

from overzicht.errors import InputFileError
from overzicht.evidence.packaged import StrictModel
from overzicht.store.database import Store
from overzicht.store.log import log_end
from overzicht.store.migrating import revision_of
from overzicht.store.moving.filling import RestoreResult, fill_store, require_empty
from overzicht.store.moving.rows import RowSchemaError, read_rows, row_from_line, row_to_line, tables_of
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


class RegisterFileError(InputFileError):
    """A file is not a complete store from `register export`, or was damaged or changed since."""

    slug = "register-file"

    def __init__(self, path: Path, reason: str, *, record: str = "") -> None:
        super().__init__(
            path.name,
            f"{reason}. Nothing was loaded from it",
            record=record,
            fix="export it again with `overzicht register export`, or use an earlier one",
        )


class TargetExistsError(InputFileError):
    """A file to write exists already."""

    slug = "target-exists"

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
        tables = {table.name: _write_table(connection, archive, table) for table in tables_of(connection)}
        # Raw files are stored before the rows that name them: the files seen now include all of these.
        names = kept_files(folder) if folder is not None else []
        files = {name: _write_file(archive, folder, name) for name in names} if folder is not None else {}
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


def _write_table(connection: Connection, archive: zipfile.ZipFile, table: Table) -> TableEntry:
    digest, rows, size = hashlib.sha256(), 0, 0
    with archive.open(_entry(f"tables/{table.name}.jsonl"), "w", force_zip64=True) as entry:
        for row in read_rows(connection, table):
            line = row_to_line(row)
            entry.write(line)
            digest.update(line)
            rows, size = rows + 1, size + len(line)
    return TableEntry(rows=rows, size=size, sha256=digest.hexdigest())


def _write_file(archive: zipfile.ZipFile, folder: Path, name: str) -> int:
    digest, size = hashlib.sha256(), 0
    path = folder / name[:2] / name
    with path.open("rb") as source, archive.open(_entry(f"snapshots/{name}"), "w", force_zip64=True) as entry:
        while chunk := source.read(2**20):
            entry.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    if digest.hexdigest() != name:
        raise DamagedSnapshotError(name, digest.hexdigest())
    return size


def is_register_file(path: Path) -> bool:
    """Return whether a file looks like an exported store."""
    try:
        with zipfile.ZipFile(path) as archive:
            return {MANIFEST, "tables/log.jsonl"} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def load_store(store: Store, path: Path) -> TransferResult:
    """Fill an empty store from a file of `export_store`; all of it or nothing.

    Raises RegisterFileError, and the errors of `fill_store`. Raw files that were copied before a fault
    remain: they are named by their hash and harmless.
    """
    with store.reading() as connection:
        require_empty(connection)  # at once, and once more under the writer's lock
    with RegisterFile(path) as source:
        for name in source.manifest.files:  # raw files first: no row may name a missing one
            source.extract(name, store.folder)
        filled = load_rows(store, source, path)
    return TransferResult(filled.total, len(source.manifest.files), filled.log_head)


def load_rows(store: Store, source: "RegisterFile", path: Path) -> RestoreResult:
    """Fill an empty store with the rows of an opened file."""
    try:
        return fill_store(store, source, source.manifest.log_head)
    except RowSchemaError as error:
        raise RegisterFileError(path, str(error)) from error


class RegisterFile:
    """An opened exported store: its contents are counted and hashed before use."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise RegisterFileError(path, f"it is not a readable zip file ({error})") from error
        try:
            self.manifest = self._read_manifest()
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> "RegisterFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    @property
    def revision(self) -> str:
        """The version of the schema that the rows fit."""
        return self.manifest.schema_revision

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table; RegisterFileError if they differ from the manifest."""
        stated = self.manifest.tables.get(table.name)
        if stated is None:
            raise self._refused("the table is missing", table.name)
        digest, rows, size = hashlib.sha256(), 0, 0
        for line in self._lines(f"tables/{table.name}.jsonl"):
            rows, size = rows + 1, size + len(line)
            if size > stated.size or rows > stated.rows:
                raise self._refused("it has more rows than its manifest states", table.name)
            digest.update(line)
            yield row_from_line(table, rows, line)
        if (rows, size, digest.hexdigest()) != (stated.rows, stated.size, stated.sha256):
            raise self._refused("its rows are not those that its manifest states", table.name)

    def _lines(self, name: str) -> Iterator[bytes]:
        try:
            with self._archive.open(name) as entry:
                while line := entry.readline(LARGEST_LINE):
                    yield line
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
            raise self._refused(f"it cannot be read ({error})", name) from error

    def extract(self, name: str, folder: Path) -> None:
        """Copy a raw file into the folder of snapshots; RegisterFileError if it does not match its name."""
        try:
            with self._archive.open(f"snapshots/{name}") as entry:
                keep_stream(folder, entry, name, self.manifest.files[name])
        except DamagedSnapshotError as error:
            raise self._refused("the raw file does not match the hash in its name", name) from error
        except (KeyError, zipfile.BadZipFile, EOFError, zlib.error) as error:
            raise self._refused(f"it cannot be read ({error})", name) from error

    def _read_manifest(self) -> Manifest:
        names = self._archive.namelist()
        if len(names) > MOST_ENTRIES or len(names) != len(set(names)):
            raise self._refused("it has too many entries, or a duplicate name")
        for info in self._archive.infolist():
            if NAME.fullmatch(info.filename) is None or info.flag_bits & 1:
                raise self._refused("it has an unexpected entry", info.filename[:100])
        if MANIFEST not in names:
            raise self._refused("it has no manifest, so it is not an export of a register")
        with self._archive.open(MANIFEST) as entry:
            content = entry.read(LARGEST_MANIFEST + 1)
        try:
            manifest = Manifest.model_validate(json.loads(content[:LARGEST_MANIFEST]))
        except (ValueError, ValidationError, RecursionError) as error:
            raise self._refused("its manifest cannot be read", MANIFEST) from error
        self._check(manifest, set(names))
        return manifest

    def _check(self, manifest: Manifest, names: set[str]) -> None:
        if (manifest.format, manifest.version) != (FORMAT, FORMAT_VERSION):
            raise self._refused(f"its format is {manifest.format} {manifest.version}")
        stated = {f"tables/{name}.jsonl" for name in manifest.tables}
        stated |= {f"snapshots/{name}" for name in manifest.files} | {MANIFEST}
        if stated != names:
            raise self._refused("its entries are not those of its manifest", min(stated ^ names))
        sizes = [entry.size for entry in manifest.tables.values()] + list(manifest.files.values())
        if min(sizes, default=0) < 0 or sum(sizes) > LARGEST_CONTENT:
            raise self._refused(f"its stated size is more than {LARGEST_CONTENT / 1e9:,.0f} GB")

    def _refused(self, reason: str, record: str = "") -> RegisterFileError:
        return RegisterFileError(self._path, reason, record=record)
