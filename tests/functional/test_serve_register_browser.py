"""The register in a real browser: the main journeys, and every page readable by all."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import served_register
import web_tools
from browser_tools import (
    DESKTOP,
    IN_BROWSER,
    OPENLY,
    PHONE,
    SCRIPTS,
    check_page,
    check_width,
    heard,
    listening,
    log_in,
    opened,
    pages_in,
    themed,
    wait_for_work,
)
from journey_tools import journey
from playwright.sync_api import Browser, Page, ViewportSize, expect
from served_register import TOWN, ids
from web_tools import Served

from overzicht.store.accounts import Role

EXAMPLE = Path("examples/gemeente-voorbeeldstad/apparatuur.xlsx")
CHANGES = Path("examples/demo/mutaties.csv")  # three replaced and three new cameras
QUARTER = timedelta(days=92)
PAGES = [
    "/", "/devices", "/devices?q=nothing+fits", "/devices/{C-3}", "/devices/{C-5}", "/review",
    "/review?maker=hikvision", "/imports", "/imports/new", "/imports/{offered}", "/plans",
    "/plans/1", "/plans/new?maker=dahua", "/tasks", "/tasks/1", "/organisations", "/organisations/gemeente-a",
    "/public-statements", "/search", "/search?q=hik", "/compare", "/compare?from=2026-01-31&to=2026-03-01",
    "/inventories/{sha256}?place=line+4", "/?as-of=2020-01-01",
]  # fmt: skip

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(open_service: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    web_tools.person(open_service, "mia", Role.ADMIN)
    served_register.fill(open_service, tmp_path_factory.mktemp("inventories"))
    assert open_service.app.state.service.engines.wait(600)  # machine code is made once, which takes minutes
    return open_service


@pytest.fixture(scope="module")
def names(served: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the register a plan, a task and an offered import; return what stands for names in `PAGES`."""
    client = served.client("admin")
    client.post("/plans", params={"maker": "dahua", "organisation": TOWN}, data={"title": "Weg met oud"})
    client.post("/tasks", data={"subject": "plan-1", "title": "offerte vragen", "due": "2026-01-01"})
    file = tmp_path_factory.mktemp("offered") / "b.csv"
    offer = served_register.table(served_register.ROWS[:2])
    offered = served_register.take(served, file, offer, TOWN, accept=False)
    known = client.get("/api/v1/imports/1").json()
    return {**ids(client), "offered": str(offered), "sha256": known["sha256"]}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    """Yield where a service without a register listens."""
    made = web_tools.serve(tmp_path, OPENLY)
    web_tools.person(made, "mia", Role.ADMIN)
    with listening(made.app) as address:
        yield address
    made.store.close()


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("lang", "theme", "size"), [("en", "light", DESKTOP), ("nl", "dark", PHONE)], ids=["desktop", "phone"]
)
def test_every_page_is_readable_by_all(
    chromium: Browser, address: str, names: dict[str, str], lang: str, theme: str, size: ViewportSize
) -> None:
    page = log_in(opened(chromium, size=size, lang=lang), address, to="/")
    said = heard(page)
    for path in PAGES:
        asked = re.sub(r"\{([\w-]+)\}", lambda part: names[part[1]], path)
        page.goto(themed(f"{address}{asked}", theme))
        if path in pages_in(lang, PAGES):
            check_page(page, lang)
        check_width(page)
        assert page.locator("h1").count() == 1, path
    assert said == []


@pytest.mark.sampled(2)
@SCRIPTS
def test_from_the_first_start_to_a_printed_plan(chromium: Browser, empty: str, scripts: bool) -> None:
    page = log_in(opened(chromium, scripts=scripts), empty, to="/")
    with journey(page, "a"):
        _from_an_inventory_to_a_comparison(page, empty, scripts=scripts)


def _from_an_inventory_to_a_comparison(page: Page, empty: str, *, scripts: bool) -> None:
    page.get_by_role("link", name="Import an inventory").click()
    page.get_by_role("link", name="Add an organisation").click()
    page.get_by_label("Name").fill("Gemeente Voorbeeldstad")
    page.get_by_label("Start date").fill((_today() - QUARTER).isoformat())
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", name="Gemeente Voorbeeldstad")).to_be_visible()
    _import(page, empty, EXAMPLE, before=QUARTER, scripts=scripts)
    expect(page.get_by_role("link", name="unreadable")).to_be_visible()
    _accept(page, scripts=scripts)
    relabelled = _find_a_relabelled_camera(page)
    _follow_its_reasons(page)
    page.goto(relabelled)
    page.get_by_label("Confirm: this is right").check()
    page.locator("#judge-reason").fill("type plate read")
    page.get_by_role("button", name="Save the judgement").click()
    expect(page.get_by_text("type plate read")).to_be_visible()
    _plan_and_print(page, empty)
    _replace(page, empty, scripts=scripts)
    _compare(page)


