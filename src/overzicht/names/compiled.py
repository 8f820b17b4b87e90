"""The compiler: a function of numbers and arrays becomes machine code at its first call."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from overzicht.derived import cache_home

F = TypeVar("F", bound=Callable[..., object])
_SETTINGS: Any = numba.config
_PACKAGES = ("names", "screening")  # with compiled functions


def _cache_folder() -> str:
    """Return the folder for compiled code: one per state of the sources.

    The compiler checks only the file of a function, not those of the functions that it calls.
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
    """Return `function` compiled for the types of its arguments; the result is stored on disk."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
