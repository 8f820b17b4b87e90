"""Files and folders of a store are private, whatever the umask."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_tools import NOON

from overzicht.store import decisions, snapshots
from overzicht.store.database import Store
from overzicht.store.moving.backup import backup_store, restore_store
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.transfer import export_store


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    return [str(path) for path in [folder, *folder.rglob("*")] if stat.S_IMODE(path.stat().st_mode) & 0o077]


def worked_in(home: Path) -> Store:
    store = Store.open(home)
    snapshots.keep_bytes(store.folder, b"raw")
    with store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "look")
    return store


@pytest.mark.usefixtures("umask")
def test_store_backup_and_export_are_private(tmp_path: Path) -> None:
    store = worked_in(tmp_path / "new" / "home")
    backup_store(store, tmp_path / "new" / "backup", NOON)
    export_store(store, tmp_path / "new" / "all.zip")
    restored = Store.open(tmp_path / "new" / "restored")
    restore_store(restored, tmp_path / "new" / "backup")
    assert open_to_others(tmp_path / "new") == []
    restored.close()
    store.close()


def test_an_older_store_is_closed_to_others(tmp_path: Path) -> None:
    worked_in(tmp_path / "home").close()
    for path in (tmp_path / "home", tmp_path / "home" / "overzicht.sqlite"):
        path.chmod(0o755)
    worked_in(tmp_path / "home").close()
    assert open_to_others(tmp_path / "home") == []


FULL_DISK = """
import resource
from datetime import UTC, datetime
from overzicht.errors import InputFileError
import signal, sys
from pathlib import Path
from overzicht.store.database import Store
from overzicht.store.moving.backup import backup_store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    backup_store(store, Path(sys.argv[2]), datetime(2026, 11, 25, tzinfo=UTC))
except InputFileError as error:
    print(error)
"""


def test_a_disk_that_is_full_leaves_the_earlier_backup(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing ends in the middle of the database."""
    store = worked_in(tmp_path / "home")
    backup_store(store, tmp_path / "backup", NOON)
    head = check_store(store).log_head
    with store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-2", "more")
    store.close()
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path / "home"), str(tmp_path / "backup")]
    message = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    assert "cannot be written" in message
    assert "the earlier backup in this folder remains valid" in message
    restored = Store.open(tmp_path / "restored")
    assert restore_store(restored, tmp_path / "backup").log_head == head
    restored.close()
