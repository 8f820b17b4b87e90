"""The journeys of a buyer and of an administrator in a real browser, each within its documented effort.

The journey of an officer is in `test_serve_register_browser.py`.
"""

import re
from pathlib import Path

import pyotp
import pytest
import web_tools
from browser_tools import IN_BROWSER, OPENLY, SCRIPTS, check_for_all, log_in, opened, wait_for_work
from journey_tools import journey
from playwright.sync_api import Browser, Page, expect
from web_tools import Served

from overzicht.store.accounts import Role

NOTICES = [Path("examples/tenders/gunning.xml"), Path("examples/tenders/releases.json")]
LIST = Path("examples/demo/dpl-voorbeeld.txt")
NEW_PASSWORD = "appel straat regen boek 7"  # noqa: S105 - of an account that lives as long as a test

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    made = web_tools.serve(tmp_path_factory.mktemp("journeys"), OPENLY)
    web_tools.person(made, "mia", Role.ADMIN)
    web_tools.person(made, "bea", Role.ADMIN)
    return made


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
