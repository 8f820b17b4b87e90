"""The socket of the service: it takes a request before the server runs."""

import socket

import pytest

from overzicht.cli.serve import ServiceAddressError, listen


def test_a_request_before_the_server_runs_waits_and_is_not_refused() -> None:
    with listen("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname(), 5) as client:
        client.sendall(b"GET / HTTP/1.1\r\n\r\n")
        taken, _ = listener.accept()
        with taken:
            assert taken.recv(16) == b"GET / HTTP/1.1\r\n"


def test_an_address_in_use_is_an_error_with_a_fix() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ServiceAddressError) as refused:
            listen("127.0.0.1", port)
    assert "--port" in refused.value.fix
