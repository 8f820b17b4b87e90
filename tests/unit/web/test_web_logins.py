"""Logging in over HTTP: limits, known devices, second factors, single sign-on, and the audit trail."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openid_provider
import pyotp
import pytest
import web_tools
from argon2 import PasswordHasher
from authenticator import Authenticator
from joserfc.jwk import OctKey, RSAKey
from openid_provider import OpenIdProvider
from starlette.testclient import TestClient
from web_tools import PASSWORD, Served

from overzicht.evidence.actor import Actor
from overzicht.settings import Settings
from overzicht.store.accounts import Grant, Role, give_grant, unlock_account
from overzicht.store.audit import AuditFilter, AuditKind, newest_events
from overzicht.store.database import Store
from overzicht.web import app as application
from overzicht.web.clock import now
from overzicht.web.service import ServiceOptions
from overzicht.workflows import accounts as accounts_workflow
from overzicht.workflows import second_factor

HERE = "http://localhost"
SAME = {"Sec-Fetch-Site": "same-origin"}
FACTOR = "/login/second-factor"
ACCESS = (
    "SELECT (SELECT group_concat(name || password_hash) FROM account), (SELECT count(*) FROM access_token), "
    "(SELECT group_concat(role) FROM account_grant), (SELECT group_concat(secret) FROM account_factor "
    "WHERE confirmed_at IS NOT NULL)"
)


@pytest.fixture(autouse=True)
def _cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash passwords with little work: these tests guess hundreds."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(accounts_workflow, "_hasher", lambda: cheap)
    accounts_workflow._unknown_hash.cache_clear()
    yield
    accounts_workflow._unknown_hash.cache_clear()


@pytest.fixture
def served(tmp_path: Any) -> Iterator[Served]:
    store = Store.open(tmp_path)
    app = application.create_app(store, Settings(home=tmp_path), ServiceOptions(rate=""))
    made = Served(app, store, {})
    web_tools.person(made, "mia")
    yield made
    app.state.service.audit.stop()
    store.close()


def browser(served: Served, address: str = "192.0.2.7") -> TestClient:
    return TestClient(
        served.app,
        base_url=HERE,
        client=(address, 50_000),
        headers={**SAME, "Accept": "text/html", "Accept-Language": "en"},
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def enter(client: TestClient, password: str = PASSWORD, name: str = "mia") -> Any:
    return client.post("/login", data={"name": name, "password": password, "next": "/account"})


def events(served: Served, kind: AuditKind | None = None) -> list[tuple[str, str, str]]:
    served.app.state.service.audit.flush(5)
    with served.store.reading() as connection:
        stored = newest_events(connection, AuditFilter(kind=kind))
    return [(event.kind.value, event.account, event.address) for event in stored]


def logged_in(client: TestClient) -> bool:
    return client.get("/account").status_code == 200


def options_of(page: Any, kind: str) -> Any:
    match = re.search(rf'data-key="{kind}" data-options="([^"]+)"', page.text)
    assert match is not None, page.text
    return json.loads(html.unescape(match[1]))


# Limits


def test_a_stranger_locks_out_strangers_and_never_the_known_device(served: Served) -> None:
    known = browser(served, "192.0.2.1")
    assert enter(known).status_code == 303
    known.post("/logout")
    for number in range(100):
        stranger = browser(served, f"198.51.100.{number}")
        assert enter(stranger, "a guess of a stranger").status_code == 401
    assert enter(browser(served, "203.0.113.9")).status_code == 429
    for _ in range(40):  # a stranger at the very address of the known device
        enter(browser(served, "192.0.2.1"), "a guess of a stranger", "somebody else")
    assert enter(known).status_code == 303
    assert ("log-in limited", "mia", "203.0.113.9") in events(served)


def test_a_known_device_is_limited_too_and_known_for_its_own_account_only(served: Served) -> None:
    web_tools.person(served, "kim")
    known = browser(served)
    assert enter(known).status_code == 303
    codes = [enter(known, "a guess on a stolen computer").status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]
    for _ in range(5):
        assert enter(known, "a guess of a colleague", "kim").status_code == 401
    assert enter(known, PASSWORD, "kim").status_code == 429


def test_a_cookie_that_the_service_did_not_sign_is_not_a_known_device(served: Served) -> None:
    known = browser(served)
    enter(known)
    signed = known.cookies["overzicht-device"]
    forger = browser(served, "198.51.100.1")
    for attempt in range(6):
        changed = signed[:-1] + ("A" if signed[-1] != "A" else "B")
        forger.cookies.set("overzicht-device", changed if attempt else signed.partition(".")[0])
        answer = enter(forger, "a guess of a forger")
    assert answer.status_code == 429


def test_an_administrator_unlocks_an_account(served: Served) -> None:
    client = browser(served)
    for _ in range(6):
        answer = enter(client, "a guess of mia herself")
    assert answer.status_code == 429
    with served.store.writing("root", now()) as tx:
        unlock_account(tx, "mia")
    assert enter(client).status_code == 303


# The audit trail


def test_failures_refusals_and_confidential_readings_are_in_the_trail(served: Served) -> None:
    client = browser(served)
    enter(client, "a wrong password of mia")
    assert enter(client).status_code == 303
    assert client.get("/denials").status_code == 403
    assert browser(served, "192.0.2.8").get("/denials").headers["location"].startswith("/login")
    assert client.get("/licences").status_code == 200
    assert events(served) == [
        ("confidential read", "mia", "192.0.2.7"),
        ("refused", "", "192.0.2.8"),
        ("refused", "mia", "192.0.2.7"),
        ("log-in", "mia", "192.0.2.7"),
        ("log-in failed", "mia", "192.0.2.7"),
    ]


def test_the_trail_holds_no_secret(served: Served) -> None:
    enter(browser(served), "een geheim dat niemand mag zien")
    enter(browser(served), "", "een geheim in het verkeerde veld")
    served.app.state.service.audit.flush(5)
    with served.store.reading() as connection:
        shown = str(newest_events(connection, AuditFilter()))
    assert "geheim" not in shown
    assert "account='ee…'" in shown
    assert PASSWORD not in shown


# Second factors


def with_app(served: Served) -> tuple[pyotp.TOTP, list[str]]:
    """Give mia an app, and return it with her recovery codes."""
    actor = Actor(now().date(), "mia", now())
    enrolment = second_factor.begin_app(served.store, "mia", "phone", actor)
    totp = pyotp.TOTP(enrolment.secret)
    earlier = totp.at(now(), counter_offset=-1)  # the codes of now stay free for the test
    return totp, list(second_factor.confirm_app(served.store, "mia", earlier, actor))


def test_a_code_is_asked_for_and_works_once(served: Served) -> None:
    totp, _ = with_app(served)
    client = browser(served)
    answer = enter(client)
    assert answer.headers["location"] == "/login/second-factor?next=%2Faccount"
    assert not logged_in(client)
    assert client.get("/api/v1/me").status_code == 401
    waiting = client.cookies["overzicht-session"]
    assert client.post("/login/second-factor", data={"code": "000000"}).status_code == 401
    code = totp.now()
    assert client.post("/login/second-factor", data={"code": code, "next": "/account"}).status_code == 303
    assert client.cookies["overzicht-session"] != waiting
    assert logged_in(client)
    again = browser(served)
    enter(again)
    assert again.post("/login/second-factor", data={"code": code}).status_code == 401
    assert not logged_in(again)
    assert events(served, AuditKind.FACTOR_FAILED)[0][:2] == ("second factor failed", "mia")


def test_a_recovery_code_works_once(served: Served) -> None:
    _, codes = with_app(served)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    for expected in (303, 401):
        client = browser(served)
        enter(client)
        assert client.post("/login/second-factor", data={"code": codes[0].upper()}).status_code == expected


def test_guessing_codes_is_limited(served: Served) -> None:
    with_app(served)
    client = browser(served)
    enter(client)
    codes = [client.post("/login/second-factor", data={"code": f"{n:06}"}).status_code for n in range(7)]
    assert codes[-1] == 429
    assert not logged_in(client)


def test_a_role_that_requires_a_factor_gives_nothing_before_one_is_added(served: Served) -> None:
    second_factor.require_roles(served.store, [Role.EDITOR], web_tools.TESTER)
    client = browser(served)
    enter(client)
    assert not logged_in(client)
    page = client.get("/login/second-factor")
    assert "data:image/svg+xml" in page.text
    assert page.headers["cache-control"] == "no-store"
    match = re.search(r'<code class="oz-secret">([A-Z2-7 ]+)</code>', page.text)
    assert match is not None
    done = client.post("/login/second-factor", data={"code": pyotp.TOTP(match[1].replace(" ", "")).now()})
    assert done.status_code == 200
    assert len(re.findall(r"<li><code>[a-z2-7-]{19}</code>", done.text)) == second_factor.RECOVERY_CODES
    assert logged_in(client)


def test_a_security_key_is_added_and_logs_in_and_its_answer_counts_once(served: Served) -> None:
    client = browser(served)
    enter(client)
    key = Authenticator(HERE, "localhost")
    form = {"credential": key.register(options_of(client.get("/account/factors"), "create")), "label": "blue"}
    assert client.post("/account/factors", data={**form, "password": "wrong"}).status_code == 403
    form["credential"] = key.register(options_of(client.get("/account/factors"), "create"))
    assert "<li><code>" in client.post("/account/factors", data={**form, "password": PASSWORD}).text
    assert "blue" in client.get("/account").text

    client = browser(served)
    enter(client)
    stranger = Authenticator("http://localhost.example", "localhost", key=key.key, credential=key.credential)
    forged = stranger.sign(options_of(client.get("/login/second-factor"), "get"))
    assert client.post("/login/second-factor", data={"credential": forged}).status_code == 401
    answer = key.sign(options_of(client.get("/login/second-factor"), "get"))
    assert client.post("/login/second-factor", data={"credential": answer}).status_code == 303
    assert logged_in(client)

    again = browser(served)
    enter(again)
    again.get("/login/second-factor")
    assert again.post("/login/second-factor", data={"credential": answer}).status_code == 401
    actor = Actor(now().date(), "mia", now())
    for broken in ("", "{}", "[]", "null", '{"id": 3}', "not JSON", answer[:-9]):
        given = second_factor.KeyAnswer(broken, "AAAA", second_factor.Site("localhost", HERE))
        assert not second_factor.is_valid_key(served.store, "mia", given, actor)


# The own account


def test_a_new_password_needs_the_old_one_and_renews_the_session(served: Served) -> None:
    client, other = browser(served), browser(served, "192.0.2.9")
    enter(client)
    enter(other)
    before = client.cookies["overzicht-session"]
    new = "boot regen klok papier"
    wrong = client.post("/account/password", data={"password": "wrong", "new_password": new})
    assert wrong.status_code == 403
    short = client.post("/account/password", data={"password": PASSWORD, "new_password": "short"})
    assert short.status_code == 400
    assert "15" in short.text
    assert (
        client.post("/account/password", data={"password": PASSWORD, "new_password": new}).status_code == 303
    )
    assert client.cookies["overzicht-session"] != before
    assert logged_in(client)
    assert not logged_in(other)


def test_a_token_of_ones_own_gives_no_more_than_the_account(served: Served) -> None:
    client = browser(served)
    enter(client)
    page = client.post("/account/tokens", data={"role": "admin", "days": 7, "password": PASSWORD})
    match = re.search(r'id="new-token">([^<]+)<', page.text)
    assert match is not None
    program = TestClient(served.app, base_url=HERE, headers={"Authorization": f"Bearer {match[1]}"})
    assert program.get("/api/v1/me").json()["grants"] == [{"role": "editor", "organisation": ""}]
    assert program.post("/account/sessions/end").status_code == 409
    assert match[1] not in client.get("/account").text
    assert client.post("/account/tokens/1/revoke").status_code == 303
    assert program.get("/api/v1/me").status_code == 401


def test_a_person_sees_and_ends_the_own_sessions(served: Served) -> None:
    client, other = browser(served), browser(served, "192.0.2.9")
    enter(client)
    enter(other)
    page = client.get("/account").text
    assert page.count("last used") >= 2
    assert "this session" in page
    assert client.post("/account/sessions/end").status_code == 303
    assert logged_in(client)
    assert not logged_in(other)


def test_nobody_revokes_the_token_or_factor_of_another(served: Served) -> None:
    _, _ = with_app(served)
    web_tools.person(served, "kim")
    client = browser(served)
    enter(client, name="kim")
    assert client.post("/account/factors/1/remove", data={"password": PASSWORD}).status_code == 400
    assert second_factor.confirmed_factors(served.store, "mia") != []


def test_a_change_of_rights_ends_the_sessions(served: Served) -> None:
    client = browser(served)
    enter(client)
    with served.store.writing("root", now()) as tx:
        give_grant(tx, "mia", Grant(Role.ADMIN))
    assert not logged_in(client)


# Accounts, for administrators


def test_an_administrator_manages_accounts_and_cannot_remove_the_last_one(served: Served) -> None:
    web_tools.person(served, "root", Role.ADMIN)
    client = browser(served)
    enter(client, name="root")
    new = {"name": "kim & co", "password": PASSWORD, "role": "reader", "current_password": "wrong"}
    assert client.post("/accounts", data=new).status_code == 403, "a stolen session makes no account"
    new["current_password"] = PASSWORD
    assert client.post("/accounts", data=new).status_code == 303
    assert "kim &amp; co" in client.get("/accounts").text
    back = "/accounts/roles?back=/accounts/of%3Fname%3Dkim%2520%2526%2520co"
    given = client.post(back, data={"name": "kim & co", "role": "officer", "current_password": PASSWORD})
    assert (given.status_code, given.headers["location"]) == (303, "/accounts/of?name=kim%20%26%20co")
    page = client.get("/accounts/of", params={"name": "kim & co"})
    assert "licensing officer" in page.text
    assert client.post("/accounts/close", data={"name": "root"}).status_code == 400
    assert (
        client.post(
            "/accounts/roles", data={"name": "root", "role": "reader", "current_password": PASSWORD}
        ).status_code
        == 400
    )
    assert client.post("/accounts/close", data={"name": "kim & co"}).status_code == 303
    policy: dict[str, Any] = {"roles": ["admin"]}
    assert client.post("/accounts/policy/second-factor", data=policy).status_code == 403
    assert second_factor.required_roles(served.store) == ()
    policy["current_password"] = PASSWORD
    assert client.post("/accounts/policy/second-factor", data=policy).status_code == 303
    assert second_factor.required_roles(served.store) == (Role.ADMIN,)
    assert "required, not set up" in client.get("/accounts").text
    export = client.get("/api/v1/audit/export", params={"kind": "log-in"})
    assert [json.loads(line)["account"] for line in export.text.splitlines()] == ["root"]


CHANGES_OF_ACCESS = {
    "/account/password": {"new_password": "boot regen klok papier"},
    "/account/factors": {"code": "000000"},
    "/account/factors/1/remove": {},
    "/account/recovery-codes": {},
    "/account/tokens": {"role": "reader"},
    "/accounts": {"name": "kim", "password": PASSWORD, "role": "admin"},
    "/accounts/roles": {"name": "mia", "role": "admin"},
    "/accounts/password": {"name": "mia", "password": "boot regen klok papier"},
    "/accounts/factors/reset": {"name": "mia"},
    "/accounts/policy/second-factor": {"roles": []},
}


@pytest.mark.parametrize("prefix", ["", "/api/v1"])
def test_a_stolen_session_gives_nobody_lasting_access(served: Served, prefix: str) -> None:
    """Each change of how an account logs in, or of what it may do, asks for the password again."""
    with_app(served)
    web_tools.person(served, "root", Role.ADMIN)
    client = browser(served)
    enter(client, name="root")
    with served.store.reading() as connection:
        before = connection.exec_driver_sql(ACCESS).all()
    for path, form in CHANGES_OF_ACCESS.items():
        if prefix and path.startswith("/account/"):
            continue
        given: dict[str, Any] = {"json": form} if prefix else {"data": form}
        answer = client.post(prefix + path, **given)
        assert answer.status_code in (403, 429), path
    with served.store.reading() as connection:
        assert connection.exec_driver_sql(ACCESS).all() == before


def test_a_password_that_an_administrator_sets_keeps_the_second_factor(served: Served) -> None:
    totp, _ = with_app(served)
    web_tools.person(served, "root", Role.ADMIN)
    root, mia = browser(served), browser(served)
    enter(root, name="root")
    new = {"name": "mia", "password": "boot regen klok papier", "current_password": PASSWORD}
    assert root.post("/accounts/password", data=new).status_code == 303
    assert "/login/second-factor" in enter(mia, new["password"]).headers["location"]
    assert not logged_in(mia)
    assert mia.post("/login/second-factor", data={"code": totp.now()}).status_code == 303


def test_a_lost_factor_is_removed_by_an_administrator_who_gives_a_password(served: Served) -> None:
    with_app(served)
    web_tools.person(served, "root", Role.ADMIN)
    root = browser(served)
    enter(root, name="root")
    form = {"name": "mia", "current_password": "wrong"}
    assert root.post("/accounts/factors/reset", data=form).status_code == 403
    form["current_password"] = PASSWORD
    assert root.post("/accounts/factors/reset", data=form).status_code == 303
    assert second_factor.confirmed_factors(served.store, "mia") == []
    assert second_factor.unused_recovery_codes(served.store, "mia") == 0


def test_a_password_that_changes_during_the_check_opens_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old password was right when the check began; the account has another one when the session opens."""
    verify = accounts_workflow._verify

    def slow(known: str, password: str) -> bool:
        is_right = verify(known, password)
        monkeypatch.setattr(accounts_workflow, "_verify", verify)
        accounts_workflow.change_password(served.store, "mia", "boot regen klok papier", web_tools.TESTER)
        return is_right

    monkeypatch.setattr(accounts_workflow, "_verify", slow)
    client = browser(served)
    assert enter(client).status_code == 401
    assert not logged_in(client)
    assert enter(client, "boot regen klok papier").status_code == 303


