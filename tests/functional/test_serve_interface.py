"""The page of the interface for programs: complete, and its forms lead to real answers."""

from collections.abc import Iterator
from html import escape

import pytest
import web_tools
from web_tools import Served

from overzicht.web.pages.interface import example_of, operations_of

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("interface") / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_every_operation_is_on_the_page_without_foreign_files(served: Served) -> None:
    client = served.client("reader")
    description = client.get("/api/v1/openapi.json").json()
    page = client.get("/docs", params={"lang": "en"})
    assert page.status_code == 200
    for path, methods in description["paths"].items():
        for method in METHODS & methods.keys():
            assert f"<code>{method.upper()} /api/v1{escape(path)}</code>" in page.text
    assert "http://" not in page.text.replace("http://127.0.0.1", "").replace("http://www.w3.org", "")
    assert "unsafe-inline" not in page.headers["content-security-policy"]


def test_a_form_leads_to_the_answer_of_the_operation(served: Served) -> None:
    client = served.client("reader")
    description = client.get("/api/v1/openapi.json").json()
    operations = {(line.method, line.path): line for line in operations_of(description)}
    operation = operations["get", "/api/v1/makers/{maker_id}"]
    reply = client.get(f"/docs/try/{operation.id}", params={"maker_id": "hikvision", "asOf": "2020-01-01"})
    assert reply.status_code == 303
    assert reply.headers["location"] == "/api/v1/makers/hikvision?asOf=2020-01-01"
    assert client.get(reply.headers["location"]).json()["id"] == "hikvision"
    evil = client.get(f"/docs/try/{operation.id}", params={"maker_id": "//evil.example/x"})
    assert evil.headers["location"].startswith("/api/v1/makers/%2F%2Fevil.example")
    writes = operations["post", "/api/v1/lists/update"]
    assert client.get(f"/docs/try/{writes.id}").status_code == 404


def test_an_example_ends_where_a_schema_names_itself() -> None:
    itself = {"$ref": "#/components/schemas/Tree"}
    parts = {"name": {"type": "string"}, "parts": {"type": "array", "items": itself}}
    example = example_of(itself, {"schemas": {"Tree": {"properties": parts}}})
    assert example["name"] == ""
    assert isinstance(example["parts"], list)
