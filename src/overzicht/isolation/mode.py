"""Whether files from outside are read in a child process (the default) or in this process."""

from collections.abc import Iterator
from contextlib import contextmanager

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