def shown_secret(client: TestClient) -> str:
    """Return the secret of a new app that a person sees after the password."""
    match = re.search(r'<code class="oz-secret">([A-Z2-7 ]+)</code>', client.get(FACTOR).text)
    assert match is not None
    return match[1].replace(" ", "")


def test_the_secret_of_a_new_app_is_shown_in_its_own_session_only(served: Served) -> None:
    """A thief of the password looks first; the app that the person then adds has another secret."""
    second_factor.require_roles(served.store, [Role.EDITOR], web_tools.TESTER)
    thief, mia = browser(served), browser(served)
    enter(thief)
    seen = shown_secret(thief)
    enter(mia)
    own = shown_secret(mia)
    assert own != seen
    assert thief.post(FACTOR, data={"code": pyotp.TOTP(seen).now()}).status_code == 401
    own = shown_secret(mia)
    assert mia.post(FACTOR, data={"code": "000000"}).status_code == 401
    assert shown_secret(mia) == own, "after a mistake the same app can be used"
    assert mia.post(FACTOR, data={"code": pyotp.TOTP(own).now()}).status_code == 200
    assert logged_in(mia)


def test_no_name_of_an_account_counts_as_a_step_of_another(served: Served) -> None:
    with_app(served)
    for number in range(100):
        enter(browser(served, f"192.0.2.{number}"), "wrong", "second factor mia")
    client = browser(served, "198.51.100.1")
    enter(client)
    assert client.post(FACTOR, data={"code": "000000"}).status_code == 401


