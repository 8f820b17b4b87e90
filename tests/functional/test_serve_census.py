"""The national overview in the browser and in the API: coverage first, and the same numbers."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, ROUND, Census, cameras
from web_tools import Served, serve

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
