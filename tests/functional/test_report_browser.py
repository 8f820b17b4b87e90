"""The page in a real browser: readable by all, on every width, on paper, and silent in the console."""

from collections.abc import Callable
from pathlib import Path

import pytest
import report_factory
from browser_tools import IN_BROWSER, OPEN_ALL, PHONE, WIDTHS, check_for_all, check_width, heard, opened
from playwright.sync_api import Browser, Page, expect
from report_factory import render

from overzicht.reports.html import groups
from overzicht.reports.i18n import Language

pytestmark = IN_BROWSER


@pytest.fixture(scope="module", params=list(Language))
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / f"overview-{request.param}.html"
    path.write_bytes(render(report_factory.report(24), lang=request.param, format="html"))
    return path.as_uri()


@pytest.fixture(params=list(Language))
def address_of_many(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a report as one of too many devices for a page: with groups of them, some left out."""
    monkeypatch.setattr(groups, "ENTRIES_SHOWN", 25)
    path = tmp_path / f"many-{request.param}.html"
    path.write_bytes(render(report_factory.large_report(), lang=request.param, format="html"))
    return path.as_uri()


def opened_dark(browser: Browser, address: str) -> Page:
    page = opened(browser, address)
    page.emulate_media(color_scheme="dark")
    return page


@pytest.mark.sampled(4)
@pytest.mark.parametrize("look", [opened, opened_dark], ids=["light", "dark"])
def test_axe_finds_no_fault(chromium: Browser, address: str, look: Callable[[Browser, str], Page]) -> None:
    check_for_all(look(chromium, address))


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, PHONE)
    assert page.evaluate(WIDTHS) == [PHONE["width"], PHONE["width"]]
    check_width(page)
    expect(page.locator(".oz-chart--narrow").first).to_be_visible()
    expect(page.locator(".oz-chart--wide").first).to_be_hidden()


@pytest.mark.sampled(4)
@pytest.mark.parametrize("look", [opened, opened_dark], ids=["light", "dark"])
def test_groups_of_many_devices_are_for_all_readers(
    chromium: Browser, address_of_many: str, look: Callable[[Browser, str], Page]
) -> None:
    check_for_all(look(chromium, address_of_many))
    check_width(opened(chromium, address_of_many, PHONE))


def test_the_console_is_silent(chromium: Browser, address: str) -> None:
    page = opened(chromium)
    said = heard(page)
    page.on("request", lambda request: said.append(request.url) if request.url != address else None)
    page.goto(address)
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(100)
    assert said == []


def test_the_style_is_applied_under_the_policy(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 250)"
    dark = opened_dark(chromium, address)
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
    bar = ".oz-chart--wide [fill='#2f5d8a']"
    fill = "element => getComputedStyle(element).fill"
    assert page.locator(bar).first.evaluate(fill) == "rgb(47, 93, 138)"
    assert dark.locator(bar).first.evaluate(fill) == "rgb(110, 163, 216)"


def test_a_citation_opens_where_it_stands(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    link = page.locator("section#listings a.oz-ref:visible").first
    target = link.get_attribute("href")
    link.click()
    expect(page.locator(str(target))).to_be_visible()
    assert page.url.endswith(str(target))


def test_the_skip_link_leads_to_the_report(chromium: Browser, address: str) -> None:
    page = opened(chromium, address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("utrecht-skip-link")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_it_prints(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = opened(chromium, address)
    page.emulate_media(media="print")
    expect(page.locator(".oz-site .oz-device__head").first).to_be_visible()
    expect(page.locator(".oz-contents")).to_be_hidden()
    path = tmp_path / "overview.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size > 20_000
