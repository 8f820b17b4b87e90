"""Where sightings come from: one file with its hash, the citations of its places, and ids made from both."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.evidence import Citation, Snapshot
from overzicht.sources.files import LocalFile

# A spreadsheet of 100,000 devices is about 20 MB, a scan of a /16 network about 100 MB.
MAX_INVENTORY_BYTES = 400_000_000
SOURCE = "inventory"

Traces = dict[Trace, tuple[str, ...]]


class Origin:
    """One inventory file: hashed once, cited by place."""

    def __init__(self, path: Path, *, max_bytes: int = MAX_INVENTORY_BYTES) -> None:
        self.file = LocalFile(path, max_bytes=max_bytes)
        self.filename = self.file.filename
        self.snapshot = Snapshot(
            sha256=self.file.sha256(),
            source=SOURCE,
            part=path.name,
            filename=path.name,
            size_bytes=path.stat().st_size,
        )

    def cite(self, place: str) -> Citation:
        """Return the citation of a place in this file."""
        return Citation.of(self.snapshot, place, title=self.snapshot.filename)

    def sighting_id(self, place: str) -> str:
        """Return the id of the sighting at a place: the same for the same bytes and place."""
        digest = hashlib.sha256(f"{self.snapshot.sha256}\n{place}".encode()).hexdigest()
        return f"sighting-{digest[:16]}"

    def read_bytes(self) -> bytes:
        """Return the whole file, decompressed; InputFileError when it is empty or past the limit."""
        with self.file.open() as stream:
            data = stream.read()
        if not data.strip():
            raise InputFileError(self.filename, "the file is empty", fix="export it again")
        return data


def traces_of(pairs: Iterable[tuple[Trace, str | None]]) -> Traces:
    """Return the traces, each value once and in order; empty values and kinds without values left out."""
    collected: dict[Trace, dict[str, None]] = {}
    for trace, value in pairs:
        cleaned = (value or "").strip()
        if cleaned:
            collected.setdefault(trace, {})[cleaned] = None
    return {trace: tuple(values) for trace, values in collected.items()}
