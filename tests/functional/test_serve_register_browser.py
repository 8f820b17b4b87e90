"""The register in a real browser: the main journeys, and every page readable by all."""

import re
import socket
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import served_register
import uvicorn
import web_tools
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from served_register import TOWN, ids
from web_tools import Served

from overzicht.store.accounts import Role
from overzicht.web.service import ServiceOptions

CHROMIUM = Path("/usr/bin/chromium")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EXAMPLE = Path("examples/gemeente-voorbeeldstad/apparatuur.xlsx")
PHONE, DESKTOP = ViewportSize(width=320, height=700), ViewportSize(width=1280, height=900)
OPEN_ALL = "document.querySelectorAll('details').forEach(d => { d.open = true })"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
PAGES = [
    "/", "/devices", "/devices?q=nothing+fits", "/devices/{C-3}", "/devices/{C-5}", "/review",
    "/review?maker=hikvision", "/imports", "/imports/new", "/imports/{offered}", "/plans",
    "/plans/1", "/plans/new?maker=dahua", "/tasks", "/tasks/1", "/organisations", "/organisations/gemeente-a",
    "/statements", "/search", "/search?q=hik", "/inventories/{sha256}?place=line+4", "/?as-of=2020-01-01",
]  # fmt: skip

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


def listening(served: Served) -> Iterator[str]:
    web_tools.person(served, "mia", Role.ADMIN)
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(served.app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=20)
    listener.close()
    served.store.close()


