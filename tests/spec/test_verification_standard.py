"""Requirements of the OWASP ASVS that the code or the running service shows directly."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pyotp
import pytest
import web_tools
from argon2 import PasswordHasher
from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.testclient import TestClient
from web_tools import PASSWORD, Served

from overzicht.composition import Interface
from overzicht.evidence.actor import Actor
from overzicht.reports.html.document import page_environment
from overzicht.reports.i18n import Language
from overzicht.settings import Settings
from overzicht.store.accounts import Grant, Role, count_accounts, find_account
from overzicht.store.audit import AuditEvent, AuditKind
from overzicht.store.database import Store
from overzicht.store.factors import factors_of
from overzicht.store.keys import ServiceKey, UnusableKeyError
from overzicht.store.tables.accounts import account_factor
from overzicht.web import app as application
from overzicht.web import contacts, guards, jobs, limits, openapi
from overzicht.web.auth import Require
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of
from overzicht.web.service import ServiceOptions
from overzicht.workflows import accounts, second_factor
from overzicht.workflows.audit import event_line

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/overzicht"
GUIDES = ROOT / "docs"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("standard")
    store = Store.open(home)
    app = application.create_app(store, Settings(home=home), ServiceOptions(rate=""))
    made = Served(app, store, {})
    web_tools.person(made, "mia")
    yield made
    app.state.service.audit.stop()
    store.close()


def browser(served: Served) -> TestClient:
    return TestClient(
        served.app,
        base_url="http://localhost",
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
        raise_server_exceptions=False,
        follow_redirects=False,
    )


@pytest.fixture
def client(served: Served) -> TestClient:
    """A browser in which mia is logged in."""
    opened = browser(served)
    assert opened.post("/login", data={"name": "mia", "password": PASSWORD}).status_code == 303
    return opened


@cache
def nodes() -> list[tuple[Path, ast.Call | ast.Import]]:
    """Return the calls and imports of the source."""
    return [
        (path, node)
        for path in sorted(SOURCE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Import)
    ]


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    for path, node in nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
            yield path, node


# The code


def test_the_linter_checks_security_in_all_code_of_the_product() -> None:
    """Rules S: injection in SQL and shell, eval, pickle, YAML, weak hashes and randomness, TLS."""
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "S" in ruff["select"]
    assert not [rule for rule in ruff["ignore"] if rule.startswith("S") and rule[1:].isdecimal()]
    for pattern, rules in ruff["per-file-ignores"].items():
        if pattern.startswith("src/"):
            assert not [rule for rule in rules if re.fullmatch(r"S\d*", rule)], pattern


def test_dangerous_functions_are_not_called() -> None:
    for name in ("eval", "exec", "from_string", "Markup"):
        found = [f"{path.name}:{call.lineno}" for path, call in calls(name)]
        assert found == [] or name == "Markup", (name, found)
    imported = {
        alias.name.split(".")[0]
        for _, node in nodes()
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    assert not imported & {"pickle", "marshal", "shelve", "dill"}


def test_queries_are_never_built_from_text() -> None:
    for name in ("xpath", "exec_driver_sql", "text"):
        for path, call in calls(name):
            if name == "text" and "store" not in path.parts:
                continue
            built = [part for part in call.args[:1] if isinstance(part, ast.BinOp | ast.JoinedStr)]
            constants = {"BUSY_SECONDS", "WRITER_LOCK", "connection", "table"}  # and names of our own tables
            names = {node.id for part in built for node in ast.walk(part) if isinstance(node, ast.Name)}
            assert names <= constants or not built, f"{path}:{call.lineno}"


def test_templates_escape_every_value() -> None:
    environment = page_environment(Language.EN, "overzicht.web", lambda _words: {})
    escape = environment.autoescape
    assert escape is True or (callable(escape) and escape("login.html"))
    unsafe = [p.name for p in SOURCE.rglob("*.html") if re.search(r"\|\s*safe\b", p.read_text("utf-8"))]
    assert unsafe == []


def test_the_own_script_writes_no_html_and_stores_one_choice() -> None:
    script = (SOURCE / "web/static/app.js").read_text(encoding="utf-8")
    forbidden = "innerHTML|outerHTML|insertAdjacentHTML|document.write|eval\\(|sessionStorage|__proto__"
    assert re.findall(forbidden, script) == []
    stored = re.findall(r"localStorage\.\w+\((\w+)", script)
    assert set(stored) == {"SHORTCUTS_OFF"}, "whether the keys of the review are switched off"
    assert len(stored) == script.count("localStorage")


def test_types_are_strict() -> None:
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] is True
    assert {"src/overzicht", "tests"} <= set(mypy["files"])
    assert "exclude" not in mypy


# Secrets


def test_secrets_are_long_and_random(served: Served) -> None:
    tokens = {accounts.open_session(served.store, "mia", at=web_tools.AT) for _ in range(20)}
    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 43, "256 bits in base64"


def test_the_key_of_the_service_is_for_its_user_alone(tmp_path: Path) -> None:
    key = ServiceKey(tmp_path)
    path = tmp_path / "keys/service.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert ServiceKey(tmp_path).derived("a") == key.derived("a") != key.derived("b")
    path.chmod(0o644)
    with pytest.raises(UnusableKeyError, match="other users"):
        ServiceKey(tmp_path)


def test_an_encrypted_or_signed_text_that_was_changed_is_refused(tmp_path: Path) -> None:
    key = ServiceKey(tmp_path)
    secret, signed = key.encrypt("a", "a text"), key.sign("a", "a text")
    assert key.decrypt("a", secret) == key.verified("a", signed) == "a text"
    assert "text" not in secret
    for place in (12, len(secret) // 2, len(secret) - 4):
        changed = secret[:place] + ("A" if secret[place] != "A" else "B") + secret[place + 1 :]
        with pytest.raises(UnusableKeyError):
            key.decrypt("a", changed)
    with pytest.raises(UnusableKeyError):
        key.decrypt("b", secret)
    assert key.verified("b", signed) is None
    assert key.verified("a", f"another{signed[signed.index('.') :]}") is None
    assert key.verified("a", "\udc80.é") is None


def test_a_new_store_has_no_account(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.reading() as connection:
        assert count_accounts(connection) == 0
    store.close()


# Passwords and the log-in


@pytest.mark.parametrize(
    "password",
    [
        "only small letters here",
        "ONLY CAPITALS IN THIS",
        "éé ñandú ōōō žluť kůň",
        "x1 y2 z3 a4 b5 c6 " * 4,
        "长城 饭店 水 火 木 金 土 一 二 三",
    ],
)
def test_a_password_needs_length_and_nothing_else(password: str) -> None:
    accounts.check_password("mia", password)


def test_every_way_to_log_in_is_known() -> None:
    """Password, second factor, provider, and the link of a demonstration; each request has a token."""
    public = {
        f"{method} {part.prefix}{route.path}"
        for part in PARTS
        for route in router_of(part).routes
        if isinstance(route, APIRoute)
        and not any(isinstance(d.call, Require) for d in route.dependant.dependencies)
        for method in route.methods or ()
    }
    assert {name for name in public if "/log" in name} == {
        "GET /login",
        "POST /login",
        "GET /login/link",
        "GET /login/second-factor",
        "POST /login/second-factor",
        "GET /login/sso",
        "GET /login/sso/return",
        "POST /logout",
    }


def test_secrets_of_factors_are_not_in_the_database(served: Served) -> None:
    accounts.add_user(served.store, "kim", PASSWORD, Grant(Role.READER), web_tools.TESTER)
    actor = Actor(web_tools.AT.date(), "kim", web_tools.AT)
    enrolments = [second_factor.begin_app(served.store, "kim", "phone", actor) for _ in range(2)]
    assert enrolments[0].secret != enrolments[1].secret
    assert min(len(enrolment.secret) for enrolment in enrolments) >= 32, "160 bits"
    code = pyotp.TOTP(enrolments[1].secret).at(web_tools.AT)
    codes = second_factor.confirm_app(served.store, "kim", code, actor)
    with served.store.reading() as connection:
        rows = str([factors_of(connection, "kim"), connection.execute(select(account_factor)).all()])
    assert enrolments[1].secret not in rows
    assert [code for code in codes if code in rows or code.replace("-", "") in rows] == []


@pytest.mark.parametrize(
    ("seconds", "is_valid"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)]
)
def test_a_code_is_valid_for_three_steps_of_thirty_seconds(
    tmp_path: Path, seconds: int, is_valid: bool
) -> None:
    store = Store.open(tmp_path)
    accounts.add_user(store, "mia", PASSWORD, Grant(Role.READER), web_tools.TESTER)
    actor = Actor(web_tools.AT.date(), "mia", web_tools.AT)
    totp = pyotp.TOTP(second_factor.begin_app(store, "mia", "", actor).secret)
    code = totp.at(web_tools.AT + timedelta(seconds=seconds))
    try:
        second_factor.confirm_app(store, "mia", code, actor)
    except second_factor.WrongFactorError:
        assert not is_valid
    else:
        assert is_valid
    store.close()


def test_a_password_is_hashed_again_when_the_parameters_change(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add_user(served.store, "piet", PASSWORD, Grant(Role.READER), web_tools.TESTER)
    stronger = PasswordHasher(time_cost=4)
    monkeypatch.setattr(accounts, "_hasher", lambda: stronger)
    assert accounts.log_in(served.store, "piet", PASSWORD, at=web_tools.AT)
    with served.store.reading() as connection:
        stored = find_account(connection, "piet")
    assert stored is not None
    assert stored.password_hash.startswith("$argon2id$")
    assert "t=4" in stored.password_hash


def test_a_password_counts_exactly_as_it_was_typed(served: Served) -> None:
    own = f" {PASSWORD} " + "Long " * 20
    accounts.add_user(served.store, "exact", own, Grant(Role.READER), web_tools.TESTER)
    assert accounts.has_password(served.store, "exact", own)
    for other in (own.strip(), own.lower(), own[:64], own[:72], own + " "):
        assert not accounts.has_password(served.store, "exact", other)


def test_the_field_of_a_password_is_masked_and_open_to_password_managers(served: Served) -> None:
    page = browser(served).get("/login").text
    assert re.search(r'name="password" type="password"[^>]*autocomplete="current-password"', page)
    assert re.search(r'name="name" type="text"[^>]*autocomplete="username"', page)
    assert "onpaste" not in page


def test_every_page_shows_the_log_out_and_it_clears_the_browser(client: TestClient) -> None:
    for path in ("/account", "/jobs", "/account/factors"):
        assert 'action="/logout"' in client.get(path).text
    answer = client.post("/logout")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert client.get("/account").status_code == 303


def test_a_session_cookie_from_before_the_log_in_does_not_open_it(served: Served) -> None:
    visitor = browser(served)
    visitor.cookies.set("overzicht-session", "a value that an attacker chose")
    visitor.post("/login", data={"name": "mia", "password": PASSWORD})
    assert (
        visitor.cookies.get("overzicht-session", domain="localhost.local") != "a value that an attacker chose"
    )
    attacker = browser(served)
    attacker.cookies.set("overzicht-session", "a value that an attacker chose")
    assert attacker.get("/api/v1/me").status_code == 401


# The service


def test_methods_and_paths_that_nobody_needs_are_closed(served: Served) -> None:
    visitor = browser(served)
    assert visitor.request("TRACE", "/login").status_code == 405
    for path in ("/static/", "/redoc", "/metrics", "/.git/config"):
        assert visitor.get(path).status_code in (404, 405), path


def test_a_path_is_decoded_once(client: TestClient) -> None:
    assert client.get("/lists/%252e%252e%252flogin").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404


def test_a_fault_is_not_described_and_opens_nothing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a detail of the inside")

    monkeypatch.setattr("overzicht.web.auth.identify", broken)
    answer = client.get("/api/v1/me")
    assert answer.status_code == 500
    assert "inside" not in answer.text
    assert "Traceback" not in answer.text


def test_no_address_of_the_service_carries_a_secret(served: Served) -> None:
    names = {
        parameter["name"].lower()
        for interface in Interface
        for path in openapi.describe(interface, contacts.LOCAL)["paths"].values()
        for operation in path.values()
        for parameter in operation.get("parameters", ())
        if parameter.get("in") in ("query", "path")
    }
    assert names
    assert not [name for name in names if re.search("password|secret|token|credential", name)]


def test_only_unsafe_methods_are_handled_as_changes(served: Served) -> None:
    methods = {
        method
        for part in PARTS
        for route in router_of(part).routes
        for method in getattr(route, "methods", ())
    }
    assert methods <= {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert not methods - {"GET"} & set(guards.SAFE_METHODS)
    foreign = {"Sec-Fetch-Site": "cross-site"}
    for method in sorted(methods - {"GET"}):
        assert browser(served).request(method, "/login", headers=foreign).status_code == 403


def test_answers_name_their_type_and_character_set(client: TestClient) -> None:
    assert client.get("/account").headers["content-type"] == "text/html; charset=utf-8"
    assert client.get("/api/v1/me").headers["content-type"] == "application/json"
    export = client.get("/account", headers={"Accept": "application/json"})
    assert export.headers["x-content-type-options"] == "nosniff"


def test_pages_with_secrets_are_not_stored(client: TestClient) -> None:
    for path in ("/account", "/account/factors"):
        assert client.get(path).headers["cache-control"] == "no-store"


# The audit trail


@pytest.mark.parametrize("name", ["a\nb", 'x", "kind": "log-in', "é\u2028ü", "\x1b[31mred", "\x00"])
def test_an_event_is_one_line_of_json_with_time_place_and_person(name: str) -> None:
    event = AuditEvent(
        "2026-11-27T10:00:00.000+00:00", AuditKind.REFUSED, name, "192.0.2.1", "GET /x", {"status": 403}
    )
    line = event_line(event)
    assert line.count("\n") == 1
    assert line.isascii()
    read: dict[str, Any] = json.loads(line)
    assert (read["account"], read["address"], read["kind"]) == (name, "192.0.2.1", "refused")
    assert read["time"].endswith("+00:00")


def test_the_file_of_the_audit_trail_has_its_own_name(served: Served) -> None:
    accounts.add_user(served.store, "root", PASSWORD, Grant(Role.ADMIN), web_tools.TESTER)
    root = browser(served)
    root.post("/login", data={"name": "root", "password": PASSWORD})
    answer = root.get("/api/v1/audit/export")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.jsonl"'
    assert all(json.loads(line)["kind"] for line in answer.text.splitlines())


# The documentation states the limits of the code


@pytest.mark.parametrize(
    ("guide", "statements"),
    [
        (
            "explanation/security-service.md",
            [
                "5 attempts a minute for each address and name, 30 for each address",
                "100 an hour for each name",
                "10 a minute, 60 an hour",
                "two hours without use, and after twelve hours",
                "four at the same time, at most 20 unfinished ones, one hour for each",
                "files up to 200 MB",
                "1,200 requests a minute",
            ],
        ),
        ("how-to/require-a-second-factor.md", ["keys/service.key", "ten recovery codes"]),
        ("how-to/deploy.md", ["TLSv1.2 TLSv1.3", "X-Forwarded-For", "client_max_body_size 200m"]),
    ],
)
def test_the_guides_state_the_limits_that_apply(guide: str, statements: list[str]) -> None:
    text = " ".join((GUIDES / guide).read_text(encoding="utf-8").split())
    assert [statement for statement in statements if statement not in text] == []


def test_the_limits_in_the_guides_are_those_of_the_code() -> None:
    assert limits.STRANGERS == {"address": "30/minute", "address and name": "5/minute", "name": "100/hour"}
    assert limits.KNOWN_DEVICES == {"device": "10/minute", "device for long": "60/hour"}
    assert accounts.SESSION_IDLE.total_seconds() == 2 * 3600
    assert accounts.SESSION_LASTS.total_seconds() == 12 * 3600
    assert (jobs.MOST_RUNNING, jobs.MOST_UNFINISHED, jobs.TIME_LIMIT.total_seconds()) == (4, 20, 3600)
    assert ServiceOptions().max_upload_bytes == 200_000_000
    assert ServiceOptions().rate == "1200/minute"
