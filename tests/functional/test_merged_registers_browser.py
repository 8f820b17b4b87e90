"""The page of several registers in a real browser: for all readers, on a phone, silent in the console."""

from pathlib import Path

import pytest
from browser_tools import IN_BROWSER, OPEN_ALL, PHONE, check_page, check_width, heard, opened
from merged_tools import together
from playwright.sync_api import Browser

from overzicht.reports.i18n import Language
from overzicht.reports.registers.page import render_merged

pytestmark = IN_BROWSER


@pytest.fixture(params=list(Language))
def page_of(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Language]:
    path = tmp_path / "together.html"
    path.write_text(render_merged(together(), request.param), encoding="utf-8")
    return path.as_uri(), request.param


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault(chromium: Browser, page_of: tuple[str, Language], theme: str) -> None:
    address, lang = page_of
    page = opened(chromium, address)
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    check_page(page, lang)


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, page_of: tuple[str, Language]) -> None:
    check_width(opened(chromium, page_of[0], PHONE))


def test_the_console_is_silent_and_nothing_is_fetched(
    chromium: Browser, page_of: tuple[str, Language]
) -> None:
    page = opened(chromium)
    said = heard(page)
    page.on("request", lambda request: said.append(request.url) if request.url != page_of[0] else None)
    page.goto(page_of[0])
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(100)
    assert said == []
