"""Commands without the time that loading takes: one process loads everything once, and a copy runs each.

    with running() as folder:        # put it before others in PATH: `overzicht` is then such a program
        …

The process is this file, run with the address to listen on. For each command the program sends what it was
called with and its three streams; the copy that runs it sends back the exit code. It ends with its caller.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

STREAMS = 3
LARGEST = 1 << 20  # bytes of a call: its words and the environment
PROGRAM = """#!{python} -SE
import json, os, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect({address!r})
call = {{"words": sys.argv, "folder": os.getcwd(), "environment": dict(os.environ)}}
socket.send_fds(door, [json.dumps(call).encode() + b"\\n"], [0, 1, 2])
sys.exit(int(door.recv(16) or b"70"))
"""


@contextmanager
def running(
    python: str | Path = sys.executable, environment: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Path]:
    """Yield the folder of a program `overzicht` that runs its commands in copies of a loaded process.

    The process is one of `python`, so the product is the one that is installed beside it; `environment` is
    what it needs besides that of this process.
    """
    with tempfile.TemporaryDirectory() as folder:
        address = f"{folder}/door"
        program = Path(folder) / "overzicht"
        program.write_text(PROGRAM.format(python=python, address=address), encoding="utf-8")
        program.chmod(0o700)
        server = subprocess.Popen(
            [python, __file__, address],
            env={**os.environ, "PYTHONUNBUFFERED": "1", "OVERZICHT_HOME": f"{folder}/home", **environment},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        for _ in server.stdout or ():
            break  # it listens
        try:
            yield Path(folder)
        finally:
            server.communicate()


def _load() -> None:
    """Load what commands load, and what the engine has made of names."""
    from overzicht.__main__ import main  # noqa: PLC0415 - only the process that listens loads it

    output, sys.stdout = sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for words in (["screen", "one", "Hikvision"], ["log", "verify"]):
        sys.argv = ["overzicht", *words]
        try:
            main()
        except SystemExit:
            continue
    sys.stdout = output


def _run(call: dict[str, Any], streams: list[int]) -> int:
    """Run a command in this copy, with the streams, the folder and the environment of its caller."""
    from overzicht.__main__ import main  # noqa: PLC0415

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"])
    sys.argv = call["words"]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


def _serve(door: socket.socket) -> NoReturn:
    call, streams, _, _ = socket.recv_fds(door, LARGEST, STREAMS)
    while not call.endswith(b"\n"):
        call += door.recv(LARGEST)
    try:
        code = _run(json.loads(call), streams)
    except BaseException:  # shown as a program of its own would show it
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    door.send(str(code).encode())
    os._exit(code)


def main(address: str) -> None:
    """Listen until the caller ends."""
    _load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # copies that ended leave nothing behind
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        print("listening", flush=True)
        while True:
            ready, _, _ = select.select([listener, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            door, _ = listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                _serve(door)
            door.close()


if __name__ == "__main__":
    main(sys.argv[1])
