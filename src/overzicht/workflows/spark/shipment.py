"""An index on its way to the nodes: packed once, unpacked once per node, mapped by every worker there."""

import hashlib
import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from overzicht.errors import EXIT_SETUP, OverzichtError
from overzicht.names.compiled import cache_home
from overzicht.screening.index import layout

KEPT = 2  # indexes kept on a node: that of this run and of the one before


class EngineMismatchError(OverzichtError):
    """A node would answer with another engine than the driver's: another code, facts or index."""

    exit_code = EXIT_SETUP
    slug = "engine-mismatch"

    def __init__(self, what: str, here: str, driver: str) -> None:
        super().__init__(
            f"this node has another {what} ({here[:16]}) than the driver ({driver[:16]})",
            fix="install the same version of overzicht on every node, and start again",
        )


@dataclass(frozen=True, slots=True)
class Shipment:
    """What a worker needs to answer as the driver would.

    `file` is the name of the packed index among the files that Spark hands out, `sha256` that of its bytes.
    `code` is the hash of all that a score rests on. The rest is what the engine is asked with each batch.
    """

    file: str
    sha256: str
    code: str
    as_of: date
    lists: tuple[str, ...]
    threshold: float | None


def pack_index(root: Path, folder: Path) -> tuple[Path, str]:
    """Pack the current index below `root` in a file in `folder`; return the file and its SHA-256.

    The same index gives the same bytes. Nothing is compressed: the arrays shrink little, and a node has
    them sooner. Writers wait meanwhile.
    """
    partial = folder / f"index-{uuid4().hex}.tar"
    with layout.writing(root), tarfile.open(partial, "w") as archive:
        version = layout.current(root)
        _add(archive, layout.POINTER, version.name.encode("ascii"))
        for path in sorted(version.iterdir()):
            _add(archive, f"{version.name}/{path.name}", path.read_bytes())
    digest = hashlib.sha256()
    with partial.open("rb") as whole:
        while block := whole.read(1 << 20):
            digest.update(block)
    packed = folder / f"overzicht-index-{digest.hexdigest()[:16]}.tar"
    partial.replace(packed)
    return packed, digest.hexdigest()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def unpacked(packed: Path, sha256: str, base: Path | None = None) -> Path:
    """Return the root of an index unpacked on this node; the first worker unpacks, the others wait for it.

    It stands in the user's cache (or below `base`), named by its content, so every worker of the node maps
    the same pages, and the next run over the same index unpacks nothing.
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
        _drop_old(base)
    return target


def _drop_old(base: Path) -> None:
    """Remove what earlier runs left, but for the newest; who has an index open keeps its pages."""
    whole = [path for path in base.iterdir() if path.is_dir() and not path.name.startswith(".")]
    newest_first = sorted(whole, key=lambda path: (-path.stat().st_mtime, path.name))
    broken = [path for path in base.iterdir() if path.is_dir() and path.name.startswith(".new-")]
    for path in [*newest_first[KEPT:], *broken]:
        shutil.rmtree(path, ignore_errors=True)
