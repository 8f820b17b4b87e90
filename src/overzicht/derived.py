"""Content that is derived from other content at its first use, and stored in the user's cache folder.

A wheel ships what the first answer needs; `setup.py` makes that content with this module. A missing,
read-only or damaged folder costs time only: the content is then made again. The name of a file states what
it is made from, so it is never out of date. Delete the folder at any time.
"""

import json
import mmap
import os
import struct
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from overzicht import __version__

T = TypeVar("T")
Bytes = bytes | mmap.mmap
SHIPPED = Path(__file__).parent / "prepared"  # only in wheels
_NUMBER = struct.Struct("<I")
_BOUNDS = struct.Struct("<II")


def cache_home() -> Path:
    """Return the folder of the user's cached files, where the XDG base directories put it.

    RuntimeError if the user has no home folder.
    """
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "overzicht"


def derived(name: str, make: Callable[[], bytes], read: Callable[[Bytes], T]) -> T:
    """Return what `read` returns for the shipped or cached file `name`, which `make` makes if needed.

    `name` contains a digest or a version of what the content is made from. `read` raises ValueError if
    the content is incomplete.
    """
    places = [SHIPPED / name]
    with suppress(RuntimeError):
        places.append(cache_home() / "derived" / __version__ / name)
    for path in places:
        with suppress(OSError, ValueError), path.open("rb") as file:
            return read(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    content = make()
    for path in places[1:]:
        with suppress(OSError):
            # write a complete file or none, so that another process never reads a part of it
            path.parent.mkdir(parents=True, exist_ok=True)
            number, store_name = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(number, "wb") as file:
                    file.write(content)
                Path(store_name).replace(path)
            except OSError:
                Path(store_name).unlink(missing_ok=True)
                raise
    return read(content)


def code_of(places: Iterable[Traversable], libraries: Iterable[str] = (), start: str = "") -> str:
    """Return the hash of files and folders, of the versions of libraries, and of `start`."""
    digest = sha256(json.dumps([start, {name: _version(name) for name in libraries}]).encode())
    for place in places:
        for name, file in _files(place, "") if place.is_dir() else [(place.name, place)]:
            digest.update(name.encode() + file.read_bytes())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _files(folder: Traversable, at: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.is_dir() and not entry.name.startswith("__"):
            yield from _files(entry, f"{at}{entry.name}/")
        elif entry.is_file() and not entry.name.endswith(".so"):  # machine code follows from the sources
            yield f"{at}{entry.name}", entry


class Table:
    """Texts by key in one piece of content. A look-up reads a few bytes, so a mapped file stays on disk.

    Records with the same remainder of their checksum follow each other; the numbers before them are the size
    of the content, the number of remainders, and where each one's records begin and end.
    """

    def __init__(self, content: Bytes) -> None:
        if len(content) < _BOUNDS.size or _NUMBER.unpack_from(content)[0] != len(content):
            raise ValueError("the table is incomplete")
        self._content = content
        (self._remainders,) = _NUMBER.unpack_from(content, _NUMBER.size)

    def get(self, key: str) -> str | None:
        """Return the text of a key, None if it has none."""
        sought = b"\n%b\t" % key.encode()
        place = crc32(sought) % self._remainders
        start, end = _BOUNDS.unpack_from(self._content, _NUMBER.size * (2 + place))
        record = self._content.find(sought, start, end)
        if record < 0:
            return None
        begin = record + len(sought)
        stop = self._content.find(b"\n", begin, end)
        return self._content[begin : stop if stop >= 0 else end].decode()


def table_content(entries: Iterable[tuple[str, str]]) -> bytes:
    """Return the content of a table; ValueError for a tab in a key, or a line break in a key or a text."""
    heads: dict[bytes, bytes] = {}
    for key, text in entries:
        if "\n" in key or "\t" in key or "\n" in text:
            raise ValueError(f"the entry {key!r} does not fit on a line")
        heads[b"\n%b\t" % key.encode()] = text.encode()
    remainders = max(1, len(heads))
    groups: list[list[bytes]] = [[] for _ in range(remainders)]
    for head, written in heads.items():
        groups[crc32(head) % remainders].append(head + written)
    bounds = [_NUMBER.size * (3 + remainders)]
    for group in groups:
        bounds.append(bounds[-1] + sum(map(len, group)))
    numbers = struct.pack(f"<{len(bounds) + 2}I", bounds[-1], remainders, *bounds)
    return numbers + b"".join(part for group in groups for part in group)
