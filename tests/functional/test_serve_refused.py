"""A refused form keeps what was typed, on the page that sent it."""

from collections.abc import Iterator

import pytest
import web_tools
from lxml import html
from lxml.html import HtmlElement
from starlette.testclient import TestClient
from web_tools import BASE, Served

WRONG_DAY = "2026-11-31"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("refused") / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def _reader(served: Served, role: str = "admin") -> TestClient:
    client = served.client(role)
    client.headers |= {"Accept": "text/html", "Accept-Language": "nl"}
    return client


def _sent(client: TestClient, page: str, path: str, **values: str) -> tuple[int, HtmlElement]:
    answer = client.post(path, data=values, headers={"Referer": f"{BASE}{page}"})
    return answer.status_code, html.document_fromstring(answer.text)


def test_a_wrong_day_is_named_beside_the_field_and_the_rest_stays(served: Served) -> None:
    status, page = _sent(
        _reader(served), "/lists", "/lists/files", list="un-sc", official="false", published=WRONG_DAY
    )
    assert status == 400
    (form,) = page.xpath("//form[@action='/lists/files']")
    assert form.xpath(".//input[@name='published']/@value") == [WRONG_DAY]
    assert form.xpath(".//input[@name='published']/@aria-invalid") == ["true"]
    assert form.xpath(".//select/option[@selected]/@value") == ["un-sc", "false"]
    (fault,) = page.xpath("//*[@role='alert']")
    words = " ".join(fault.text_content().split())
    assert "het is geen datum; schrijf het als JJJJ-MM-DD" in words
    assert "Kies ook het bestand opnieuw." in words
    assert "body." not in words
    assert not any(around.get("open") is None for around in form.iterancestors("details"))


def test_choices_stay_and_no_password_comes_back(served: Served) -> None:
    secret = "zq7zq"  # noqa: S105 - too short for a password
    given = {"password": secret, "current_password": web_tools.PASSWORD}
    status, page = _sent(
        _reader(served), "/accounts", "/accounts", name="jan jansen", role="officer", **given
    )
    assert status == 400
    (form,) = page.xpath("//form[@action='/accounts']")
    assert form.xpath(".//input[@name='name']/@value") == ["jan jansen"]
    assert form.xpath(".//select[@name='role']/option[@selected]/@value") == ["officer"]
    text = html.tostring(page, encoding="unicode")
    assert secret not in text
    assert web_tools.PASSWORD not in text


def test_a_product_without_a_function_keeps_its_name(served: Served) -> None:
    status, page = _sent(_reader(served), "/classify", "/classify", name="WB-9")
    assert status == 400
    assert page.xpath("//form//input[@name='name']/@value") == ["WB-9"]
    assert (
        "vink minstens één functie van het product aan" in page.xpath("//*[@role='alert']")[0].text_content()
    )


@pytest.mark.parametrize("page", ["/makers", "/nowhere", "//evil.example/plans/new", "https://evil.example/"])
def test_without_a_page_of_ours_with_the_form_the_problem_is_shown(served: Served, page: str) -> None:
    address = page if "evil" in page else f"{BASE}{page}"
    answer = _reader(served).post(
        "/plans", data={"title": "x", "due": WRONG_DAY}, headers={"Referer": address}
    )
    assert answer.status_code == 400
    assert 'name="due"' not in answer.text
    assert "het is geen datum" in answer.text


def test_a_program_gets_a_problem(served: Served) -> None:
    answer = served.client("admin").post(
        "/plans", data={"title": "x", "due": WRONG_DAY}, headers={"Referer": f"{BASE}/plans/new"}
    )
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["faults"] == [
        {"place": "body.due", "reason": "it is not a date; write it as YYYY-MM-DD"}
    ]


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ({"from": "1", "to": "99"}, "er is geen import"),
        ({"from": "2026-10-01", "to": "2026-07-01"}, "geef de vroegste datum eerst"),
        ({"from": "gisteren", "to": "2026-07-01"}, "'gisteren' is niet te lezen als datum"),
        ({"from": "2026-02-30", "to": "2026-07-01"}, "die dag bestaat niet"),
    ],
)
def test_a_question_that_is_refused_can_be_corrected(
    served: Served, query: dict[str, str], fault: str
) -> None:
    answer = _reader(served).get("/compare", params=query)
    page = html.document_fromstring(answer.text)
    assert answer.status_code in {400, 404}
    assert {name: page.xpath(f"//main//form//input[@name='{name}']/@value") for name in query} == {
        name: [value] for name, value in query.items()
    }
    words = page.xpath("//main//*[@role='alert']")[0].text_content()
    assert fault in words
    assert "niets opgeslagen" not in words


@pytest.mark.parametrize("choice", [{"lang": "nl"}, {"theme": "dark"}, {"as-of": "2026-11-01"}])
def test_the_choices_of_a_reader_in_the_address_are_no_fields(served: Served, choice: dict[str, str]) -> None:
    client = _reader(served)
    client.headers |= {"Accept-Language": "en"}
    answer = client.get("/compare", params={"from": "1", "to": "99", **choice})
    page = html.document_fromstring(answer.text)
    assert page.xpath("//main//form//input[@name='to']/@value") == ["99"]
    assert page.get("lang") == choice.get("lang", "en")


def test_a_birth_date_that_is_no_date_is_named_beside_its_field(served: Served) -> None:
    answer = _reader(served).get("/screen", params={"name": "Jan", "kind": "Person", "born": "ooit"})
    page = html.document_fromstring(answer.text)
    assert page.xpath("//main//form//input[@name='born']/@aria-invalid") == ["true"]
    assert "het is geen datum" in page.xpath("//main//*[@role='alert']")[0].text_content()


def test_a_file_that_is_no_map_is_refused_in_dutch_alone(served: Served) -> None:
    answer = _reader(served).post(
        "/sites/boundaries",
        files={"file": ("vlak.geojson", b'{"type": "Point"}', "application/json")},
        headers={"Referer": f"{BASE}/sites"},
    )
    assert answer.status_code == 400
    assert (
        "vlak.geojson: de grenzen zijn niet leesbaar: het is geen FeatureCollection van GeoJSON"
        in answer.text
    )


def test_a_link_with_a_mistake_shows_the_problem(served: Served) -> None:
    answer = _reader(served).get("/devices", params={"page": "0"})
    assert answer.status_code == 400
    assert "Er klopt iets niet" in answer.text
