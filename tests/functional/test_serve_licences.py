"""Licences and denials over HTTP: the same steps as on the command line, and who sees what of them."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import licensing_tools
import pytest
import web_tools
from starlette.testclient import TestClient
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.cli.documents import spaced_lines
from overzicht.dates import read_iso_date
from overzicht.reports.i18n import words_for
from overzicht.store.accounts import Grant, Role
from overzicht.subjects.licensing.case_document import case_document
from overzicht.subjects.licensing.cases import view_case
from overzicht.workflows.accounts import issue_token

DAY = {"as-of": "2026-03-20"}
CASE = "/api/v1/licences/DE-0001"
NAMES = ("NL-D-2026-01", "DE-0001", "Vostochnyy")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = web_tools.serve(tmp_path / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def as_json(name: str, **fields: Any) -> Any:
    data = licensing_tools.changed(licensing_tools.raw(name), **fields)
    return json.loads(json.dumps(data, default=str))


def other_officer(served: Served) -> TestClient:
    _, token = issue_token(
        served.store, "second officer", Grant(Role.OFFICER), web_tools.TESTER, expires_at=None
    )
    client = served.client()
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def filed(served: Served) -> tuple[TestClient, TestClient]:
    """Return an editor and an officer, after the editor filed the invented case."""
    editor, officer = served.client("editor"), served.client("officer")
    kept = editor.post("/api/v1/licences", params=DAY, json=as_json("camera"))
    assert (kept.status_code, kept.headers["location"]) == (201, CASE)
    assert editor.post(f"{CASE}/submit", params=DAY).json()["case"]["status"] == "complete"
    return editor, officer


def test_a_case_goes_from_draft_to_decision_with_a_denial_consulted(served: Served) -> None:
    editor, officer = filed(served)
    denial = officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    assert (denial.status_code, denial.json()["kept"]) == (201, "new")
    record = {
        "criterion": "policy-2", "finding": "a clear risk", "evidence": "an invented report",
        "source_date": "2026-01-01", "weight": "heavy", "direction": "against",
    }  # fmt: skip
    weighed = officer.post(f"{CASE}/assess", params=DAY, json={"records": [record]}).json()
    assert (weighed["case"]["status"], weighed["suggestion"]["points_against"]) == ("consulting", 3)
    assert [(one["state"], one["ground"]) for one in weighed["to_consult"]] == [("NL", "art16-consultation")]
    met = officer.get(f"{CASE}/denials", params=DAY).json()
    assert ([one["denial_id"] for one in met["matches"]], met["dismissed"]) == (["NL-D-2026-01"], [])
    asked = {"state": "NL", "ground": "art16-consultation"}
    assert officer.post(f"{CASE}/consultations", params=DAY, json=asked).json()["to_consult"] == []
    longer = {**asked, "until": "2026-04-20"}
    told = officer.post(f"{CASE}/consultations/extensions", params=DAY, json=longer)
    assert told.status_code == 200, told.text
    answer = {"state": "NL", "reply": "not identical"}
    told = officer.post(f"{CASE}/consultations/replies", params=DAY, json=answer).json()
    assert [one["standing"] for one in told["consultations"]] == ["not essentially identical"]
    records = [{**record, "criterion": name} for name in unweighed(officer)]
    assessed = officer.post(f"{CASE}/assess", params=DAY, json={"records": records}).json()
    assert assessed["case"]["status"] == "assessed"
    early = other_officer(served).post(
        f"{CASE}/decisions", params=DAY, json={"outcome": "granted", "reasons": "too early"}
    )
    assert (early.status_code, early.json()["type"]) == (400, "gate-shut")
    answer_all(officer)
    decision = {"outcome": "granted with conditions", "reasons": "weighed", "conditions": ["report yearly"]}
    mine = officer.post(f"{CASE}/decisions", params=DAY, json=decision)
    assert (mine.status_code, mine.json()["type"]) == (400, "same-eyes")
    theirs = other_officer(served).post(f"{CASE}/decisions", params=DAY, json=decision)
    assert theirs.json()["case"]["status"] == "granted with conditions"
    (listed,) = editor.get("/api/v1/licences", params={**DAY, "status": "granted with conditions"}).json()[
        "items"
    ]
    assert listed["end_users"] == ["Vostochnyy Glaz LLC"]


def unweighed(officer: TestClient) -> list[str]:
    return [one["id"] for one in officer.get(CASE, params=DAY).json()["suggestion"]["unweighed"]]


def answer_all(officer: TestClient) -> None:
    """Answer every open question of the gates towards a grant."""
    good = {"text", "duty", "restraint", "classification"}
    while asked := [
        one["open_question"]["key"]
        for one in officer.get(f"{CASE}/gates", params=DAY).json()["answers"]
        if one["open_question"]
    ]:
        for key in dict.fromkeys(asked):
            answer = "yes" if key.partition(":")[0] in good else "no"
            body = {"key": key, "answer": answer, "source": "invented note"}
            assert officer.post(f"{CASE}/confirmations", params=DAY, json=body).status_code == 200


def test_an_editor_sees_the_gates_without_denials_and_answers_no_question(served: Served) -> None:
    editor, officer = filed(served)
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    seen = editor.get(f"{CASE}/gates", params=DAY).json()
    assert {one["gate"] for one in seen["answers"]} == {"G1", "G2", "G3", "G4"}
    assert "NL-D-2026-01" not in json.dumps(seen)
    body = {"key": "destination:KZ", "answer": "no", "source": "invented note"}
    assert editor.post(f"{CASE}/confirmations", params=DAY, json=body).status_code == 403
    page = officer.get("/licences/DE-0001", params={**DAY, "lang": "nl"}).text
    assert "Beperkt een handeling van de Unie" in page
    sent = officer.post("/licences/DE-0001/confirmations", params=DAY, data=body, follow_redirects=False)
    assert sent.status_code == 303
    assert "destination:KZ" not in json.dumps(officer.get(f"{CASE}/gates", params=DAY).json())


def test_a_derogation_is_recorded_and_accepted_by_two_officers(served: Served) -> None:
    _, officer = filed(served)
    record = {
        "act": "2020/1998", "article": "4(1)", "ground": "basic needs", "authority": "Ministry",
        "document": "BZ-1", "document_date": "2026-03-01", "sha256": "a" * 64, "valid_from": "2026-03-01",
        "valid_to": "2026-04-30", "lines": [1], "parties": ["Vostochnyy Glaz LLC"], "notice": "sent",
    }  # fmt: skip
    assert officer.post(f"{CASE}/derogations", params=DAY, json=record).status_code == 200
    accept = f"{CASE}/derogations/acceptances"
    mine = officer.post(accept, params=DAY, json={"document": "BZ-1"})
    assert (mine.status_code, mine.json()["type"]) == (400, "same-officer")
    assert other_officer(served).post(accept, params=DAY, json={"document": "BZ-1"}).status_code == 200
    assert "BZ-1" in officer.get("/licences/DE-0001", params=DAY).text


def test_a_verdict_takes_a_denial_out_of_what_has_to_be_consulted(served: Served) -> None:
    _, officer = filed(served)
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    officer.post(f"{CASE}/assess", params=DAY, json={})
    verdict = {"denial": "NL-D-2026-01", "verdict": "different", "reason": "another firm of that name"}
    told = officer.post(f"{CASE}/denials/verdicts", params=DAY, json=verdict).json()
    assert (told["to_consult"], told["dismissed"]) == ([], ["NL-D-2026-01"])
    unknown = officer.post(f"{CASE}/denials/verdicts", params=DAY, json={**verdict, "denial": "NONE"})
    assert unknown.status_code == 404


def test_what_other_states_confided_is_kept_from_an_editor(served: Served) -> None:
    editor, officer = filed(served)
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    officer.post(f"{CASE}/assess", params=DAY, json={})
    seen = editor.get(CASE, params=DAY)
    assert seen.json()["case"]["status"] == "complete"
    assert (seen.json()["matches"], seen.json()["to_consult"]) == ([], [])
    assert "NL-D-2026-01" not in seen.text
    assert editor.get("/api/v1/licences", params=DAY).json()["items"][0]["status"] == "complete"
    document = editor.get(f"{CASE}/documents/application", params={**DAY, "lang": "en"})
    assert document.headers["content-disposition"] == 'attachment; filename="case-application.html"'
    assert "NL-D-2026-01" not in document.text
    assert "Vostochnyy Glaz LLC" in document.text


def test_a_draft_is_replaced_only_when_that_is_asked(served: Served) -> None:
    editor = served.client("editor")
    editor.post("/api/v1/licences", params=DAY, json=as_json("camera"))
    again = editor.post("/api/v1/licences", params=DAY, json=as_json("camera"))
    assert (again.status_code, again.json()["type"]) == (400, "case-exists")
    assert editor.post(
        "/api/v1/licences", params={**DAY, "replace": True}, json=as_json("camera")
    ).status_code == (201)
    nowhere = as_json("camera", destination="XX", route=["DE", "XX"])
    assert editor.post("/api/v1/licences", params=DAY, json=nowhere).status_code == 400
    bare = editor.post(f"{CASE}/facts", params=DAY, json={"name": "covert", "answer": "no"})
    assert (bare.status_code, bare.json()["type"]) == (400, "invalid-request")
    stated = {"name": "covert", "answer": "no", "source": "the data sheet"}
    told = editor.post(f"{CASE}/facts", params=DAY, json=stated).json()
    assert told["case"]["application"]["facts"]["covert"]["source"] == "the data sheet"


def test_a_case_is_screened_again_once_a_list_has_changed(served: Served) -> None:
    editor, officer = filed(served)
    assert editor.post("/api/v1/licences/screen", params=DAY).json() == {"cases": [], "problems": []}
    listed = [company("u1", "Vostochnyy Glaz LLC", since=read_iso_date("2026-03-01"))]
    put(served.store, snapshot_of("un-sc", read_iso_date("2026-03-19")), listed)
    assert editor.post("/api/v1/licences/screen", params=DAY).json() == {"cases": ["DE-0001"], "problems": []}
    found = editor.post(f"{CASE}/screen", params=DAY).json()["screening"]["parties"]
    assert {each["role"]: each["binding"]["answer"] for each in found}["end_user"] == "yes"
    compared = officer.get(f"{CASE}/comparison", params=DAY).json()
    assert compared["eu_says"]
    assert compared["us_says"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Vostochnyy Glaz LLC", "listed"),
        ("Vostochnyy Glaz Marine Works LLC", "possibly listed"),
        ("Somebody Else LLC", "not checked"),  # no list of the Union is loaded
    ],
)
def test_the_page_of_a_case_has_the_answer_of_the_lists_in_their_words(
    served: Served, name: str, word: str
) -> None:
    editor, _ = filed(served)
    put(
        served.store,
        snapshot_of("un-sc", read_iso_date("2026-03-19")),
        [company("u1", name, since=read_iso_date("2026-03-01"))],
    )
    assert editor.post(f"{CASE}/screen", params=DAY).status_code == 200
    page = editor.get("/licences/DE-0001", params={**DAY, "lang": "en"}).text
    row = page[page.index("Vostochnyy Glaz LLC</th>") :].partition("</tr>")[0]
    assert re.search(rf">{word}</span>", row), row


def test_denials_are_exchanged_reviewed_and_every_reading_is_written_down(
    served: Served, tmp_path: Path
) -> None:
    officer = served.client("officer")
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    file = officer.get("/api/v1/denials/export", params={**DAY, "state": "NL"})
    assert (file.headers["cache-control"], len(file.json()["denials"])) == ("no-store", 1)
    other = web_tools.serve(tmp_path / "other")
    theirs = other.client("officer")
    files = {"file": ("denials.json", file.content)}
    assert theirs.post("/api/v1/denials/import", params=DAY, files=files).json()["new"] == ["NL-D-2026-01"]
    broken = {"file": ("denials.json", file.content.replace(b"thermal", b"thermic"))}
    assert theirs.post("/api/v1/denials/import", params=DAY, files=broken).status_code == 400
    assert theirs.get("/api/v1/denials/NL-D-2026-01", params=DAY).json()["stored"]["origin"] == "received"
    other.store.close()
    late = {"as-of": "2029-03-01"}
    overdue = officer.get("/api/v1/denials", params={**late, "overdue": True}).json()["items"]
    assert [each["stored"]["denial"]["id"] for each in overdue] == ["NL-D-2026-01"]
    held = officer.post(
        "/api/v1/denials/NL-D-2026-01/reviews", params=late, json={"outcome": "revoke", "reasons": "ended"}
    )
    assert held.json() == {"denial": "NL-D-2026-01", "review": 1, "outcome": "revoke"}
    assert officer.get("/api/v1/denials/NL-D-2026-01", params=late).json()["is_valid"] is False
    said = [each["action"] for each in officer.get("/api/v1/log", params={"size": 200}).json()["items"]]
    assert "denial read" in said


def test_an_officer_sees_who_looked_at_a_denial_and_why(served: Served) -> None:
    _, officer = filed(served)
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    officer.post(f"{CASE}/assess", params=DAY, json={})
    officer.get("/denials", params=DAY)
    told = officer.get("/api/v1/denials/NL-D-2026-01/readings", params={**DAY, "size": 2}).json()
    newest = [(each["purpose"], each["case"]) for each in told["items"]]
    assert newest == [("readings", ""), ("list", "")]
    assert (told["items"][0]["day"], told["next_page"]) == ("2026-03-20", 2)
    rest = officer.get("/api/v1/denials/NL-D-2026-01/readings", params={**DAY, "size": 200}).json()["items"]
    assert ("matching of case", "DE-0001") in [(each["purpose"], each["case"]) for each in rest]
    for lang, words in (("en", "to assess a case"), ("nl", "om een zaak te beoordelen")):
        page = officer.get("/denials/NL-D-2026-01", params={**DAY, "lang": lang}).text
        assert f'{words}: <a class="utrecht-link" href="/licences/DE-0001' in page
    missing = officer.get("/api/v1/denials/NONE/readings", params=DAY)
    assert missing.status_code == 404
    assert "NL-D-2026-01" not in missing.text
    for role in ("reader", "editor"):
        assert served.client(role).get("/api/v1/denials/NL-D-2026-01/readings").status_code == 403
    assert served.client("admin").get("/api/v1/denials/NL-D-2026-01/readings").status_code == 200


def test_the_log_tells_others_that_something_was_done_and_not_about_what(served: Served) -> None:
    _, officer = filed(served)
    officer.post("/api/v1/denials", params=DAY, json=as_json("denial"))
    officer.post(f"{CASE}/assess", params=DAY, json={})
    consultation = {"state": "NL", "ground": "art16-consultation"}
    assert officer.post(f"{CASE}/consultations", params=DAY, json=consultation).status_code == 200
    for path, action in (("/api/v1/log?size=200", "denial read"), ("/log?size=200", "denial: read")):
        seen = served.client("editor").get(path).text
        assert action in seen
        assert [name for name in NAMES if name in seen] == [], path
        assert "NL-D-2026-01" in officer.get(path).text
    (task,) = officer.get("/api/v1/tasks").json()["items"]
    assert "answer of NL due" in task["title"]
    editor = served.client("editor")
    assert editor.get("/api/v1/tasks").json()["items"] == []
    assert editor.get(f"/api/v1/tasks/{task['id']}").status_code == 404
    assert "answer of NL" not in editor.get("/tasks").text + editor.get("/").text


def test_an_objection_runs_over_http_and_on_the_page(served: Served) -> None:
    editor, officer = served.client("editor"), served.client("officer")
    editor.post("/api/v1/licences", params=DAY, json=as_json("camera", issuing_state="NL", located_in="NL"))
    editor.post(f"{CASE}/submit", params=DAY)
    officer.post(f"{CASE}/assess", params=DAY, json={"records": []})
    denied = {"outcome": "denied", "reasons": "a clear risk"}
    decided = other_officer(served).post(f"{CASE}/decisions", params=DAY, json=denied)
    assert decided.status_code == 200, decided.text
    later = {"as-of": "2026-04-15"}
    assert "documents/objection" not in officer.get("/licences/DE-0001", params=later).text  # none came in
    received = {"step": "received", "party": "Exporter GmbH", "reason": "the use is civil"}
    assert editor.post(f"{CASE}/objections", params=later, json=received).status_code == 403
    view = officer.post(f"{CASE}/objections", params=later, json=received).json()
    assert [term["kind"] for term in view["office"]["terms"]] == [
        "decision",
        "objection",
        "decision on objection",
    ]
    own = {"step": "decided", "outcome": "unfounded", "reason": "no new fact"}
    assert officer.post(f"{CASE}/objections", params=later, json=own).status_code == 400  # not heard yet
    form = {"step": "not heard", "reason": "the exporter waived it", "party": "", "until": "", "outcome": ""}
    sent = officer.post("/licences/DE-0001/objections", params=later, data=form, follow_redirects=False)
    assert sent.status_code == 303, sent.text
    page = officer.get("/licences/DE-0001", params=later)
    assert "the exporter waived it" in page.text
    letter = officer.get(f"{CASE}/letter", params={**later, "kind": "objection", "lang": "en"})
    assert letter.headers["content-type"].endswith("wordprocessingml.document")
    second = {"step": "received", "party": "Bob B.V.", "reason": "no"}
    assert officer.post(f"{CASE}/objections", params=later, json=second).status_code == 200
    shown = officer.get("/licences/DE-0001", params=later).text
    assert '<option value="1">1: Exporter GmbH</option><option value="2">2: Bob B.V.</option>' in shown
    assert all(f"kind=objection&amp;objection={number}&amp;" in shown for number in (1, 2))
    agreed = {
        "step": "adjourned", "number": "1", "until": "2026-09-01", "agreed": "true", "reason": "an expert",
        "party": "", "outcome": "",
    }  # fmt: skip
    kept = officer.post("/licences/DE-0001/objections", params=later, data=agreed, follow_redirects=False)
    assert kept.status_code == 303, kept.text
    found = officer.get(CASE, params=later).json()["office"]["objections"]
    assert [(entry["until"], entry["agreed"]) for entry in found] == [("2026-09-01", True), (None, False)]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_page_of_a_case_has_the_sections_of_its_lines_that_its_reader_may_see(
    served: Served, lang: str
) -> None:
    editor, officer = filed(served)
    view = view_case(served.store, "DE-0001", read_iso_date(DAY["as-of"]))
    lines = spaced_lines(case_document(view), words_for(lang).say)
    titles = {after.removesuffix(":").casefold() for before, after in pairwise(lines) if not before}
    pages = [
        client.get("/licences/DE-0001", params={**DAY, "lang": lang}).text for client in (editor, officer)
    ]
    of_editor, of_officer = (
        {heading.casefold() for heading in re.findall(r'<h2[^>]*id="[\w-]+-h">([^<]+)</h2>', page)}
        for page in pages
    )
    assert titles <= of_officer
    confidential = words_for(lang).text("weighing (Article 15):").removesuffix(":").casefold()
    assert confidential in of_officer - of_editor
