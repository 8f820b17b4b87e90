"""`overzicht screen`: one name, files of names in every form, going on after a break, and measuring."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty

NAMES = "naam;soort;kenmerk\nZHU Hailun;persoon;p1\nHangzhou Hikvison Digital Technolgy;bedrijf;c1\n"
CLEAN = "Bakkerij De Gouden Aar B.V.;bedrijf;c2\n"

pytestmark = pytest.mark.usefixtures("own_home")


def results(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def test_a_file_of_names_gives_an_answer_per_party_with_reasons(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text(NAMES + CLEAN, encoding="utf-8")
    run = run_command("screen", "names", tmp_path / "names.csv", "--out", tmp_path / "out.jsonl")
    assert run.exit_code == 0, run.output
    person, company, baker = results(tmp_path / "out.jsonl")
    assert {"eu-fsf", "us-ofac"} <= {each["list"] for each in person["listings"]}  # type: ignore[attr-defined]
    possible = company["possible"]  # a misspelt name is not the name: a person has to look
    assert any("Hikvision" in each["name"] for each in possible)  # type: ignore[attr-defined]
    assert all(each["reasons"] and each["citation"] for each in possible)  # type: ignore[attr-defined]
    assert baker["listings"] == []
    assert {each["answer"] for each in baker["answers"]} == {"not checked"}  # type: ignore[attr-defined]


def test_the_sentences_of_a_line_are_in_the_language_and_its_values_are_not(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text(NAMES, encoding="utf-8")
    lines = {}
    for language in ("en", "nl"):
        out = tmp_path / f"{language}.jsonl"
        run_command("screen", "names", tmp_path / "names.csv", "--out", out, "--lang", language)
        lines[language] = results(out)
    one = run_command("screen", "one", "ZHU Hailun", "--kind", "Person", "--lang", "nl", "--json")
    assert lines["nl"][0]["answers"] == json.loads(one.stdout)["answers"]
    pairs = zip(_texts(lines["en"]), _texts(lines["nl"]), strict=True)
    differing = {key for (key, english), (_, dutch) in pairs if english != dutch}
    assert differing == {"note", "notes", "text"}


def _texts(value: object, key: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, key)
    else:
        yield key, value


def test_a_broken_run_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text(NAMES + CLEAN, encoding="utf-8")
    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    run_command("screen", "names", tmp_path / "names.csv", "--out", whole)
    lines = whole.read_bytes().splitlines(keepends=True)
    broken.write_bytes(b"".join(lines[:2]) + lines[2][:20])  # one whole answer, and one cut off
    run = run_command("screen", "names", tmp_path / "names.csv", "--out", broken, "--resume")
    assert "2 parties asked" in run.stderr
    assert broken.read_bytes() == whole.read_bytes()


def test_results_of_another_input_are_not_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(NAMES, encoding="utf-8")
    (tmp_path / "b.csv").write_text(NAMES + CLEAN, encoding="utf-8")
    run_command("screen", "names", tmp_path / "a.csv", "--out", tmp_path / "out.jsonl")
    run = run_command("screen", "names", tmp_path / "b.csv", "--out", tmp_path / "out.jsonl", "--resume")
    assert run.exit_code == 10
    assert "another input" in run.output + run.stderr


def test_a_later_listing_is_never_seen_on_an_earlier_day() -> None:
    run = run_command("screen", "one", "ZHU Hailun", "--kind", "Person", "--as-of", "2020-01-01", "--json")
    assert {each["answer"] for each in json.loads(run.stdout)["answers"]} <= {"not found", "not checked"}


def test_a_birth_date_speaks_for_or_against_and_says_so() -> None:
    engine = ScreeningEngine.of(
        [IndexedParty("un-sc-1", "Person", ("Jan Klaas Aarts",), "un-sc", birth_dates=("1958-01-15",))]
    )

    def asked(birth_date: str) -> PartyMatch:
        query = PartyQuery("q", ("Jan Aarts",), "Person", birth_date=birth_date)
        ((match,),) = engine.match([query], as_of=date(2026, 1, 1), threshold=0.01)
        return match

    same, plain, other = asked("1958-01-15"), asked(""), asked("1990")
    assert same.score > plain.score > other.score
    assert any("the birth dates agree" in str(reason.text) for reason in same.reasons)
    assert any(reason.against and "1990" in str(reason.text) for reason in other.reasons)


def test_pairs_and_retrieval_are_measured_with_the_agreed_keys(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.jsonl"
    rows = [("Acme Optics BV", "Acme Optics B.V.", True), ("Acme Optics", "Zonnebloem Transport", False)]
    pairs.write_text(
        "".join(
            json.dumps({"query": q, "target": t, "schema": "Company", "match": m, "category": "x"}) + "\n"
            for q, t, m in rows
        )
    )
    figures = json.loads(run_command("screen", "pairs", pairs, "--json").stdout)
    assert {
        "n",
        "precision",
        "recall",
        "f1_default",
        "f1_best",
        "auc",
        "recall_at_fpr_2pct",
    } <= figures.keys()
    assert figures["f1_best"] == 1.0
    targets, queries = tmp_path / "targets.jsonl", tmp_path / "queries.jsonl"
    targets.write_text('{"id": "t1", "schema": "Company", "names": ["Acme Optics B.V."]}\n')
    queries.write_text(
        '{"query": "Acme Optiks", "schema": "Company", "target_id": "t1"}\n'
        '{"query": "Zonnebloem Transport", "schema": "Company", "target_id": null}\n'
    )
    found = json.loads(
        run_command("screen", "retrieve", "--targets", targets, "--queries", queries, "--json").stdout
    )
    assert (found["recall_at_1"], found["alerts_per_1000_clean"]) == (1.0, 0.0)
    assert {"build_seconds", "index_mb", "peak_rss_mb", "queries_per_second", "single_p50_ms"} <= found.keys()
