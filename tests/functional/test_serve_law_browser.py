"""The pages of law in a real browser: readable by all, at any width, and a file of uses weighed."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from overzicht.web.service import ServiceOptions

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/law?as-of=2021-04-13", "/law/icerd", "/law/oecd-guidelines?as-of=2021-04-13", "/law/wto", "/law/weigh",
    "/law/uses/uyghur-alarm?as-of=2021-04-13", "/law/uses/dutch-buyer?as-of=2025-02-02",
]  # fmt: skip
USES = Path(__file__).parents[2] / "examples" / "law" / "square.yaml"
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    options = ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
    served = web_tools.serve(tmp_path_factory.mktemp("law-browser"), options)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()
    served.store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, width: int, lang: str = "en", *, scripts: bool = True) -> Page:
    size = ViewportSize(width=width, height=900)
    return browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts).new_page()


def check(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "lang", "theme"), [(1280, "en", "light"), (320, "nl", "dark")])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(
    chromium: Browser, address: str, path: str, width: int, lang: str, theme: str
) -> None:
    page = opened(chromium, width, lang)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
    check(page)
    assert page.evaluate(WIDTHS) == [width, width]
    assert page.locator("html").get_attribute("lang") == lang
    assert said == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_weighed_on_the_chosen_day(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, 1280, scripts=scripts)
    page.goto(f"{address}/law?as-of=2026-03-10")
    page.get_by_role("link", name="Weigh a use of your own").click()
    page.get_by_label("File of uses").set_input_files(USES)
    page.get_by_role("button", name="Weigh", exact=True).click()
    page.get_by_role("heading", name="What it comes to on 10 March 2026").first.wait_for()
    assert page.get_by_text("Why square-counting and square-alarm differ").is_visible()
    if scripts:
        check(page)


def test_a_wrong_file_says_what_to_do(chromium: Browser, address: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("uses: [{id: x1}]", encoding="utf-8")
    page = opened(chromium, 1280)
    page.goto(f"{address}/law/weigh")
    page.get_by_label("File of uses").set_input_files(wrong)
    page.get_by_role("button", name="Weigh", exact=True).click()
    page.get_by_text("title: it is missing").wait_for()
    assert page.get_by_text("overzicht law template").is_visible()


def test_the_table_leads_to_the_reasons(chromium: Browser, address: str) -> None:
    page = opened(chromium, 1280)
    page.goto(f"{address}/law/uses/uyghur-alarm?as-of=2021-04-13")
    page.get_by_role("link", name="ICERD", exact=True).click()
    page.get_by_text("Reasons under ICERD").click()
    assert page.get_by_text("China (CN) is a party to ICERD since 28 January 1982").last.is_visible()
