"""The national overview in the browser and in the API: coverage first, and the same numbers."""

import json
import re
from collections import deque
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from catalogue_tools import broken_rules
from census_tools import NONE, ROUND, Census, at, cameras
from web_tools import Served, serve

from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.letters import send_requests
from overzicht.subjects.census.links import make_link
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.round_records import REQUESTS
from overzicht.subjects.register.maps import load_boundaries

DAY = date(2026, 3, 9)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a service over a store with a round that four towns answered, one of them in confidence."""
    folder: Path = tmp_path_factory.mktemp("census")
    census = Census(folder)
    for number in range(1, 4):
        census.answer(DAY, f"nl:t{number:02}", [cameras(10 * number)])
    census.answer(DAY, "nl:t04", [NONE], level="coverage", remark="SECRET-REMARK")
    census.store.close()
    made = serve(folder / "home")
    yield made
    made.store.close()


def test_page_and_api_begin_with_the_coverage(served: Served) -> None:
    client = served.client("reader")
    data = client.get(f"/api/v1/census/{ROUND}", params={"as-of": DAY.isoformat()}).json()
    assert data["sentences"][0].startswith("On 9 March 2026, 4 of 30 bodies had answered (13 %).")
    assert data["outcome"]["tally"]["have"] == 3
    page = served.client("reader").get("/census", params={"as-of": DAY.isoformat()})
    assert page.status_code == 200
    text = " ".join(page.text.split())
    assert text.index("4 of 30 bodies had answered") < text.index("Between 3 and 30 of 30 have it")
    assert "SECRET-REMARK" not in page.text


def test_the_catalogue_has_what_the_census_published_and_each_address_answers(served: Served) -> None:
    client, query = served.client("reader"), {"asOf": DAY.isoformat()}
    assert client.get("/api/v1/catalog", params=query).json()["dcat:dataset"] == []
    hidden = client.get(f"/api/v1/census/{ROUND}", params={**query, "published": "true"})
    assert (hidden.status_code, hidden.json()["type"]) == (404, "unknown-name")
    publish_overview(served.store, ROUND, DAY, Question(), at(DAY))
    answer = client.get("/api/v1/catalog", params=query)
    assert answer.headers["content-type"] == "application/ld+json"
    data = answer.json()
    assert broken_rules(data) == []
    (own,) = data["dcat:dataset"]
    address = urlsplit(own["dct:identifier"])
    overview = client.get(f"{address.path}?{address.query}").json()
    assert (overview["round"], overview["day"]) == (ROUND, DAY.isoformat())
    assert data["dcat:service"]["dcat:servesDataset"] == [{"@id": own["@id"]}]
    assert client.get("/api/v1/openapi.json").status_code == 200
    assert data["dcat:service"]["dcat:endpointDescription"]["@id"].endswith("/api/v1/openapi.json")


def test_the_response_by_region_is_a_map_and_a_table(served: Served, tmp_path: Path) -> None:
    def page(language: str = "en") -> str:
        query = {"as-of": DAY.isoformat(), "lang": language}
        return " ".join(served.client("reader").get("/census", params=query).text.split())

    assert "There is no map, because no boundaries are loaded." in page()
    load(served, tmp_path, "elsewhere")
    assert "have no region of this round" in page()
    load(served, tmp_path, "NORTH", "island")
    drawn = page()
    assert 'aria-labelledby="fig-response-wide-t fig-response-wide-d"' in drawn
    assert ">north: 4 of 16 bodies answered (25 %)</title>" in drawn
    assert "Not on the map: south." in drawn
    assert ">north: 3 of 3 bodies that answered the question have it</title>" in drawn
    assert 'aria-labelledby="fig-answers-wide-t fig-answers-wide-d"' in drawn
    assert "No earlier round on these kinds of body" in drawn
    row = drawn[drawn.index('id="t-response"') :]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row)[:6] == ["16", "4", "25 %", "14", "0", "0 %"]
    assert "north: 4 van de 16 organisaties antwoordden (25 %)" in page("nl")


def load(served: Served, folder: Path, *regions: str) -> None:
    """Load boundaries with a square for each region."""
    path = folder / "regions.geojson"
    ring = [[5, 52], [6, 52], [6, 53], [5, 53], [5, 52]]
    features = [
        {"type": "Feature", "properties": {"name": name},
         "geometry": {"type": "Polygon", "coordinates": [[[x + n, y] for x, y in ring]]}}
        for n, name in enumerate(regions)
    ]  # fmt: skip
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    load_boundaries(served.store, path, at(DAY))


def test_a_region_of_few_bodies_is_joined(tmp_path: Path) -> None:
    census = Census(tmp_path)
    census.answer(DAY, "nl:p1", [NONE])
    with census.store.writing("x", at(DAY).at) as tx:
        tx.update(REQUESTS, REQUESTS.c.body_id.in_(["nl:p1", "nl:p2"]), region="island")
    rows = national_overview(census.store, ROUND, DAY).response
    assert [(row.region, row.bodies, row.answered) for row in rows] == [("north", 16, 0), ("?", 14, 1)]
    assert rows[1].joined == ("island", "south")  # one alone would be known by subtraction
    census.store.close()


def test_an_answer_in_confidence_is_named_without_its_content(served: Served) -> None:
    data = served.client("reader").get(f"/api/v1/census/{ROUND}", params={"as-of": DAY.isoformat()}).json()
    body = next(body for body in data["bodies"] if body["id"] == "nl:t04")
    assert (body["state"], body["depth"], body["devices"]) == ("answered", None, None)
    assert data["outcome"]["tally"]["answered"] == 3  # one answer alone would give its body away


def test_a_round_is_listed_and_another_is_not_found(served: Served) -> None:
    client = served.client("reader")
    assert [item["id"] for item in client.get("/api/v1/census").json()["items"]] == [ROUND]
    assert client.get("/api/v1/census/nothing").status_code == 404
    empty = served.client("reader").get("/census", params={"as-of": "2020-01-01"})
    assert "No round of the census" in empty.text


@pytest.fixture
def by_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Served, str]]:
    """Yield a service without accounts' rights, and the link in the letter of a town."""
    census = Census(tmp_path)
    link = make_link(census.store, ROUND, "nl:t05", census.codes["nl:t05"])
    census.store.close()
    monkeypatch.setattr("overzicht.subjects.census.pages.today", lambda: DAY)
    made = serve(tmp_path / "home")
    yield made, link
    made.store.close()


