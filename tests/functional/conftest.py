"""A home of its own for each test of the command line; a service and a browser for tests of pages."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from web_tools import Served


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty home that the command uses."""
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture(scope="module")
def open_service(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Served]":
    """Yield a service with the starter facts that everybody on this machine may read."""
    from browser_tools import OPENLY  # noqa: PLC0415 - needs a browser's tools
    from web_tools import serve  # noqa: PLC0415 - needs the extra `web`

    made = serve(tmp_path_factory.mktemp("served"), OPENLY)
    yield made
    made.store.close()


@pytest.fixture(scope="module")
def served(open_service: "Served") -> "Served":
    """Return the service that a module's tests look at; a module with more to show fills it."""
    return open_service


@pytest.fixture(scope="module")
def address(served: "Served") -> Iterator[str]:
    """Yield where the module's service listens."""
    from browser_tools import listening  # noqa: PLC0415 - needs a browser's tools

    with listening(served.app) as found:
        yield found


@pytest.fixture(scope="module")
def started_chromium() -> "Iterator[Browser]":
    """Yield a browser for a module."""
    from browser_tools import running_chromium  # noqa: PLC0415 - needs a browser's tools

    with running_chromium() as browser:
        yield browser


@pytest.fixture
def chromium(started_chromium: "Browser") -> "Iterator[Browser]":
    """Yield a browser whose windows are closed after each test."""
    yield started_chromium
    for context in started_chromium.contexts:
        context.close()
