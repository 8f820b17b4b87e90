"""Own lists on the pages and in the interface: the preview of a mapping, and loading with it."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_tools import Served, serve

from overzicht.store.snapshots import list_snapshots

MAPPING = """
id: acme-list
title: Parties that Acme does not deal with
publisher: Acme B.V.
effect: dealing ban
binds: employees of Acme
fields: {name: Name, aliases: {from: Alias, split: ";"}, listed: Since}
"""
CONTENT = (
    b"Name,Alias,Since,Colour\nInvented Trading Ltd,ITL;Inv,2020-01-02,red\n"
    b",,2020-01-02,\nOther Works,,2021-02-03,\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = serve(tmp_path_factory.mktemp("served"))
    yield made
    made.store.close()


def _finished(served: Served, job: str) -> dict[str, Any]:
    while True:
        body: dict[str, Any] = served.client("editor").get(f"/api/v1/jobs/{job}").json()
        if body["state"] not in ("waiting", "running"):
            return body
        time.sleep(0.05)


def test_the_page_shows_the_first_parties_and_what_was_not_read(served: Served) -> None:
    client = served.client("editor")
    assert "/lists/preview" in client.get("/lists").text
    shown = client.post("/lists/preview", files={"file": ("acme.csv", CONTENT)}, data={"mapping": MAPPING})
    assert shown.status_code == 200, shown.text
    for part in ("Invented Trading Ltd", "ITL; Inv", "2021-02-03", "line 3", "Colour"):
        assert part in shown.text
    with served.store.reading() as connection:
        assert not [s for s in list_snapshots(connection) if s.snapshot.source == "acme-list"]


def test_a_wrong_mapping_is_explained_on_the_page_and_kept_in_the_form(served: Served) -> None:
    wrong = MAPPING.replace("name: Name", "name: Naam")
    shown = served.client("editor").post(
        "/lists/preview", files={"file": ("acme.csv", CONTENT)}, data={"mapping": wrong}
    )
    assert shown.status_code == 200
    assert "fields.name" in shown.text
    assert "name: Naam" in shown.text


def test_the_interface_previews_loads_and_answers(served: Served) -> None:
    client = served.client("editor")
    made = client.post(
        "/api/v1/lists/preview", files={"file": ("a.csv", CONTENT)}, data={"mapping": MAPPING, "first": "1"}
    )
    assert made.status_code == 200, made.text
    view = made.json()
    assert view["account"]["read"] == 3
    assert view["account"]["parties"] == 2
    assert len(view["account"]["unread"]) == 1
    assert [party["name"] for party in view["parties"]] == ["Invented Trading Ltd"]
    assert view["not_taken"] == {"Colour": 1}
    good = CONTENT.replace(b",,2020-01-02,\n", b"")
    job = client.post(
        "/api/v1/lists/files",
        files={"files": ("acme.csv", good)},
        data={"mapping": MAPPING, "published": "2026-01-15", "records": "2"},
    )
    assert job.status_code == 202, job.text
    result = _finished(served, job.json()["id"])
    assert result["result"]["lists"][0]["outcome"] == "new version", json.dumps(result)
    listed = client.get("/api/v1/lists/acme-list", params={"as-of": "2026-02-01"}).json()
    assert listed.get("can_tell"), listed
    assert listed["title"]
    assert "acme-list" in client.get("/lists").text
    assert client.get("/lists/acme-list").status_code == 200


def test_the_ready_mappings(served: Served) -> None:
    items = served.client("reader").get("/api/v1/lists/mappings").json()["items"]
    assert "ch-seco" in [item["name"] for item in items]
    fault = served.client("editor").post(
        "/api/v1/lists/preview", files={"file": ("a.csv", CONTENT)}, data={"mapping": "id: x"}
    )
    assert fault.status_code == 400, fault.text


def test_a_file_on_disk_is_not_left_behind(served: Served, tmp_path: Path) -> None:
    served.client("editor").post(
        "/api/v1/lists/preview", files={"file": ("a.csv", CONTENT)}, data={"mapping": MAPPING}
    )
    assert not list(tmp_path.rglob("a.csv"))
