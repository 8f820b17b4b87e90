"""The one door to the compiler: a function of numbers and arrays becomes machine code at its first call."""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Return `function` compiled for the types it is called with; the result is kept on disk between runs."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))
