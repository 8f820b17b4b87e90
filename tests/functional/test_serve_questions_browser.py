"""The pages of parliamentary questions in a browser: readable by all, in both languages, at any width."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ViewportSize, sync_playwright
from question_tools import add

from overzicht.web.service import ServiceOptions

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DAY = "as-of=2031-12-01"
PAGES = [
    f"/questions?{DAY}", f"/questions?q=scanners&{DAY}", f"/questions?q=zeppelin&{DAY}",
    "/questions/overdue?as-of=2031-04-20", f"/questions/figures?{DAY}", f"/questions/2031Z00520?{DAY}",
    f"/questions/2031Z00417?{DAY}",
]  # fmt: skip
PHONE, DESKTOP = ViewportSize(width=320, height=700), ViewportSize(width=1280, height=900)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = web_tools.serve(
        tmp_path_factory.mktemp("browser"), ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
    )
    add(
        made.store,
        "2031Z00417.txt",
        "ah-tk-20302031-1655.pdf.txt",
        "ah-tk-20302031-1812.xml",
        "2031Z00520.txt",
    )
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(made.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()
    made.store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("nl", "dark")])
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = chromium.new_context(viewport=DESKTOP, locale=lang).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}{path}&theme={theme}")
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert said == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str, path: str) -> None:
    page = chromium.new_context(viewport=PHONE, locale="nl").new_page()
    page.goto(f"{address}{path}")
    page.evaluate(OPEN_ALL)
    assert page.evaluate(WIDTHS) == [320, 320]


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_search_to_a_maker(chromium: Browser, address: str, scripts: bool) -> None:
    page = chromium.new_context(viewport=DESKTOP, locale="en", java_script_enabled=scripts).new_page()
    page.goto(f"{address}/questions?{DAY}")
    page.get_by_label("Mentions the maker").select_option("hikvision")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="De herkomst van camera's in gemeentehuizen").click()
    page.get_by_role("link", name="Hikvision").first.click()
    page.wait_for_url("**/makers/hikvision?as-of=2031-12-01")
