"""`register receipt`, `verify --receipt` and encrypted backups, as a user gives the commands."""

import json
import socketserver
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from pathlib import Path

import pyrage
import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INPUT, EXIT_OK, EXIT_SETUP, EXIT_STORE, EXIT_USAGE


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERZICHT_DATABASE_URL", "")
    run("register", "organisations", "add", "Stad", "--by", "anna")
    return tmp_path / "home"


def run(*arguments: str | Path, code: int = EXIT_OK) -> str:
    result = run_command(*arguments)
    assert result.exit_code == code, (result.stdout, result.stderr)
    return str(result.stdout + result.stderr)


def test_a_receipt_shows_a_log_that_was_cut_off(home: Path, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    assert "signed by key" in run("register", "receipt", "--out", receipt)
    run("register", "organisations", "add", "Later", "--by", "anna")
    assert "everything holds" in run("register", "verify", "--receipt", receipt)
    with closing(sqlite3.connect(home / "overzicht.sqlite")) as database:
        database.execute(
            "DELETE FROM log WHERE seq >= ?", (json.loads(receipt.read_text())["content"]["entries"],)
        )
        database.commit()
    shown = run("register", "verify", "--receipt", receipt, code=EXIT_STORE)
    assert "BROKEN receipt, that was given: entry" in shown
    assert "everything holds" not in shown


def test_a_forged_receipt_is_refused(tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    run("register", "receipt", "--out", receipt)
    receipt.write_text(receipt.read_text().replace('"entries": ', '"entries": 1'))
    assert "not what its key signed" in run("register", "verify", "--receipt", receipt, code=EXIT_INPUT)


def test_a_receipt_is_printed_without_a_file() -> None:
    assert json.loads(run("register", "receipt"))["kind"] == "log-receipt"


class Mailbox(socketserver.StreamRequestHandler):
    """The least of a mail server: it takes one mail."""

    mails: list[bytes] = []  # noqa: RUF012 - shared by the requests of a test

    def handle(self) -> None:
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.mails.append(b"".join(lines))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")


@pytest.fixture
def mail_port() -> Iterator[int]:
    Mailbox.mails.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


def test_a_receipt_goes_by_mail(mail_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no mail server is set" in run("register", "receipt", "--mail-to", "a@b.nl", code=EXIT_SETUP)
    monkeypatch.setenv("OVERZICHT_MAIL_SERVER", f"smtp://127.0.0.1:{mail_port}")
    run("register", "receipt", "--mail-to", "auditor@example.org")
    (attachment,) = [part for part in message_from_bytes(Mailbox.mails[0]).walk() if part.get_filename()]
    (tmp_path / "mailed.json").write_bytes(attachment.get_payload(decode=True))  # type: ignore[arg-type]
    assert "everything holds" in run("register", "verify", "--receipt", tmp_path / "mailed.json")


def test_an_address_cannot_add_headers_to_a_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_MAIL_SERVER", "smtp://127.0.0.1:9")
    shown = run("register", "receipt", "--mail-to", "a@b.nl\nBcc: c@d.nl", code=EXIT_SETUP)
    assert "is not a mail address" in shown


def test_an_encrypted_backup_is_restored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"{key}\n", encoding="ascii")
    (tmp_path / "words.txt").write_text("four plain words here\n", encoding="utf-8")
    run("register", "backup", tmp_path / "b.age", "--encrypt-to", str(key.to_public()))
    run("register", "backup", tmp_path / "p.age", "--passphrase-file", tmp_path / "words.txt")
    run("register", "backup", tmp_path / "c.age", code=EXIT_USAGE)
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "other"))
    run(
        "register",
        "restore",
        tmp_path / "b.age",
        "--passphrase-file",
        tmp_path / "words.txt",
        code=EXIT_INPUT,
    )
    run("register", "restore", tmp_path / "b.age", "--identity", tmp_path / "key.txt")
    assert "everything holds" in run("register", "verify")
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "third"))
    run("register", "restore", tmp_path / "p.age", "--passphrase-file", tmp_path / "words.txt")
    assert "Stad" in run("register", "organisations", "list")
