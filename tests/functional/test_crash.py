"""Killed at any moment: the store opens, the log adds up, and no list is half there."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from functional_tools import kept, loaded, run_command
from invented_lists import un_list

from overzicht.errors import EXIT_OK

KILLS = 25
PERSONS, BODIES = 990, 400

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


def start(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "overzicht", "lists", "add", str(path)],
        env=os.environ.copy(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def write(folder: Path, number: int) -> Path:
    """Write a version of its own for each attempt, so that each one has work to do."""
    path = folder / f"un-{number}.xml"
    path.write_bytes(un_list(day=f"2026-02-{number + 1:02}", persons=PERSONS, bodies=BODIES))
    return path


def seconds_of_a_whole_run(path: Path) -> float:
    started = time.monotonic()
    assert start(path).wait() == EXIT_OK
    return time.monotonic() - started


def assert_sound(home: Path, added: set[str]) -> None:
    """Check that every list in the store is whole, the log tells of exactly these, and the file is sound."""
    assert run_command("log", "verify").exit_code == EXIT_OK
    found = loaded("un-sc")
    assert all((each["records"], each["complete"]) == (PERSONS + BODIES, True) for each in found)
    assert {each["day"] for each in found} >= added, "what was reported as added is there"
    assert {each["sha256"] for each in found} <= kept(home), "every list has its raw file"
    database = sqlite3.connect(home / "overzicht.sqlite")
    try:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        orphans = "SELECT count(*) FROM {} WHERE snapshot_id NOT IN (SELECT id FROM snapshot)"
        for table in ("record", "party_name", "party_identifier", "stake"):
            assert database.execute(orphans.format(table)).fetchone() == (0,)
        counted = (
            "SELECT count(*) FROM record JOIN snapshot s ON s.id = snapshot_id WHERE s.source = 'un-sc' \
            AND NOT s.is_starter"
        )
        assert database.execute(counted).fetchone() == (len(found) * (PERSONS + BODIES),)
        told = database.execute("SELECT count(*) FROM log WHERE action = 'add list'").fetchone()
        assert told == (len(found),)
    finally:
        database.close()


def test_killed_at_any_moment_nothing_is_half_there(own_home: Path, tmp_path: Path) -> None:
    whole = seconds_of_a_whole_run(write(tmp_path, 0))
    chance = random.Random(20210322)  # noqa: S311  # moments of a test, the same each time
    added, killed = {"2026-02-01"}, 0
    for number in range(1, KILLS + 1):
        process = start(write(tmp_path, number))
        time.sleep(chance.uniform(0.4, 1.02) * whole)
        process.send_signal(signal.SIGKILL)
        if process.wait() == EXIT_OK:
            added.add(f"2026-02-{number + 1:02}")
        else:
            killed += 1
        assert_sound(own_home, added)
    assert killed > KILLS // 2, "most attempts were stopped while they worked"


def test_a_list_that_was_killed_before_can_be_added_afterwards(own_home: Path, tmp_path: Path) -> None:
    first, second = write(tmp_path, 0), write(tmp_path, 1)
    whole = seconds_of_a_whole_run(first)
    process = start(second)
    time.sleep(whole * 0.7)
    process.kill()
    process.wait()
    digest_folder = own_home / "snapshots"
    before = {path.name for path in digest_folder.rglob("*.part")}
    result = run_command("lists", "add", second)
    assert result.exit_code == EXIT_OK, result.stderr
    assert_sound(own_home, {"2026-02-01", "2026-02-02"})
    assert {path.name for path in digest_folder.rglob("*.part")} <= before
