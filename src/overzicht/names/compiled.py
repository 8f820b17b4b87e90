"""Functions of numbers and arrays that run as machine code: made with the product, not at the first call.

`kernels/translation.py` makes one extension module of all functions that are marked `@compiled`. Their
sources are plain Python, which also runs without it, a hundred times slower.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TypeVar, cast

import numpy as np

from overzicht.names.digests import code_digest, text_digest

F = TypeVar("F", bound=Callable[..., object])
Number = TypeVar("Number", bound=np.generic)
Grid = np.ndarray[tuple[int, int], np.dtype[Number]]
Cube = np.ndarray[tuple[int, int, int], np.dtype[Number]]

_EXTENSION = "overzicht.names.machine"
_ROOT = Path(__file__).resolve().parent.parent.parent
_INTERPRETED = "OVERZICHT_INTERPRETED"  # set in tests that compare, measure coverage or make mutants
BUILD = "run `python setup.py build_ext --inplace`"


def _machine() -> tuple[ModuleType | None, str]:
    """Return the extension module, None if it is absent or older than the sources, and what is wrong."""
    if os.environ.get(_INTERPRETED):
        return None, ""
    try:
        machine = import_module(_EXTENSION)
    except ImportError:
        return None, "is not built"
    changed = []
    for name, digest in machine.DIGESTS.items():
        path = _ROOT.joinpath(*name.split(".")).with_suffix(".py")
        if path.is_file():  # else no sources ship
            source = path.read_bytes()
            codes = getattr(machine, "CODE_DIGESTS", {})
            if text_digest(source) != digest and code_digest(source) != codes.get(name):
                changed.append(name)
    return (None, f"is older than {', '.join(changed)}") if changed else (machine, "")


_MACHINE, _PROBLEM = _machine()
if _PROBLEM:
    print(  # noqa: T201  # before any command has started
        f"overzicht: the compiled engine {_PROBLEM}, so names are compared a hundred times slower; {BUILD}",
        file=sys.stderr,
    )
_SOURCES: dict[object, Callable[..., object]] = {}


def compiled(function: F) -> F:
    """Return the compiled form of `function`; `function` itself if there is none.

    A function that returns an array or a NamedTuple stays Python for Python; others in the machine code call
    its compiled form. An array must have the declared type (TypeError) and be contiguous (BufferError).
    Indices are not checked, and negative ones are not allowed.
    """
    if _MACHINE is None:
        return np.errstate(over="ignore")(function)  # hashes run over on purpose
    module = function.__module__
    _MACHINE.bind(module, function.__globals__)
    name = f"{module.removeprefix('overzicht.').replace('.', '_')}__{function.__name__.lstrip('_')}"
    made = getattr(_MACHINE, f"call_{name}", None)
    if made is None:
        return function
    _SOURCES[made] = function
    return cast("F", made)


def source_of(function: F) -> F:
    """Return the Python form of a compiled function, which calls the compiled form of others."""
    return cast("F", _SOURCES.get(function, function))


def engine_state() -> str:
    """Return how names are compared, and how to get the compiled engine if it does not run."""
    if _MACHINE is not None:
        return "the compiled engine"
    if not _PROBLEM:
        return f"the Python sources, a hundred times slower, as {_INTERPRETED} asks"
    return f"the Python sources, a hundred times slower: the compiled engine {_PROBLEM}; {BUILD}"
