"""Journeys of exporter, journalist, administrator and buyer in a browser, within their documented effort.

The journey of an officer is in `test_serve_register_browser.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pyotp
import pytest
import web_tools
from browser_tools import IN_BROWSER, OPENLY, SCRIPTS, check_for_all, log_in, opened, wait_for_work
from journey_tools import journey
from playwright.sync_api import Browser, Page, expect
from web_tools import Served

from overzicht.evidence import text
from overzicht.reports.i18n import Language, words_for
from overzicht.store.accounts import Role

NOTICES = [Path("examples/tenders/gunning.xml"), Path("examples/tenders/releases.json")]
LIST = Path("examples/demo/dpl-voorbeeld.txt")
OFFICERS = ("olga", "otto")
IN_BOTH_LANGUAGES = pytest.mark.parametrize(
    ("lang", "scripts"), [(Language.EN, True), (Language.NL, False)], ids=["English", "Dutch, no scripts"]
)
FACTS = (  # of a thermal camera of 30 Hz, in the two steps that decide: words of the question, answer
    {
        "camera.frame_rate": "30", "array.response_from": "8000", "array.response_to": "14000",
        "array.microbolometer": "yes", "array.dimensions": "two_dimensional", "array.space_qualified": "no",
    },
    {"camera.ifov": "1", "camera.for_cars": "no", "camera.for_broadcasting": "no"},
)  # fmt: skip
CASE = {  # what an exporter fills in, by the id of the field
    "authority": "CDIU", "destination": "AE", "party_name-0": "Voorbeeld BV", "party_country-0": "NL",
    "party_name-1": "Voorbeeldhandel FZE", "party_country-1": "AE", "party_name-2": "Haven Voorbeeld",
    "party_country-2": "AE", "amount-0": "2", "unit-0": "piece", "end_use": "Bewaking van een haven",
}  # fmt: skip
QUESTIONS = """1. Sinds wanneer staat Hikvision op een lijst van de Verenigde Staten?
2. Wie zijn de eigenaren van Hikvision?"""
NEW_PASSWORD = "appel straat regen boek 7"  # noqa: S105 - of an account that lives as long as a test

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("journeys"), OPENLY)
    web_tools.person(made, "mia", Role.ADMIN)
    web_tools.person(made, "bea", Role.ADMIN)
    for name in OFFICERS:
        web_tools.person(made, name, Role.OFFICER)
    web_tools.person(made, "eva", Role.EDITOR)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.mark.sampled(2)
@IN_BOTH_LANGUAGES
def test_an_exporter_goes_from_a_product_to_the_letter(
    chromium: Browser, address: str, lang: Language, scripts: bool, tmp_path: Path
) -> None:
    page = opened(chromium, lang=lang, scripts=scripts)
    log_in(page, address, "eva", "/")
    with journey(page, "b") as effort:
        _classify(page, lang)
        _screen_customers(page, lang, tmp_path, scripts=scripts)
        number = _apply_for_a_licence(page, lang)
    for name in OFFICERS:
        page = opened(chromium, lang=lang, scripts=scripts)
        log_in(page, address, name, f"/licences/{number}")
        with journey(page, "b", effort):
            if name == OFFICERS[0]:
                _assess(page, lang)
            else:
                _decide(page, lang, tmp_path)


def _said(lang: Language, message: str) -> str:
    return words_for(lang).say(text(message))


def _press(page: Page, lang: Language, message: str) -> None:
    page.locator("main").get_by_role("button", name=_said(lang, message), exact=True).click()


def _follow(page: Page, lang: Language, message: str) -> None:
    page.get_by_role("link", name=_said(lang, message), exact=True).first.click()


def _classify(page: Page, lang: Language) -> None:
    _follow(page, lang, "Export control")
    _follow(page, lang, "Classify a product")
    page.get_by_label(_said(lang, "Name of the product")).fill("WB-9")
    page.locator("#f-thermal_camera").check()
    _press(page, lang, "Next")
    for facts in FACTS:
        for name, answer in facts.items():
            chosen = page.locator(f"select:has(option[value^='{name}='])")
            if chosen.count():
                chosen.select_option(f"{name}={answer}")
            else:
                page.locator(f"input[name=fact][value='{name}'] + div > input[name=value]").fill(answer)
        _press(page, lang, "Classify with these facts")
    expect(page.locator("details[open]").filter(has_text="6A003.b.4.b").first).to_be_visible()
    _press(page, lang, "Save this classification")
    expect(page.get_by_text("wb-9#")).to_be_visible()


def _screen_customers(page: Page, lang: Language, folder: Path, *, scripts: bool) -> None:
    customers = folder / f"customers-{lang}.csv"
    customers.write_text(f"name,country\nDahua Technology {lang},CN\nHaven Voorbeeld,AE\n", encoding="utf-8")
    _follow(page, lang, "Screen a file of customers")
    page.get_by_label(_said(lang, "File of parties")).set_input_files(customers)
    _press(page, lang, "Screen this file")
    done = page.get_by_role("link", name=_said(lang, "Go to the hits"))
    wait_for_work(page, done, scripts=scripts)
    done.click()
    hit = page.get_by_role("article").first
    expect(hit.get_by_role("heading")).to_contain_text(f"Dahua Technology {lang}")
    hit.get_by_label(_said(lang, "Reason")).fill("another party: another address")
    hit.get_by_role("button", name=_said(lang, "Clear: another party")).click()
    expect(page.get_by_text("another party: another address").first).to_be_visible()


def _apply_for_a_licence(page: Page, lang: Language) -> str:
    number = f"NL-2026-{lang}"
    _follow(page, lang, "Apply for a licence")
    page.get_by_role("link", name="WB-9").first.click()
    expect(page.locator("#code-0")).to_have_value("6A003.b.4.b")
    for field, value in {"id": number, **CASE}.items():
        page.locator(f"[id='{field}']").fill(value)
    _press(page, lang, "Save as a draft")
    _press(page, lang, "File this draft")
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)
    return number


def _assess(page: Page, lang: Language) -> None:
    title = _said(lang, "weighing (Article 15):").removesuffix(":")
    page.get_by_role("link", name=title[0].upper() + title[1:], exact=True).first.click()
    _press(page, lang, "Assess: match the denials and find the states to consult")
    expect(page.get_by_text(_said(lang, "assessed"), exact=True).first).to_be_visible()


def _decide(page: Page, lang: Language, folder: Path) -> None:
    _follow(page, lang, "Decision")
    page.locator("summary", has_text=_said(lang, "Decide")).click()
    page.locator("#outcome").select_option("denied")
    page.locator("#reasons").fill("The end-user is not known.")
    _press(page, lang, "Save the decision")
    letter = page.get_by_role("link", name=_said(lang, "Decision (Word)"))
    with page.expect_download() as download:
        letter.click()
    download.value.save_as(folder / "letter.docx")
    assert "The end-user is not known." in _words_of(folder / "letter.docx")


def _words_of(path: Path) -> str:
    return "".join(docx.Document(str(path)).element.itertext())


@pytest.mark.sampled(2)
@IN_BOTH_LANGUAGES
def test_a_journalist_goes_from_a_company_to_a_draft(
    chromium: Browser, address: str, lang: Language, scripts: bool, tmp_path: Path
) -> None:
    page = opened(chromium, address, lang=lang, scripts=scripts)
    with journey(page, "c"):
        _follow(page, lang, "Manufacturers and lists")
        _follow(page, lang, "Find a party")
        page.get_by_label(_said(lang, "Name or brand")).fill("Hikvision")
        _press(page, lang, "Show")
        page.locator("summary", has_text=_said(lang, "See this page on the date of a change")).click()
        page.locator("a.oz-timeline__when").last.click()
        expect(page).to_have_url(re.compile("as-of=2021-12-17"))
        page.locator("summary", has_text=_said(lang, "Shares as a table")).click()
        owners = page.get_by_role("table", name=_said(lang, "Owners and their shares"))
        expect(owners.get_by_role("columnheader", name=_said(lang, "owner"), exact=True)).to_be_visible()
        expect(owners).to_contain_text("China Electronics Technology Group")
        _follow(page, lang, "Draft an answer to your own questions")
        page.get_by_label(_said(lang, "Text of the questions")).fill(QUESTIONS)
        _press(page, lang, "Draft an answer")
        expect(page.locator("#q2")).to_be_visible()
        with page.expect_download() as download:
            _press(page, lang, "DOCX")
        download.value.save_as(tmp_path / "draft.docx")
    assert "China Electronics Technology Group" in _words_of(tmp_path / "draft.docx")
    if scripts:
        check_for_all(page)


@pytest.mark.sampled(2)
@SCRIPTS
def test_a_buyer_goes_from_a_notice_to_a_clause(chromium: Browser, address: str, scripts: bool) -> None:
    page = opened(chromium, address, scripts=scripts)
    with journey(page, "e"):
        page.get_by_role("link", name="Manufacturers and lists").click()
        page.get_by_role("link", name="Tenders", exact=True).click()
        page.get_by_label("Files of notices").set_input_files(NOTICES)
        page.get_by_role("button", name="Read the notices").click()
        expect(page.get_by_role("heading", name="Camera's en intercoms voor het stadhuis")).to_be_visible()
        row = page.get_by_role("row", name=re.compile("IPC-HFW2431S-S"))
        expect(row.get_by_role("link", name="Dahua")).to_be_visible()
        expect(row.get_by_text("the manufacturer", exact=True)).to_be_visible()
        expect(page.get_by_text("since 9 October 2019").first).to_be_visible()
        page.get_by_role("link", name="Clause for the specification").click()
        dutch = page.get_by_role("region", name="In Dutch").locator("[lang=nl]")
        expect(dutch).to_contain_text("De inschrijver noemt per apparaat het merk")
        expect(dutch).to_contain_text("Amerikaanse Entity List")
        expect(page.get_by_role("region", name="In English")).to_contain_text("United States Entity List")
    if scripts:  # axe is one
        check_for_all(page)


def test_a_file_that_is_not_a_notice_is_named(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/tenders", lang="nl")
    page.locator("#files").set_input_files([Path("README.md"), NOTICES[0]])
    page.get_by_role("button", name="Aankondigingen lezen").click()
    expect(page.get_by_role("alert")).to_contain_text("README.md")
    expect(page.get_by_role("heading", name="Camera's en intercoms voor het stadhuis")).to_be_visible()
    check_for_all(page)


def test_the_clause_of_a_day_before_the_listings_names_no_list(chromium: Browser, address: str) -> None:
    page = opened(chromium, f"{address}/tenders/clause?maker=hikvision&as-of=2015-01-01")
    expect(page.get_by_text("No list that covers 1 January 2015 names these manufacturers")).to_be_visible()
    expect(page.get_by_role("region", name="In English")).not_to_contain_text("Entity List")


@pytest.mark.sampled(2)
@SCRIPTS
def test_an_administrator_adds_people_lists_and_copies(
    chromium: Browser, address: str, scripts: bool, tmp_path: Path
) -> None:
    page = opened(chromium, scripts=scripts)
    name = "kim" if scripts else "jan"
    log_in(page, address, "mia" if scripts else "bea", to="/accounts")
    with journey(page, "d"):
        _add_a_person(page, name)
        _load_a_list(page, scripts=scripts)
        _copy_and_try_it(page, tmp_path, scripts=scripts)
        page.get_by_role("button", name="Log out").click()
        _log_in_with_a_second_factor(page, name)


def _add_a_person(page: Page, name: str) -> None:
    page.locator("#account-name").fill(name)
    page.get_by_label("Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("Role", exact=True).select_option("editor")
    page.locator("#add-current").fill(web_tools.PASSWORD)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("row", name=re.compile(f"^{name}"))).to_contain_text("editor")


def _load_a_list(page: Page, *, scripts: bool) -> None:
    page.get_by_role("link", name="Manufacturers and lists").click()
    page.get_by_role("link", name="Lists", exact=True).click()
    page.get_by_text("Load list files from this computer").click()
    page.get_by_label("Files of lists").set_input_files(LIST)
    page.get_by_label("List (any: recognised from the file)").select_option("us-bis-dpl")
    page.get_by_label("Is it the file of the publisher?").select_option("false")
    page.get_by_role("button", name="Load the files").click()
    wait_for_work(page, page.get_by_role("table"), scripts=scripts)
    expect(page.get_by_role("row", name=re.compile("us-bis-dpl|dpl-voorbeeld"))).to_be_visible()


def _copy_and_try_it(page: Page, folder: Path, *, scripts: bool) -> None:
    page.get_by_role("link", name="Service", exact=True).click()
    page.get_by_role("link", name="Backup and restore").click()
    page.get_by_role("button", name="Make a copy").click()
    copy = page.get_by_role("link", name="register.zip")
    wait_for_work(page, copy, scripts=scripts)
    with page.expect_download() as download:
        copy.click()
    download.value.save_as(folder / "register.zip")
    page.get_by_role("link", name="Service", exact=True).click()
    page.get_by_role("link", name="Backup and restore").click()
    page.get_by_label("Copy of a store").set_input_files(folder / "register.zip")
    page.get_by_role("button", name="Try the restore").click()
    wait_for_work(page, page.get_by_text("complete and unchanged"), scripts=scripts)
    expect(page.get_by_text(re.compile(r"The copy was restored: [\d,]+ rows"))).to_be_visible()


def _log_in_with_a_second_factor(page: Page, name: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Add a second factor").click()
    secret = "".join(page.locator(".oz-secret").first.inner_text().split())
    page.get_by_role("textbox", name="Code").fill(pyotp.TOTP(secret).now())
    page.get_by_label("Your current password").first.fill(NEW_PASSWORD)
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
