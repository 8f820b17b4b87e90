"""The one door to the compiler: a function of numbers and arrays becomes machine code at its first call."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])
_SETTINGS: Any = numba.config
_PACKAGES = ("names", "screening")  # where compiled functions stand


def cache_home() -> Path:
    """Return the folder of the user's cached files, where the XDG base directories put it."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "overzicht"


def _cache_folder() -> str:
    """Return where compiled code is kept: a folder per state of the sources.

    The compiler looks only at the file of a function, not at the files of what it calls, so code kept beside
    the sources would outlive a change in another file.
    """
    digest = hashlib.sha256()
    root = Path(__file__).resolve().parent.parent
    for package in _PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            digest.update(path.read_bytes())
    base = _SETTINGS.CACHE_DIR or cache_home()
    return str(Path(base) / f"compiled-{digest.hexdigest()[:16]}")


_SETTINGS.CACHE_DIR = _cache_folder()


def compiled(function: F) -> F:
    """Return `function` compiled for the types it is called with; the result is kept on disk between runs."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
