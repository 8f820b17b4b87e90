"""The pages of dossiers in a real browser: for all readers, at any width, in both languages."""

import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from overzicht.store.accounts import Role
from overzicht.web.service import ServiceOptions
from overzicht.workflows.dossiers.importing import ensure_examples
from overzicht.workflows.licensing.act import Act

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "/dossiers", "/dossiers/huawei", "/dossiers/hikvision?as-of=2021-04-13", "/dossiers/active?place=EU",
    "/dossiers/active?place=Atlantis", "/dossiers/huawei/add/claim", "/dossiers/huawei/add/step",
    "/dossiers/huawei/add/reply", "/dossiers/huawei/entries/uyghur-alarm",
    "/dossiers/huawei/entries/statement-nl",
]  # fmt: skip
PHONE = ViewportSize(width=320, height=700)
DESKTOP = ViewportSize(width=1280, height=900)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    options = ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
    served = web_tools.serve(tmp_path_factory.mktemp("dossiers"), options)
    web_tools.person(served, "mia", Role.ADMIN)
    ensure_examples(served.store, Act(date(2026, 11, 25), "Noor", web_tools.AT))
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


def logged_in(
    browser: Browser, address: str, size: ViewportSize = DESKTOP, lang: str = "en", *, scripts: bool = True
) -> Page:
    page = browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts).new_page()
    page.goto(f"{address}/login?next=/dossiers")
    page.locator("#name").fill("mia")
    page.locator("#password").fill(web_tools.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/dossiers")
    return page


@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("nl", "dark")])
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, lang: str, theme: str
) -> None:
    page = logged_in(chromium, address, lang=lang)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
        page.evaluate(OPEN_ALL)
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"
        assert page.locator("html").get_attribute("lang") == lang
    assert [each for each in said if "422" not in each] == []


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str) -> None:
    page = logged_in(chromium, address, PHONE)
    for path in PAGES:
        page.goto(f"{address}{path}")
        page.evaluate(OPEN_ALL)
        wide, seen = page.evaluate(WIDTHS)
        assert wide <= seen, path


def test_a_dossier_is_kept_without_scripts(chromium: Browser, address: str) -> None:
    page = logged_in(chromium, address, scripts=False)
    page.get_by_label("Id", exact=False).first.fill("camera-shop")
    page.get_by_label("Whom it is about").fill("camera-shop")
    page.get_by_label("Title in English, or for both languages").fill("Camera Shop")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/dossiers/camera-shop")
    assert page.get_by_text("This dossier is incomplete.").is_visible()
    page.get_by_role("link", name="question to the party").click()
    page.get_by_label("Who was asked (English, or both)").fill("Camera Shop")
    page.get_by_label("Who asked (English, or both)").fill("Noor")
    page.get_by_label("What was said or done (English, or both)").fill("Is it true?")
    page.get_by_label("Day (or month, or year)").fill("2025-02-01")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/dossiers/camera-shop")
    assert page.get_by_text("the party was asked; no statement of it is in the dossier").is_visible()
    page.goto(f"{address}/dossiers/camera-shop/entries/asked-1")
    page.get_by_label("Day (or month, or year)").fill("2025-02-02")
    page.locator("#correct-reason").fill("the letter")
    page.get_by_role("button", name="Correct").click()
    page.wait_for_url("**/entries/asked-1")
    assert page.get_by_text("Version 2").is_visible()


def test_the_day_holds_from_page_to_page(chromium: Browser, address: str) -> None:
    page = chromium.new_context(viewport=DESKTOP, locale="en").new_page()
    page.goto(f"{address}/dossiers?as-of=2020-12-07")
    page.get_by_role("link", name="Huawei: face recognition and Uighurs").click()
    assert page.get_by_text("No claim is recorded by this day.").is_visible()
    assert "as-of=2020-12-07" in page.url
