"""The service under many clients: requests a second, p50 and p99 with 1, 8 and 64 clients, and nothing lost.

Usage: python bench/serve.py [--seconds 6] [--clients 1,8,64] [--databases sqlite,postgres]

All clients match names, then all judge a finding, then all import (each an inventory of two cameras, offered,
looked at and accepted), over HTTP on loopback. What the service acknowledged is counted by the clients, and
compared afterwards with what the store holds.
"""

import argparse
import http.client
import json
import os
import platform
import random
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overzicht.evidence.actor import Actor
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Store
from overzicht.store.decisions import judgements_on
from overzicht.store.log import verify_log
from overzicht.store.register.devices import DeviceFilter, Page
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.workflows.accounts import issue_token
from overzicht.workflows.starter import ensure_starter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

NAMES = (
    "ZHU Hailun",
    "Hangzhou Hikvision Digital Technology",
    "Bakkerij De Zon",
    "Zhejiang Dahua",
    "J. de Vries",
)
ORGANISATION = "gemeente-bench"
KINDS = ("match", "judge", "import")
SHARED = (
    "Clients and service share the machine. An import is the upload of two cameras, its preview, accepting "
    "it, and the ends of both jobs."
)
OUT = ROOT / "build" / "bench"


@dataclass
class Tally:
    """What clients saw: seconds per kind of request, and what the service acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    judged: int = 0
    devices: int = 0
    refused: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)


class Client:
    """One caller with a connection of its own."""

    def __init__(self, port: int, token: str, tally: Tally) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Authorization": f"Bearer {token}"}
        self._tally = tally

    def ask(self, method: str, path: str, body: Any = None, kind: str = "") -> Any:
        content, headers = body, dict(self._headers)
        if isinstance(body, dict):
            content, headers["Content-Type"] = json.dumps(body), "application/json"
        elif isinstance(body, tuple):
            content, headers["Content-Type"] = body
        started = time.perf_counter()
        self._connection.request(method, path, content, headers)
        answer = self._connection.getresponse()
        raw = answer.read()
        if kind:
            with self._tally.lock:
                self._tally.seconds[kind].append(time.perf_counter() - started)
        if answer.status >= 300:
            with self._tally.lock:
                self._tally.refused[answer.status] += 1
            return None
        return json.loads(raw)

    def match(self, chance: random.Random) -> None:
        query = {"id": "q", "names": [chance.choice(NAMES)]}
        self.ask("POST", "/api/v1/match", {"queries": [query]}, "match")

    def judge(self, finding: str) -> None:
        body = {"finding": finding, "verdict": "confirm", "reason": "seen by a person of the bench"}
        if self.ask("POST", "/api/v1/judgements", body, "judge") is not None:
            with self._tally.lock:
                self._tally.judged += 1

    def offer(self) -> None:
        """Offer two new cameras, wait for the preview, accept it, wait for the end: one import."""
        started = time.perf_counter()
        mark = secrets.token_hex(5)
        table = "Cameranummer;Merk;Model;Serienummer\n" + "".join(
            f"{mark}-{n};Hikvision;DS-2CD2143G2-I;SN{mark}{n}\n" for n in (1, 2)
        )
        job = self._done(self.ask("POST", "/api/v1/imports", form(f"{mark}.csv", table)))
        number = job["result"].get("import") if job else None
        if number is None:
            return
        job = self._done(self.ask("POST", f"/api/v1/imports/{number}/accept"))
        if job is not None and job["state"] == "done":
            with self._tally.lock:
                self._tally.devices += 2
                self._tally.seconds["import"].append(time.perf_counter() - started)

    def _done(self, job: Any) -> Any:
        pause = 0.02
        while job is not None and not job["is_over"]:
            time.sleep(pause)
            pause = min(pause * 1.5, 0.5)
            job = self.ask("GET", f"/api/v1/jobs/{job['id']}")
        return job


def form(name: str, table: str) -> tuple[str, str]:
    """Return the body of an upload and its content type."""
    edge = secrets.token_hex(12)
    field = '--{}\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'.format
    head = f'Content-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/csv'
    parts = [
        field(edge, "organisation", ORGANISATION),
        field(edge, "is_whole", "false"),
        f"--{edge}\r\n{head}\r\n\r\n{table}\r\n--{edge}--\r\n",
    ]
    return "".join(parts), f"multipart/form-data; boundary={edge}"


@contextmanager
def service(home: Path, url: str) -> Iterator[int]:
    """Yield the port of a service in a process of its own."""
    environment = {**os.environ, "OVERZICHT_HOME": str(home), "OVERZICHT_DATABASE_URL": url}
    command = [sys.executable, "-m", "overzicht", "serve", "--port", "0", "--rate", "", "--always-login"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline() if process.stdout is not None else ""
        port = int(line.split("127.0.0.1:")[1].split()[0])
        for _ in range(600):  # it tells its address a moment before it listens
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def prepared(home: Path, url: str) -> str:
    """Return the token of an editor over a new store with one organisation."""
    at = datetime.now(UTC)
    store = Store.open(home, url)
    try:
        ensure_starter(store, actor="bench", at=at)
        act = Actor(at.date(), "bench", at)
        organisations.add_organisation(store, NewOrganisation("Gemeente Bench", ORGANISATION), act)
        grant = Grant(Role.EDITOR)
        return issue_token(store, "bench", grant, act, expires_at=None)[1]
    finally:
        store.close()


def measure(
    port: int, token: str, finding: str, clients: int, seconds: float
) -> tuple[Tally, dict[str, float]]:
    """Return what so many clients saw, and how long each kind took them: all do one kind at a time."""
    tally, took = Tally(), {}
    callers = [Client(port, token, tally) for _ in range(clients)]
    for kind in KINDS:
        started = time.monotonic()
        until = started + seconds

        def work(number: int, kind: str = kind, until: float = until) -> None:
            client, chance = callers[number], random.Random(number)  # noqa: S311 - no secret
            while time.monotonic() < until:
                if kind == "match":
                    client.match(chance)
                elif kind == "judge":
                    client.judge(finding)
                else:
                    client.offer()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(clients)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took[kind] = time.monotonic() - started
    return tally, took


def counted(home: Path, url: str, finding: str) -> tuple[int, int]:
    """Return how many judgements and devices the store holds; the chain of its log must hold."""
    store = Store.open(home, url)
    try:
        with store.reading() as connection:
            verify_log(connection)
            judged = len(judgements_on(connection, finding))
        listed = devices.list_devices(store, DeviceFilter(datetime.now(UTC).date()), Page(1, 1, "label"))
        return judged, listed.total
    finally:
        store.close()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def run(database: str, counts: list[int], seconds: float, folder: Path) -> list[dict[str, Any]]:
    """Measure one database with each number of clients, over one store that grows."""
    home = folder / database
    with address(database) as url:
        token = prepared(home, url)
        rows = []
        judged = made = 0
        with service(home, url) as port:
            first = Tally()
            client = Client(port, token, first)
            client.match(random.Random(0))  # noqa: S311 - the first one loads the index
            client.offer()
            device = client.ask("GET", "/api/v1/devices")["items"][0]
            finding = client.ask("GET", f"/api/v1/devices/{device['id']}")["finding"]["id"]
            made += first.devices
            for count in counts:
                tally, took = measure(port, token, finding, count, seconds)
                judged += tally.judged
                made += tally.devices
                rows += [
                    {"database": database, "clients": count, "kind": kind, "n": len(tally.seconds[kind]),
                     "per_second": len(tally.seconds[kind]) / took[kind],
                     "p50_ms": statistics.median(tally.seconds[kind]) * 1000,
                     "p99_ms": percentile(tally.seconds[kind], 0.99) * 1000,
                     "refused": dict(tally.refused)}
                    for kind in KINDS if tally.seconds[kind]
                ]  # fmt: skip
                print(json.dumps(rows[-3:]), file=sys.stderr)
        stored = counted(home, url, finding)
    if stored != (judged, made):
        raise SystemExit(f"{database}: acknowledged {judged} judgements and {made} devices, stored {stored}")
    for row in rows:
        row |= {"judgements": judged, "devices": made}
    return rows


@contextmanager
def address(database: str) -> Iterator[str]:
    """Yield the address of a new database: empty for the embedded one."""
    if database == "sqlite":
        yield ""
        return
    from postgres_server import find_binaries, running_server  # noqa: PLC0415 - only here

    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("no PostgreSQL server is installed: apt-get install postgresql")
    with running_server(binaries) as server:
        yield server.url(server.create_database())


def report(rows: list[dict[str, Any]], seconds: float) -> str:
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    lines = [
        "# The service under many clients",
        "",
        f"{machine}, load {os.getloadavg()[0]:.1f} at the end; {seconds:g} seconds per kind.",
        SHARED,
        "",
        "| database | clients | what | done | a second | p50 ms | p99 ms |",
        "| --- | ---: | --- | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {r['database']} | {r['clients']} | {r['kind']} | {r['n']} | {r['per_second']:.1f} "
        f"| {r['p50_ms']:.0f} | {r['p99_ms']:.0f} |"
        for r in rows
    ]
    for database in dict.fromkeys(r["database"] for r in rows):
        row = next(r for r in rows if r["database"] == database)
        acknowledged = f"{row['judgements']} judgements and {row['devices']} devices were acknowledged"
        lines += ["", f"{database}: {acknowledged}, and the store contains as many; its log is complete."]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--clients", default="1,8,64")
    parser.add_argument("--databases", default="sqlite,postgres")
    options, _ = parser.parse_known_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for database in options.databases.split(","):
            counts = [int(count) for count in options.clients.split(",")]
            rows += run(database, counts, options.seconds, Path(folder))
    OUT.mkdir(parents=True, exist_ok=True)
    text = report(rows, options.seconds)
    (OUT / "serve.md").write_text(text, encoding="utf-8")
    (OUT / "serve.json").write_text(json.dumps(rows, indent=2), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
