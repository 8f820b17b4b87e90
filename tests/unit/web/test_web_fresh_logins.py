"""Lasting access of a session of single sign-on requires a new log-in at the provider."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import openid_provider
import pytest
import web_tools
from openid_provider import OpenIdProvider
from starlette.testclient import TestClient
from web_tools import PASSWORD, Served

from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web import app as application
from overzicht.web import confirmation
from overzicht.web.clock import now
from overzicht.web.service import ServiceOptions

FRESH = "/login/sso?fresh=yes&next=/account"
NEW_TOKEN = {"role": "reader", "days": "300"}
NEW_ACCOUNT = {"name": "eve", "password": PASSWORD, "role": "admin"}


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider.running_provider() as running:
        running.claims = {"sub": "17", "preferred_username": "anna", "roles": ["heads"]}
        yield running


@pytest.fixture
def served(tmp_path: Any, provider: OpenIdProvider) -> Iterator[Served]:
    provider.faults = {}
    values = {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": openid_provider.CLIENT,
        "oidc_client_secret": openid_provider.SECRET,
        "oidc_roles": "heads=admin",
    }
    store = Store.open(tmp_path)
    app = application.create_app(store, Settings(home=tmp_path, values=values), ServiceOptions(rate=""))
    yield Served(app, store, {})
    app.state.service.audit.stop()
    store.close()


def log_in(client: TestClient, provider: OpenIdProvider, path: str = "/login/sso?next=/account") -> Any:
    """Return the answer to a browser that comes back from the provider."""
    away = client.get(path)
    assert away.status_code == 303, away.text
    return client.get("/login/sso/return", params=provider.authorize(away.headers["location"]))


def browser(served: Served) -> TestClient:
    return TestClient(
        served.app,
        base_url="http://localhost",
        client=web_tools.FAR,
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html", "Accept-Language": "en"},
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def tokens(served: Served) -> int:
    with served.store.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM access_token").scalar_one())


def test_a_token_requires_a_new_log_in(served: Served, provider: OpenIdProvider) -> None:
    client = browser(served)
    assert log_in(client, provider).status_code == 303
    refused = client.post("/account/tokens", data=NEW_TOKEN)
    assert (refused.status_code, tokens(served)) == (403, 0)
    assert 'href="/login/sso?fresh=yes&amp;next=%2Faccount"' in refused.text
    assert log_in(client, provider, FRESH).headers["location"] == "/account"
    made = client.post("/account/tokens", data=NEW_TOKEN)
    assert (made.status_code, tokens(served)) == (200, 1)
    assert "/login/sso?fresh=yes" not in made.text


@pytest.mark.parametrize("auth_time", [None, "now", True, pytest.param(int(time.time()) - 900, id="old")])
def test_the_provider_must_state_that_the_person_logged_in_again(
    served: Served, provider: OpenIdProvider, auth_time: object
) -> None:
    client = browser(served)
    log_in(client, provider)
    provider.faults["claims"] = {"auth_time": auth_time}
    assert log_in(client, provider, FRESH).status_code == 401
    assert client.post("/account/tokens", data=NEW_TOKEN).status_code == 403
    assert log_in(client, provider).status_code == 303, "an ordinary log-in needs no auth_time"


def test_it_counts_for_one_session_and_five_minutes(
    served: Served, provider: OpenIdProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, thief, other = browser(served), browser(served), browser(served)
    log_in(client, provider, FRESH)
    thief.cookies.set("overzicht-session", client.cookies["overzicht-session"])
    assert thief.post("/account/tokens", data=NEW_TOKEN).status_code == 403
    log_in(other, provider)
    other.cookies.set("overzicht-fresh", client.cookies["overzicht-fresh"])
    assert other.post("/account/tokens", data=NEW_TOKEN).status_code == 403
    monkeypatch.setattr(confirmation, "now", lambda: now() + timedelta(minutes=5, seconds=1))
    assert client.post("/account/tokens", data=NEW_TOKEN).status_code == 403
    assert tokens(served) == 0


def test_an_administrator_logs_in_again_to_make_accounts(served: Served, provider: OpenIdProvider) -> None:
    client = browser(served)
    log_in(client, provider)
    refused = client.post("/api/v1/accounts", json=NEW_ACCOUNT)
    assert (refused.status_code, refused.json()["type"]) == (403, "log-in-again")
    page = client.post("/accounts", data=NEW_ACCOUNT, headers={"Referer": "http://localhost/accounts"})
    assert (page.status_code, "/login/sso?fresh=yes&amp;next=%2Faccounts" in page.text) == (403, True)
    log_in(client, provider, FRESH)
    assert client.post("/api/v1/accounts", json=NEW_ACCOUNT).status_code == 201
