"""Progress bars: on a terminal, for slow tasks only."""

import io

import pytest

from overzicht.cli import progress
from overzicht.evidence import text
from overzicht.progress import watched
from overzicht.reports.i18n import Language, words_for


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("sys.stderr", stream)
    with progress.progress_bars(words_for(Language.NL)):
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
