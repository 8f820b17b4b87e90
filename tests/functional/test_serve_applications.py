"""The form of a licence application over HTTP, and the accessibility statement."""

from collections.abc import Iterator
from typing import Any

import pytest
import web_tools
from web_tools import Served

from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.model import Application

FIELDS: dict[str, Any] = {
    "id": "NL-2026-014", "transaction": "export", "issuing_state": "nl", "authority": "CDIU",
    "destination": "AE", "party_role": ["exporter", "consignee", "end_user"],
    "party_name": ["Voorbeeld BV", "Example Trading", "Example Ministry"],
    "party_address": ["Straat 1", "Road 2", ""], "party_country": ["nl", "AE", "AE"],
    "description": ["Warmtebeeldcamera", "", "Statief"], "code": ["6A003.b.4.b", "", "none"],
    "amount": ["2", "", "3"], "unit": ["piece", "", "piece"], "price": ["12000.50", "", ""],
    "currency": ["eur", "", ""], "origin": ["NL", "", ""], "commodity_code": ["", "", ""],
    "end_use": "Bewaking van een haven",
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("applications") / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def stored(served: Served, name: str) -> Application:
    with served.store.reading() as connection:
        return licences.get_case(connection, name).application


def test_a_filled_form_becomes_the_draft_that_a_file_would_be(served: Served) -> None:
    client = served.client("editor")
    assert 'name="party_name"' in client.get("/licence-applications", params={"lang": "nl"}).text
    reply = client.post("/licence-applications", data=FIELDS)
    assert (reply.status_code, reply.headers.get("location")) == (303, "/licences/NL-2026-014"), reply.text
    case = stored(served, "NL-2026-014")
    assert (case.issuing_state, case.destination) == ("NL", "AE")
    assert [party.role.value for party in case.parties] == ["exporter", "consignee", "end_user"]
    lines = [(item.line, item.code, item.not_listed) for item in case.items]
    assert lines == [(1, "6A003.b.4.b", False), (2, None, True)]  # the empty line is left out
    assert case.items[0].value is not None
    assert case.items[0].value.currency == "EUR"
    assert case.end_use is not None
    assert case.end_use.description == "Bewaking van een haven"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("destination", "Emirates", "country code"),
        ("id", "a b", "id"),
        ("amount", ["veel", "", ""], "amount"),
    ],
)
def test_a_wrong_field_is_named_and_the_form_keeps_what_was_filled_in(
    served: Served, field: str, value: Any, words: str
) -> None:
    client = served.client("editor")
    reply = client.post(
        "/licence-applications", params={"lang": "en"}, data={**FIELDS, "id": "NL-9", field: value}
    )
    assert reply.status_code == 400
    assert words in reply.text
    assert 'value="Example Ministry"' in reply.text
    assert client.get("/api/v1/licences/NL-9").status_code == 404


def test_the_same_number_is_not_overwritten(served: Served) -> None:
    client = served.client("editor")
    client.post("/licence-applications", data={**FIELDS, "id": "NL-10"})
    again = client.post("/licence-applications", data={**FIELDS, "id": "NL-10", "destination": "SG"})
    assert again.status_code == 400
    assert stored(served, "NL-10").destination == "AE"


@pytest.mark.parametrize(("lang", "words"), [("en", "Known limits"), ("nl", "Bekende beperkingen")])
def test_the_accessibility_statement_needs_no_login(served: Served, lang: str, words: str) -> None:
    page = served.client().get("/accessibility", params={"lang": lang})
    assert page.status_code == 200
    assert words in page.text
    login = served.client().get("/login", params={"lang": lang}).text
    assert 'href="/accessibility' in login
