"""One result per party, the sources of its values, and updates of lists on request."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import web_tools
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.entities.record import Statement
from overzicht.web import app as application
from overzicht.web.service import ServiceOptions
from overzicht.web.work import WORKERS

DAY = date(2026, 11, 20)
NAME = "Bluefern Optics"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    made = web_tools.serve(tmp_path_factory.mktemp("parties"), ServiceOptions(rate=""))
    early = company("un-1", NAME, since=date(2021, 3, 22))
    later = replace(early, statements=(*early.statements, Statement("alias", "Bluefern", "eng")))
    put(made.store, snapshot_of("un-sc", date(2025, 1, 1), "c"), [early])
    put(made.store, snapshot_of("un-sc", DAY), [later, company("un-2", "Bluefern Optical Trading")])
    put(made.store, snapshot_of("uk", DAY, "b"), [company("uk-1", NAME, "BFO", list_id="uk")])
    movement = company("csl-1", "Nevel Movement", "Youth of Nevel", "Nevel Front", list_id="us-csl")
    works = company("csl-2", "Party of the Works", "Nevel Movement", "The Works", list_id="us-csl")
    put(made.store, snapshot_of("us-csl", DAY, "e"), [movement, works])
    yield made
    made.app.state.service.runner.stop()
    made.store.close()
    patch.undo()


def results(served: Served, **query: Any) -> list[dict[str, Any]]:
    body = {"queries": {"q": {"schema": "Company", "properties": {"name": [NAME]}}}}
    answer = served.client("reader").post("/match/default", params={"cutoff": 0.2, **query}, json=body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["responses"]["q"]["results"]
    return found


def test_the_records_of_a_party_are_one_result(served: Served) -> None:
    first, *others = results(served)
    assert {first["id"], *first["referents"]} == {"un-1", "uk-1"}
    assert sorted(first["datasets"]) == ["uk", "un-sc"]
    assert {"BFO", "Bluefern"} <= set(first["properties"]["alias"])
    assert first["first_seen"].startswith("2025-01-01")
    assert {other["id"] for other in others} <= {"un-2"}


def test_entries_of_one_list_with_a_name_in_common_stay_two_results(served: Served) -> None:
    body = {"queries": {"q": {"schema": "Company", "properties": {"name": ["Nevel Movement"]}}}}
    answer = served.client("reader").post("/match/default", json=body).json()
    assert {result["id"] for result in answer["responses"]["q"]["results"]} >= {"csl-1", "csl-2"}


def test_the_limit_counts_parties_and_an_excluded_record_excludes_its_party(served: Served) -> None:
    assert len(results(served, limit=1)) == 1
    for record in ("un-1", "uk-1"):
        assert not [r for r in results(served, exclude_entity_ids=record) if r["match"]]


def test_one_list_gives_its_own_record_alone(served: Served) -> None:
    (first,) = [result for result in results(served, include_dataset="uk") if result["match"]]
    assert (first["id"], first["referents"], first["datasets"]) == ("uk-1", [], ["uk"])


def asked(served: Served, **query: Any) -> Any:
    answer = served.client("reader").get("/statements", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), answer.text
    return answer.json()


def test_a_value_has_the_dates_of_the_versions_with_it(served: Served) -> None:
    rows = {row["value"]: row for row in asked(served, entity_id="un-1")["results"]}
    assert (rows[NAME]["first_seen"][:10], rows[NAME]["last_seen"][:10]) == ("2025-01-01", "2026-11-20")
    assert (rows["Bluefern"]["first_seen"][:10], rows["Bluefern"]["lang"]) == ("2026-11-20", "eng")
    assert (rows[NAME]["prop"], rows[NAME]["prop_type"], rows[NAME]["dataset"]) == ("name", "name", "un-sc")
    before = asked(served, entity_id="un-1", **{"as-of": "2025-06-01"})
    assert [row["value"] for row in before["results"]] == [NAME]


def test_statements_are_filtered_sorted_and_cut(served: Served) -> None:
    assert asked(served, entity_id="un-1", prop="alias")["total"]["value"] == 1
    assert asked(served, entity_id="un-1", dataset="uk")["total"]["value"] == 0
    page = asked(served, entity_id="un-1", sort="value:desc", limit=1, offset=1)
    assert ([row["value"] for row in page["results"]], page["total"]["value"]) == (["Bluefern"], 2)
    for query in ({}, {"entity_id": "a", "canonical_id": "b"}, {"entity_id": "un-1", "sort": "x"}):
        assert served.client("reader").get("/statements", params=query).status_code == 400


def test_a_browser_gets_the_page_that_had_the_address(served: Served) -> None:
    answer = served.client("reader").get("/statements", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/public-statements")


def test_an_editor_starts_an_update_and_nobody_waits_for_it(served: Served) -> None:
    answer = served.client("editor").post("/updatez")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer.headers["location"].startswith("/api/v1/jobs/")
    assert served.client("editor").post("/updatez", params={"sync": True}).status_code == 400
    assert served.client("reader").post("/updatez").status_code == 403
    assert served.client().post("/updatez").status_code == 401
