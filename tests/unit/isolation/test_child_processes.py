"""A reader in a child process: its result, its limits, what it may not do, and the template of a service."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.isolation import (
    Limits,
    ReaderFaultError,
    ReadingLimitError,
    calls,
    child,
    codec,
    in_child,
    launch,
    stream_in_child,
)
from overzicht.isolation.errors import error_from_json
from overzicht.isolation.limits import seccomp_module
from overzicht.progress import watching
from overzicht.sources.files import TooLargeError
from overzicht.sources.inventories.registry import read_inventory
from overzicht.sources.lists.registry import NotRecognisedError

SMALL = Limits(seconds=1, memory=300_000_000, output=200_000, output_factor=0)
TABLE = b"Merk;Type\nHikvision;DS-2CD2042WD-I\nAxis;P1405\n"


@dataclass(frozen=True)
class Parts:
    names: tuple[str, ...]
    day: date
    words: Text


@pytest.fixture(params=["copy", "template"])
def isolated(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read files in children: copies of this process, or of the template process."""
    monkeypatch.setattr(calls, "is_trusted", lambda: False)
    monkeypatch.setattr(threading, "active_count", lambda: 1 if request.param == "copy" else 2)
    return str(request.param)


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in copies of this process, which can call what is defined here."""
    monkeypatch.setattr(calls, "is_trusted", lambda: False)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@in_child(SMALL)
def parts_of(name: str, count: int) -> Parts:
    return Parts(tuple(f"{name} {n}" for n in range(count)), date(2024, 2, 29), text("{n} ç", n=count))


@in_child(SMALL)
def do(what: str, place: str) -> Any:
    """Do what a hostile file could make a reader do."""
    return DEEDS[what](place)


def spin(_: str) -> None:
    while True:
        pass


def nest(_: str) -> Any:
    return nest(_)


def listen(_: str) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


DEEDS: dict[str, Callable[[str], Any]] = {
    "spin": spin,
    "sleep": lambda _: time.sleep(60),
    "eat": lambda _: bytearray(2_000_000_000),
    "flood": lambda _: "x" * 1_000_000,
    "nest": nest,
    "crash": lambda _: os.abort(),
    "leave": lambda _: os._exit(0),
    "fail": lambda _: dict[str, int]()["key"],
    "half": lambda _: "\ud800",
    "connect": listen,
    "program": lambda _: subprocess.run(["/bin/true"], check=True),
    "write": lambda place: Path(place).write_text("written"),
    "remove": lambda place: Path(place).unlink(),
    "files": lambda _: [number for number in range(3, 200) if _is_open(number)],
    "plain": lambda _: {1: [date(2024, 1, 2), b"\xff", {"a"}, 1.5, float("inf"), None], "x": {"map": 1}},
}


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@stream_in_child(SMALL)
def numbers(last: int, fault_at: int) -> Generator[int, None, Parts]:
    for number in range(last):
        if number == fault_at:
            raise NotRecognisedError("list.csv", ("a", "b"))
        yield number
    return Parts((), date(2024, 1, 1), text("done"))


@pytest.mark.usefixtures("copied")
def test_a_result_comes_back_equal() -> None:
    assert parts_of("naam é", 1200) == parts_of.__wrapped__("naam é", 1200)  # type: ignore[attr-defined]
    assert do("plain", "") == DEEDS["plain"]("")


@pytest.mark.usefixtures("copied")
def test_a_stream_comes_back_in_order_with_its_report() -> None:
    reports = []

    def watched() -> Iterator[int]:
        reports.append((yield from numbers(1234, -1)))

    assert list(watched()) == list(range(1234))
    assert reports == [Parts((), date(2024, 1, 1), text("done"))]


def children() -> set[str]:
    """Return the processes that this one started; others may run beside the test."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {process for task in tasks for process in task.read_text(encoding="ascii").split()}


@pytest.mark.usefixtures("copied")
def test_a_stream_that_is_left_ends_its_child() -> None:
    before = children()
    stream = numbers(10_000_000, -1)
    assert next(stream) == 0
    assert children() > before
    stream.close()
    assert children() == before


@pytest.mark.usefixtures("copied")
def test_the_error_of_a_reader_keeps_its_class_and_fields() -> None:
    with pytest.raises(NotRecognisedError) as raised:
        list(numbers(10, 3))
    assert raised.value.fix.startswith("give the file")
    assert raised.value.exit_code == 10
    assert "list.csv" in raised.value.message


@pytest.mark.usefixtures("copied")
@pytest.mark.parametrize(
    ("what", "kind", "words"),
    [
        ("spin", ReadingLimitError, "more time than the limit of 1 seconds"),
        ("eat", ReadingLimitError, "more memory than the limit of 300 MB"),
        ("flood", ReadingLimitError, "larger than the limit of 0 MB"),
        ("nest", ReaderFaultError, "nested too deeply"),
        ("crash", ReaderFaultError, "ended without an answer"),
        ("leave", ReaderFaultError, "ended without an answer"),
        ("fail", ReaderFaultError, "KeyError in test_child_processes.py"),
        ("half", ReaderFaultError, "not valid Unicode"),
    ],
)
def test_each_fault_is_an_error_that_names_it(what: str, kind: type[InputFileError], words: str) -> None:
    with pytest.raises(kind, match=words) as raised:
        do(what, "")
    assert "could not be read" in raised.value.message
    assert raised.value.exit_code == 10
    assert parts_of("next", 1).names == ("next 0",)  # the next file is read


