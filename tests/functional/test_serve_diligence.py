"""Due diligence in the service: an editor's way through a file, what programs get, and who sees whose."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import served_register
import web_tools
from ask_tools import asked_by
from served_register import OTHER, SECRET, TOWN
from starlette.testclient import TestClient
from web_tools import Served

from overzicht.subjects.diligence import diligence_operations as acts
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence.step_terms import RecordKind

API = "/api/v1/diligence"
JUDGED = {"scale": "3", "scope": "2", "irremediability": "1", "likelihood": "2", "involvement": "linked",
          "leverage": "some", "reason": "many people", "likelihood_reason": "seldom"}  # fmt: skip
RISK = "own-use:hikvision"
THEIRS = "waterschap-b"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("diligence")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    files.new_file(made.store, OTHER, served_register.act())
    said = f"{SECRET} policy"
    acts.record(asked_by(made.store, served_register.act()), THEIRS, RecordKind.POLICY, said)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture(scope="module")
def editor(served: Served) -> TestClient:
    """Return the editor of the town, whose file is begun."""
    client = served.client("editor of one")
    answer = client.post("/diligence", data={"organisation": TOWN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/diligence/gemeente-a")
    return client


def told(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"{API}/gemeente-a").json()
    return found


def policy_of(client: TestClient) -> dict[str, Any]:
    """Return the last record of policy."""
    found: dict[str, Any] = [each for each in told(client)["entries"] if each["kind"] == "policy"][-1]
    return found


def test_a_judgement_is_made_with_a_form_and_stands_in_the_interface(editor: TestClient) -> None:
    answer = editor.post("/diligence/gemeente-a/judge", data={"risk": RISK, **JUDGED})
    assert answer.status_code == 303, answer.text
    page = editor.get(answer.headers["location"])
    assert "many people" in page.text
    (risk,) = [each for each in told(editor)["risks"] if each["id"] == RISK]
    assert (risk["severity"], risk["judgement"]["likelihood"]) == (3, 2)
    assert risk["judgement"]["actor"] == "editor of one program"


def test_a_refused_judgement_shows_why_and_loses_nothing(editor: TestClient) -> None:
    values = {**JUDGED, "reason": " ", "likelihood_reason": "a long and careful reason"}
    answer = editor.post("/diligence/gemeente-a/judge", data={"risk": RISK, **values})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "a long and careful reason" in answer.text
    assert re.search(r'<option value="3" selected>\s*3', answer.text)


def test_plan_record_track_withdraw_and_map(editor: TestClient) -> None:
    action = {"risk": RISK, "kind": "cease", "what": "replace them", "owner": "ann", "due": "2199-01-01"}
    assert editor.post("/diligence/gemeente-a/plan", data=action).status_code == 303
    record = {"kind": "policy", "what": "a rule for buying", "address": "https://a.example/rule"}
    assert editor.post("/diligence/gemeente-a/record", data=record).status_code == 303
    number = told(editor)["actions"][-1]["number"]
    track = editor.post(
        f"/diligence/gemeente-a/entries/{number}/track", data={"state": "done", "note": "gone"}
    )
    assert track.status_code == 303
    policy = policy_of(editor)["number"]
    answer = editor.post(f"/diligence/gemeente-a/entries/{policy}/withdraw", data={"reason": "not yet"})
    assert answer.status_code == 303
    assert editor.post("/diligence/gemeente-a/map").status_code == 303
    now = told(editor)
    assert (now["actions"][-1]["status"], policy_of(editor)["withdrawn"]["reason"]) == ("done", "not yet")
    page = editor.get("/diligence/gemeente-a").text
    assert "<s>a rule for buying</s>" in page
    assert "not yet" in page


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/diligence", {}, 400),
        ("/diligence", {"organisation": TOWN}, 400),  # begun already
        ("/diligence/gemeente-a/plan", {"risk": RISK, "kind": "cease"}, 400),
        ("/diligence/gemeente-a/judge", {"risk": "own-use:nobody", **JUDGED}, 404),
        ("/diligence/gemeente-a/record", {"kind": "policy", "what": ""}, 400),
        ("/diligence/gemeente-a/record", {"kind": "score", "what": "seven"}, 404),
        ("/diligence/gemeente-a/entries/1/withdraw", {"reason": "because"}, 400),
        ("/diligence/gemeente-a/entries/999/track", {"state": "done"}, 404),
        ("/diligence/nothing/map", {}, 404),
    ],
)
def test_what_cannot_be_done_is_said(
    editor: TestClient, path: str, data: dict[str, str], status: int
) -> None:
    answer = editor.post(path, data=data, headers={"Accept": "text/html"})
    assert answer.status_code == status, answer.text
    assert "<h1" in answer.text


def test_a_form_of_another_site_is_refused(served: Served, editor: TestClient) -> None:
    del editor
    client = served.client(near=True)
    web_tools.person(served, "kim")
    client.post("/login", data={"name": "kim", "password": web_tools.PASSWORD})
    forged = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    answer = client.post("/diligence/gemeente-a/map", headers=forged)
    assert answer.status_code == 403
    assert (
        client.post("/diligence/gemeente-a/map", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303
    )


def test_programs_do_the_same(served: Served, editor: TestClient) -> None:
    body = {"risk": "unknown-maker", **JUDGED, "scale": 4}
    answer = editor.post(f"{API}/gemeente-a/judgements", json=body)
    assert answer.status_code == 201, answer.text
    action = {"risk": RISK, "kind": "prevent", "what": "ask the maker", "owner": "ann", "due": "2199-01-01"}
    number = editor.post(f"{API}/gemeente-a/actions", json=action).json()["actions"][-1]["number"]
    progress = editor.post(f"{API}/gemeente-a/entries/{number}/progress", json={"state": "in progress"})
    assert progress.json()["actions"][-1]["status"] == "in progress"
    record = {"kind": "risk", "what": "a camera at the mosque"}
    assert editor.post(f"{API}/gemeente-a/records", json=record).status_code == 201
    assert (
        editor.post(f"{API}/gemeente-a/entries/{number}/withdraw", json={"reason": "wrong"}).status_code
        == 200
    )
    assert editor.post(f"{API}/gemeente-a/map", json={}).status_code == 200
    report = editor.get(f"{API}/gemeente-a/report").json()
    assert (report["format"], report["is_whole"]) == ("overzicht-due-diligence:2", False)
    assert editor.post(f"{API}/gemeente-a/judgements", json={**body, "scale": 5}).status_code == 400
    assert editor.post(API, json={"organisation": "x", "run": "run-1"}).status_code == 403
    reader = served.client("reader")
    assert {each["id"] for each in reader.get(API).json()["items"]} == {"gemeente-a", THEIRS}


def test_the_report_is_a_file_to_keep(editor: TestClient) -> None:
    page = editor.get("/diligence/gemeente-a/report", headers={"Accept-Language": "nl"})
    assert 'filename="due-diligence-gemeente-a-' in page.headers["content-disposition"]
    assert '<html lang="nl"' in page.text
    assert "<script" not in page.text
    data = editor.get("/diligence/gemeente-a/report", params={"json": "true"})
    assert data.json()["view"]["head"]["organisation"] == TOWN


def test_a_day_before_the_file_shows_none(editor: TestClient) -> None:
    assert "gemeente-a" not in editor.get("/diligence", params={"as-of": "2025-06-01"}).text
    assert editor.get("/diligence/gemeente-a", params={"as-of": "2025-06-01"}).status_code == 400


@pytest.mark.parametrize("who", ["reader of one", "editor of one"])
def test_who_sees_one_organisation_learns_nothing_of_another(served: Served, who: str) -> None:
    client = served.client(who)
    for path in ("/diligence", API):
        answer = client.get(path)
        assert answer.status_code == 200
        assert THEIRS not in answer.text
    for path in (
        f"/diligence/{THEIRS}", f"/diligence/{THEIRS}/risk?id={RISK}", f"/diligence/{THEIRS}/report",
        f"{API}/{THEIRS}", f"{API}/{THEIRS}/report",
    ):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 404
        assert SECRET not in answer.text
    unknown = client.get(f"{API}/nothing").text
    assert THEIRS not in unknown
    changed = client.post(f"{API}/{THEIRS}/map", json={})
    assert changed.status_code == (403 if who == "reader of one" else 404)


def test_a_reader_sees_no_forms(served: Served, editor: TestClient) -> None:
    del editor
    page = served.client("reader of one").get("/diligence/gemeente-a").text
    assert "Use of devices made by Hikvision" in page
    assert 'method="post" action="/diligence' not in page
