"""The template process: imports readers, and copies itself for each file. It reads no file itself."""

import json
import os
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import Any

from overzicht.isolation import codec
from overzicht.isolation.child import Call, function_of, serve
from overzicht.isolation.launch import LARGEST_REPLY, end_process
from overzicht.isolation.limits import Limits, seccomp_module


def run(line: socket.socket) -> None:
    """Answer requests until the other end closes: start a child (its number), end one (its status)."""
    children: set[int] = set()
    seccomp_module()
    try:
        while True:
            content, passed, _, _ = socket.recv_fds(line, LARGEST_REPLY, 1)
            if not content:
                return
            request = json.loads(content)
            if "start" in request:
                import_module(request["start"])
                pid = _copy(line, socket.socket(fileno=passed[0]))
                children.add(pid)
                line.sendall(str(pid).encode())
            else:
                pid = request["end"]
                line.sendall(str(end_process(pid)).encode())
                children.discard(pid)
    finally:
        for pid in children:
            end_process(pid)


def _copy(line: socket.socket, channel: socket.socket) -> int:
    pid = os.fork()
    if pid:
        channel.close()
        return pid
    line.close()
    try:
        # the call that the parent describes
        length = int.from_bytes(_exactly(channel, 8), "big")
        request: dict[str, Any] = json.loads(_exactly(channel, length))
        function = function_of(request["module"], request["name"])
        types = codec.signature(function)
        call = Call(
            function,
            {name: codec.loaded(types[name], value.encode()) for name, value in request["arguments"].items()},
            codec.loaded(Limits, request["limits"].encode()),
            request["file"],
            request["size"],
            request["is_stream"],
        )
        serve(channel, call)
    finally:
        os._exit(1)


def _exactly(channel: socket.socket, length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        piece = channel.recv(min(length - len(content), 1 << 20))
        if not piece:
            raise EOFError
        content += piece
    return bytes(content)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        run(socket.socket(fileno=int(sys.argv[1])))