def options() -> ServiceOptions:
    return ServiceOptions(reads_openly=True, rate="", hosts=("127.0.0.1",))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Give a service with a register, and what stands for the names in `PAGES`."""
    folder = tmp_path_factory.mktemp("pages")
    served = web_tools.serve(folder / "home", options())
    served_register.fill(served, folder)
    assert served.app.state.service.engines.wait(600)  # machine code is made once, which takes minutes
    client = served.client("admin")
    client.post("/plans", params={"maker": "dahua", "organisation": TOWN}, data={"title": "Weg met oud"})
    client.post("/tasks", data={"subject": "plan-1", "title": "offerte vragen", "due": "2026-01-01"})
    offered = served_register.take(
        served, folder / "b.csv", served_register.table(served_register.ROWS[:2]), TOWN, accept=False
    )
    known = client.get("/api/v1/imports/1").json()
    names = {**ids(client), "offered": str(offered), "sha256": known["sha256"]}
    for address in listening(served):
        yield address, names


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    yield from listening(web_tools.serve(tmp_path, options()))


def logged_in(browser: Browser, address: str, size: ViewportSize, lang: str, *, scripts: bool = True) -> Page:
    context = browser.new_context(viewport=size, locale=lang, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}/login")
    page.locator("#name").fill("mia")
    page.locator("#password").fill(web_tools.PASSWORD)
    page.locator("main button").click()
    page.wait_for_url(f"{address}/")
    return page


@pytest.mark.parametrize(
    ("lang", "theme", "size"), [("en", "light", DESKTOP), ("nl", "dark", PHONE)], ids=["desktop", "phone"]
)
def test_every_page_is_readable_by_all(
    chromium: Browser, filled: tuple[str, dict[str, str]], lang: str, theme: str, size: ViewportSize
) -> None:
    address, names = filled
    page = logged_in(chromium, address, size, lang)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in PAGES:
        asked = re.sub(r"\{([\w-]+)\}", lambda part: names[part[1]], path)
        page.goto(f"{address}{asked}{'&' if '?' in asked else '?'}theme={theme}")
        page.evaluate(OPEN_ALL)
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, (path, found.generate_report())
        width = size["width"]
        assert page.evaluate(WIDTHS) == [width, width], path
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("h1").count() == 1, path
    assert said == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_from_the_first_start_to_a_printed_plan(chromium: Browser, empty: str, scripts: bool) -> None:
    page = logged_in(chromium, empty, DESKTOP, "en", scripts=scripts)
    page.get_by_role("link", name="Import an inventory").click()
    page.get_by_role("link", name="Add an organisation").click()
    page.get_by_label("Name").fill("Gemeente Voorbeeldstad")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Gemeente Voorbeeldstad")).to_be_visible()
    _import(page, empty)
    relabelled = _find_a_relabelled_camera(page)
    _follow_its_reasons(page)
    page.goto(relabelled)
    page.get_by_label("Confirm: it is so").check()
    page.locator("#judge-reason").fill("type plate read")
    page.get_by_role("button", name="Judge").click()
    expect(page.get_by_text("type plate read")).to_be_visible()
    _plan_and_print(page, empty)


def _import(page: Page, address: str) -> None:
    page.goto(f"{address}/imports/new")
    page.get_by_label("File", exact=True).set_input_files(EXAMPLE)
    page.get_by_role("button", name="Show what it would change").click()
    _end_of_work(page)
    assert page.get_by_text("preview", exact=True).is_visible()
    assert page.get_by_role("link", name="unreadable").is_visible()
    page.get_by_role("button", name="Accept", exact=True).click()
    _end_of_work(page)
    assert page.get_by_text("accepted", exact=True).is_visible()


def _end_of_work(page: Page) -> None:
    """Wait for the work, by itself or by looking again, and follow where it leads."""
    done = page.get_by_role("link", name="To the import and its rows")
    for _ in range(240):
        if done.is_visible():
            break
        again = page.get_by_role("link", name="Look again")
        if again.is_visible():
            page.goto(page.url)
        page.wait_for_timeout(250)
    done.click()


def _find_a_relabelled_camera(page: Page) -> str:
    page.get_by_role("link", name=re.compile("^To the devices of")).click()
    page.get_by_label("Sold under another brand").select_option("yes")
    page.get_by_label("Words, numbers or a place").fill("annke")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url(re.compile("relabelled=yes"))
    expect(page.get_by_text("another brand").first).to_be_visible()
    page.locator("tbody th a").first.click()
    return page.url


def _follow_its_reasons(page: Page) -> None:
    assert page.get_by_text("sold as Annke").first.is_visible()
    assert page.get_by_role("link", name=re.compile("MAC blocks|Annke|ANNKE")).first.is_visible()
    page.get_by_role("link", name=re.compile(r"^apparatuur\.xlsx, sheet")).first.click()
    marked = page.locator("mark").all_inner_texts()
    assert any("annke" in cell.casefold() for cell in marked), marked


def _plan_and_print(page: Page, address: str) -> None:
    page.goto(f"{address}/devices?relabelled=yes")
    page.get_by_role("link", name="Plan the replacement of these devices").click()
    page.get_by_label("What is it called?").fill("Replace what is relabelled")
    page.get_by_label("Before when?").fill(f"{date.today().year + 1}-03-01")  # noqa: DTZ011 - a year is enough
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("heading", name="Replace what is relabelled")).to_be_visible()
    page.emulate_media(media="print")
    assert page.get_by_text(re.compile(r"\d+ to replace, 0 done")).is_visible()
    assert not page.get_by_role("search", name="Search everywhere").is_visible()
    assert not page.get_by_role("navigation", name="Main menu").is_visible()
    assert page.locator("tbody tr").count() > 0
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_chosen_day_holds_on_every_page_of_the_register(
    chromium: Browser, filled: tuple[str, dict[str, str]]
) -> None:
    address, names = filled
    page = logged_in(chromium, address, DESKTOP, "en")
    page.goto(f"{address}/devices?as-of=2026-01-15")
    expect(page.get_by_text("the register has no device on this day")).to_be_visible()
    for name in ("Review", "Plans", "Organisations", "Overview"):
        page.get_by_role("link", name=name, exact=True).first.click()
        assert page.get_by_label("As it was on").input_value() == "2026-01-15", name
    assert page.goto(f"{address}/devices/{names['C-1']}").status == 404  # type: ignore[union-attr]
    page.goto(f"{address}/devices?as-of={served_register.DAY}")
    expect(page.get_by_role("link", name="C-1", exact=True)).to_be_visible()
