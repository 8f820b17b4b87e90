"""Killed at any moment: the store opens, the log adds up, and no list is half there."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from functional_tools import kept, loaded, run_command
from invented_lists import un_list

from overzicht.errors import EXIT_OK

KILLS = 25
PERSONS, BODIES = 990, 400
Add = Callable[..., tuple[int, float]]

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


# Loads everything once, then runs `lists add FILE` in a fork of its own for each line `SECONDS FILE`, kills
# it after so many seconds (never, when negative), and prints how it ended and after how many seconds.
RUNNER = """
import os, signal, sys, time
from overzicht.cli.main import cli
from overzicht.sources.lists.registry import load_reader
import overzicht.cli.lists
load_reader("un-sc")
for line in sys.stdin:
    seconds, path = line.split(maxsplit=1)
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os._exit(cli.main(["lists", "add", path.strip()], standalone_mode=False) or 0)
    if float(seconds) >= 0:
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), time.monotonic() - started, flush=True)
"""


@pytest.fixture
def runner(own_home: Path) -> Iterator[Add]:
    """Return a function that adds a file and kills it after so many seconds: exit code, seconds taken."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNER], env=os.environ.copy(), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None

    def add(path: Path, seconds: float = -1) -> tuple[int, float]:
        print(seconds, path, file=process.stdin, flush=True)
        code, taken = process.stdout.readline().split()
        return int(code), float(taken)

    yield add
    process.stdin.close()
    process.wait()
    process.stdout.close()


def write(folder: Path, number: int) -> Path:
    """Write a version of its own for each attempt, so that each one has work to do."""
    path = folder / f"un-{number}.xml"
    path.write_bytes(un_list(day=f"2026-02-{number + 1:02}", persons=PERSONS, bodies=BODIES))
    return path


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


def test_killed_at_any_moment_nothing_is_half_there(runner: Add, own_home: Path, tmp_path: Path) -> None:
    assert runner(write(tmp_path, 0))[0] == EXIT_OK  # makes the store
    code, whole = runner(write(tmp_path, 1))
    assert code == EXIT_OK
    chance = random.Random(20210322)  # noqa: S311  # moments of a test, the same each time
    added, killed = {"2026-02-01", "2026-02-02"}, 0
    for number in range(2, KILLS + 2):
        code, _ = runner(write(tmp_path, number), chance.uniform(0.02, 1.0) * whole)
        if code == EXIT_OK:
            added.add(f"2026-02-{number + 1:02}")
        killed += code == -signal.SIGKILL
        assert code in {EXIT_OK, -signal.SIGKILL}
        assert_sound(own_home, added)
    assert killed > KILLS // 2, "most attempts were stopped while they worked"


def test_a_list_that_was_killed_before_can_be_added_afterwards(
    runner: Add, own_home: Path, tmp_path: Path
) -> None:
    first, second = write(tmp_path, 0), write(tmp_path, 1)
    _, whole = runner(first)
    runner(second, whole * 0.5)
    before = {path.name for path in (own_home / "snapshots").rglob("*.part")}
    result = run_command("lists", "add", second)
    assert result.exit_code == EXIT_OK, result.stderr
    assert_sound(own_home, {"2026-02-01", "2026-02-02"})
    assert {path.name for path in (own_home / "snapshots").rglob("*.part")} <= before
