"""The page in a real browser: readable by all, on every width, on paper, and silent in the console."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import report_factory
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from overzicht.reports import Language, render

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=700)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
ALL_WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=list(Language))
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("report") / f"overview-{request.param}.html"
    path.write_bytes(render(report_factory.report(60), lang=request.param, format="html"))
    return path.as_uri()


def opened(browser: Browser, address: str, size: ViewportSize, scheme: str = "light") -> Page:
    dark = scheme == "dark"
    page = browser.new_context(viewport=size, color_scheme="dark" if dark else "light").new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault(chromium: Browser, address: str, scheme: str) -> None:
    page = opened(chromium, address, DESKTOP, scheme)
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, PHONE)
    assert page.evaluate(ALL_WIDTHS) == [320, 320]
    page.evaluate(OPEN_ALL)
    assert page.evaluate(ALL_WIDTHS) == [320, 320]
    assert page.locator(".oz-chart--narrow").first.is_visible()
    assert not page.locator(".oz-chart--wide").first.is_visible()


def test_the_console_is_silent(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if request.url != address else None)
    page.goto(address)
    page.evaluate(OPEN_ALL)
    page.wait_for_timeout(100)
    assert said == []


def test_the_style_is_applied_under_the_policy(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, DESKTOP)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 250)"
    dark = opened(chromium, address, DESKTOP, "dark")
    assert dark.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 28)"
    bar = ".oz-chart--wide [fill='#2f5d8a']"
    fill = "element => getComputedStyle(element).fill"
    assert page.locator(bar).first.evaluate(fill) == "rgb(47, 93, 138)"
    assert dark.locator(bar).first.evaluate(fill) == "rgb(110, 163, 216)"


def test_a_citation_opens_where_it_stands(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, DESKTOP)
    link = page.locator("section#listings a.oz-ref:visible").first
    target = link.get_attribute("href")
    link.click()
    assert page.locator(str(target)).is_visible()
    assert page.url.endswith(str(target))


def test_the_skip_link_leads_to_the_report(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").startswith("utrecht-skip-link")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_it_prints(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = opened(chromium, address, DESKTOP)
    page.emulate_media(media="print")
    assert page.locator(".oz-site .oz-device__head").first.is_visible()
    assert not page.locator(".oz-contents").is_visible()
    path = tmp_path / "overview.pdf"
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    assert path.read_bytes().startswith(b"%PDF-")
    assert path.stat().st_size > 20_000
