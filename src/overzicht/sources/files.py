"""Files given by a user, read as streams: plain, gzip, or a zip archive with one member.

The unpacked size is counted while reading, so a decompression bomb stops at the limit.
"""

import gzip
import hashlib
import io
import lzma
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from typing_extensions import Buffer

from overzicht.errors import InputFileError
from overzicht.sources.interface import SAMPLE_BYTES, Sample, SourceFile

MAX_BYTES = 12_000_000_000  # the largest file we read: level 1 of GLEIF, 2.9 million records of 2.8 kB
MAX_RATIO = 200  # official XML packs 10 to 40 times; a bomb packs a thousand times and more
RATIO_FREE_BYTES = 10_000_000  # small files may pack well: below this the ratio is not judged
CHUNK = 1 << 20


BROKEN = (  # of an archive: gzip and bz2 raise OSError, zipfile ValueError for a place outside the file
    EOFError, OSError, ValueError, NotImplementedError, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
)  # fmt: skip


class TooLargeError(InputFileError):
    """A file, or what it unpacks to, is past the limit."""


class DamagedArchiveError(InputFileError):
    """A compressed file is cut off or broken, or holds something else than one file."""


def require_file(path: Path) -> None:
    """Raise InputFileError unless a path is that of a regular file: a pipe or a device may never end."""
    if path.is_file():
        return
    if path.is_dir():
        raise InputFileError(str(path), "this is a folder, not a file", fix="give the files in it")
    if path.exists():
        raise InputFileError(str(path), "this is not a regular file", fix="save its content in a file first")
    raise InputFileError(str(path), "there is no such file", fix="check the path")


class LocalFile(SourceFile):
    """A file on disk; `max_bytes` is the limit on what it unpacks to."""

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        require_file(path)
        self.path = path
        self.max_bytes = max_bytes
        self.filename = path.name.removesuffix(".gz").removesuffix(".zip")

    def open(self) -> BinaryIO:
        """Return the decompressed bytes as a buffered stream that stops at the limit with an error."""
        raw = self._open_raw()
        guarded = _Guarded(raw, self.path, self.max_bytes)
        return io.BufferedReader(guarded, CHUNK)

    def _open_raw(self) -> BinaryIO:
        with self.path.open("rb") as file:
            magic = file.read(4)
        if magic[:2] == b"\x1f\x8b":
            return gzip.open(self.path, "rb")  # type: ignore[return-value]
        if magic == b"PK\x03\x04" and self.path.suffix == ".zip":
            try:
                archive = zipfile.ZipFile(self.path)
                members = [info for info in archive.infolist() if not info.filename.endswith("/")]
                if len(members) != 1:
                    raise DamagedArchiveError(
                        self.path.name,
                        f"the archive holds {len(members)} files, one is expected",
                        fix="unpack it and give the file itself",
                    )
                return archive.open(members[0])  # type: ignore[return-value]
            except (zipfile.BadZipFile, ValueError, OSError) as error:
                raise DamagedArchiveError(self.path.name, f"not a whole zip archive ({error})") from error
            except RuntimeError as error:  # encrypted, or packed in a way that this Python lacks
                raise DamagedArchiveError(
                    self.path.name, f"the archive cannot be unpacked ({error})", fix="unpack it first"
                ) from error
        return self.path.open("rb")

    def sibling(self, name: str) -> "LocalFile | None":
        """Return the file `name` in the same folder, any letter case, packed or not; None when absent."""
        lower_name = name.lower()
        for path in sorted(self.path.parent.iterdir()):
            if path.is_file() and path.name.lower() in {lower_name, f"{lower_name}.gz"}:
                return LocalFile(path, max_bytes=self.max_bytes)
        return None

    def sample(self) -> Sample:
        """Return the name and the first 64 KiB, for recognising what the file is."""
        with self.open() as stream:
            return Sample(self.filename, stream.read(SAMPLE_BYTES))

    def sha256(self) -> str:
        """Return the hash of the file's own bytes, as stored (not decompressed)."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


class _Guarded(io.RawIOBase):
    """A raw stream that counts what it gives and names the file when something breaks."""

    def __init__(self, raw: BinaryIO, path: Path, max_bytes: int) -> None:
        self._raw = raw
        self._path = path
        packed = path.stat().st_size
        self._ratio_limit = max(RATIO_FREE_BYTES, packed * MAX_RATIO)
        self._max_bytes = max_bytes
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._raw.read(len(view))
        except BROKEN as error:
            raise DamagedArchiveError(
                self._path.name, f"the data is cut off or broken ({error})", fix="fetch it again"
            ) from error
        self._given += len(data)
        if self._given > min(self._max_bytes, self._ratio_limit):
            raise TooLargeError(
                self._path.name,
                f"it unpacks to more than {self._given:,} bytes, which is past the limit",
                fix="check that this is the official file",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()