# Single sign-on


@pytest.fixture(scope="module")
def running() -> Iterator[OpenIdProvider]:
    with openid_provider.running_provider() as provider:
        yield provider


@pytest.fixture
def provider(running: OpenIdProvider) -> OpenIdProvider:
    running.faults = {}
    running.claims = {"sub": "17", "preferred_username": "anna", "roles": ["cameras"]}
    running.user_info = {}
    return running


@pytest.fixture
def signed_on(tmp_path: Any, provider: OpenIdProvider) -> Iterator[Served]:
    store = Store.open(tmp_path)
    values = {
        "oidc_issuer": provider.issuer,
        "oidc_client_id": openid_provider.CLIENT,
        "oidc_client_secret": openid_provider.SECRET,
        "oidc_title": "Gemeente A",
        "oidc_roles": "cameras=editor@gemeente-a, readers=reader, heads=admin",
    }
    app = application.create_app(store, Settings(home=tmp_path, values=values), ServiceOptions(rate=""))
    yield Served(app, store, {})
    app.state.service.audit.stop()
    store.close()


def through(client: TestClient, provider: OpenIdProvider) -> Any:
    """Return the answer to a browser that comes back from the provider."""
    away = client.get("/login/sso?next=/account")
    assert away.status_code == 303, away.text
    return client.get("/login/sso/return", params=provider.authorize(away.headers["location"]))