@pytest.mark.usefixtures("copied")
def test_a_child_that_waits_is_stopped_by_the_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overzicht.isolation.frames.WAIT_FACTOR", 0.3)
    start = time.monotonic()
    with pytest.raises(ReadingLimitError, match="more time"):
        do("sleep", "")
    assert time.monotonic() - start < 3


@pytest.mark.usefixtures("copied")
@pytest.mark.skipif(seccomp_module() is None, reason="the extra 'safety' is not installed")
@pytest.mark.parametrize("what", ["connect", "program", "write", "remove"])
def test_a_reader_has_no_network_and_changes_nothing(what: str, tmp_path: Path) -> None:
    file = tmp_path / "kept.txt"
    file.write_text("kept")
    with pytest.raises(ReaderFaultError, match="PermissionError"):
        do(what, str(file))
    assert file.read_text() == "kept"


@pytest.mark.usefixtures("copied")
def test_a_reader_cannot_fill_the_disk_without_a_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("overzicht.isolation.limits.seccomp_module", lambda: None)
    with pytest.raises(ReaderFaultError):
        do("write", str(tmp_path / "made.txt"))
    assert not (tmp_path / "made.txt").exists() or (tmp_path / "made.txt").read_text() == ""


@pytest.mark.usefixtures("copied")
def test_a_child_has_none_of_the_open_files_of_its_parent(tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w"):
        assert len(do("files", "")) == 1  # the line to the parent


def test_an_inventory_is_read_alike_in_every_way(isolated: str, tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(TABLE)
    assert isolated
    assert read_inventory(path) == read_inventory.__wrapped__(path)  # type: ignore[attr-defined]


@pytest.mark.usefixtures("copied")
def test_the_progress_of_a_child_is_watched_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "PAUSE", 0.0)  # a copy of this process has it too
    path = tmp_path / "lijst.csv"
    path.write_bytes(TABLE)
    seen: list[tuple[str, int | None]] = []

    def watch(items: Iterable[Any], title: Text, total: int | None) -> Iterator[Any]:
        for item in items:
            seen.append((str(title), total))
            yield item

    with watching(watch):
        assert len(read_inventory(path).sightings) == 2
    assert seen == [("Reading lijst.csv", 3)] * 3


def test_errors_are_alike_in_every_way(isolated: str, tmp_path: Path) -> None:
    path = tmp_path / "leeg.csv"
    path.write_bytes(b" \n")
    with pytest.raises(InputFileError) as raised:
        read_inventory(path)
    assert isolated
    assert (raised.value.file, raised.value.reason) == ("leeg.csv", "the file is empty")
    path.write_bytes(b"Merk,Type\n" + b"," * 20_100_000)
    with pytest.raises(TooLargeError, match="cells, more than the limit of 20,000,000"):
        read_inventory(path)


def test_the_template_starts_again_after_it_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "is_trusted", lambda: False)
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    path = tmp_path / "lijst.csv"
    path.write_bytes(TABLE)
    assert len(read_inventory(path).sightings) == 2
    process = launch._template._process
    assert process is not None
    process.kill()
    process.wait()
    assert len(read_inventory(path).sightings) == 2


def test_the_template_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_DATABASE_URL", "postgresql://user:word@host/db")
    monkeypatch.setenv("OVERZICHT_EU_FSF_TOKEN", "token")
    given: dict[str, str] = {}
    monkeypatch.setattr(subprocess, "Popen", lambda *_, env, **__: given.update(env))
    launch._Template()._open().close()
    assert given
    assert not [name for name in given if name.startswith("OVERZICHT")]


@pytest.mark.parametrize(
    "content",
    [
        b'{"module": "os", "name": "system", "text": "x", "values": {}}',
        b'{"module": "overzicht.sources.files", "name": "LocalFile", "text": "x", "values": {}}',
        b'{"module": "overzicht.errors", "name": "sys", "text": "x", "values": {}}',
    ],
)
def test_a_child_cannot_make_another_object_than_an_error(content: bytes) -> None:
    with pytest.raises(TypeError):
        error_from_json(content)


def test_a_result_of_another_shape_is_refused() -> None:
    def sent() -> Iterator[tuple[str, bytes]]:
        yield "names", b'["a"]'
        yield "day", b'"2024-01-01"'

    with pytest.raises(ValueError, match="the result has the fields"):
        codec.joined(Parts, sent())
    with pytest.raises(KeyError):
        codec.joined(Parts, iter([("__class__", b"1")]))
