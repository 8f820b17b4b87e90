"""The pages of dossiers in a real browser: for all readers, at any width, in both languages."""

from datetime import date

import pytest
import web_tools
from browser_tools import (
    IN_BROWSER,
    LOOKS,
    PHONE,
    check_page,
    check_width,
    heard,
    log_in,
    opened,
    pages_in,
    themed,
)
from playwright.sync_api import Browser, expect
from web_tools import Served

from overzicht.evidence.actor import Actor
from overzicht.store.accounts import Role
from overzicht.subjects.dossiers.importing import ensure_examples

PAGES = [
    "/dossiers", "/dossiers/huawei", "/dossiers/hikvision?as-of=2021-04-13", "/dossiers/active?place=EU",
    "/dossiers/active?place=Atlantis", "/dossiers/huawei/add/claim", "/dossiers/huawei/add/step",
    "/dossiers/huawei/add/reply", "/dossiers/huawei/entries/uyghur-alarm",
    "/dossiers/huawei/entries/statement-nl",
]  # fmt: skip

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(open_service: Served) -> Served:
    web_tools.person(open_service, "mia", Role.ADMIN)
    ensure_examples(open_service.store, Actor(date(2026, 11, 25), "Noor", web_tools.AT))
    return open_service


@pytest.mark.sampled(2)
@LOOKS
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, lang: str, theme: str
) -> None:
    page = log_in(opened(chromium, lang=lang), address, to="/dossiers")
    said = heard(page)
    for path in pages_in(lang, PAGES):
        page.goto(themed(f"{address}{path}", theme))
        check_page(page, lang)
    assert [each for each in said if "400" not in each] == []


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str) -> None:
    page = log_in(opened(chromium, size=PHONE), address, to="/dossiers")
    for path in PAGES:
        page.goto(f"{address}{path}")
        check_width(page)


def test_a_dossier_is_kept_without_scripts(chromium: Browser, address: str) -> None:
    page = log_in(opened(chromium, scripts=False), address, to="/dossiers")
    page.get_by_label("Id", exact=False).first.fill("camera-shop")
    page.get_by_label("Party", exact=True).fill("camera-shop")
    page.get_by_label("Title in English, or for both languages").fill("Camera Shop")
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/dossiers/camera-shop")
    expect(page.get_by_text("This dossier is incomplete.")).to_be_visible()
    page.get_by_role("link", name="question to the party").click()
    page.get_by_label("Recipient of the question (English, or both)").fill("Camera Shop")
    page.get_by_label("Author of the question (English, or both)").fill("Noor")
    page.get_by_label("What was stated or done (English, or both)").fill("Is it true?")
    page.get_by_label("Date (or month, or year)").fill("2025-02-01")
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/dossiers/camera-shop")
    expect(page.get_by_text("the party was asked; no statement of it is in the dossier")).to_be_visible()
    page.goto(f"{address}/dossiers/camera-shop/entries/asked-1")
    page.get_by_label("Date (or month, or year)").fill("2025-02-02")
    page.locator("#correct-reason").fill("the letter")
    page.get_by_role("button", name="Correct").click()
    page.wait_for_url("**/entries/asked-1")
    expect(page.get_by_text("Version 2")).to_be_visible()


def test_the_day_holds_from_page_to_page(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/dossiers?as-of=2020-12-07")
    page.get_by_role("link", name="Huawei: face recognition and Uighurs").click()
    expect(page.get_by_text("No claim is recorded by this date.")).to_be_visible()
    assert "as-of=2020-12-07" in page.url
