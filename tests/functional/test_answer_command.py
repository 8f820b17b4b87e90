"""`overzicht answer` as a user runs it on a fresh home: lists, drafts, files, and clear refusals."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_USAGE

SETS = ["2020Z25656", "voorbeeld-bagagescanners", "voorbeeld-nevelzicht"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path


def test_it_lists_the_sets_and_answers_one_in_every_form(home: Path) -> None:
    listed = json.loads(run_command("answer", "--json", "--as-of", "2021-04-13").stdout)
    assert [each["number"] for each in listed] == SETS
    for form in ("json", "html", "docx"):
        out = home / f"a.{form}"
        result = run_command("answer", SETS[0], "--as-of", "2021-04-13", "--lang", "nl", "--out", out)
        assert result.exit_code == EXIT_OK, result.output
        assert "15 vragen" in result.stdout
        assert out.stat().st_size > 20_000
    told = json.loads((home / "a.json").read_text(encoding="utf-8"))
    assert told["as_of"] == "2021-04-13"
    assert told["language"] == "nl"
    assert len(told["questions"]) == 15
    printed = run_command("answer", SETS[0], "--as-of", "2021-04-13", "--lang", "nl", "--json")
    assert json.loads(printed.stdout) == told


def test_the_invented_set_with_data_is_answered_from_example_data_alone() -> None:
    told = json.loads(run_command("answer", SETS[1], "--json", "--as-of", "2021-04-13", "--example").stdout)
    facts = {one["number"]: one["facts"] + one["more"] for one in told["questions"]}
    assert told["is_fictional"]
    assert "Courant Voorbeeld reported" in facts[1][0]["text"]
    assert any("Luchthaven Voorbeeld: 4 devices" in fact["text"] for fact in facts[2])
    firsts = {one["number"]: one["first"] for one in told["questions"]}
    assert (firsts[2]["kind"], firsts[2]["value"]) == ("number", "4")
    assert ["stated" in facts[3][0]["text"], "asked where" in facts[3][1]["text"]] == [True, True]
    assert {fact["origin"] for each in facts.values() for fact in each} == {"invented"}


def test_the_invented_set_without_data_says_so() -> None:
    told = json.loads(run_command("answer", SETS[2], "--json", "--as-of", "2021-04-13", "--example").stdout)
    one = {each["number"]: each for each in told["questions"]}
    assert one[1]["missing"] == [
        "No data: no report about Nevelzicht is recorded; `overzicht dossier add` keeps one."
    ]
    assert any("Nevelzicht: 0" in fact["text"] for fact in one[2]["facts"] + one[2]["more"])
    assert [each["facts"] for number, each in one.items() if number != 2] == [[]] * 4
    assert one[2]["first"]["kind"] == "no"
    assert one[5]["first"]["kind"] == "judgement"


def test_without_examples_a_fresh_home_has_no_evidence_but_still_lists_and_law() -> None:
    told = json.loads(
        run_command("answer", SETS[0], "--json", "--as-of", "2021-04-13", "--no-example").stdout
    )
    one = {each["number"]: each for each in told["questions"]}
    assert {fact["origin"] for each in one.values() for fact in each["facts"] + each["more"]} == {"own"}
    assert one[1]["facts"] == []
    assert "no report about Huawei" in one[1]["missing"][0]
    assert any("4 persons and 1 bodies" in fact["text"] for fact in one[15]["facts"] + one[15]["more"])
    assert any("428/2009" in fact["text"] for fact in one[9]["facts"] + one[9]["more"])


def test_an_unknown_number_lists_the_known_ones() -> None:
    result = run_command("answer", "2020Z99999")
    assert result.exit_code == EXIT_NOT_FOUND
    assert all(number in result.stderr for number in SETS)
    early = run_command("answer", SETS[0], "--as-of", "2020-01-01")
    assert early.exit_code == EXIT_NOT_FOUND
    assert "asked on 2020-12-22" in early.stderr


def test_wrong_use_and_wrong_files_are_refused(home: Path) -> None:
    assert run_command("answer", SETS[0], "--out", "a.pdf").exit_code == EXIT_USAGE
    assert run_command("answer", home / "nothing.yaml").exit_code == EXIT_INPUT
    (home / "bad.yaml").write_text("number: x\n", encoding="utf-8")
    result = run_command("answer", home / "bad.yaml")
    assert result.exit_code == EXIT_INPUT
    assert "asked: it is missing" in result.stderr


PAPER = "Vragen\n\n1. Staat Hikvision op de Entity List?\n2. Welke merken maakt Dahua?\n"


def test_a_paper_is_answered_from_a_file_and_from_standard_input(home: Path) -> None:
    (home / "vragen.txt").write_text(PAPER, encoding="utf-8")
    file = run_command("answer", home / "vragen.txt", "--json")
    assert file.exit_code == EXIT_OK, file.output
    told = json.loads(file.stdout)
    assert [one["first"]["kind"] for one in told["questions"]] == ["yes", "value"]
    assert json.loads(run_command("answer", "-", "--json", stdin=PAPER).stdout) == told
    saved = run_command("answer", home / "vragen.txt", "--save", "--json", "--by", "A. Tester")
    assert json.loads(saved.stdout)["number"] == told["number"]
    assert (
        json.loads(run_command("answer", told["number"], "--json").stdout)["questions"] == told["questions"]
    )


def test_saving_needs_a_paper(home: Path) -> None:
    assert run_command("answer", SETS[0], "--save").exit_code == EXIT_USAGE
    (home / "bad.txt").write_text("Een mededeling.", encoding="utf-8")
    assert run_command("answer", home / "bad.txt").exit_code == EXIT_INPUT
    assert run_command("answer", "nothing.pdf").exit_code == EXIT_INPUT


def test_a_review_in_the_terminal_is_written_in_the_answer(home: Path) -> None:
    (home / "vragen.txt").write_text(PAPER, encoding="utf-8")
    number = json.loads(run_command("answer", home / "vragen.txt", "--save", "--json").stdout)["number"]
    listed = json.loads(run_command("questions", "review", number, "--json").stdout)
    fact = next(item for item in listed["sentences"] if item["part"] == "facts")
    decided = run_command(
        "questions",
        "review",
        number,
        fact["id"],
        "--decision",
        "strike",
        "--reason",
        "dubbel",
        "--by",
        "A. Tester",
    )
    assert decided.exit_code == EXIT_OK, decided.output
    assert f"{fact['id']}  [struck]" in decided.stdout
    assert "struck, A. Tester" in decided.stdout
    answer = json.loads(run_command("answer", number, "--reviewed", "--json").stdout)
    texts = [item["text"] for item in answer["questions"][0]["facts"] + answer["questions"][0]["more"]]
    assert fact["text"] not in texts
    assert run_command("questions", "review", number, fact["id"]).exit_code == EXIT_USAGE
    assert run_command("questions", "review", number, "--withdraw", "99").exit_code == EXIT_NOT_FOUND
