"""What any reader of files shares: a sample, a file to open, and what is wrong with a record or a file."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from overzicht.errors import OverzichtError

SAMPLE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of a file, decompressed: its name without `.gz`, and at most 64 KiB of bytes."""

    filename: str
    head: bytes


@dataclass(frozen=True, slots=True)
class RecordProblem:
    """A record that could not be read: where, why, and what would make it readable."""

    place: str
    reason: str
    fix: str = ""

    def __str__(self) -> str:
        """Return place and reason on one line."""
        return f"{self.place}: {self.reason}"


class ListFileRefusedError(OverzichtError):
    """A file is not the list in an official layout, or is damaged; nothing of it was taken."""

    def __init__(self, file: str, reason: str, *, place: str = "", fix: str = "") -> None:
        where = f"{file}, {place}" if place else file
        super().__init__(f"{where}: {reason}; the file was refused", fix=fix)
        self.place = place
        self.reason = reason


class SourceFile(ABC):
    """A file to read: opened as often as needed, decompressed, within the size limits."""

    filename: str
    path: Path

    @abstractmethod
    def open(self) -> BinaryIO:
        """Return the decompressed bytes as a stream; reading past the size limit raises."""

    @abstractmethod
    def sibling(self, name: str) -> "SourceFile | None":
        """Return the file `name` in the same folder, ignoring case, or None."""
