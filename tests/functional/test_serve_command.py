"""`overzicht serve` and `users` as a user runs them: the address, the refusals, the end."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from functional_tools import run_command as run

PASSWORD = "lantaarn fiets zomer kaas"  # noqa: S105
START_SECONDS = 40
pytestmark = pytest.mark.usefixtures("own_home")


@contextmanager
def served(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "overzicht", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ.copy()
    )
    try:
        assert process.stdout is not None
        line = next(each for each in process.stdout if "serves at" in each)
        yield process, line.split("serves at ")[1].split()[0]
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def asked(address: str, path: str) -> tuple[int, bytes]:
    for _ in range(START_SECONDS * 10):
        try:
            with urllib.request.urlopen(f"{address}{path}", timeout=20) as answer:  # noqa: S310
                return answer.status, answer.read()
        except ConnectionError:
            time.sleep(0.1)
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError):
                return error.code, error.read()
            time.sleep(0.1)
    raise AssertionError(address)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_it_starts_with_nothing_set_and_ends_when_told(own_home: Path, told: signal.Signals) -> None:
    with served() as (process, address):
        assert address.startswith("http://127.0.0.1:")
        status, body = asked(address, "/api/v1/me")
        assert (status, json.loads(body)["is_local"]) == (200, True)
        assert asked(address, "/")[0] == 200
        process.send_signal(told)
        assert process.wait(timeout=20) == 0
    assert (own_home / "overzicht.sqlite").exists()


def test_it_asks_everybody_to_log_in_when_told() -> None:
    with served("--always-login") as (_, address):
        assert asked(address, "/api/v1/me")[0] == 401


@pytest.mark.slow
def test_what_was_kept_is_there_after_a_kill(own_home: Path) -> None:
    del own_home
    run("users", "add", "anna", "--role", "admin", "--password-file", "-", stdin=PASSWORD)
    secret = run("users", "token", "robot", "--role", "editor").stdout.strip().splitlines()[-1]
    with served() as (process, address):
        asked(address, "/api/v1/me")
        request = urllib.request.Request(  # noqa: S310
            f"{address}/api/v1/runs?as-of=2026-11-25", method="POST", data=one_inventory(),
            headers={"Authorization": f"Bearer {secret}", "Content-Type": "multipart/form-data; boundary=b"},
        )  # fmt: skip
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            job = json.loads(answer.read())
        process.send_signal(signal.SIGKILL)
        process.wait()
    with served() as (_, address):
        assert json.loads(asked(address, f"/api/v1/jobs/{job['id']}")[1])["actor"] == "robot"
    assert "the log is whole" in run("log", "verify").stdout


def one_inventory() -> bytes:
    return (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="cameras.csv"\r\n\r\n'
        b"merk;type;aantal\r\nHikvision;DS-2CD2143G0-I;3\r\n--b--\r\n"
    )


def test_it_does_not_open_itself_to_others_while_nobody_can_log_in() -> None:
    done = run("serve", "--host", "192.0.2.1")
    assert done.exit_code == 14
    assert "users add" in done.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 14
    assert "--port" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--rate", "often"),
        ("--public-address", "overzicht"),
        ("--allow-origin", "overzicht"),
        ("--allow-origin", "https://a.example/path"),
        ("--allow-origin", "https://a.example; x"),
    ],
)
def test_an_option_that_cannot_be_is_a_usage_error(options: tuple[str, str]) -> None:
    assert run("serve", *options).exit_code == 2


def test_accounts_are_kept_on_the_terminal() -> None:
    done = run("users", "add", "mia", "--role", "editor", "--password-file", "-", stdin=PASSWORD)
    assert done.exit_code == 0
    assert (
        run("users", "add", "mia", "--role", "reader", "--password-file", "-", stdin=PASSWORD).exit_code == 10
    )
    assert (
        run("users", "add", "piet", "--role", "reader", "--password-file", "-", stdin="kort").exit_code == 10
    )
    assert run("users", "grant", "mia", "--role", "officer").exit_code == 0
    assert run("users", "grant", "niemand", "--role", "officer").exit_code == 11
    listed = json.loads(run("users", "list", "--json").stdout)
    assert [(each["name"], each["grants"]) for each in listed] == [
        ("mia", [{"role": "officer", "organisation": ""}])
    ]
    made = run("users", "token", "mia", "--role", "reader", "--days", "1")
    secret = made.stdout.strip().splitlines()[-1]
    assert secret.startswith("overzicht_")
    assert secret not in run("users", "tokens", "--json").stdout
    assert run("users", "revoke", "1").exit_code == 0
    assert run("users", "revoke", "1").exit_code == 11
    assert run("users", "close", "mia").exit_code == 0
    assert "closed" in run("users", "list").stdout
    assert run("users", "password", "mia", "--password-file", "-", stdin=PASSWORD).exit_code == 11


@pytest.mark.parametrize(
    ("source", "forwarded", "address"),
    [
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.77", "203.0.113.9", "127.0.0.77"),  # a stranger claims to be another
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", "203.0.113.9"),  # what a visitor wrote before the proxy
        ("127.0.0.1", "198.51.100.1, 203.0.113.9, 127.0.0.1", "203.0.113.9"),  # a second known proxy
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_an_address_counts_only_from_a_known_proxy(source: str, forwarded: str, address: str) -> None:
    with served("--proxy", "127.0.0.1", "--always-login") as (_, site):
        asked(site, "/login")
        port = int(site.rpartition(":")[2])
        connection = http.client.HTTPConnection("127.0.0.1", port, source_address=(source, 0))
        connection.request(
            "GET", "/api/v1/licences", headers={"X-Forwarded-For": forwarded} if forwarded else {}
        )
        assert connection.getresponse().status == 401
        connection.close()
    events = json.loads(run("users", "audit", "--json").stdout)
    refused = [event["address"] for event in events if event["subject"] == "GET /api/v1/licences"]
    assert refused == [address]
