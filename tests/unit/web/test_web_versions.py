"""The rules for the interface, for every operation: versions, names of keys, headers, and its description."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import web_tools
from fastapi.routing import APIRoute
from web_tools import Served

from overzicht.composition import Interface
from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web import app as application
from overzicht.web import contacts, openapi
from overzicht.web.contacts import SECURITY_PATH
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of
from overzicht.web.service import ServiceOptions
from overzicht.web.versions import API_VERSION, DEPRECATED_AT, DEPRECATION, NEW_NAMES, SUNSET_AT
from overzicht.web.work import WORKERS

V1 = "/api/v1"
PUBLIC = "https://overzicht.example.nl"
IN_PATHS = {"list_id": "un-sc", "number": "7", "row": "7"}  # all else: x


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    made = web_tools.serve(
        tmp_path_factory.mktemp("versions"), ServiceOptions(rate="", public_address=PUBLIC)
    )
    yield made
    made.app.state.service.runner.stop()
    made.store.close()
    patch.undo()


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return openapi.describe(Interface.OWN, contacts.LOCAL)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def own_routes() -> list[tuple[str, str]]:
    return [
        (method, f"{V1}{route.path}")
        for part in PARTS
        if part.interface is Interface.OWN
        for route in router_of(part).routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    ]


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda part: IN_PATHS.get(part[1], "x"), path)


@pytest.mark.parametrize(("method", "path"), own_routes(), ids=lambda value: value)
def test_every_operation_states_its_version_and_refuses_an_unknown_key(
    served: Served, method: str, path: str
) -> None:
    client = served.client("admin")
    answer = client.request(method, filled(path), params={"unheard-of": "1"})
    assert (answer.status_code, answer.headers["api-version"]) == (400, API_VERSION)
    assert answer.json()["faults"][0]["place"] == "query.unheard-of"
    assert client.request(method, filled(path) + "/").status_code == 404
    for name, value in [("cache-control", "no-store"), ("x-frame-options", "DENY")]:
        assert answer.headers[name] == value


@pytest.mark.parametrize(
    ("path", "new", "value"),
    [
        ("/lists", "asOf", "2026-01-02"),
        ("/log", "lang", "nl"),
        ("/dossiers/x", "knownOn", "2026-01-02"),
        ("/tasks", "openOnly", "false"),
        ("/tasks", "dueBefore", "2026-01-02"),
        ("/licences/statistics?year=2025", "smallestCell", "3"),
    ],
)
def test_an_old_name_answers_the_same_and_says_that_it_ends(
    served: Served, path: str, new: str, value: str
) -> None:
    old = next((old for old, name in NEW_NAMES.items() if name == new), new)
    answers = [served.client("admin").get(with_key(path, name, value)) for name in (new, old)]
    assert answers[0].content == answers[1].content
    assert answers[0].status_code == answers[1].status_code != 400
    assert "deprecation" not in answers[0].headers
    for name in ("Deprecation", "Sunset", "Link"):
        assert answers[1].headers.get(name) == (DEPRECATION[name] if old != new else None)


def test_each_operation_reads_the_old_names_of_its_keys(served: Served, described: dict[str, Any]) -> None:
    client, old_names, compared = served.client("admin"), {new: old for old, new in NEW_NAMES.items()}, set()
    for method, path, operation in operations(described):
        names = {each["name"] for each in operation["parameters"] if each.get("in") == "query"}
        for new in old_names.keys() & names:
            answers = [
                client.request(method, with_key(filled(V1 + path), name, "not valid"))
                for name in (new, old_names[new])
            ]
            assert [answer.status_code for answer in answers] == [400, 400], f"{method} {path}"
            assert answers[0].content == answers[1].content
            assert f"query.{new}" in [fault["place"] for fault in answers[1].json()["faults"]]
            compared.add(new)
    assert compared == set(old_names)


def with_key(path: str, name: str, value: str) -> str:
    path = path if path.startswith(V1) else V1 + path
    return f"{path}{'&' if '?' in path else '?'}{name}={value}"


def test_an_old_name_beside_its_new_one_is_refused(served: Served) -> None:
    query = {"asOf": "2026-01-01", "as-of": "2025-01-01"}
    assert served.client("reader").get(f"{V1}/lists", params=query).status_code == 400


@pytest.mark.parametrize(("language", "status"), [("nl", 200), ("en", 200), ("fr", 400)])
def test_the_language_in_a_query_is_one_that_we_speak(served: Served, language: str, status: int) -> None:
    assert served.client("reader").get(f"{V1}/lists", params={"lang": language}).status_code == status


def test_the_period_of_old_names_is_half_a_year_and_has_not_passed() -> None:
    assert (SUNSET_AT - DEPRECATED_AT).days >= 180
    assert DEPRECATION["Deprecation"] == f"@{int(DEPRECATED_AT.timestamp())}"
    assert (
        datetime.strptime(DEPRECATION["Sunset"], "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) == SUNSET_AT
    )


def test_the_old_interfaces_of_other_products_take_both_names_of_the_date(served: Served) -> None:
    client = served.client("reader")
    for value, status in [("2025-01-01", 200), ("1800-01-01", 400)]:
        answers = [client.get("/catalog", params={name: value}) for name in ("as-of", "asOf")]
        assert [answer.status_code for answer in answers] == [status, status]


@pytest.mark.parametrize("path", openapi.PATHS)
def test_a_description_is_open_to_every_site(served: Served, path: str) -> None:
    answer = served.client().get(path, headers={"Origin": "https://elsewhere.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    is_own = openapi.PATHS[path] is Interface.OWN
    assert answer.json()["servers"] == [{"url": PUBLIC + (V1 if is_own else "")}]
    assert ("deprecation" in answer.headers) == (path == "/openapi.json")


# The rules for the description, as the linter of the Dutch API Design Rules checks them


def test_each_answer_declares_the_version(described: dict[str, Any]) -> None:
    for method, path, operation in operations(described):
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"], f"{method} {path} {status}"
        assert "422" not in operation["responses"]
        assert "application/problem+json" in operation["responses"]["400"]["content"], f"{method} {path}"


def test_names_have_the_form_that_the_rules_ask(described: dict[str, Any]) -> None:
    for method, path, operation in operations(described):
        assert re.fullmatch(r"(/([a-z0-9-]+|\{\w+\}))+", path), path
        for parameter in operation["parameters"]:
            if parameter.get("in") == "query":
                assert re.fullmatch(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*", parameter["name"]), f"{method} {path}"
    assert [name for name in described["components"]["schemas"] if not re.fullmatch(r"[A-Z]\w*", name)] == []
    assert [name for name in described["components"]["schemas"] if "_" in name] == []


def test_a_property_that_is_called_a_date_has_a_format(described: dict[str, Any]) -> None:
    dates = {
        f"{name}.{key}": value.get("format")
        for name, schema in described["components"]["schemas"].items()
        for key, value in schema.get("properties", {}).items()
        if key in ("date", "datum") or re.search(r"(\w+D|_[dD])(ate|atum)", key)
    }
    assert len(dates) > 5
    assert set(dates.values()) <= {"date", "partial-date"}, dates


def test_every_reference_in_a_description_exists() -> None:
    for interface in Interface:
        text = json.dumps(described := openapi.describe(interface, contacts.LOCAL))
        for kind, name in set(re.findall(r"#/components/(\w+)/([^\"/]+)", text)):
            assert name in described["components"][kind]


def test_two_schemas_cannot_get_one_name() -> None:
    schema: dict[str, Any] = {"components": {"schemas": {"Use": {}, "Use-Output": {}}}}
    with pytest.raises(ValueError, match="same name"):
        openapi.with_pascal_names(schema)


@pytest.mark.parametrize(("year", "status"), [("2099", 200), ("2020", 404)])
def test_the_security_contact_is_served_until_it_expires(tmp_path: Path, year: str, status: int) -> None:
    values = {"security_contact": "mailto:a@example.nl", "security_expires": f"{year}-01-01T00:00:00Z"}
    store = Store.open(tmp_path)
    app = application.create_app(store, Settings(home=tmp_path, values=values))
    answer = Served(app, store, {}).client().get(SECURITY_PATH)
    store.close()
    assert answer.status_code == status
    lines = ["Contact: mailto:a@example.nl", "Expires: 2099-01-01T00:00:00Z", "Preferred-Languages: nl, en"]
    assert (answer.text.splitlines() == lines) == (status == 200)
    assert answer.headers["content-type"].startswith("text/plain") == (status == 200)
