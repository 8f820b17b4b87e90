"""Work that is killed at random moments, and a check that nothing was lost and nothing is half there."""

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from invented_lists import un_list
from list_server import ListServer, whole
from sqlalchemy import func, select

from overzicht.evidence.actor import Actor
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.log import verify_log
from overzicht.store.moving.checking import check_store
from overzicht.subjects.register.organisations import NewOrganisation, add_organisation

PERSONS, BODIES, DEVICES = 990, 400, 150
KINDS = ("add", "update", "import")
UN_PATH = "/scsanctions.un.org/resources/xml/en/consolidated.xml"
FIRST_DAY = date(2024, 1, 1)
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

# Loads the code once, then does each piece of work in a fork of its own, for each line of JSON that comes:
# kills it after so many seconds (never, when negative), and prints how it ended and after how many seconds.
RUNNER = """
import json, os, signal, sys, time
from datetime import UTC, date, datetime
from pathlib import Path
from overzicht.cli.main import cli
from overzicht.settings import read_settings
from overzicht.sources.lists.registry import load_reader
from overzicht.store.database import Store
from overzicht.evidence.actor import Actor
from overzicht.subjects.register.imports.importing import ImportChoices, accept_import, preview_import
import overzicht.subjects.lists.commands, overzicht.sources.fetch
load_reader("un-sc")

def add(path):
    return cli.main(["lists", "add", path], standalone_mode=False) or 0

def update(_):
    return cli.main(["lists", "update", "un-sc"], standalone_mode=False) or 0

def import_(path):
    settings = read_settings()
    store = Store.open(settings.home, settings.database_url)
    act = Actor(day=date(2026, 11, 25), name="tester", at=datetime(2026, 11, 25, 12, tzinfo=UTC))
    choices = ImportChoices(organisation="org", site=Path(path).stem, is_whole=False)
    accept_import(store, preview_import(store, Path(path), choices, act).import_.id, act)
    return 0

WORK = {"add": add, "update": update, "import": import_}
for line in sys.stdin:
    kind, path, seconds = json.loads(line)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            code = WORK[kind](path)
        finally:
            os._exit(code)
    if seconds >= 0:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(json.dumps([os.waitstatus_to_exitcode(status), time.monotonic() - started]), flush=True)
"""


@dataclass
class Outcome:
    """What came of many attempts: how many were killed at work, and what was acknowledged."""

    killed: int = 0
    acknowledged_days: set[str] = field(default_factory=set)
    acknowledged_files: set[str] = field(default_factory=set)
    killed_by_kind: dict[str, int] = field(default_factory=dict)


