"""Answers over HTTP and as pages: the same draft on any day, in both languages, and as files."""

import io
import zipfile
from collections.abc import Iterator

import pytest
import web_tools
from answer_tools import SEED
from lxml import etree
from web_tools import Served

AS_OF = "2021-04-13"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("answers"))
    yield made
    made.store.close()


def test_the_sets_are_listed_as_of_a_day(served: Served) -> None:
    client = served.client("reader")
    found = client.get("/api/v1/answers", params={"as-of": AS_OF}).json()["items"]
    assert [each["number"] for each in found] == [SEED, "voorbeeld-bagagescanners", "voorbeeld-nevelzicht"]
    assert [each["is_fictional"] for each in found] == [False, True, True]
    assert client.get("/api/v1/answers", params={"as-of": "2020-01-01"}).json()["items"] == []
    page = client.get("/answers", params={"as-of": AS_OF, "lang": "nl"}).text
    assert SEED in page
    assert "Chinese surveillanceapparatuur" in page
    assert (
        "There were no sets of questions on this date."
        in client.get("/answers", params={"as-of": "2020-01-01", "lang": "en"}).text
    )


def test_a_draft_over_http_has_its_four_parts(served: Served) -> None:
    answer = served.client("reader").get(f"/api/v1/answers/{SEED}", params={"as-of": AS_OF}).json()
    assert [each["number"] for each in answer["questions"]] == list(range(1, 16))
    last = answer["questions"][14]
    assert any("4 persons and 1 bodies" in fact["text"] for fact in last["facts"] + last["more"])
    assert all(fact["citations"] for one in answer["questions"] for fact in one["facts"] + one["more"])
    assert all(one["first"]["kind"] and one["first"]["text"] for one in answer["questions"])
    assert last["answered_then"]["citations"][0]["title"] == "ah-tk-20202021-2310"
    assert last["judgement"]
    assert last["missing"]


def test_the_page_says_the_same_in_dutch(served: Served) -> None:
    page = served.client("reader").get(f"/answers/{SEED}", params={"as-of": AS_OF, "lang": "nl"}).text
    for words in (
        "Conceptantwoord", "Eerder antwoord", "Punten die een oordeel vragen",
        "Gegevens die nog ontbreken",
        "Verordening (EG) 428/2009", "meegeleverd bewijs", "Meer feiten", f"/answers/{SEED}/download/docx?",
    ):  # fmt: skip
        assert words in page
    assert "2021/821" not in page


