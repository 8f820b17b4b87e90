"""The pages of due diligence in a real browser: readable by all, at any width, and a risk judged by hand."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import served_register
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from overzicht.diligence.recorded import NewAction, NewJudgement, stated
from overzicht.store.accounts import Role
from overzicht.web.service import ServiceOptions
from overzicht.workflows.diligence import acts, files

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RISK = "own-use:hikvision"
PAGES = ["/diligence", "/diligence/gemeente-a", f"/diligence/gemeente-a/risk?id={RISK}",
         "/diligence/gemeente-a/risk?id=own-use:dahua"]  # fmt: skip
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("diligence-browser")
    options = ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))
    served = web_tools.serve(folder / "home", options)
    web_tools.person(served, "mia", Role.EDITOR)
    served_register.fill(served, folder)
    act = served_register.act()
    files.new_file(served.store, served_register.TOWN, act)
    said = stated(
        NewJudgement, scale=3, scope=2, irremediability=1, likelihood=2, involvement="linked",
        leverage="some", reason="many people", likelihood_reason="seldom",
    )  # fmt: skip
    acts.judge(served.store, "gemeente-a", RISK, said, act)
    due = served_register.LATER
    action = stated(NewAction, risk=RISK, kind="cease", what="replace them", owner="ann", due=due)
    acts.plan(served.store, "gemeente-a", action, act)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()
    served.app.state.service.runner.stop()
    served.store.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: Browser, address: str, width: int, lang: str = "en", *, scripts: bool = True) -> Page:
    size = ViewportSize(width=width, height=900)
    page = browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts).new_page()
    page.goto(f"{address}/login?next=/diligence")
    page.locator("input[name=name]").fill("mia")
    page.locator("input[name=password]").fill(web_tools.PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/diligence")
    return page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("nl", "dark")])
def test_axe_finds_no_fault_and_nothing_sticks_out(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = opened(chromium, address, 320, lang)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
    page.evaluate(OPEN_ALL)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    wide, seen = page.evaluate(WIDTHS)
    assert wide <= seen
    assert said == []
    page.context.close()


def test_a_risk_is_judged_and_an_action_followed_without_scripts(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, 1280, scripts=False)
    page.goto(f"{address}/diligence/gemeente-a")
    page.get_by_role("link", name="Use of devices made by Dahua").first.click()
    for field in ("Scale", "Scope", "Irremediability", "Likelihood"):
        page.get_by_label(field, exact=True).select_option("3")
    page.get_by_label("Why so severe?").fill("people sleep there")
    page.get_by_label("Why so likely?").fill("it was seen twice")
    page.get_by_label("The organisation", exact=True).select_option("contribute")
    page.get_by_label("Leverage", exact=True).select_option("great")
    page.get_by_role("button", name="Judge").click()
    assert page.get_by_text("people sleep there").first.is_visible()
    page.goto(f"{address}/diligence/gemeente-a")
    page.get_by_text("Where does action 3 stand?").click()
    page.locator("#track-3-state").select_option("done")
    page.get_by_role("button", name="Write down").click()
    assert page.get_by_role("cell", name="done").first.is_visible()
    page.context.close()


def test_a_past_day_is_shown_without_forms(chromium: Browser, address: str) -> None:
    page = opened(chromium, address, 1280)
    page.goto(f"{address}/diligence/gemeente-a?as-of=2026-02-10")
    assert page.get_by_text("Changes are made on the page of today.").is_visible()
    assert page.get_by_role("button", name="Make the map anew").count() == 0
    page.context.close()
