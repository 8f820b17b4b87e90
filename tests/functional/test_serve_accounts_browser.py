"""The pages of accounts in Chromium: for all readers, in both languages, and with a security key."""

import re
from collections.abc import Iterator

import pytest
import web_tools
from browser_tools import (
    IN_BROWSER,
    PHONE,
    check_page,
    check_width,
    in_looks,
    listening,
    log_in,
    opened,
    themed,
)
from playwright.sync_api import Browser, expect
from web_tools import Served

from overzicht.settings import Settings
from overzicht.store.accounts import Role
from overzicht.store.database import Store
from overzicht.web import app as application
from overzicht.web.service import ServiceOptions
from overzicht.workflows.accounts import issue_token

PAGES = ["/account", "/account/factors", "/accounts", "/accounts/of?name=mia", "/audit"]

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("accounts")
    store = Store.open(home)
    options = ServiceOptions(rate="", hosts=("127.0.0.1", "localhost"))
    made = Served(application.create_app(store, Settings(home=home), options), store, {})
    web_tools.person(made, "mia", Role.ADMIN)
    issue_token(store, "mia", web_tools.GRANTS["reader"], web_tools.TESTER, expires_at=None)
    yield made
    store.close()


@pytest.fixture(scope="module")
def address(served: Served) -> Iterator[str]:
    with listening(served.app) as found:
        yield found.replace("127.0.0.1", "localhost")


@pytest.mark.sampled(4)
@in_looks(PAGES)
def test_axe_finds_no_fault(chromium: Browser, address: str, path: str, lang: str, theme: str) -> None:
    page = log_in(opened(chromium, lang=lang), address, to="/account")
    page.goto(themed(f"{address}{path}", theme))
    check_page(page, lang)
    page.set_viewport_size(PHONE)
    check_width(page)


def test_a_security_key_is_added_and_asked_for(chromium: Browser, served: Served, address: str) -> None:
    web_tools.person(served, "kim")
    page = log_in(opened(chromium), address, "kim", to="/account")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("link", name="Add a second factor").click()
    key = page.locator("form[data-key=create]")
    key.get_by_label("Name of the key").fill("blue")
    key.get_by_label("Your current password").fill(web_tools.PASSWORD)
    key.get_by_role("button", name="Add the security key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    check_page(page, "en")
    page.get_by_role("link", name="Continue").click()
    expect(page.get_by_text("blue")).to_be_visible()
    page.get_by_role("button", name="Log out").click()

    page.get_by_label("Name").fill("kim")
    page.get_by_label("Password").fill(web_tools.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    check_page(page, "en")
    page.get_by_role("button", name="Use the security key").click()
    page.wait_for_url(re.compile(f"^{address}/$"))
    expect(page.get_by_role("link", name="kim")).to_be_visible()


def test_an_app_is_added_without_scripts(chromium: Browser, served: Served, address: str) -> None:
    web_tools.person(served, "piet")
    page = log_in(opened(chromium, scripts=False), address, "piet", to="/account")
    page.get_by_role("link", name="Add a second factor").click()
    expect(page.get_by_role("img", name=re.compile("QR code"))).to_be_visible()
    expect(page.get_by_role("button", name="Add the security key")).to_be_hidden()
    page.get_by_role("textbox", name="Code").fill("000000")
    page.get_by_label("Your current password").first.fill(web_tools.PASSWORD)
    page.get_by_role("button", name="Add the app").click()
    expect(page.get_by_role("alert")).to_contain_text("was not accepted")
