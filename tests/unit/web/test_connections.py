"""Connections on loopback that send too little end; others do not."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from overzicht.web import connections
from overzicht.web.connections import TimedProtocol

CHECK = 0.4


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer after the whole body, or at once if the path says so."""
    assert scope["type"] == "http"
    while scope["path"] != "/at-once" and (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    class Quick(TimedProtocol):
        check_seconds = CHECK

    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        application, http=Quick, log_level="critical", lifespan="off", timeout_keep_alive=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
    thread.start()
    yield int(listener.getsockname()[1])
    server.should_exit = True
    thread.join(10)
    listener.close()


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


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTT",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\nabc",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HT",
    ],
)
def test_many_half_open_connections_end(port: int, sent: bytes) -> None:
    clients = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    for client in clients:
        client.sendall(sent)
    ended = [ends_within(client, 10 * CHECK) for client in clients]
    for client in clients:
        client.close()
    assert all(ended)


def test_headers_that_arrive_byte_by_byte_end_too(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client, pytest.raises(ConnectionError):
        send_often(client, b"G", pause=CHECK / 20)


def test_a_slow_body_that_grows_is_awaited(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n")
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
