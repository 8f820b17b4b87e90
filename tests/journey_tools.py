"""Journeys through the pages: each counts clicks, fields and pages, and stays within what is documented."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

DOCUMENTED = Path(__file__).resolve().parents[1] / "docs" / "bench" / "journeys.md"
CLICKS = ("click", "check", "uncheck", "select_option", "set_input_files")
FIELDS = ("fill",)
_ROW = re.compile(r"^\| \((?P<letter>[a-z])\) .*\| (?P<clicks>\d+) \| (?P<fields>\d+) \| (?P<pages>\d+) \|$")


@dataclass
class Effort:
    """Clicks (also of boxes, choices and files), fields that were filled in, and pages that were opened."""

    clicks: int = 0
    fields: int = 0
    pages: int = 0


def documented(letter: str) -> Effort:
    """Return the most that a journey takes according to the documentation."""
    for line in DOCUMENTED.read_text(encoding="utf-8").splitlines():
        if (row := _ROW.match(line)) and row["letter"] == letter:
            return Effort(int(row["clicks"]), int(row["fields"]), int(row["pages"]))
    raise AssertionError(f"{DOCUMENTED.name} has no row for journey ({letter})")


@contextmanager
def journey(page: Page, letter: str, before: Effort | None = None) -> Iterator[Effort]:
    """Count what a reader does, after what others did; fail if it is more than the documentation states."""
    effort, addresses = before or Effort(), [page.url]

    def opened(frame: Any) -> None:
        if frame == page.main_frame and frame.url != addresses[-1]:  # a page that is looked at again is one
            addresses.append(frame.url)
            effort.pages += 1

    def counted(name: str, field: str) -> Callable[..., Any]:
        original = getattr(Locator, name)

        def act(locator: Locator, *arguments: Any, **options: Any) -> Any:
            setattr(effort, field, getattr(effort, field) + 1)
            return original(locator, *arguments, **options)

        return act

    page.on("framenavigated", opened)
    with pytest.MonkeyPatch.context() as patch:
        for names, field in ((CLICKS, "clicks"), (FIELDS, "fields")):
            for name in names:
                patch.setattr(Locator, name, counted(name, field))
        yield effort
    most = documented(letter)
    assert (effort.clicks <= most.clicks, effort.fields <= most.fields, effort.pages <= most.pages) == (
        True,
        True,
        True,
    ), f"journey ({letter}) took {effort}, documented: {most}"
