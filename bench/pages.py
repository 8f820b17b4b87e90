"""The service over a register of many devices: an import over HTTP, then the pages that people ask most.

Usage: python bench/pages.py [devices, default 100000]

Seconds and memory of the service, on one connection; each page five times, the first time separately.
"""

import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import requests
import uvicorn
from register import write_inventory

from overzicht.evidence.actor import Actor
from overzicht.settings import Settings
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Store
from overzicht.subjects.register.organisations import NewOrganisation, add_organisation
from overzicht.web.app import create_app
from overzicht.web.service import ServiceOptions
from overzicht.workflows.accounts import issue_token
from overzicht.workflows.starter import ensure_starter

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
ORGANISATION, PORT, TIMES = "bench", 8399, 5
PAGES = {
    "overview": "/",
    "devices": "/devices",
    "devices of a listed manufacturer": "/devices?listed=yes&maker=hikvision",
    "devices by words": "/devices?q=gebouw+12+hik",
    "one device": "/devices/{device}",
    "review": "/review",
    "organisations": "/organisations",
    "search everywhere": "/search?q=hikvision",
}


@contextmanager
def service(home: Path) -> Iterator[requests.Session]:
    store = Store.open(home)
    ensure_starter(store, actor="bench", at=AT)
    add_organisation(store, NewOrganisation("Bench", id=ORGANISATION), Actor(date(2020, 1, 1), "bench", AT))
    _, token = issue_token(store, "bench", Grant(Role.ADMIN), Actor(AT.date(), "bench", AT), expires_at=None)
    app = create_app(store, Settings(home=home), ServiceOptions(rate=""))
    server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    session = requests.Session()
    session.headers = {"Authorization": f"Bearer {token}"}
    try:
        yield session
    finally:
        server.should_exit = True
        thread.join()
        store.close()


def address(path: str) -> str:
    return f"http://127.0.0.1:{PORT}{path}"


def print_figure(what: str, seconds: float, more: str = "") -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:34} {seconds:8.2f} s   peak so far {peak:5} MB   {more}", flush=True)


def work(session: requests.Session, what: str, path: str, **sent: object) -> int:
    started = time.perf_counter()
    job = session.post(address(path), **sent).json()  # type: ignore[arg-type]
    while not job["is_over"]:
        time.sleep(0.2)
        job = session.get(address(f"/api/v1/jobs/{job['id']}")).json()
    if job["state"] != "done":
        raise RuntimeError(job)
    print_figure(what, time.perf_counter() - started)
    return int(job["result"]["import"])


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.csv"
        write_inventory(path, count)
        with service(Path(folder) / "home") as session:
            with path.open("rb") as file:
                number = work(
                    session, f"import of {count:,}: preview", "/api/v1/imports",
                    files={"file": file}, data={"organisation": ORGANISATION},
                )  # fmt: skip
            work(session, f"import of {count:,}: accept", f"/api/v1/imports/{number}/accept")
            pages(session)


def pages(session: requests.Session) -> None:
    listed = session.get(address("/devices"), headers={"Accept": "text/html"}).text
    device = re.findall(r"/devices/(device-[0-9a-f]+)", listed)[0]
    for what, path in PAGES.items():
        taken = []
        for _ in range(TIMES):
            started = time.perf_counter()
            answer = session.get(address(path.format(device=device)), headers={"Accept": "text/html"})
            answer.raise_for_status()
            taken.append(time.perf_counter() - started)
        print_figure(
            what, taken[0], f"then {statistics.median(taken[1:]):.3f} s, {len(answer.content) // 1024} kB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
