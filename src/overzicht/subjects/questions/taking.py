"""Import of files with questions: each is read completely or not at all, and joined to its set."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from overzicht.errors import InputFileError, OverzichtError
from overzicht.sources.files import LocalFile
from overzicht.store.database import Store, Transaction
from overzicht.store.snapshots import keep_file
from overzicht.subjects.questions import papers_records as papers_store
from overzicht.subjects.questions.model import Flag, Paper
from overzicht.subjects.questions.papers.interface import Reading
from overzicht.subjects.questions.papers.registry import MAX_BYTES, read_questions
from overzicht.subjects.questions.papers_records import SaveCounts


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Result of importing a file: its papers, the number of index entries, and counts of the changes."""

    filename: str
    papers: tuple[Paper, ...]
    entries: int
    kept: SaveCounts

    @property
    def flags(self) -> tuple[tuple[str, Flag], ...]:
        """The flags of all papers, each with the id of its paper."""
        return tuple((paper.key, flag) for paper in self.papers for flag in paper.flags)

    @property
    def as_json(self) -> dict[str, Any]:
        """The result as programs read it."""
        return {
            "file": self.filename,
            "papers": [{"id": p.key, "kind": p.kind.value, "sets": list(p.sets)} for p in self.papers],
            "entries": self.entries,
            **asdict(self.kept),
            "flags": [
                {"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in self.flags
            ],
        }


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not stored: the reason, and what to do about it (empty if nothing is known)."""

    filename: str
    error: OverzichtError


@dataclass(frozen=True, slots=True)
class ImportedFiles:
    """Result of importing files: those that were stored, and those that could not be read."""

    stored: tuple[ImportResult, ...]
    refused: tuple[Refusal, ...]


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files among paths and in folders, at any depth; InputFileError for a folder without one."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = []
        for file in sorted(path.rglob("*")):
            if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
                inside.append(file)
        if not inside:
            raise InputFileError(
                str(path), "there is no file in this folder", fix="name a folder with papers"
            )
        yield from inside


def add_files(store: Store, paths: Sequence[Path], actor: str, at: datetime) -> ImportedFiles:
    """Read all files and folders, then store what was read in one transaction.

    A file that cannot be read is stored not at all; the others are stored whole.
    """
    readings: list[tuple[Path, Reading]] = []
    refused: list[Refusal] = []
    for path in files_in(paths):
        try:
            readings.append((path, read_questions(path)))
        except OverzichtError as error:
            refused.append(Refusal(path.name, error))
    if not readings:
        return ImportedFiles((), tuple(refused))
    with store.writing(actor, at) as tx:
        results = []
        for path, reading in readings:
            digest = LocalFile(path, max_bytes=MAX_BYTES).sha256()
            kept = papers_store.keep_entries(tx, reading.entries, digest) if reading.entries else SaveCounts()
            kept += papers_store.keep_papers(tx, reading.papers)
            if kept.has_changes:
                keep_file(store.folder, path, digest)
                log_import(tx, path.name, digest, reading)
            results.append(ImportResult(path.name, reading.papers, len(reading.entries), kept))
        papers = [paper for _, reading in readings for paper in reading.papers]
        entries = [entry for _, reading in readings for entry in reading.entries]
        papers_store.join_sets(tx, papers, entries)
    return ImportedFiles(tuple(results), tuple(refused))


def log_import(tx: Transaction, filename: str, sha256: str, reading: Reading) -> None:
    """Record in the log which papers and how many entries a file had."""
    papers = [paper.key for paper in reading.papers]
    tx.log("questions", filename, sha256=sha256, papers=papers, entries=len(reading.entries))
