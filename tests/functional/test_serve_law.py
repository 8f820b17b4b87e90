"""Law over HTTP and in pages: instruments on a day, uses weighed, files that come in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import web_tools
from web_tools import Served

from overzicht.law.instruments import instruments

V1 = "/api/v1"
EXAMPLES = Path(__file__).parents[2] / "examples" / "law"
BUYER: dict[str, Any] = {
    "id": "buyer", "title": "a buyer of cameras", "act": "buy", "place": "NL",
    "actor": {"name": "Gemeente", "kind": "public body", "country": "NL"},
    "facts": [{"fact": "untargeted-scraping", "value": "yes"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("law"))
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def test_the_instruments_follow_the_day_and_the_language(served: Served) -> None:
    client = served.client("reader of one")
    before = client.get(f"{V1}/instruments", params={"as-of": "2025-02-01"}).json()["items"]
    on = client.get(f"{V1}/instruments", params={"as-of": "2025-02-02"}).json()["items"]
    assert [each["id"] for each in before] == list(instruments())
    assert [{e["id"]: e["applies"] for e in each}["ai-act"] for each in (before, on)] == ["no", "yes"]
    dutch = client.get(f"{V1}/instruments", params={"lang": "nl"}, headers={"Accept-Language": "nl"})
    assert "Handvest van de Verenigde Naties" in dutch.text


def test_one_instrument_with_rules_and_standings(served: Served) -> None:
    client = served.client("reader of one")
    found = client.get(f"{V1}/instruments/icerd", params={"as-of": "1982-01-27"}).json()
    china = [each for each in found["standings"] if each["code"] == "CN"]
    assert (china[0]["holds"], china[0]["since"]) == ("no", "1982-01-28")
    assert found["rules"][0]["unseen"]
    assert found["rules"][0]["citations"]
    assert client.get(f"{V1}/instruments/nothing").status_code == 404


def test_uses_are_weighed_and_compared(served: Served) -> None:
    client = served.client("reader of one")
    exporter = {**BUYER, "id": "exporter", "act": "export", "place": "KZ"}
    exporter["facts"] = [*BUYER["facts"], {"fact": "output-used-in-union", "value": False}]
    day = {"as-of": "2025-02-02"}
    answer = client.post(f"{V1}/weighings", params=day, json={"uses": [BUYER, exporter]})
    assert answer.status_code == 200, answer.text
    told = [{e["instrument"]: e for e in each["instruments"]} for each in answer.json()["weighings"]]
    assert told[0]["ai-act"]["outcome"] == "prohibited"
    assert (told[1]["ai-act"]["label"], told[1]["ai-act"]["country_rules"]) == (
        "own policy signal",
        ["territory"],
    )
    assert any("AI Act" in says for says in answer.json()["differences"][0]["says"])
    packaged = client.post(f"{V1}/weighings", params=day, json={}).json()["weighings"]
    assert packaged[0]["use"]["id"] == "uyghur-alarm"


@pytest.mark.parametrize(
    "change",
    [{"place": "UK"}, {"place": "Nederland"}, {"colour": "red"}, {"facts": [{"fact": "x", "value": "yes"}]}],
)
def test_a_wrong_use_is_refused(served: Served, change: dict[str, Any]) -> None:
    answer = served.client("reader").post(f"{V1}/weighings", json={"uses": [{**BUYER, **change}]})
    assert answer.status_code == 400
    assert answer.json()["type"]


def test_a_file_of_uses_is_weighed_on_its_page(served: Served) -> None:
    client = served.client("reader")
    content = (EXAMPLES / "square.yaml").read_bytes()
    files = {"file": ("../square.yaml", content)}
    answer = client.post("/law/weigh", params={"as-of": "2026-03-10"}, files=files)
    assert answer.status_code == 200
    assert "AI Act, Article 5(1)(g), prohibits it" in answer.text
    assert "Why square-counting and square-alarm differ" in answer.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"uses: [{id: x1}]", "title: it is missing"),
        (b"\xff\xfe", "not YAML or JSON"),
        (b"#" * 1_100_000, "larger"),
    ],
)
def test_a_wrong_file_is_told_to_people(served: Served, content: bytes, said: str) -> None:
    client = served.client("reader")
    headers = {"Accept": "text/html"}
    answer = client.post("/law/weigh", files={"file": ("uses.yaml", content)}, headers=headers)
    assert answer.status_code == 400
    assert said in answer.text
    assert "uses.yaml" in answer.text


def test_a_text_of_a_file_is_no_markup_of_ours(served: Served) -> None:
    evil = "<script>alert(1)</script>"
    content = (
        f"uses: [{{id: x1, title: '{evil}', act: use, actor: {{name: '{evil}', kind: state, country: NL}}, "
        f"place: NL, facts: [{{fact: real-time, value: yes, note: '{evil}'}}]}}]"
    )
    answer = served.client("reader").post("/law/weigh", files={"file": ("x.yaml", content.encode())})
    assert answer.status_code == 200
    assert evil not in answer.text


@pytest.mark.parametrize("path", [f"/law/{name}" for name in instruments()] + ["/law", "/law/weigh"])
def test_every_page_of_law_opens_in_both_languages(served: Served, path: str) -> None:
    client = served.client("reader")
    for lang in ("en", "nl"):
        answer = client.get(path, params={"lang": lang, "as-of": "2021-04-13"})
        assert answer.status_code == 200
        assert f'<html lang="{lang}"' in answer.text


def test_a_packaged_use_and_one_that_is_not(served: Served) -> None:
    client = served.client("reader")
    shown = client.get("/law/uses/uyghur-alarm", params={"as-of": "2021-04-13"}).text
    assert "is likely violated" in shown
    assert "13 April 2021" in shown
    assert client.get("/law/uses/dutch-exporter").status_code == 200
    assert client.get("/law/uses/nobody").status_code == 404
