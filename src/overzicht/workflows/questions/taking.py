"""Import of files with questions: read completely, stored with the raw bytes, joined to their sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from overzicht.questions.model import Flag, Paper
from overzicht.sources.files import LocalFile
from overzicht.sources.questions.registry import MAX_BYTES, read_questions
from overzicht.store.database import Store
from overzicht.store.questions import papers as papers_store
from overzicht.store.questions.papers import SaveCounts
from overzicht.store.snapshots import keep_file


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


def add_files(store: Store, paths: Sequence[Path], actor: str, at: datetime) -> list[ImportResult]:
    """Read all files, then store them in one transaction; if one cannot be read, none is stored."""
    readings = [(path, read_questions(path)) for path in paths]
    results = []
    with store.writing(actor, at) as tx:
        for path, reading in readings:
            digest = LocalFile(path, max_bytes=MAX_BYTES).sha256()
            kept = papers_store.keep_entries(tx, reading.entries, digest) if reading.entries else SaveCounts()
            kept += papers_store.keep_papers(tx, reading.papers)
            if kept.new_papers or kept.changed_papers or kept.new_entries or kept.changed_entries:
                keep_file(store.folder, path, digest)
                tx.log(
                    "questions",
                    path.name,
                    sha256=digest,
                    papers=[paper.key for paper in reading.papers],
                    entries=len(reading.entries),
                )
            results.append(ImportResult(path.name, reading.papers, len(reading.entries), kept))
        read = [reading for _, reading in readings]
        papers = [paper for reading in read for paper in reading.papers]
        papers_store.join_sets(tx, papers, [entry for reading in read for entry in reading.entries])
    return results
