"""Killed at any moment: the store opens, the log adds up, nothing is half there or lost."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crash_tools import KINDS, CrashRun
from functional_tools import run_command
from list_server import serving
from thorough import IS_THOROUGH

from overzicht.errors import EXIT_OK

KILLS = 200 if IS_THOROUGH else 12

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgresql"])
def crash_run(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CrashRun]:
    """Yield work to be killed, on each kind of database; the commands of this process use the same store."""
    make: Callable[[], str] | None = None
    if request.param == "postgresql":
        make = request.getfixturevalue("new_postgres_url")
    address = make() if make is not None else ""
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OVERZICHT_DATABASE_URL", address)
    with serving() as server:
        run = CrashRun(tmp_path / "home", address, server, tmp_path, seed=20210322)
        yield run
        run.close()


def test_killed_at_any_moment_nothing_is_lost_or_half_there(crash_run: CrashRun) -> None:
    crash_run.prepare()
    for number in range(len(KINDS) * 2, len(KINDS) * 2 + KILLS):
        crash_run.kill(number)
        crash_run.assert_sound(thorough=number % 8 == 0)
    crash_run.assert_sound(thorough=True)
    assert crash_run.outcome.killed > KILLS // 4, "too few attempts were stopped while they worked"
    result = run_command("register", "verify")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (EXIT_OK, "everything holds")


def test_what_was_killed_can_be_done_afterwards(crash_run: CrashRun) -> None:
    crash_run.prepare()
    for number, kind in enumerate(KINDS, start=10):
        crash_run.attempt(kind, number, crash_run.whole[kind] * 0.5)
    folder = crash_run.home / "snapshots"
    before = {path.name for path in folder.rglob("*.part")}
    for number, kind in enumerate(KINDS, start=10):
        assert crash_run.attempt(kind, number, -1)[0] == EXIT_OK
    crash_run.assert_sound(thorough=True)
    assert {path.name for path in folder.rglob("*.part")} <= before
