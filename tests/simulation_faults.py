"""Work in a child process that is killed, or whose disk fails, at a chosen statement of its transaction."""

import errno
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pyseccomp
from sqlalchemy import event

from overzicht.errors import OverzichtError
from overzicht.store.database import Store

SAVED, REFUSED, BROKEN = 0, 3, 4  # how a child ends
KINDS = ("kill", "kill in call", "call fails", "file is full")
CALLS = ("pwrite64", "fdatasync", "fsync", "rename")  # SQLite and the raw files are written with these
MOST_STATEMENTS = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """Fault of a child, from a statement on; `room` is the place in a file at which a write is cut short."""

    kind: str
    statement: int
    call: str = ""
    room: int = 0

    @property
    def may_be_saved(self) -> bool:
        """Whether the work may be stored although it was not acknowledged."""
        return self.kind != "file is full"


def draw_fault(chance: Random) -> Fault:
    """Return one of the faults."""
    kind, statement = chance.choice(KINDS), chance.randrange(MOST_STATEMENTS)
    call = chance.choice(CALLS) if "call" in kind else ""
    return Fault(kind, statement, call, chance.randrange(20_000) if kind == "file is full" else 0)


def run_children(store: Store, works: Sequence[Callable[[], None]], fault: Fault | None = None) -> list[int]:
    """Do each work in a child of its own, all at the same time; return how they ended, a signal negative.

    The fault is that of the first child. No connection may be open: SQLite does not survive a fork.
    """
    store.engine.dispose()
    ready, start = os.pipe()
    children: list[int] = []
    for work in works:
        child = os.fork()
        if child == 0:
            os.close(start)
            os.read(ready, 1)  # returns when every child was started
            _do(store, work, fault if not children else None)
        children.append(child)
    os.close(ready)
    os.close(start)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def _do(store: Store, work: Callable[[], None], fault: Fault | None) -> None:
    code = BROKEN
    try:
        if fault is not None:
            _prepare(store, fault)
        work()
        code = SAVED
    except (OverzichtError, OSError):
        code = REFUSED
    except BaseException:
        traceback.print_exc(file=sys.stderr)
    finally:
        os._exit(code)


def _prepare(store: Store, fault: Fault) -> None:
    """Begin the fault at its statement, or at the end of a shorter transaction."""
    left = [fault.statement]

    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            _begin(fault)

    if not left[0]:
        _begin(fault)
    event.listen(store.engine, "after_cursor_execute", count)
    event.listen(store.engine, "commit", lambda _: _begin(fault) if left[0] > 0 else None)


def _begin(fault: Fault) -> None:
    if fault.kind == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault.kind == "file is full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.room, resource.RLIM_INFINITY))
    else:
        error = errno.ENOSPC if fault.call == "pwrite64" else errno.EIO
        action = pyseccomp.KILL_PROCESS if "kill" in fault.kind else pyseccomp.ERRNO(error)
        calls = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        calls.add_rule(action, fault.call)
        calls.load()
