"""The index for the nodes: packed once, unpacked once per node, mapped by every worker there."""

import hashlib
import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from overzicht.derived import cache_home
from overzicht.errors import EXIT_SETUP, OverzichtError
from overzicht.screening.index import layout

KEPT = 2  # indexes stored on a node: those of this run and of the one before


class EngineMismatchError(OverzichtError):
    """The engine of a node differs from the driver's: another code, facts or index."""

    exit_code = EXIT_SETUP

    def __init__(self, what: str, node: str, driver: str) -> None:
        super().__init__(
            f"this node has another {what} ({node[:16]}) than the driver ({driver[:16]})",
            fix="install the same version of overzicht on every node, and start again",
        )


@dataclass(frozen=True, slots=True)
class Shipment:
    """The data with which a worker answers as the driver does.

    `file` is the name of the packed index among the files that Spark distributes, `sha256` that of its bytes.
    `code` is the hash of the code and facts of a score. The rest are parameters of the engine.
    """

    file: str
    sha256: str
    code: str
    as_of: date
    lists: tuple[str, ...]
    threshold: float | None


def pack_index(root: Path, folder: Path) -> tuple[Path, str]:
    """Pack the current index below `root` in a file in `folder`; return the file and its SHA-256.

    The same index gives the same bytes. The file is not compressed, because the arrays shrink little.
    Writers wait in the meantime.
    """
    partial = folder / f"index-{uuid4().hex}.tar"
    with layout.writing(root), tarfile.open(partial, "w") as archive:
        version = layout.current(root)
        _add(archive, layout.POINTER, version.name.encode("ascii"))
        for path in sorted(version.iterdir()):
            _add(archive, f"{version.name}/{path.name}", path.read_bytes())
    with partial.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    packed = folder / f"overzicht-index-{sha256[:16]}.tar"
    partial.replace(packed)
    return packed, sha256


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def unpacked(packed: Path, sha256: str, base: Path | None = None) -> Path:
    """Return the root of an index unpacked on this node; the first worker unpacks it, the others wait.

    It is in the user's cache (or below `base`), named by its content. So every worker of the node maps the
    same pages, and the next run with the same index does not unpack it.
    """
    base = base or cache_home() / "shipped"
    base.mkdir(parents=True, exist_ok=True)
    target = base / sha256[:32]
    with layout.locked(base / ".lock"):
        if not target.is_dir():
            scratch = base / f".new-{uuid4().hex}"
            with tarfile.open(packed) as archive:
                archive.extractall(scratch, filter="data")
            scratch.rename(target)
        os.utime(target)
        # remove the indexes of earlier runs, except for the newest; an open index keeps its pages
        complete = [path for path in base.iterdir() if path.is_dir() and not path.name.startswith(".")]
        newest_first = sorted(complete, key=lambda path: (-path.stat().st_mtime, path.name))
        broken = [path for path in base.iterdir() if path.is_dir() and path.name.startswith(".new-")]
        for path in [*newest_first[KEPT:], *broken]:
            shutil.rmtree(path, ignore_errors=True)
    return target
