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