@pytest.mark.parametrize(
    ("form", "kind"),
    [("json", "application/json"), ("html", "text/html; charset=utf-8"),
     ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
)  # fmt: skip
def test_a_draft_is_a_file_too(served: Served, form: str, kind: str) -> None:
    answer = served.client("reader").get(
        f"/answers/{SEED}/download/{form}", params={"as-of": AS_OF, "lang": "nl"}
    )
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert f'filename="{SEED}-{AS_OF}-nl.{form}"' in answer.headers["content-disposition"]
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as document:
            words = etree.fromstring(document.read("word/document.xml")).xpath("string()")
        assert "Vraag 15" in words
    else:
        assert "Vraag 15" in answer.text or '"number": 15' in answer.text


def test_what_is_not_there_is_not_found(served: Served) -> None:
    client = served.client("reader")
    assert client.get("/api/v1/answers/2020Z99999").status_code == 404
    assert client.get(f"/api/v1/answers/{SEED}", params={"as-of": "2020-01-01"}).status_code == 404
    assert client.get(f"/answers/{SEED}/download/pdf").status_code == 404


def test_a_reader_of_one_organisation_gets_no_answer_about_all(served: Served) -> None:
    assert served.client("reader of one").get(f"/api/v1/answers/{SEED}").status_code == 403


PAPER = """Vragen over camera's

1. Staat Hikvision op de Entity List?
2. Welke merken maakt Dahua?
"""


def test_a_paper_gives_the_same_draft_as_text_and_as_file_on_every_door(served: Served) -> None:
    client = served.client("reader")
    pasted = client.post(
        "/api/v1/answers", params={"as-of": AS_OF}, data={"text": PAPER.replace("\n", "\r\n")}
    )
    assert pasted.status_code == 200, pasted.text
    file = {"file": ("vragen.txt", PAPER.encode(), "text/plain")}
    assert client.post("/api/v1/answers", params={"as-of": AS_OF}, files=file).json() == pasted.json()
    query = {"as-of": AS_OF, "lang": "en"}
    downloaded = client.post("/answers", params=query, data={"text": PAPER, "form": "json"})
    assert downloaded.json() == pasted.json()
    assert [one["first"]["kind"] for one in pasted.json()["questions"]] == ["yes", "value"]
    page = client.post("/answers", params=query, data={"text": PAPER})
    assert pasted.json()["questions"][0]["first"]["text"] in page.text
    assert "This draft is not saved" in page.text


def test_a_saved_paper_is_a_set_and_only_an_editor_saves_it(served: Served) -> None:
    data = {"text": PAPER, "save": "1"}
    assert served.client("reader").post("/answers", data=data).status_code == 403
    assert served.client("reader").post("/api/v1/answers/papers", data=data).status_code == 403
    saved = served.client("editor").post("/answers", data=data)
    assert saved.status_code == 303
    number = served.client("editor").post("/api/v1/answers/papers", data=data).json()["number"]
    assert saved.headers["location"] == f"/answers/{number}"
    answer = served.client("reader").get(f"/api/v1/answers/{number}").json()
    assert answer["questions"][0]["question"] == "Staat Hikvision op de Entity List?"


@pytest.mark.parametrize("words", ["", "  ", "Een mededeling."])
def test_a_text_without_a_question_is_refused_in_words(served: Served, words: str) -> None:
    client = served.client("reader")
    answer = client.post("/api/v1/answers", data={"text": words})
    assert answer.status_code == 400
    assert "fix" in answer.json()
    page = client.post("/answers", params={"lang": "nl"}, data={"text": words})
    assert page.status_code == 400
    assert "Een antwoord opstellen" in page.text


def test_a_review_over_http_and_on_the_page_gives_the_reviewed_text(served: Served) -> None:
    editor, reader = served.client("editor"), served.client("reader")
    number = editor.post("/api/v1/answers/papers", data={"text": PAPER}).json()["number"]
    path, query = f"/api/v1/answers/{number}/review", {"as-of": AS_OF}
    sentences = reader.get(path, params=query).json()["sentences"]
    assert {item["state"] for item in sentences} == {"open"}
    first, fact = (next(s for s in sentences if s["part"] == part) for part in ("first", "facts"))
    edit = {"sentence": fact["id"], "decision": "edit", "wording": "In eigen woorden.", "reason": "korter"}
    assert reader.post(path, params=query, json=edit).status_code == 403
    result = editor.post(path, params=query, json=edit)
    assert (result.status_code, result.json()["counts"]["edited"]) == (201, 1)
    form = {"sentence": first["id"], "decision": "accept", "wording": "", "reason": ""}
    saved = editor.post(
        f"/answers/{number}/review", params={**query, "back": f"/answers/{number}/review"}, data=form
    )
    assert (saved.status_code, saved.headers["location"]) == (303, f"/answers/{number}/review")
    page = reader.get(f"/answers/{number}/review", params={**query, "lang": "nl"}).text
    assert "In eigen woorden." in page
    assert "aanvaard: 1" in page
    assert "korter" in page
    text = reader.get(f"/api/v1/answers/{number}", params={**query, "reviewed": "true"}).json()
    assert text["questions"][0]["facts"][0]["text"] == "In eigen woorden."
    assert text["questions"][0]["facts"][0]["citations"] == fact["citations"]
    file = reader.get(f"/answers/{number}/download/odt", params={**query, "reviewed": "1"}).content
    with zipfile.ZipFile(io.BytesIO(file)) as document:
        assert b"In eigen woorden." in document.read("content.xml")
    review_id = result.json()["sentences"][1]["review"]["id"]
    withdrawn = editor.post(f"{path}/{review_id}/withdraw", params=query).json()
    assert withdrawn["counts"]["edited"] == 0


@pytest.mark.parametrize(
    ("decision", "wording", "reason", "message"),
    [
        ("strike", "", "why", "the first line cannot be struck"),
        ("edit", "", "why", "an edit needs the new sentence"),
        ("edit", "New.", "", "a reason is required"),
        ("accept", "New.", "", "only an edit has a new sentence"),
    ],
)
def test_a_decision_that_does_not_fit_is_refused(
    served: Served, decision: str, wording: str, reason: str, message: str
) -> None:
    editor = served.client("editor")
    number = editor.post("/api/v1/answers/papers", data={"text": PAPER}).json()["number"]
    path = f"/api/v1/answers/{number}/review"
    first = editor.get(path).json()["sentences"][0]["id"]
    body = {"sentence": first, "decision": decision, "wording": wording, "reason": reason}
    answer = editor.post(path, json=body)
    assert (answer.status_code, message in answer.json()["detail"]) == (400, True), answer.text
    assert editor.post(path, json={**body, "sentence": "nothing"}).status_code == 404
