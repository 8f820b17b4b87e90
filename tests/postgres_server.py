"""A PostgreSQL server of one's own: Debian's real one, in a temporary folder, on loopback only."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

USERS = ("postgres", "nobody")  # the server refuses to run as root
START_SECONDS = 60


def find_binaries() -> Path | None:
    """Return the folder of the newest server that is installed, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass
class Server:
    """A running server; `crash` and `start` kill it and bring it back."""

    binaries: Path
    folder: Path
    user: str
    port: int
    password: str
    fsync: bool = False
    process: subprocess.Popen[bytes] | None = None
    names: Iterator[int] = field(default_factory=count)

    def as_user(self, *command: str | Path) -> list[str]:
        prefix = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        return [*prefix, *(str(each) for each in command)]

    def url(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg://overzicht:{self.password}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url(database).replace("+psycopg", ""), autocommit=True)

    def create_database(self, template: str = "template0", options: str = "") -> str:
        """Return the name of a new database that orders text by code, empty or like another one."""
        name = f"test_{next(self.names)}"
        options = options or ("ENCODING 'UTF8' LOCALE 'C.UTF-8'" if template == "template0" else "")
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {} " + options)
        with self.connect() as connection:
            connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(command.format(sql.Identifier(name)))

    def start(self) -> None:
        options = {
            "port": self.port, "listen_addresses": "127.0.0.1", "unix_socket_directories": self.folder,
            "fsync": "on" if self.fsync else "off", "max_connections": 200, "shared_buffers": "64MB",
        }  # fmt: skip
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.as_user(self.binaries / "postgres", "-D", self.folder / "data", *flags),
                stdout=log, stderr=log, cwd="/",
            )  # fmt: skip
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                self.connect().close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server; `immediate` is what a crash leaves behind."""
        if self.process is None:
            return
        subprocess.run(
            self.as_user(self.binaries / "pg_ctl", "stop", "-D", self.folder / "data", "-m", mode, "-s"),
            check=False, cwd="/",
        )  # fmt: skip
        self.process.wait()
        self.process = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fitting_user() -> str:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in USERS if name in known), "nobody")


@contextmanager
def running_server(binaries: Path, *, fsync: bool = False) -> Iterator[Server]:
    """Yield a new server; it is stopped and its folder removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="overzicht-postgres-"))
    server = Server(binaries, folder, fitting_user(), free_port(), secrets.token_hex(16), fsync)
    try:
        word = folder / "word"
        word.write_text(server.password)
        if os.geteuid() == 0:
            shutil.chown(folder, server.user)
            shutil.chown(word, server.user)
        subprocess.run(
            server.as_user(
                binaries / "initdb", "-D", folder / "data", "-U", "overzicht", "--pwfile", word,
                "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
            ),
            check=True, capture_output=True, cwd="/",
        )  # fmt: skip
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
