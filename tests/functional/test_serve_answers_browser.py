"""The pages of answers in a real browser: readable by all, in both languages, at any width."""

import pytest
from browser_tools import (
    IN_BROWSER,
    PHONE,
    check_page,
    check_width,
    heard,
    in_looks,
    opened,
    themed,
)
from playwright.sync_api import Browser, expect

PAGES = ["/answers", "/answers/2020Z25656?as-of=2021-04-13", "/answers/voorbeeld-nevelzicht"]
SLOW = 90_000  # milliseconds: the first answer of a store makes the example

pytestmark = IN_BROWSER


@pytest.mark.sampled(3)
@in_looks(PAGES)
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = opened(chromium, lang=lang)
    said = heard(page)
    page.goto(themed(f"{address}{path}", theme), timeout=SLOW)
    check_page(page, lang)
    assert said == []


@pytest.mark.sampled(3)
@pytest.mark.parametrize("path", PAGES)
def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str, path: str) -> None:
    page = opened(chromium, size=PHONE, lang="nl")
    page.goto(f"{address}{path}", timeout=SLOW)
    check_width(page)


def test_from_the_list_to_a_sentence_and_its_source_without_scripts(chromium: Browser, address: str) -> None:
    page = opened(chromium, lang="nl", scripts=False)
    page.set_default_timeout(SLOW)
    page.goto(f"{address}/answers?as-of=2021-04-13")
    page.get_by_role("link", name="2020Z25656").click()
    question = page.locator("section", has=page.locator("#q15"))
    sentence = question.locator(
        "li", has_text="Geconsolideerde lijst van financiële sancties van de EU"
    ).first
    expect(sentence).to_contain_text("personen: 4")
    reference = sentence.get_by_role("link").first
    number = reference.inner_text()
    reference.click()
    source = page.locator(f"#c{number}")
    page.wait_for_url(f"**#c{number}")
    expect(source).to_contain_text("2021/478")
    with page.expect_download() as download:
        page.get_by_role("link", name="DOCX").click()
    assert download.value.suggested_filename == "2020Z25656-2021-04-13-nl.docx"
