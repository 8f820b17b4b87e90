"""Snapshots: the exact bytes that were seen."""

from datetime import date

from pydantic import BaseModel

from overzicht.store.snapshots import StoredSnapshot


class SnapshotModel(BaseModel):
    """A loaded version of a source; `has_bytes` tells whether its file can be had here."""

    sha256: str
    source: str
    part: str
    filename: str
    size_bytes: int
    address: str
    published: date | None
    retrieved: date | None
    official: bool
    complete: bool
    starter: bool
    records: int
    problems: list[str]
    remarks: list[str]
    has_bytes: bool

    @classmethod
    def of(cls, stored: StoredSnapshot, *, has_bytes: bool) -> "SnapshotModel":
        """Return the form of a stored snapshot."""
        seen = stored.snapshot
        return cls(
            sha256=seen.sha256, source=seen.source, part=seen.part, filename=seen.filename,
            size_bytes=seen.size_bytes, address=seen.address, published=seen.published,
            retrieved=seen.retrieved, official=seen.official, complete=seen.complete,
            starter=stored.is_starter, records=stored.record_count, problems=list(stored.problems),
            remarks=list(seen.remarks), has_bytes=has_bytes,
        )  # fmt: skip
