"""Progress bars: on a terminal, for slow tasks only."""

import io
from collections.abc import Iterable
from contextvars import copy_context
from threading import Thread

import pytest

from overzicht.cli import progress
from overzicht.cli.language import settle
from overzicht.evidence import Text, text
from overzicht.progress import watched, watching


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    settle(["--lang", "nl"])
    with progress.progress_bars():
        assert list(watched([1, 2, 3], text("Writing devices"))) == [1, 2, 3]
    return stream.getvalue()


def test_a_slow_task_shows_a_bar_in_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    output = shown(Terminal(), monkeypatch)
    assert "Apparaten wegschrijven" in output
    assert "100%" in output


def test_a_pipe_shows_nothing_and_a_quick_task_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(Terminal(), monkeypatch) == ""
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    assert shown(io.StringIO(), monkeypatch) == ""


def test_nobody_watches_by_default() -> None:
    items = [1, 2]
    assert watched(items, text("Writing devices")) is items


def test_a_task_within_another_and_a_thread_of_the_service_show_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    settle(["--lang", "en"])
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.progress_bars():
        for _ in watched([1], text("Reading rows")):
            assert list(watched([2], text("Writing devices"))) == [2]
        context = copy_context()
        thread = Thread(target=lambda: context.run(lambda: list(watched([3], text("Writing devices")))))
        thread.start()
        thread.join()
    assert "Reading rows" in terminal.getvalue()
    assert "Writing devices" not in terminal.getvalue()


def test_a_stream_of_unknown_length_shows_that_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    settle(["--lang", "en"])
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.progress_bars():
        assert list(watched(iter([1, 2, 3]), text("Reading rows"))) == [1, 2, 3]
    assert "Reading rows" in terminal.getvalue()


def test_total_of_a_stream_is_passed_on() -> None:
    totals: list[int | None] = []

    def watch(items: Iterable[int], title: Text, total: int | None) -> Iterable[int]:
        totals.append(total)
        return items

    with watching(watch):
        for items, total in (([1, 2], None), (iter([1]), None), (iter([1]), 7)):
            list(watched(items, text("Reading rows"), total))
    assert totals == [2, None, 7]
