"""A job as its process knows it, and whether the process of another job still exists."""

import os
import socket
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any


class StopJob(BaseException):
    """Raised in the thread of a job that must stop; its transaction is undone."""


class Reason(Enum):
    """Why a job must stop."""

    CANCELLED = "cancelled"
    TIME = "time limit"


@dataclass(eq=False)
class Task:
    """A job of this process. `thread` is the number of its thread while it runs.

    `can_be_stopped` is true while its work is done, so that nothing else in the thread is interrupted.
    """

    job_id: str
    kind: str
    parameters: dict[str, Any]
    actor: str
    organisation: str
    files: tuple[Path, ...] = ()
    is_ready: bool = False
    thread: int | None = None
    can_be_stopped: bool = False
    reason: Reason | None = None


def own_process() -> str:
    """Return the machine and the number of this process."""
    return f"{socket.gethostname()} {os.getpid()}"[-200:]


def is_gone(process: str) -> bool:
    """Return whether a process of this machine no longer exists; False if that cannot be determined."""
    host, _, number = process.rpartition(" ")
    if host != socket.gethostname() or not number.isdecimal():
        return False
    if int(number) == os.getpid():
        return True  # an earlier process had the same number: this one knows its own jobs
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
