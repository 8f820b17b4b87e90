"""The files of an index: one folder per version, an array per file, and a pointer that is swapped atomically.

`<root>/CURRENT` names the folder in use. A folder does not change after the pointer names it, so readers keep
their version while a new one is written.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import InputFileError
from overzicht.screening.index.ordering import Parties
from overzicht.screening.index.resolve import Links, Resolved
from overzicht.screening.pack import Names, Packed, Words, closed
from overzicht.screening.texts import Texts

FORMAT_VERSION = 5  # 3: resolved parties; 4: not by ambiguous names; 5: no name is general words alone
POINTER = "CURRENT"
MANIFEST = "manifest.json"
_LOCK, _SCRATCH = "writing.lock", ".new-"
_MOST_SWAPS = 8  # while one reader opens; making a version takes longer than mapping it
_FIX = "build the index again from the lists"


class Keys(NamedTuple):
    """Look-ups from a hash to words or names: each a sorted array of hashes and one of numbers.

    `near`: a word and each word with one letter left out, to words. `sound`: consonant skeletons, to words.
    `whole` and `shape`: all letters, and all consonants, of a name, to names. `acronym`: first letters, to
    names. `by_text`: word numbers in the order of their letters.
    """

    near_hash: NDArray[np.uint32]
    near_word: NDArray[np.int32]
    sound_hash: NDArray[np.uint32]
    sound_word: NDArray[np.int32]
    whole_hash: NDArray[np.uint32]
    whole_name: NDArray[np.int32]
    shape_hash: NDArray[np.uint32]
    shape_name: NDArray[np.int32]
    acronym_hash: NDArray[np.uint32]
    acronym_name: NDArray[np.int32]
    by_text: NDArray[np.int32]


class Postings(NamedTuple):
    """The names that have a word (`name[at[w]:at[w + 1]]`), and per name its party, weight and first letters.

    `kind` is 0 for a person, 1 for another party, 2 for one that may be either; `list` numbers its list.
    """

    at: NDArray[np.int32]
    name: NDArray[np.int32]
    party: NDArray[np.int32]
    weight: NDArray[np.float32]
    letters: NDArray[np.uint32]
    weak: NDArray[np.uint8]
    kind: NDArray[np.uint8]
    list: NDArray[np.uint16]


class Target(NamedTuple):
    """The arrays that compiled code searches."""

    packed: Packed
    keys: Keys
    postings: Postings


@dataclass(frozen=True, slots=True)
class IndexArrays:
    """A whole index. `details` holds a JSON object or nothing per party; `lists`, `forms` are by number."""

    words: Words
    names: Names
    keys: Keys
    postings: Postings
    name_texts: Texts
    party_ids: Texts
    details: Texts
    parties: Parties
    links: Links
    resolved: Resolved
    lists: tuple[str, ...]
    forms: dict[str, int]
    version: str = ""

    @property
    def packed(self) -> Packed:
        """The listed names and their words."""
        return Packed(self.words, self.names)

    @property
    def target(self) -> Target:
        """The arrays that compiled code searches."""
        return Target(self.packed, self.keys, self.postings)

    def frozen(self) -> "IndexArrays":
        """Return the index with its arrays closed for writing."""
        for part, _ in _PARTS:
            closed(getattr(self, part))
        return self


_PARTS = (
    ("words", Words),
    ("names", Names),
    ("keys", Keys),
    ("postings", Postings),
    ("name_texts", Texts),
    ("party_ids", Texts),
    ("details", Texts),
    ("parties", Parties),
    ("links", Links),
    ("resolved", Resolved),
)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Lock a file against other processes; the system releases it when a process ends in any way."""
    with path.open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Lock `root` against other writers; readers continue.

    Files of a writer that was killed are removed first: with the lock, no other writer uses them.
    """
    root.mkdir(parents=True, exist_ok=True)
    with locked(root / _LOCK):
        for left in root.glob(f"{_SCRATCH}*"):
            _remove(left)
        yield


def write(arrays: IndexArrays, root: Path) -> Path:
    """Write an index below `root` and make it the current one; return its folder, named by its content."""
    with writing(root):
        return write_held(arrays, root)


def write_held(arrays: IndexArrays, root: Path) -> Path:
    """Write an index as `write` does, for a caller that has the lock of `writing`."""
    scratch = root / f"{_SCRATCH}{uuid4().hex}"
    scratch.mkdir()
    try:
        # write every array and the manifest, which comes last; return the hash of all
        digest = hashlib.sha256()
        for part, _ in _PARTS:
            for field, array in getattr(arrays, part)._asdict().items():
                whole = np.ascontiguousarray(array)
                np.save(scratch / f"{part}.{field}.npy", whole, allow_pickle=False)
                digest.update(f"{part}.{field} {whole.dtype} {whole.shape}".encode())
                digest.update(whole.view(np.uint8).data if whole.size else b"")
        manifest = {"format": FORMAT_VERSION, "lists": arrays.lists, "forms": arrays.forms}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
        digest.update(text.encode())
        (scratch / MANIFEST).write_text(text, encoding="utf-8")
        digest_of_all = digest.hexdigest()[:16]
        folder = root / f"v{FORMAT_VERSION}-{digest_of_all}"
        try:
            _read(folder)
        except InputFileError:
            can_be_read = False
        else:
            can_be_read = True
        if can_be_read:
            _remove(scratch)
        else:
            _remove(folder)  # a damaged version, or the rest of a removal that did not finish
            scratch.rename(folder)
    except BaseException:
        _remove(scratch)
        raise
    name = folder.name
    scratch = root / f"{_SCRATCH}{uuid4().hex}"
    scratch.write_text(name, encoding="ascii")
    os.replace(scratch, root / POINTER)  # noqa: PTH105  # atomic on every system that we support
    return folder


def _remove(path: Path) -> None:
    """Remove a folder or a file; of a version the manifest first, so that the rest is not read."""
    if path.is_dir():
        (path / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def current(root: Path) -> Path:
    """Return the folder of the version in use; InputFileError if there is none."""
    name, before = _pointed(root), ""
    while name != before:
        folder = root / name
        if Path(name).name == name and (folder / MANIFEST).is_file():
            return folder
        name, before = _pointed(root), name  # a writer may have swapped it
    raise InputFileError(
        str(root / POINTER), f"it names {name!r}, which is not a version of the index", fix=_FIX
    )


def _pointed(root: Path) -> str:
    try:
        return (root / POINTER).read_text(encoding="ascii").strip()
    except OSError as error:
        raise InputFileError(str(root), "there is no index in this folder", fix=_FIX) from error


def read(folder: Path) -> IndexArrays:
    """Return an index with its arrays mapped from the files, not loaded; InputFileError if it is damaged.

    If a writer made another version the current one and removed this one meanwhile, the other is read.
    """
    for _ in range(_MOST_SWAPS):
        try:
            return _read(folder)
        except InputFileError:
            following = current(folder.parent)
            if following == folder:
                raise
            folder = following
    return _read(folder)


def _read(folder: Path) -> IndexArrays:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT_VERSION:
            raise InputFileError(
                str(folder), f"the format is {manifest['format']}, not {FORMAT_VERSION}", fix=_FIX
            )
        parts = {part: _read_part(folder, part, kind) for part, kind in _PARTS}
        return IndexArrays(
            **parts, lists=tuple(manifest["lists"]), forms=manifest["forms"], version=folder.name
        ).frozen()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFileError(str(folder), f"the index cannot be read ({error})", fix=_FIX) from error


def _read_part(folder: Path, part: str, kind: Any) -> Any:
    return kind(*(_map(folder / f"{part}.{field}.npy") for field in kind._fields))


def _map(path: Path) -> NDArray[Any]:
    mode: Literal["r"] | None = "r" if path.stat().st_size >= 4096 else None  # an empty one cannot be mapped
    array: NDArray[Any] = np.load(path, mmap_mode=mode, allow_pickle=False)
    return np.asarray(array)  # a plain array over the mapped pages


def size_in_bytes(folder: Path) -> int:
    """Return the total size of a version's files."""
    return sum(path.stat().st_size for path in folder.iterdir())


def drop_old(root: Path, *, keep: int = 0) -> int:
    """Remove every version except the current one and the newest `keep` others; return the number removed.

    Readers keep the version that they have open.
    """
    with writing(root):
        in_use = current(root)
        old = [path for path in root.iterdir() if path.is_dir() and path != in_use]
        old.sort(key=lambda path: (path.stat().st_mtime, path.name), reverse=True)
        for path in old[keep:]:
            _remove(path)
        return len(old[keep:])
