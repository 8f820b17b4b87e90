"""A service that listens, and a Chromium that looks at its pages as all readers may: for tests of pages."""

import re
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright
from thorough import a_part

from overzicht.web.service import ServiceOptions

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")  # the first is the lighter one
CHROMIUM = next((path for each in BROWSERS if (path := Path(each)).exists()), None)
IN_BROWSER = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no browser: apt-get install chromium-headless-shell, or chromium"
    ),
]
THEMES = {"en": "light", "nl": "dark"}
LOOKS = pytest.mark.parametrize(("lang", "theme"), THEMES.items())
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
PHONE, DESKTOP = ViewportSize(width=320, height=700), ViewportSize(width=1280, height=900)
OPENLY = ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = {"runOnly": RULES, "resultTypes": ["violations"]}  # naming every sound element takes most of the time
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

expect.set_options(timeout=30_000)  # milliseconds, as Playwright waits for all else


@contextmanager
def listening(app: FastAPI) -> Iterator[str]:
    """Let an application listen on a free port of this machine, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start a browser, and end it with all its windows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(
    browser: Browser,
    address: str = "about:blank",
    size: ViewportSize = DESKTOP,
    lang: str = "en",
    *,
    scripts: bool = True,
) -> Page:
    """Return a page at an address, in a window without cookies."""
    page = browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts).new_page()
    page.goto(address)
    return page


def log_in(page: Page, address: str, name: str = "mia", to: str = "/lists") -> Page:
    """Let somebody that `web_tools.person` made log in, in Dutch or English, and return the page led to."""
    page.goto(f"{address}/login?next={to}")
    page.get_by_label(re.compile("^(Name|Naam)")).fill(name)
    page.get_by_label(re.compile("^(Password|Wachtwoord)")).fill(web_tools.PASSWORD)
    page.get_by_role("button", name=re.compile("^(Log in|Inloggen)$")).click()
    page.wait_for_url(f"{address}{to}")
    return page


def wait_for_work(page: Page, done: Locator, *, scripts: bool) -> None:
    """Wait a minute at most until work is done; scripts tell it, and without them a reader looks again."""
    if not scripts:
        for _ in range(240):
            if done.is_visible():
                break
            if page.get_by_role("link", name=re.compile("^(Refresh|Vernieuwen)$")).is_visible():
                page.goto(page.url)
            page.wait_for_timeout(250)
    expect(done).to_be_visible(timeout=60_000)


def pages_in(lang: str, pages: Sequence[str]) -> Sequence[str]:
    """Return the pages that axe sees in a language and its theme: they take turns, but for a thorough run."""
    return a_part(pages, len(THEMES), list(THEMES).index(lang))


def in_looks(pages: Sequence[str]) -> pytest.MarkDecorator:
    """Give a test each page (`path`) with the looks (`lang`, `theme`) that axe sees it in."""
    looks = [(path, lang, theme) for lang, theme in THEMES.items() for path in pages_in(lang, pages)]
    return pytest.mark.parametrize(("path", "lang", "theme"), looks)


def heard(page: Page) -> list[str]:
    """Return a list that grows with all the console says and every script that fails, from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def themed(address: str, theme: str) -> str:
    """Return an address that asks for a theme: "light" or "dark"."""
    return f"{address}{'&' if '?' in address else '?'}theme={theme}"


def check_for_all(page: Page) -> None:
    """Open all that folds, and fail on what axe finds there."""
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, f"{page.url}: {found.generate_report()}"


def check_page(page: Page, lang: str) -> None:
    """Fail on what axe finds, and on another language than the reader's."""
    check_for_all(page)
    assert page.locator("html").get_attribute("lang") == lang, page.url


def check_width(page: Page) -> None:
    """Fail when anything, with all that folds open, is wider than the window, or the window is not as set."""
    size = page.viewport_size
    assert size is not None
    page.evaluate(OPEN_ALL)
    assert page.evaluate(WIDTHS) == [size["width"], size["width"]], page.url