def send(by_link: tuple[Served, str], **form: object) -> Any:
    """Return the answer to a form that the body of the link sends from its own machine."""
    served, link = by_link
    client = served.client()
    client.base_url = "https://127.0.0.1"
    key = parse_qs(urlsplit(link).query)["key"][0]
    files = {"file": form.pop("file")} if "file" in form else None
    return client.post("/census/return", data={"key": key, **form}, files=files)  # type: ignore[arg-type]


def test_a_body_answers_by_the_link_of_its_letter_and_corrects_it(by_link: tuple[Served, str]) -> None:
    served, link = by_link
    page = served.client().get(link)
    assert page.status_code == 200
    assert "Town 05" in page.text
    assert send(by_link, depth="none").status_code == 422  # a none needs its basis
    answer = send(by_link, depth="none", basis="inventory")
    assert answer.status_code == 200, answer.text
    assert "Version 1 is accepted" in answer.text
    numbers = {"maker": ["Hikvision", ""], "kind": ["camera", ""], "least": ["14", ""], "most": ["14", ""]}
    assert "Version 2 is accepted" in send(by_link, depth="counts", **numbers).text
    overview = national_overview(served.store, ROUND, DAY, Question(frozenset({"hikvision"})))
    assert overview.outcome.tally.have == 1
    assert {row.id: row.devices for row in overview.bodies}["nl:t05"] == 14


def test_another_link_opens_nothing(by_link: tuple[Served, str]) -> None:
    served, link = by_link
    assert served.client().get(link[:-9] + "AAAAAAAA=").status_code == 404
    assert served.client().get("/census/return?key=x").status_code == 404
    stolen = make_link(served.store, ROUND, "nl:t06", "another code")
    assert served.client().get(stolen).status_code == 404
    deque(
        send_requests(served.store, ROUND, ("nl:t05",), at(DAY)), maxlen=0
    )  # a new letter ends the old link
    assert served.client().get(link).status_code == 404


def test_a_body_that_answered_answers_again_by_a_new_letter(by_link: tuple[Served, str]) -> None:
    served, _ = by_link
    assert "Version 1 is accepted" in send(by_link, depth="none", basis="inventory").text
    (letter,) = send_requests(served.store, ROUND, ("nl:t05",), at(DAY), address="https://census.example")
    newer = (served, letter.link)
    assert "Version 2 is accepted" in send(newer, depth="present", basis="inventory").text
    assert "Version 3 is accepted" in send(newer, depth="none", basis="inventory").text


def test_a_body_uploads_its_published_register(by_link: tuple[Served, str]) -> None:
    register = {
        "form": "overzicht-register", "version": 1, "organisation": {"id": "t05", "name": "Town 05"},
        "includes": ["t05"], "as_of": "2026-03-02", "level": "counts", "counts": {"total": 3},
        "makers": [{"maker": "axis", "name": "Axis", "devices": 3}], "kinds": {"camera": 3}, "models": None,
        "devices": None, "statements": [], "unknown": [],
    }  # fmt: skip
    huge = json.dumps({**register, "makers": [{"maker": "axis", "name": "Axis", "devices": 2**63}]}).encode()
    for content in (b"{}", b"[" * 100_000, b'{"a":' * 50_000, huge, b"\xff"):
        wrong = send(by_link, depth="register", file=("r.json", content, "application/json"))
        assert wrong.status_code == 422, content[:20]
    file = ("register.json", json.dumps(register).encode(), "application/json")
    assert "full register" in send(by_link, depth="register", file=file).text
