"""Dossiers over HTTP: programs and forms keep them, and nobody sees a register that is not theirs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import web_tools
from starlette.testclient import TestClient
from web_tools import Served

from overzicht.evidence.actor import Actor
from overzicht.subjects.dossiers.importing import ensure_examples
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.web.service import ServiceOptions

API = "/api/v1/dossiers"
HEAD = {"id": "acme", "about": "acme", "title": "Acme", "title_nl": "Acme (nl)", "names": ["Acme Ltd"]}
SOURCE = {
    "kind": "source",
    "id": "paper",
    "fields": {
        "title": "The paper",
        "address": "https://paper.example/1",
        "date": "2025-01-10",
        "read": "2025-01-11",
    },
}
CLAIM = {"kind": "claim", "id": "deed", "fields": {
    "what": "It did it.", "about": "acme", "by": "The Paper", "day": "2025-01-10", "source": "paper",
}}  # fmt: skip
NL = {"Accept-Language": "nl"}
PAGE = {"Accept": "text/html"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = web_tools.serve(tmp_path / "home", ServiceOptions(reads_openly=True, rate=""))
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def begun(served: Served) -> TestClient:
    client = served.client("editor")
    assert client.post(API, json=HEAD).status_code == 201
    for each in (SOURCE, CLAIM):
        assert client.post(f"{API}/acme/entries", json=each).status_code == 201
    return client


def test_a_program_keeps_a_dossier_from_beginning_to_end(served: Served) -> None:
    client = begun(served)
    found = client.get(f"{API}/acme").json()
    assert (found["line"]["complete"], found["line"]["claims"], found["claims"][0]["status"]) == (
        False, 1, "reported",
    )  # fmt: skip
    asked = {
        "kind": "asked",
        "fields": {"day": "2025-01-20", "whom": "Acme", "by": "us", "what": "Is it so?"},
    }
    assert client.post(f"{API}/acme/entries", json=asked).json() == {"dossier": "acme", "entry": "asked-1"}
    assert client.get(f"{API}/acme").json()["line"]["complete"] is True
    assert client.get(f"{API}/acme", params={"as-of": "2025-01-19"}).json()["line"]["complete"] is False
    change = {"fields": {"day": "2025-01-21"}, "reason": "the letter"}
    assert client.post(f"{API}/acme/entries/asked-1/correct", json=change).status_code == 200
    versions = client.get(f"{API}/acme/entries/asked-1").json()
    assert [each["number"] for each in versions] == [1, 2]
    assert versions[0]["says"] == "20 January 2025: Is it so?"
    assert versions[1]["says"] == "21 January 2025: Is it so?"
    client.post(f"{API}/acme/entries/paper/withdraw", json={"reason": "false"})
    gone = client.get(f"{API}/acme").json()
    assert gone["claims"] == []
    assert [each["entry_id"] for each in gone["without_source"]] == ["deed"]
    assert gone["withdrawn"][0]["actor"] == "editor program"


@pytest.mark.parametrize(
    ("path", "body", "status", "kind"),
    [
        ("acme/entries", {"kind": "step", "fields": {"day": "x"}}, 400, "dossier"),
        ("acme/entries", {"kind": "chat", "fields": {}}, 400, "not-valid"),
        ("acme/entries", SOURCE, 400, "dossier"),
        ("acme/entries/deed/correct", {"fields": {}, "reason": "x"}, 400, "dossier"),
        ("acme/entries/deed/withdraw", {"reason": " "}, 400, "dossier"),
        ("acme/entries/nothing/withdraw", {"reason": "x"}, 404, "unknown-name"),
        ("nobody/entries", SOURCE, 404, "unknown-name"),
    ],
)
def test_what_cannot_be_done_is_a_problem(
    served: Served, path: str, body: dict[str, object], status: int, kind: str
) -> None:
    answer = begun(served).post(f"{API}/{path}", json=body)
    assert answer.status_code == status, answer.text
    if kind != "not-valid":
        assert answer.json()["type"] == kind


def test_a_file_and_the_examples_are_taken_in(served: Served, project_root: Path) -> None:
    client = served.client("editor")
    raw = (project_root / "examples" / "dossiers" / "acme.yaml").read_bytes()
    taken = client.post(f"{API}/import", files={"file": ("acme.yaml", raw)}).json()
    assert (taken["dossier_id"], taken["added"], taken["problems"]) == ("acme", 10, [])
    assert client.post(f"{API}/import", files={"file": ("x.yaml", b"[]")}).status_code == 400
    assert len(client.post(f"{API}/examples").json()) == 4
    listed = client.get(API, headers=NL).json()
    assert {each["id"]: each["is_example"] for each in listed["items"]}["huawei"] is True
    assert "Huawei: gezichtsherkenning en Oeigoeren" in {each["title"] for each in listed["items"]}
    active = client.get(
        "/api/v1/activity", params={"place": "PL", "party": "hikvision", "as-of": "2021-04-13"}
    )
    assert [each["answer"] for each in active.json()] == ["found"]
    assert client.get("/api/v1/activity", params={"place": "Atlantis"}).status_code == 400


def test_a_person_keeps_a_dossier_with_forms(served: Served) -> None:
    client = served.client("editor")
    client.headers.update(PAGE)
    refused = client.post("/dossiers", data={"id": "No Id", "about": "acme", "title.en": "Acme"})
    assert refused.status_code == 400
    assert 'value="No Id"' in refused.text
    begin = {"id": "acme", "about": "acme", "title.en": "Acme", "names": "Acme Ltd\r\nAcme"}
    assert client.post("/dossiers", data=begin).headers["location"] == "/dossiers/acme"
    assert "This dossier is incomplete." in client.get("/dossiers/acme").text
    source = {**SOURCE["fields"], "id": "paper", "official": "true"}  # type: ignore[dict-item]
    assert client.post("/dossiers/acme/add/source", data=source).status_code == 303
    wrong = client.post(
        "/dossiers/acme/add/claim", data={"what.en": "It did it.", "about": "acme", "day": "spring"}
    )
    assert wrong.status_code == 400
    assert ">It did it.</textarea>" in wrong.text
    claim = {"what.en": "It did it.", "what.nl": "Het deed het.", "about": "acme", "by.en": "The Paper",
             "day": "2025-01-10", "source": "paper", "id": "deed"}  # fmt: skip
    assert client.post("/dossiers/acme/add/claim", data=claim).status_code == 303
    assert "Het deed het." in client.get("/dossiers/acme", headers=NL).text
    form = client.get("/dossiers/acme/entries/deed").text
    assert ">Het deed het.</textarea>" in form
    again = {"what.en": "It did it.", "what.nl": "Het deed het!", "about": "acme", "reason": "a sign"}
    assert client.post("/dossiers/acme/entries/deed/correct", data=again).status_code == 303
    shown = client.get("/dossiers/acme", headers=NL).text
    assert "Het deed het!" in shown
    assert "1 eerdere versie" in shown
    assert client.post("/dossiers/acme/entries/deed/withdraw", data={"reason": ""}).status_code == 400
    assert client.post("/dossiers/acme/entries/deed/withdraw", data={"reason": "no"}).status_code == 303
    assert "<s>" in client.get("/dossiers/acme").text
    assert client.post("/dossiers/acme/entries/nothing/withdraw", data={"reason": "no"}).status_code == 404


def test_the_bytes_of_a_document_are_kept_by_form_and_by_program(served: Served) -> None:
    client = begun(served)
    kept = client.post(f"{API}/documents", files={"file": ("letter.pdf", b"dear all")}).json()["sha256"]
    source = {"kind": "source", "id": "letter", "fields": {"title": "A letter", "sha256": kept}}
    assert client.post(f"{API}/acme/entries", json=source).status_code == 201
    assert client.post(f"{API}/documents", files={"file": ("empty.pdf", b"")}).status_code == 400
    sent = client.post(
        "/dossiers/acme/add/source", data={"title": "Another letter", "id": "other"}, headers=PAGE,
        files={"document": ("other.pdf", b"dear you")},
    )  # fmt: skip
    assert sent.status_code == 303, sent.text
    documents = [each["document"] for each in client.get(f"{API}/acme").json()["sources"]]
    hashes = {each["id"]: each["sha256"] for each in documents}
    assert hashes["letter"] == kept
    assert len(hashes["other"]) == 64
    without = client.post("/dossiers/acme/add/source", data={"title": "A third"}, headers=PAGE)
    assert "give the address where a reader can open it" in without.text


def test_a_reader_sees_no_forms_and_a_report_is_a_file(served: Served) -> None:
    ensure_examples(served.store, Actor(date(2026, 11, 25), "Noor", web_tools.AT))
    client = served.client("reader")
    client.headers.update(PAGE)
    page = client.get(
        "/dossiers/huawei", params={"as-of": "2021-04-13", "on": ["2019-05-15", "2019-05-16"]}
    ).text
    assert "On 15 May 2019" in page
    assert "On 16 May 2019" in page
    assert "/add/claim" not in page
    entry = client.get("/dossiers/huawei/entries/uyghur-alarm").text
    assert "/withdraw" not in entry
    report = client.get("/dossiers/huawei/report", params={"as-of": "2021-04-13"})
    assert report.headers["content-disposition"] == 'attachment; filename="dossier-huawei-2021-04-13.html"'
    active = client.get("/dossiers/active", params={"place": "NL", "as-of": "2021-04-13"})
    assert "Huawei Technologies Coöperatief U.A. is a subsidiary of Huawei (Netherlands)." in active.text
    assert client.get("/dossiers/active", params={"place": "Atlantis"}).status_code == 400
    before = client.get("/dossiers/huawei", params={"as-of": "2020-12-07"}).text
    assert "No claim is recorded by this date." in before


def test_the_register_of_others_stays_unseen(served: Served, tmp_path: Path) -> None:
    act = Actor(date(2026, 1, 1), "Noor", web_tools.AT)
    for name in (web_tools.ONE, "gemeente-b"):
        organisations.add_organisation(served.store, NewOrganisation(f"Town {name}", name), act)
        path = tmp_path / f"{name}.csv"
        path.write_text("Nummer,Merk,Model,Aantal\nC-1,Hikvision,DS-2CD2143G2-I,3\n", encoding="utf-8")
        view = importing.preview_import(served.store, path, ImportChoices(name), act)
        importing.accept_import(served.store, view.import_.id, act)
    ensure_examples(served.store, act)
    asked = {"place": "NL", "party": "hikvision"}
    for role, seen in (
        ("reader of one", {"Town gemeente-a"}),
        ("reader", {"Town gemeente-a", "Town gemeente-b"}),
    ):
        client = served.client(role)
        devices = client.get(f"{API}/hikvision").json()["devices"]
        assert set(devices["by_organisation"]) == seen
        said = client.get("/api/v1/activity", params=asked).text
        assert ("gemeente-b" in said) == (len(seen) == 2)
        assert ("gemeente-b" in client.get("/dossiers/hikvision", headers=PAGE).text) == (len(seen) == 2)
        report = client.get("/dossiers/hikvision/report").text
        assert ("gemeente-b" in report) == (len(seen) == 2)


def test_the_search_finds_a_dossier_by_its_title_in_the_readers_language(served: Served) -> None:
    client = begun(served)
    assert 'href="/dossiers/acme' in client.get("/search", params={"q": "acme"}, headers=PAGE).text
    assert "(nl)" in client.get("/search", params={"q": "(nl)"}, headers=PAGE | NL).text.split("<main")[1]
    assert "/dossiers/acme" not in client.get("/search", params={"q": "nobody"}, headers=PAGE).text
