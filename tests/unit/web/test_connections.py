"""Connections on loopback that send too little end; others do not."""

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import uvicorn

from overzicht.web import connections
from overzicht.web.connections import TimedProtocol

CHECK = 0.4
LARGE = 20_000_000  # more than the machine's buffers take
MANY = 900


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer after the whole body, or at once if the path says so."""
    assert scope["type"] == "http"
    while scope["path"] != "/at-once" and (await receive()).get("more_body"):
        pass
    body = b"ok" * (LARGE if scope["path"] == "/large" else 1)
    length = str(len(body)).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def server() -> Iterator[uvicorn.Server]:
    class Quick(TimedProtocol):
        check_seconds = CHECK

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, http=Quick, log_level="critical", lifespan="off", timeout_keep_alive=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.fixture
def port(server: uvicorn.Server) -> int:
    return int(server.servers[0].sockets[0].getsockname()[1])


def ends_within(client: socket.socket, seconds: float) -> bool:
    client.settimeout(seconds)
    try:
        while client.recv(1000):
            pass
    except TimeoutError:
        return False
    except ConnectionError:
        pass
    return True


def send_often(client: socket.socket, data: bytes, *, pause: float) -> None:
    for _ in range(10_000):
        client.sendall(data)
        time.sleep(pause)


HALF_OPEN = (
    b"",
    b"GET / HTT",
    b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\nabc",
    b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
    b"POST /at-once HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\nabc",
)


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let this process have two ends of `MANY` connections."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = 2 * MANY + 200
    if hard != resource.RLIM_INFINITY and hard < needed:
        pytest.skip(f"this machine allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, needed), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("many_files")
def test_many_half_open_connections_end_and_others_are_answered(port: int) -> None:
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", port))) for _ in range(MANY)]
        for place, client in enumerate(clients):
            client.sendall(HALF_OPEN[place % len(HALF_OPEN)])
        started = time.monotonic()
        with socket.create_connection(("127.0.0.1", port), timeout=5) as other:
            other.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert other.recv(1000).startswith(b"HTTP/1.1 200")
        ended = [
            ends_within(client, max(0.01, started + 20 * CHECK - time.monotonic())) for client in clients
        ]
    assert ended.count(False) == 0


def test_an_answer_that_is_not_read_is_dropped(server: uvicorn.Server, port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(CHECK)
        limit = time.monotonic() + 60 * CHECK  # the system's buffers may take a little more at first
        while server.server_state.connections and time.monotonic() < limit:
            time.sleep(CHECK / 4)
        assert not server.server_state.connections


def test_an_answer_that_is_read_slowly_arrives(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        size = 0
        while size < 2 * LARGE and (part := client.recv(2**20)):
            size += len(part)
            time.sleep(CHECK / 20)
    assert size >= 2 * LARGE


def test_a_body_that_begins_just_before_a_check_is_awaited(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        time.sleep(CHECK * 0.9)
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n")
        time.sleep(CHECK * 0.4)
        client.sendall(b"abc")
        client.settimeout(5)
        assert client.recv(1000).startswith(b"HTTP/1.1 200")


def test_headers_that_arrive_byte_by_byte_end_too(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client, pytest.raises(ConnectionError):
        send_often(client, b"G", pause=CHECK / 20)


def test_a_slow_body_that_grows_is_awaited(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n")
        for _ in range(20):
            client.sendall(b"x" * connections.LEAST_BYTES)
            time.sleep(CHECK / 4)
        client.settimeout(5)
        assert client.recv(1000).startswith(b"HTTP/1.1 200")


def test_an_endless_body_is_cut_off_after_the_answer(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST /at-once HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        with pytest.raises(ConnectionError):
            send_often(client, b"3e8\r\n" + b"x" * 1000 + b"\r\n", pause=0.0005)
