"""How this process reads files from outside: in a child process (the default) or itself, and the limits.

It is apart from `isolation`, so that a command that reads no file does not load that.
"""

from collections.abc import Iterator
from contextlib import contextmanager

LIMITS: dict[str, int] = {}  # seconds, and bytes of memory, of every reading; those of the reader if absent
_trusting = [0]  # nested blocks of `trust_input`, of all threads


def is_trusted() -> bool:
    """Return whether files are read in this process."""
    return _trusting[0] > 0


@contextmanager
def trust_input() -> Iterator[None]:
    """Read files in this process inside the block, for all threads."""
    _trusting[0] += 1
    try:
        yield
    finally:
        _trusting[0] -= 1


def set_limits(*, seconds: int | None = None, memory: int | None = None) -> None:
    """Set the seconds or the bytes of memory of every later reading; None leaves the default."""
    for name, value in (("seconds", seconds), ("memory", memory)):
        if value is None:
            LIMITS.pop(name, None)
        else:
            LIMITS[name] = value
