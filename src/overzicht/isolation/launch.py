"""Start of child processes: copies of this process, or of a fresh template process.

A command of the command line has one thread and copies itself, which costs milliseconds. A service has
threads and secrets, so its children are copies of a template: a new process that only imports readers.
"""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import warnings
from contextlib import suppress
from dataclasses import dataclass

from overzicht.isolation import codec
from overzicht.isolation.child import Call, serve
from overzicht.isolation.limits import seccomp_module

KEPT_VARIABLES = ("PATH", "PYTHONPATH", "PYTHONHOME", "HOME", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV")
LARGEST_REPLY = 4096
STOPPED = -9


@dataclass(frozen=True, slots=True)
class Child:
    """A running child process; `is_own` is False for a child of the template process."""

    pid: int
    channel: socket.socket
    is_own: bool

    def end(self) -> int:
        """Stop the process if it runs, and return its exit status (negative: the signal that ended it)."""
        self.channel.close()
        if not self.is_own:
            return _template.end(self.pid)
        return end_process(self.pid)


def end_process(pid: int) -> int:
    """Wait a moment for a child of this process to end by itself, else kill it; return its exit status."""
    done, status = os.waitpid(pid, os.WNOHANG)
    if not done:
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
        _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)


def start(call: Call) -> Child:
    """Start a child that makes the call."""
    if threading.active_count() == 1:
        seccomp_module()  # loaded once here, not in every child
        ours, theirs = socket.socketpair()
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # of threads in libraries; the child needs none
            pid = os.fork()
        if pid == 0:
            serve(theirs, call)
        theirs.close()
        return Child(pid, ours, is_own=True)
    return _template.start(call)


class _Template:
    """The template process and the line to it; it is started when it is first needed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._line: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, call: Call) -> Child:
        """Start a copy of the template that makes the call."""
        function = call.function
        types = codec.signature(function)
        request = {
            "module": function.__module__,
            "name": function.__qualname__,
            "arguments": {
                name: codec.dumped(types[name], value).decode() for name, value in call.arguments.items()
            },
            "limits": codec.dumped(type(call.limits), call.limits).decode(),
            "file": call.file,
            "size": call.size,
            "is_stream": call.is_stream,
        }
        ours, theirs = socket.socketpair()
        with theirs:
            reply = self._ask({"start": function.__module__}, theirs)
        content = json.dumps(request).encode()
        with suppress(ConnectionError):  # the child ended; its status says why
            ours.sendall(len(content).to_bytes(8, "big") + content)
        return Child(reply, ours, is_own=False)

    def end(self, pid: int) -> int:
        """Stop a child and return its exit status."""
        try:
            return self._ask({"end": pid})
        except (OSError, ValueError):
            return STOPPED

    def _ask(self, request: dict[str, object], passed: socket.socket | None = None) -> int:
        with self._lock:
            is_start = passed is not None
            for attempt in (1, 2):
                line = self._open() if is_start else self._line
                if line is None:
                    raise ConnectionError
                try:
                    socket.send_fds(line, [json.dumps(request).encode()], [passed.fileno()] if passed else [])
                    if reply := line.recv(LARGEST_REPLY):
                        return int(reply)
                except OSError:
                    pass
                self.stop()
                if attempt == 2 or not is_start:
                    break
            raise ConnectionError("the template process does not answer")

    def _open(self) -> socket.socket:
        if self._line is None:
            self._line, theirs = socket.socketpair()
            with theirs:
                # the variables that a reader may see: no address of a database, no token
                kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
                self._process = subprocess.Popen(  # noqa: S603 - this program
                    [sys.executable, "-m", "overzicht.isolation.template", str(theirs.fileno())],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,  # Ctrl-C is for the service, which ends it
                    env=kept | {"OPENBLAS_NUM_THREADS": "1"},
                )
        return self._line

    def stop(self) -> None:
        """End the template process; the next file starts another."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None


_template = _Template()
atexit.register(_template.stop)