def _import(page: Page, address: str, file: Path, *, before: timedelta, scripts: bool) -> None:
    """Offer an inventory of an earlier day, the first as the whole of the equipment, the next as a part."""
    page.goto(f"{address}/imports/new")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_label("The whole:" if before else "A part:").check()
    page.get_by_label("Date of the inventory").fill((_today() - before).isoformat())
    page.get_by_role("button", name="Show the changes").click()
    _end_of_work(page, scripts=scripts)
    expect(page.get_by_text("preview", exact=True)).to_be_visible()


def _accept(page: Page, *, scripts: bool) -> None:
    page.get_by_role("button", name="Accept", exact=True).click()
    _end_of_work(page, scripts=scripts)
    expect(page.get_by_text("accepted", exact=True)).to_be_visible()


def _replace(page: Page, address: str, *, scripts: bool) -> None:
    """Import the changes of a quarter; another maker behind a label is confirmed as a replacement."""
    page.emulate_media(media="screen")
    _import(page, address, CHANGES, before=timedelta(), scripts=scripts)
    page.get_by_role("link", name="unclear", exact=True).click()
    for number in range(3):
        row = page.get_by_label("This row is").nth(number)
        row.select_option(label=str(row.locator("option", has_text="the replacement of").inner_text()))
        page.get_by_role("button", name="Save", exact=True).nth(number).click()
    _accept(page, scripts=scripts)


def _compare(page: Page) -> None:
    page.get_by_role("link", name="Changes", exact=True).first.click()
    page.get_by_label("From", exact=True).fill("1")
    page.get_by_label("Up to and including").fill("2")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_text(re.compile("6 devices are new, .* 3 were replaced"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("CAM-024.*replaced by CAM-024"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-1.7")


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of the service


def _end_of_work(page: Page, *, scripts: bool) -> None:
    """Wait for the work, and follow where it leads."""
    done = page.get_by_role("link", name="Go to the import and its rows")
    wait_for_work(page, done, scripts=scripts)
    done.click()


def _find_a_relabelled_camera(page: Page) -> str:
    page.get_by_role("link", name=re.compile("^Go to the devices of")).click()
    page.get_by_label("Sold under another brand").select_option("yes")
    page.get_by_label("Words, numbers or a place").fill("annke")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url(re.compile("relabelled=yes"))
    expect(page.get_by_text("another brand").first).to_be_visible()
    page.locator("tbody th a").first.click()
    page.wait_for_url(re.compile(r"/devices/[\w-]+"))
    return page.url


def _follow_its_reasons(page: Page) -> None:
    expect(page.get_by_text("sold as Annke").first).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("MAC blocks|Annke|ANNKE")).first).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^apparatuur\.xlsx, sheet")).first.click()
    expect(page.locator("mark").filter(has_text=re.compile("annke", re.IGNORECASE)).first).to_be_visible()


def _plan_and_print(page: Page, address: str) -> None:
    page.goto(f"{address}/devices?relabelled=yes")
    page.get_by_role("link", name="Plan the replacement of these devices").click()
    page.get_by_label("Name of the plan").fill("Replace what is relabelled")
    page.get_by_label("Due date").fill(f"{_today().year + 1}-03-01")
    page.get_by_role("button", name="Create the plan").click()
    expect(page.get_by_role("heading", name="Replace what is relabelled")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text(re.compile(r"\d+ to replace, 0 done"))).to_be_visible()
    expect(page.get_by_role("search", name="Search everywhere")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    expect(page.locator("tbody tr").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_chosen_day_holds_on_every_page_of_the_register(
    chromium: Browser, address: str, names: dict[str, str]
) -> None:
    page = log_in(opened(chromium), address, to="/")
    page.goto(f"{address}/devices?as-of=2026-01-15")
    expect(page.get_by_text("The register has no devices on this date")).to_be_visible()
    for name, path in (
        ("Review", "/review"),
        ("Plans", "/plans"),
        ("Organisations", "/organisations"),
        ("Overview", "/"),
    ):
        page.get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(re.compile(rf"\d{path}\?"))
        expect(page.get_by_label("As of")).to_have_value("2026-01-15")
    assert page.goto(f"{address}/devices/{names['C-1']}").status == 404  # type: ignore[union-attr]
    page.goto(f"{address}/devices?as-of={served_register.DAY}")
    expect(page.get_by_role("link", name="C-1", exact=True)).to_be_visible()
