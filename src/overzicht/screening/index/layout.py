"""The files of an index: one folder per version, an array per file, and a pointer that is swapped atomically.

`<root>/CURRENT` names the folder in use; a folder is never changed once the pointer names it, so readers keep
what they have opened while a new version is written beside it.
"""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import InputFileError
from overzicht.screening.pack import Names, Words

FORMAT_VERSION = 1  # 1: first layout
POINTER = "CURRENT"
_MANIFEST = "manifest.json"
_FIX = "build the index anew from the lists"


class Keys(NamedTuple):
    """Look-ups from a hash to words or names: each a sorted array of hashes beside one of numbers.

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
    """Which names have a word (`name[at[w]:at[w + 1]]`), and per name its party, weight and first letters.

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


class Texts(NamedTuple):
    """Texts per row: `blob[at[i]:at[i + 1]]` in UTF-8."""

    at: NDArray[np.int64]
    blob: NDArray[np.uint8]

    def get(self, row: int) -> str:
        """Return a row's text."""
        return bytes(self.blob[self.at[row] : self.at[row + 1]]).decode("utf-8")


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
    lists: tuple[str, ...]
    forms: dict[str, int]
    version: str = ""


_PARTS = (
    ("words", Words),
    ("names", Names),
    ("keys", Keys),
    ("postings", Postings),
    ("name_texts", Texts),
    ("party_ids", Texts),
    ("details", Texts),
)


def write(arrays: IndexArrays, root: Path) -> Path:
    """Write an index below `root` and make it the current one; return its folder, named by its content."""
    root.mkdir(parents=True, exist_ok=True)
    scratch = root / f".new-{uuid4().hex}"
    scratch.mkdir()
    try:
        digest = hashlib.sha256()
        for part, _ in _PARTS:
            for field, array in getattr(arrays, part)._asdict().items():
                whole = np.ascontiguousarray(array)
                np.save(scratch / f"{part}.{field}.npy", whole, allow_pickle=False)
                digest.update(f"{part}.{field} {whole.dtype} {whole.shape}".encode())
                digest.update(whole.tobytes() if whole.size else b"")
        manifest = {"format": FORMAT_VERSION, "lists": arrays.lists, "forms": arrays.forms}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True)
        digest.update(text.encode())
        (scratch / _MANIFEST).write_text(text, encoding="utf-8")
        folder = root / f"v{FORMAT_VERSION}-{digest.hexdigest()[:16]}"
        if folder.exists():
            shutil.rmtree(scratch)
        else:
            scratch.rename(folder)
    except BaseException:
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    _point(root, folder.name)
    return folder


def _point(root: Path, name: str) -> None:
    scratch = root / f".{POINTER}-{uuid4().hex}"
    scratch.write_text(name, encoding="ascii")
    os.replace(scratch, root / POINTER)  # noqa: PTH105  # atomic on every system that we support


def current(root: Path) -> Path:
    """Return the folder of the version in use; InputFileError where there is none."""
    try:
        name = (root / POINTER).read_text(encoding="ascii").strip()
    except OSError as error:
        raise InputFileError(str(root), "there is no index here", fix=_FIX) from error
    folder = root / name
    if Path(name).name != name or not (folder / _MANIFEST).is_file():
        raise InputFileError(
            str(root / POINTER), f"it names {name!r}, which is no version of the index", fix=_FIX
        )
    return folder


def read(folder: Path) -> IndexArrays:
    """Return an index with its arrays mapped from the files, not loaded; InputFileError if amiss."""
    try:
        manifest: dict[str, Any] = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT_VERSION:
            raise InputFileError(
                str(folder), f"its format is {manifest['format']}, not {FORMAT_VERSION}", fix=_FIX
            )
        parts = {part: _read_part(folder, part, kind) for part, kind in _PARTS}
        return IndexArrays(
            **parts, lists=tuple(manifest["lists"]), forms=manifest["forms"], version=folder.name
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFileError(str(folder), f"the index cannot be read ({error})", fix=_FIX) from error


def _read_part(folder: Path, part: str, kind: Any) -> Any:
    return kind(*(_map(folder / f"{part}.{field}.npy") for field in kind._fields))


def _map(path: Path) -> NDArray[Any]:
    if path.stat().st_size < 4096:  # small arrays, and empty ones that cannot be mapped
        return cast("NDArray[Any]", np.load(path, allow_pickle=False))
    mapped = np.load(path, mmap_mode="r", allow_pickle=False)
    return np.asarray(mapped)  # a plain array over the mapped pages, as compiled code takes it


def size_in_bytes(folder: Path) -> int:
    """Return the size of a version's files together."""
    return sum(path.stat().st_size for path in folder.iterdir())


def drop_old(root: Path) -> int:
    """Remove every version but the current one; return how many. Readers keep what they have open."""
    keep = current(root)
    old = [path for path in root.iterdir() if path.is_dir() and path != keep]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)
