"""The control list, classifications, batches of names, merges and the store's own checks, over HTTP."""

import json
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import licensing_tools
import pytest
import web_tools
from starlette.testclient import TestClient
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.dates import read_iso_date

V1 = "/api/v1"
OLD = {"7A900": "Kettles:", "7A900.a": "Brass kettles exceeding 5 W;", "7A900.b": "Tin kettles."}
NEW = {**OLD, "7A900.a": "Brass kettles exceeding 9 W;"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = web_tools.serve(tmp_path / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def finished(client: TestClient, answer: Any) -> Any:
    """Return the result of a job once it is over."""
    assert answer.status_code == 202, answer.text
    for _ in range(600):
        job = client.get(answer.headers["location"]).json()
        if job["is_over"]:
            assert job["state"] == "done", job["result"]
            return job
        time.sleep(0.05)
    pytest.fail("the job does not end")


def install(client: TestClient, version: str, texts: dict[str, str]) -> Any:
    rows = [{"entry": p[:5], "path": p, "kind": "provision", "text": text} for p, text in texts.items()]
    content = "".join(f"{json.dumps(each)}\n" for each in rows).encode()
    files = {"file": (f"annex-{version}.jsonl", content)}
    return finished(client, client.post(f"{V1}/control/versions", files=files, data={"force": "true"}))


def test_a_version_is_installed_shown_searched_and_compared(served: Served) -> None:
    editor, reader = served.client("editor"), served.client("reader of one")
    day = {"as-of": "2026-01-01"}
    assert (
        reader.get(f"{V1}/control/search", params={"q": "kettle", **day}).json()["type"] == "no-control-list"
    )
    led = reader.get("/control/provisions/7A900.a", headers={"Accept": "text/html"}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/control")
    led = reader.get("/control/provisions/7A900.a", params=day, headers={"Accept": "text/html"})
    assert (led.status_code, led.headers["location"]) == (303, "/control?as-of=2026-01-01")
    install(editor, "2021", OLD)
    use = {"authorisation": "EU001", "path": "7a900.A", "destination": "CH"}
    assert editor.post(f"{V1}/control/uses", params=day, json=use).json()["id"] == "USE-1"
    result = install(editor, "2025-11-15", NEW)["result"]
    assert (result["before"], result["counts"]) == ("2021", {"numbers": 1})
    assert [each["record_id"] for each in result["reopened"]] == ["USE-1"]
    versions = reader.get(f"{V1}/control/versions").json()["items"]
    assert [each["version"] for each in versions] == ["2021", "2025-11-15"]
    shown = reader.get(f"{V1}/control/provisions/7A900.a", params=day).json()
    assert (shown["provision"]["text"], shown["context"][0]["path"]) == (NEW["7A900.a"], "7A900")
    shown = reader.get(f"{V1}/control/provisions/7A900.a", params={"as-of": "2023-06-01"}).json()
    assert shown["provision"]["text"] == OLD["7A900.a"]
    assert "not checked for this date" in shown["caution"]
    dutch = {"Accept-Language": "nl"}
    told = reader.get(f"{V1}/control/provisions/7A900.a", params={"as-of": "2023-06-01"}, headers=dutch)
    assert "not checked" not in told.json()["caution"]
    for _ in range(2):  # the second answer comes from the index that the first one made
        hits = reader.get(f"{V1}/control/search", params={"q": "brass kettle", **day}).json()["hits"]
        assert hits[0]["path"] == "7A900.a"
    pair = {"before": "2021", "after": "2025-11-15"}
    found = reader.get(f"{V1}/control/diff", params=pair).json()
    assert [(each["kind"], each["reaches"][0]) for each in found["changes"]] == [("numbers", "controls less")]
    assert reader.get(f"{V1}/control/diff", params={**pair, "within": "7A900.b"}).json()["changes"] == []
    assert reader.get(f"{V1}/control/diff", params={**pair, "within": "x"}).status_code == 400
    assert reader.get(f"{V1}/control/provisions/1A001", params=day).status_code == 404
    ended = editor.post(f"{V1}/control/uses/use-1/end", params={"as-of": "2026-06-01"}).json()
    assert ended["ended"] == "2026-06-01"
    assert editor.post(f"{V1}/control/uses/USE-1/end").status_code == 404


def test_an_entry_is_walked_from_its_text(served: Served) -> None:
    reader, editor = served.client("reader"), served.client("editor")
    install(editor, "2025-11-15", NEW)
    day = {"as-of": "2026-01-01"}
    asked = reader.get(f"{V1}/classifications/entries/7A900", params=day).json()
    assert asked["answer"] == "unknown"
    assert asked["needed"]
    answers = [{"criterion": key, "value": "no", "by": "An", "day": "2026-01-01"} for key in asked["needed"]]
    item = {"id": "x", "name": "X", "functions": ["other"], "facts": [], "answers": answers}
    walked = reader.post(f"{V1}/classifications/entries/7A900/try", params=day, json={"item": item})
    assert walked.json()["answer"] == "not met"
    form = {"item": "{id: x, name: X, functions: [other], facts: []}", "criterion": asked["needed"][0]}
    page = reader.post("/classify/entries/7A900", params=day, data={**form, "value": "no"})
    assert page.status_code == 200
    assert asked["criteria"][0]["asks"] in page.text


def test_a_product_is_classified_by_answering_what_is_missing(served: Served) -> None:
    reader, editor = served.client("reader"), served.client("editor")
    asked = {"function": "imaging_camera"}
    facts = {each["fact"]: each for each in reader.get(f"{V1}/classifications/facts", params=asked).json()}
    assert facts["camera.frame_rate"]["unit"] == "Hz"
    assert reader.get(f"{V1}/classifications/facts", params={"function": "kettle"}).status_code == 404
    item = {"id": "core", "name": "thermal core", "functions": ["imaging_camera"], "facts": []}
    day = {"as-of": "2026-01-01"}
    first = reader.post(f"{V1}/classifications/try", params=day, json={"item": item}).json()
    assert first["met"] == []
    assert first["missing"]
    assert set(first["missing"]) <= set(facts)
    sheet = {"sheet": {"title": "a sheet", "address": "https://example.org/sheet"}}
    stated = {"fact": "camera.frame_rate", "value": 9, "unit": "Hz", "source": "sheet"}
    known = {**item, "sources": sheet, "facts": [stated]}
    second = reader.post(f"{V1}/classifications/try", params=day, json={"item": known}).json()
    assert "camera.frame_rate" not in second["missing"]
    without = {**item, "facts": [{"fact": "camera.frame_rate", "value": 9, "source": "sheet"}]}
    refused = reader.post(f"{V1}/classifications/try", params=day, json={"item": without})
    assert (refused.status_code, refused.json()["type"]) == (400, "input-file")
    kept = editor.post(f"{V1}/classifications", params=day, json={"item": known})
    assert (kept.status_code, kept.json()["number"]) == (201, 1)
    assert reader.post(f"{V1}/classifications", params=day, json={"item": known}).status_code == 403


def listed(served: Served) -> None:
    day = read_iso_date("2026-02-01")
    put(served.store, snapshot_of("un-sc", day, "a"), [company("u1", "Vostochnyy Glaz LLC", since=day)])
    put(
        served.store, snapshot_of("us-ofac", day, "b"),
        [company("o1", "Vostochnyy Glaz LLC", since=day, list_id="us-ofac")],
    )  # fmt: skip


def test_a_file_of_names_is_screened_as_a_job_whose_file_is_fetched(served: Served) -> None:
    listed(served)
    editor = served.client("editor")
    content = b"name;id\nVostochnyy Glaz LLC;1\nBakkerij De Zon;2\n;3\n"
    files = {"file": ("names.csv", content)}
    asked = editor.post(
        f"{V1}/screening", params={"as-of": "2026-03-01"}, files=files, data={"lists": ["un-sc", "us-ofac"]}
    )
    job = finished(editor, asked)
    assert {key: job["result"][key] for key in ("asked", "found", "unread")} == {
        "asked": 2, "found": 1, "unread": 1,
    }  # fmt: skip
    file = editor.get(f"{V1}/jobs/{job['id']}/file")
    assert "answers.jsonl" in file.headers["content-disposition"]
    assert f"/api/v1/jobs/{job['id']}/file" in editor.get(f"/jobs/{job['id']}").text
    lines = [json.loads(line) for line in file.text.splitlines()]
    assert [line["name"] for line in lines] == ["Vostochnyy Glaz LLC", "Bakkerij De Zon"]
    assert [len(line["listings"]) for line in lines] == [2, 0]
    assert editor.post(f"{V1}/screening", files=files, data={"lists": ["none"]}).status_code == 404
    assert served.client("reader").post(f"{V1}/screening", files=files).status_code == 403
    assert served.client("reader of one").get(f"{V1}/jobs/{job['id']}/file").status_code == 404


def test_merges_are_looked_for_and_told_with_what_people_judged(served: Served) -> None:
    listed(served)
    editor = served.client("editor")
    day = {"as-of": "2026-03-01"}
    assert editor.get(f"{V1}/parties/suggested").json()["total"] == 0
    two = {"lists": ["un-sc", "us-ofac"]}
    found = finished(editor, editor.post(f"{V1}/parties/same", params=day, json=two))
    assert found["result"] == {"joined": 0, "suggested": 1}
    (one,) = editor.get(f"{V1}/parties/suggested").json()["items"]
    assert (sorted(each["record_id"] for each in one["records"]), one["verdict"]) == (["o1", "u1"], None)
    assert one["reasons"]
    judged = {"finding": one["id"], "verdict": "confirm", "reason": "the same address"}
    assert editor.post(f"{V1}/judgements", json=judged).status_code == 201
    assert editor.get(f"{V1}/parties/suggested").json()["items"][0]["verdict"] == "confirm"
    assert editor.get(f"{V1}/parties/joined", params=day).json()["items"] == []


def test_an_admin_proves_exports_and_backs_up_the_store(served: Served) -> None:
    admin = served.client("admin")
    proved = finished(admin, admin.post(f"{V1}/store/check", json={"reindex": True}))["result"]
    assert (proved["holds"], proved["faults"]) == (True, [])
    wrong = finished(admin, admin.post(f"{V1}/store/check", json={"anchor": "0123456789ab"}))["result"]
    assert wrong["holds"] is False
    assert "0123456789ab" in wrong["faults"][0]["what"] + wrong["faults"][0]["where"]
    done = finished(admin, admin.post(f"{V1}/store/export"))
    file = admin.get(f"{V1}/jobs/{done['id']}/file")
    with zipfile.ZipFile(BytesIO(file.content)) as archive:
        assert "manifest.json" in archive.namelist()
    refused = served.client("reader").get(f"{V1}/jobs/{done['id']}/file")
    assert refused.status_code == 403
    first, second = (
        finished(admin, admin.post(f"{V1}/store/backup"))["result"]["log_head"] for _ in range(2)
    )
    assert first != second
    assert (served.store.home / "backup" / "backup.json").is_file()
    cards = admin.get(f"{V1}/cards/check", params={"as-of": "2026-11-28"}).json()
    assert (cards["sound"], cards["problems"]) == (True, [])
    assert cards["makers"] > 50


def test_denials_are_in_no_answer_that_an_editor_can_fetch(served: Served) -> None:
    officer, editor = served.client("officer"), served.client("editor")
    denial = json.loads(json.dumps(licensing_tools.raw("denial"), default=str))
    officer.post(f"{V1}/denials", json=denial)
    one = "/denials/NL-D-2026-01"
    for path in ("/denials", one, f"{one}/readings", "/denials/export?state=NL"):
        assert editor.get(f"{V1}{path}").status_code == 403, path