def test_the_provider_gives_the_name_and_the_roles(signed_on: Served, provider: OpenIdProvider) -> None:
    client = browser(signed_on)
    assert "Gemeente A" in client.get("/login").text
    answer = through(client, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    me = client.get("/api/v1/me").json()
    assert (me["name"], me["grants"]) == ("anna", [{"role": "editor", "organisation": "gemeente-a"}])
    provider.claims["roles"] = ["heads", "readers"]
    other = browser(signed_on)
    through(other, provider)
    assert other.get("/api/v1/me").json()["grants"] == [{"role": "admin", "organisation": ""}]
    assert client.get("/account").status_code == 303, "the roles changed: the older session ended"
    assert enter(browser(signed_on), "", "anna").status_code == 401, "no password opens the account"
    provider.claims["roles"] = []
    refused = through(browser(signed_on), provider)
    assert refused.status_code == 401
    assert other.get("/api/v1/me").status_code == 401


def test_roles_come_from_user_info_if_the_token_has_none(signed_on: Served, provider: OpenIdProvider) -> None:
    provider.claims = {"sub": "18"}
    provider.user_info = {"sub": "18", "preferred_username": "bob", "roles": "readers"}
    client = browser(signed_on)
    assert through(client, provider).status_code == 303
    assert client.get("/api/v1/me").json()["name"] == "bob"
    provider.user_info["sub"] = "19"
    assert through(browser(signed_on), provider).status_code == 401


def test_a_person_is_known_by_the_subject_and_not_by_the_name(
    signed_on: Served, provider: OpenIdProvider
) -> None:
    through(browser(signed_on), provider)
    provider.claims |= {"preferred_username": "anna-married"}
    client = browser(signed_on)
    through(client, provider)
    assert client.get("/api/v1/me").json()["name"] == "anna"
    provider.claims = {"sub": "another", "preferred_username": "anna", "roles": ["heads"]}
    assert through(browser(signed_on), provider).status_code == 401


def test_a_local_account_is_never_taken_over(signed_on: Served, provider: OpenIdProvider) -> None:
    web_tools.person(signed_on, "anna", Role.ADMIN)
    refused = through(browser(signed_on), provider)
    assert refused.status_code == 401
    assert "belongs to another account" in refused.text


FAULTS: dict[str, dict[str, Any]] = {
    "another issuer in the description": {"issuer": "https://id.example.nl"},
    "an open line to the tokens": {"token_endpoint": "http://id.example.nl/token"},
    "another issuer": {"claims": {"iss": "https://id.example.nl"}},
    "another client": {"claims": {"aud": "another"}},
    "two clients, for the other one": {"claims": {"aud": ["overzicht", "another"], "azp": "another"}},
    "another log-in": {"claims": {"nonce": "another"}},
    "expired": {"claims": {"exp": 1}},
    "another key": {"key": RSAKey.generate_key(2048, {"kid": "one"})},
    "a shared secret as the key": {"alg": "HS256", "key": OctKey.import_key("a secret that is public " * 3)},
    "not valid yet": {"claims": {"nbf": 9_999_999_999}},
    "no subject": {"claims": {"sub": None}},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_token_that_is_not_for_this_log_in_opens_nothing(
    signed_on: Served, provider: OpenIdProvider, fault: str
) -> None:
    provider.faults = FAULTS[fault]
    client = browser(signed_on)
    away = client.get("/login/sso")
    if away.status_code == 303:
        away = client.get("/login/sso/return", params=provider.authorize(away.headers["location"]))
    assert away.status_code == 401
    assert not logged_in(client)
    assert events(signed_on)[0][0] in ("log-in failed", "refused")


def test_a_code_from_another_browser_opens_nothing(signed_on: Served, provider: OpenIdProvider) -> None:
    victim, attacker = browser(signed_on), browser(signed_on)
    theirs = provider.authorize(attacker.get("/login/sso").headers["location"])
    assert victim.get("/login/sso/return", params=theirs).status_code == 401
    victim.get("/login/sso")
    assert victim.get("/login/sso/return", params=theirs).status_code == 401
    assert not logged_in(victim)


def test_an_answer_must_name_the_provider_that_gave_it(signed_on: Served, provider: OpenIdProvider) -> None:
    client = browser(signed_on)
    answer = provider.authorize(client.get("/login/sso").headers["location"])
    del answer["iss"]
    assert client.get("/login/sso/return", params=answer).status_code == 401
    assert not logged_in(client)


def test_no_page_of_a_neighbouring_site_can_set_what_a_log_in_remembers(signed_on: Served) -> None:
    client = TestClient(signed_on.app, base_url="https://localhost", headers=SAME, follow_redirects=False)
    cookie = client.get("/login/sso").headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Path=/;" in cookie
    assert "Secure" in cookie


def test_nobody_signs_on_under_the_name_of_the_product(signed_on: Served, provider: OpenIdProvider) -> None:
    for number, name in enumerate(("overzicht", "Single sign-on")):
        provider.claims |= {"sub": f"sub-{number}", "preferred_username": name}
        client = browser(signed_on)
        assert through(client, provider).status_code == 401
        assert not logged_in(client)


def test_the_request_to_the_provider_names_what_it_must(signed_on: Served, provider: OpenIdProvider) -> None:
    address = browser(signed_on).get("/login/sso").headers["location"]
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert query["redirect_uri"] == f"{HERE}/login/sso/return"
    assert {"state", "nonce", "code_challenge"} <= query.keys()
    assert "secret" not in address


def test_without_a_provider_there_is_no_single_sign_on(served: Served) -> None:
    assert browser(served).get("/login/sso").status_code == 404
    assert "/login/sso" not in browser(served).get("/login").text
