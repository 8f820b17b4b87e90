"""The pages of parliamentary questions in a browser: readable by all, in both languages, at any width."""

import pytest
from browser_tools import (
    IN_BROWSER,
    PHONE,
    SCRIPTS,
    check_page,
    check_width,
    heard,
    in_looks,
    opened,
    themed,
)
from playwright.sync_api import Browser
from question_tools import add
from web_tools import Served

DAY = "as-of=2031-12-01"
PAGES = [
    f"/questions?{DAY}", f"/questions?q=scanners&{DAY}", f"/questions?q=zeppelin&{DAY}",
    "/questions/overdue?as-of=2031-04-20", f"/questions/figures?{DAY}", f"/questions/2031Z00520?{DAY}",
    f"/questions/2031Z00417?{DAY}",
]  # fmt: skip

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(open_service: Served) -> Served:
    add(
        open_service.store,
        "2031Z00417.txt",
        "ah-tk-20302031-1655.pdf.txt",
        "ah-tk-20302031-1812.xml",
        "2031Z00520.txt",
    )
    return open_service


@pytest.mark.sampled(4)
@in_looks(PAGES)
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = opened(chromium, lang=lang)
    said = heard(page)
    page.goto(themed(f"{address}{path}", theme))
    check_page(page, lang)
    assert said == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str, path: str) -> None:
    check_width(opened(chromium, f"{address}{path}", PHONE, "nl"))


@SCRIPTS
def test_from_a_search_to_a_maker(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, f"{address}/questions?{DAY}", scripts=scripts)
    page.get_by_label("Mentions the manufacturer").select_option("hikvision")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="De herkomst van camera's in gemeentehuizen").click()
    page.get_by_role("link", name="Hikvision").first.click()
    page.wait_for_url("**/makers/hikvision?as-of=2031-12-01")
