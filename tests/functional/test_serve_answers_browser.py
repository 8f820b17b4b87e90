"""The pages of answers in a real browser: readable by all, in both languages, at any width."""

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
PAGES = ["/answers", "/answers/2020Z25656?as-of=2021-04-13", "/answers/voorbeeld-nevelzicht"]
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    options = ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
    served = web_tools.serve(tmp_path_factory.mktemp("answers-browser"), options)
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


def opened(browser: Browser, width: int, lang: str, *, scripts: bool = True) -> Page:
    size = ViewportSize(width=width, height=900)
    page = browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts).new_page()
    page.set_default_timeout(90_000)  # the first answer of a store makes the example
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("nl", "dark")])
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = opened(chromium, 1280, lang)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    assert page.locator("html").get_attribute("lang") == lang
    assert said == []


@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str, path: str) -> None:
    page = opened(chromium, 320, "nl")
    page.goto(f"{address}{path}")
    assert page.evaluate(WIDTHS) == [320, 320]


def test_from_the_list_to_a_sentence_and_its_source_without_scripts(chromium: Browser, address: str) -> None:
    page = opened(chromium, 1280, "nl", scripts=False)
    page.goto(f"{address}/answers?as-of=2021-04-13")
    page.get_by_role("link", name="2020Z25656").click()
    question = page.locator("section", has=page.locator("#q15"))
    sentence = question.locator(
        "li", has_text="Geconsolideerde lijst van financiële sancties van de EU"
    ).first
    assert "personen: 4" in sentence.inner_text()
    reference = sentence.get_by_role("link").first
    number = reference.inner_text()
    reference.click()
    source = page.locator(f"#c{number}")
    assert page.url.endswith(f"#c{number}")
    assert "2021/478" in source.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="DOCX").click()
    assert download.value.suggested_filename == "2020Z25656-2021-04-13-nl.docx"