class CrashRun:
    """Pieces of work of every kind on one store, each killed at a random moment."""

    def __init__(self, home: Path, address: str, server: ListServer, scratch: Path, seed: int) -> None:
        self.home, self.address, self.server, self.scratch = home, address, server, scratch
        self.chance = random.Random(seed)  # noqa: S311  # moments of a test, the same each time
        self.outcome = Outcome()
        self.whole: dict[str, float] = {}
        environment = {
            **os.environ, "OVERZICHT_HOME": str(home), "OVERZICHT_DATABASE_URL": address,
            "OVERZICHT_MIRROR": server.address,
        }  # fmt: skip
        store = Store.open(home, address)
        act = Actor(day=FIRST_DAY, name="tester", at=NOW)
        add_organisation(store, NewOrganisation("Gemeente Voorbeeld", id="org"), act)
        store.close()
        self.errors = (scratch / "stderr").open("w", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER], env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
        )  # fmt: skip

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def prepare(self) -> None:
        """Do each kind of work once, undisturbed, and note how long it takes."""
        for number, kind in enumerate([*KINDS, *KINDS]):
            code, self.whole[kind] = self.attempt(kind, number, -1)
            assert code == 0, (kind, (self.scratch / "stderr").read_text())

    def kill(self, number: int) -> None:
        """Start the next kind of work and kill it at a random moment of its length."""
        kind = KINDS[number % len(KINDS)]
        code, _ = self.attempt(kind, number, self.chance.uniform(0.02, 1.0) * self.whole[kind])
        assert code in {0, -signal.SIGKILL}, (kind, code, (self.scratch / "stderr").read_text())
        if code != 0:
            self.outcome.killed += 1
            self.outcome.killed_by_kind[kind] = self.outcome.killed_by_kind.get(kind, 0) + 1

    def attempt(self, kind: str, number: int, seconds: float) -> tuple[int, float]:
        day = (FIRST_DAY + timedelta(days=number)).isoformat()
        path = self.scratch / (f"un-{number}.xml" if kind == "add" else f"site-{number}.csv")
        if kind == "import":
            path.write_text(inventory(number), encoding="utf-8")
        else:
            content = un_list(day=day, persons=PERSONS, bodies=BODIES)
            path.write_bytes(content)
            self.server.put(UN_PATH, whole(content))
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([kind, str(path), seconds]), file=self.process.stdin, flush=True)
        code, taken = json.loads(self.process.stdout.readline())
        if code == 0 and kind == "import":
            self.outcome.acknowledged_files.add(path.name)
        elif code == 0:
            self.outcome.acknowledged_days.add(day)
        return int(code), float(taken)

    def assert_sound(self, *, thorough: bool) -> None:
        """Check that what was acknowledged is there, everything is whole, and the log tells of exactly it."""
        store = Store.open(self.home, self.address)
        try:
            with store.reading() as connection:
                verify_log(connection)
                self._assert_lists(connection)
                self._assert_imports(connection)
            if thorough:
                assert check_store(store).faults == ()
        finally:
            store.close()

    def _assert_lists(self, connection: Any) -> None:
        held, record = schema.snapshot, schema.record
        own = held.c.is_starter.is_(False)
        rows = connection.execute(
            select(held.c.published, held.c.record_count, func.count(record.c.record_id))
            .outerjoin(record, record.c.snapshot_id == held.c.id).where(own).group_by(held.c.id)
        ).all()  # fmt: skip
        assert all(tuple(row[1:]) == (PERSONS + BODIES, PERSONS + BODIES) for row in rows), (
            "no list is half there"
        )
        assert {row.published for row in rows} >= self.outcome.acknowledged_days, "nothing was lost"
        assert _told(connection, "add list") == len(rows)

    def _assert_imports(self, connection: Any) -> None:
        tables = schema.metadata.tables
        offered, state = tables["register_import"], tables["register_device_state"]
        rows = connection.execute(select(offered)).all()
        accepted = {row.filename for row in rows if row.status == "accepted"}
        assert accepted >= self.outcome.acknowledged_files, "nothing was lost"
        assert _told(connection, "preview import") == len(rows)
        assert _told(connection, "accepted import") == len(accepted)
        in_rows = tables["register_import_row"]
        query = select(in_rows.c.import_id, func.count()).group_by(in_rows.c.import_id)
        counted = {row[0]: row[1] for row in connection.execute(query)}
        assert {counted.get(row.id, 0) for row in rows} <= {DEVICES}, "no preview is half there"
        devices = connection.execute(select(func.count(state.c.device_id.distinct()))).scalar_one()
        assert devices == len(accepted) * DEVICES, "no import is half there"


def _told(connection: Any, action: str) -> int:
    query = select(func.count()).select_from(schema.log).where(schema.log.c.action == action)
    return int(connection.execute(query).scalar_one())


def inventory(number: int) -> str:
    """Return a spreadsheet of cameras that no other number has."""
    rows = [
        f"CAM-{number}-{each},Hikvision,DS-2CD2143G0-I,c0:56:e3:{number:02x}:00:{each:02x}"
        for each in range(DEVICES)
    ]
    return "\n".join(["Asset number,Brand,Model,MAC address", *rows, ""])
