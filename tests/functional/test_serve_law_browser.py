"""The pages of law in a real browser: readable by all, at any width, and a file of uses weighed."""

from pathlib import Path

import pytest
from browser_tools import (
    DESKTOP,
    IN_BROWSER,
    PHONE,
    SCRIPTS,
    check_for_all,
    check_page,
    check_width,
    heard,
    opened,
    pages_in,
    themed,
)
from playwright.sync_api import Browser, ViewportSize, expect

PAGES = [
    "/law?as-of=2021-04-13", "/law/icerd", "/law/oecd-guidelines?as-of=2021-04-13", "/law/wto", "/law/weigh",
    "/law/uses/uyghur-alarm?as-of=2021-04-13", "/law/uses/dutch-buyer?as-of=2025-02-02",
]  # fmt: skip
USES = Path(__file__).parents[2] / "examples" / "law" / "square.yaml"

pytestmark = IN_BROWSER


@pytest.mark.sampled(4)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("size", "lang", "theme"), [(DESKTOP, "en", "light"), (PHONE, "nl", "dark")])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(
    chromium: Browser, address: str, path: str, size: ViewportSize, lang: str, theme: str
) -> None:
    page = opened(chromium, size=size, lang=lang)
    said = heard(page)
    page.goto(themed(f"{address}{path}", theme))
    if path in pages_in(lang, PAGES):
        check_page(page, lang)
    check_width(page)
    assert said == []


@pytest.mark.sampled(2)
@SCRIPTS
def test_a_file_is_weighed_on_the_chosen_day(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, f"{address}/law?as-of=2026-03-10", scripts=scripts)
    page.get_by_role("link", name="Assess your own use").click()
    page.get_by_label("File of uses").set_input_files(USES)
    page.get_by_role("button", name="Assess", exact=True).click()
    page.get_by_role("heading", name="Result on 10 March 2026").first.wait_for()
    expect(page.get_by_text("Why square-counting and square-alarm differ")).to_be_visible()
    if scripts:
        check_for_all(page)


def test_a_wrong_file_says_what_to_do(chromium: Browser, address: str, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("uses: [{id: x1}]", encoding="utf-8")
    page = opened(chromium, f"{address}/law/weigh")
    page.get_by_label("File of uses").set_input_files(wrong)
    page.get_by_role("button", name="Assess", exact=True).click()
    page.get_by_text("title: it is missing").wait_for()
    expect(page.get_by_text("prints a file to fill in")).to_be_visible()


def test_the_table_leads_to_the_reasons(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/law/uses/uyghur-alarm?as-of=2021-04-13")
    page.get_by_role("link", name="ICERD", exact=True).click()
    page.get_by_text("Reasons under ICERD").click()
    expect(page.get_by_text("China (CN) is a party to ICERD since 28 January 1982").last).to_be_visible()
