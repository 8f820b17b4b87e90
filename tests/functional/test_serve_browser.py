"""The pages in a real browser: readable by all, in both languages, at any width, with scripts or without."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

import pytest
import web_tools
from browser_tools import (
    IN_BROWSER,
    OPENLY,
    PHONE,
    SCRIPTS,
    check_page,
    check_width,
    heard,
    in_looks,
    log_in,
    opened,
    themed,
    wait_for_work,
)
from playwright.sync_api import Browser, expect
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.dates import read_iso_date
from overzicht.evidence import text
from overzicht.store.accounts import Role
from overzicht.subjects.lists.jobs import UPDATE_LISTS
from overzicht.web import app as application
from overzicht.web.jobs import JobContext
from overzicht.web.work import WORKERS

if TYPE_CHECKING:
    from playwright._impl._api_structures import SetCookieParam

PAGES = [
    "/", "/makers", "/makers/hikvision", "/lists", "/lists/un-sc",
    "/lists/un-sc/diff?before=aaaa&after=bbbb", "/log", "/jobs", "/login", "/makers/nobody",
    "/reconcile/view/u1", "/reconcile/preview/u1",
]  # fmt: skip

pytestmark = IN_BROWSER


def slow_work(work: JobContext) -> dict[str, object]:
    for step in range(6):
        work.progress(text("looked at {what}", what=f"step {step}"), step, 6)
        time.sleep(0.4)
    return {"lists": [{"list": "un-sc", "part": "", "outcome": "unchanged", "detail": ""}]}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {**WORKERS, UPDATE_LISTS: slow_work})
    made = web_tools.serve(tmp_path_factory.mktemp("browser"), OPENLY)
    web_tools.person(made, "mia", Role.ADMIN)
    first, second = read_iso_date("2021-03-12"), read_iso_date("2026-02-01")
    put(made.store, snapshot_of("un-sc", first, "a"), [company("u1", "Een BV"), company("u2", "Twee BV")])
    put(
        made.store, snapshot_of("un-sc", second, "b"), [company("u1", "Een BV", "Een"), company("u3", "Drie")]
    )
    yield made
    made.store.close()
    patch.undo()


@pytest.mark.sampled(4)
@in_looks(PAGES)
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = opened(chromium, lang=lang)
    said = heard(page)
    page.goto(themed(f"{address}{path}", theme))
    check_page(page, lang)
    assert [each for each in said if "404" not in each] == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str, path: str) -> None:
    check_width(opened(chromium, f"{address}{path}", PHONE, "nl"))


@SCRIPTS
def test_the_menu_opens_on_a_phone(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, address, PHONE, scripts=scripts)
    link = page.get_by_role("link", name="Manufacturers", exact=True)
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    link.click()
    page.wait_for_url("**/makers")


@SCRIPTS
def test_work_reports_itself_or_is_looked_at_again(chromium: Browser, address: str, scripts: bool) -> None:
    page = log_in(opened(chromium, scripts=scripts), address)
    page.get_by_role("button", name="Fetch new versions of all lists").click()
    page.wait_for_url("**/jobs/*")
    wait_for_work(page, page.get_by_text("no new version"), scripts=scripts)
    expect(page.get_by_text("done", exact=True)).to_be_visible()


@SCRIPTS
def test_the_makers_are_filtered(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, f"{address}/makers", scripts=scripts)
    page.get_by_label("Part of a name or brand").fill("hikvis")
    if not scripts:
        page.get_by_role("button", name="Filter").click()
    page.get_by_text("1 manufacturer · listings as of").wait_for()
    assert "q=hikvis" in page.url
    expect(page.locator("tbody tr")).to_have_count(1)


def test_the_chosen_day_holds_on_every_page(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/makers/hikvision?as-of=2018-01-01")
    expect(page.get_by_text("1 January 2018").first).to_be_visible()
    expect(page.get_by_text("since 9 October 2019")).to_have_count(0)
    page.get_by_role("link", name="Lists", exact=True).first.click()
    page.wait_for_url("**as-of=2018-01-01")
    page.goto(f"{address}/makers")
    assert page.get_by_label("As of", exact=True).input_value() == "2018-01-01"
    page.get_by_role("link", name="back to today").click()
    expect(page.get_by_label("As of", exact=True)).not_to_have_value("2018-01-01")


def test_logging_out_ends_the_session(chromium: Browser, address: str) -> None:
    page = log_in(opened(chromium), address)
    cookie = next(c for c in page.context.cookies() if c["name"] == "overzicht-session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    page.context.add_cookies([cast("SetCookieParam", cookie)])
    page.goto(f"{address}/lists")
    expect(page.get_by_role("button", name="Fetch new versions of all lists")).to_have_count(0)


def test_it_prints(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/makers/hikvision")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main menu")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hikvision", exact=True)).to_be_visible()
