"""Parliamentary questions over HTTP: papers taken in, sets found and shown, and who is mentioned by whom."""

import time
from collections.abc import Iterator

import pytest
import web_tools
from question_tools import INVENTED, add
from starlette.testclient import TestClient
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.dates import read_iso_date
from overzicht.web.service import ServiceOptions

DAY = {"as-of": "2031-12-01"}
PAPERS = (
    "2031Z00417.txt",
    "ah-tk-20302031-1655.pdf.txt",
    "ah-tk-20302031-1812.xml",
    "2031Z00520.txt",
    "index.csv",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("questions"), ServiceOptions(reads_openly=True, rate=""))
    add(made.store, *PAPERS)
    put(made.store, snapshot_of("un-sc", read_iso_date("2031-11-25")), [company("u1", "Lichtvlok B.V.")])
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture
def reader(served: Served) -> TestClient:
    return served.client("reader")


def test_sets_are_listed_newest_first_and_filtered(reader: TestClient) -> None:
    def numbers(**given: str) -> list[str]:
        answer = reader.get("/api/v1/questions", params={**DAY, **given})
        assert answer.status_code == 200, answer.text
        return [one["number"] for one in answer.json()["items"]]

    assert numbers()[:2] == ["2031Z00600", "2031Z00520"]
    assert numbers(q="scanners") == ["2031Z00417"]
    assert numbers(maker="dahua") == ["2031Z00520"]
    assert numbers(maker="dahua", q="scanners") == []
    assert "2031Z00520" in numbers(late="answered late")
    assert numbers(state="answered", year="2031") == ["2031Z00520", "2031Z00417"]
    assert numbers(year="1999") == []
    assert "2031Z00520" not in numbers(**{"as-of": "2031-05-01"})


def test_a_maker_that_is_none_is_not_found(reader: TestClient) -> None:
    for path in ("/api/v1/questions", "/api/v1/questions/mentions"):
        answer = reader.get(path, params={"maker": "nobody"})
        assert (answer.status_code, answer.json()["type"]) == (404, "unknown-name")


def test_a_set_with_its_mentions_and_leads_to_lists(reader: TestClient) -> None:
    one = reader.get("/api/v1/questions/2031Z00520", params=DAY).json()
    assert (one["days"], one["late"]) == (39, "yes")
    told = reader.get("/api/v1/questions/2031Z00520/mentions", params=DAY).json()
    assert told["lists_asked"] is True
    sides = {(m["spot"]["name"], m["place"]["part"], m["stance"], m["reply"]) for m in told["mentions"]}
    assert ("Hikvision", "question", "allegation", "not confirmed") in sides
    assert ("Lichtvlok", "answer", "non-confirmation", None) in sides
    leads = {
        p["record_id"] for m in told["mentions"] if m["spot"]["name"] == "Lichtvlok" for p in m["parties"]
    }
    assert leads == {"u1"}
    open_one = next(m["spot"] for m in told["mentions"] if m["spot"]["kind"] == "not decided")
    assert len(open_one["senses"]) == 2
    assert reader.get("/api/v1/questions/2031Z09999", params=DAY).status_code == 404


def test_the_readings_of_a_set_are_told(reader: TestClient) -> None:
    rows = reader.get("/api/v1/questions/2031Z00417/versions", params=DAY).json()
    assert {row["paper"] for row in rows} >= {
        "kv-tk-2031Z00417",
        "ah-tk-20302031-1812",
        "ah-tk-20302031-1655",
    }
    assert all(row["current"] and len(row["sha256"]) == 64 for row in rows)


def test_names_overdue_figures_and_mentions(reader: TestClient) -> None:
    names = reader.get("/api/v1/questions/names", params=DAY).json()["items"]
    assert {"name": "NS", "kind": "company", "maker": "", "sets": 1,
            "sides": {"allegation": 1, "statement": 1}} in names  # fmt: skip
    bodies = reader.get("/api/v1/questions/names", params={**DAY, "kind": "body"}).json()["items"]
    assert [one["name"] for one in bodies] == ["Dienst Justitiële Inrichtingen"]
    found = reader.get("/api/v1/questions/mentions", params={**DAY, "name": "Lichtvlok"}).json()
    assert [m["place"]["part"] for m in found["items"][0]["mentions"]] == ["question", "answer"]
    assert reader.get("/api/v1/questions/mentions", params=DAY).json()["total"] == 0
    late = reader.get("/api/v1/questions/overdue", params={"as-of": "2031-04-20"}).json()
    assert "2031Z00417" in [one["number"] for one in late["late"]]
    assert reader.get("/api/v1/questions/figures", params=DAY).json()["sets"] == 4


def test_new_papers_change_who_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = web_tools.serve(tmp_path_factory.mktemp("more"), ServiceOptions(reads_openly=True, rate=""))
    reader, editor = made.client("reader"), made.client("editor")
    assert reader.get("/api/v1/questions/names", params=DAY).json()["total"] == 0
    paper = INVENTED / "2031Z00520.txt"
    started = editor.post("/api/v1/questions/files", files={"files": (paper.name, paper.read_bytes())})
    assert started.status_code == 202, started.text
    for _ in range(100):
        job = reader.get(started.headers["location"]).json()
        if job["state"] not in ("waiting", "running"):
            break
        time.sleep(0.1)
    assert job["result"]["files"][0]["new_papers"] == 2
    assert reader.get("/api/v1/questions/names", params=DAY).json()["total"] == 7
    made.app.state.service.runner.stop()
    made.store.close()


def test_pages_show_the_sides_and_lead_to_makers(reader: TestClient) -> None:
    page = reader.get("/questions/2031Z00520", params={**DAY, "lang": "nl"}).text
    assert 'href="/makers/hikvision?as-of=2031-12-01"' in page
    assert "gesteld door een Kamerlid: vraag 1 (het antwoord bevestigt het niet)" in page
    assert "de naam alleen bewijst niet wie het is" in page
    together = reader.get("/questions/2031Z00417", params={**DAY, "lang": "en"}).text
    assert "Answered together with 2, see above." in together
    listed = reader.get("/questions", params={**DAY, "maker": "hikvision", "lang": "en"}).text
    assert "/questions/2031Z00520" in listed
    assert "2031Z00417" not in listed
    assert "Not found" in reader.get("/questions", params={**DAY, "q": "zeppelin", "lang": "en"}).text
    assert (
        reader.get("/questions", params={"maker": "nobody", "state": "x", "year": "²²²²"}).status_code == 200
    )
    assert reader.get("/questions/2031Z09999").status_code == 404


def test_a_set_before_its_day_is_not_there(reader: TestClient) -> None:
    assert reader.get("/questions/2031Z00520", params={"as-of": "2031-05-01"}).status_code == 404
    assert "2031Z00520" not in reader.get("/questions", params={"as-of": "2031-05-01"}).text


def test_text_of_a_paper_is_never_markup(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = web_tools.serve(tmp_path_factory.mktemp("markup"), ServiceOptions(reads_openly=True, rate=""))
    folder = tmp_path_factory.mktemp("papers")
    text = (
        (INVENTED / "2031Z00520.txt")
        .read_text(encoding="utf-8")
        .replace("Weet u", "<script>x</script> Weet u")
    )
    (folder / "2031Z00520.txt").write_text(text, encoding="utf-8")
    from overzicht.subjects.questions.taking import add_files  # noqa: PLC0415

    add_files(made.store, [folder / "2031Z00520.txt"], "tester", web_tools.AT)
    page = made.client("reader").get("/questions/2031Z00520", params=DAY).text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    made.store.close()
