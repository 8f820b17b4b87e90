"""`overzicht control classify` as a user runs it: answers, errors, interview, what a new list re-opens."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import click.testing
import pytest
import yaml
from functional_tools import run_command

from overzicht.cli.main import cli
from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_USAGE
from overzicht.store.database import Store
from overzicht.subjects.control_list.classification_records import newest_classifications

REAL = Path(__file__).resolve().parents[2] / "examples" / "export-control"
OLD = [
    ("4A003", "provision", "Computers, as follows:"),
    ("4A003.b", "provision", "Computers with a performance exceeding 29 WT;"),
    ("4A003.g", "provision", "Links faster than 2 Gbyte/s."),
    ("4A004", "provision", "Other computers, as follows:"),
    *((f"4A004.{n}", "provision", "Of another kind;") for n in ("a", "b", "c")),
    ("5A002", "provision", "Security, as follows:"),
    ("5A002.a", "provision", "Designed to use cryptography, as follows:"),
    *((f"5A002.a.{n}", "provision", "Items exceeding 56 bits, 512 bits and 112 bits;") for n in (1, 2, 3, 4)),
    ("5A002.a", "note", "Note 2: no control of less than 400 m, 0,1 W or less, 16 or fewer, 32 or fewer"),
    ("6A003", "provision", "Cameras."),
]  # fmt: skip
NO_OTHER_KIND = [
    {"fact": f"computer.{name}", "value": False}
    for name in ("made_for_such", "systolic", "mimics_neurons", "data_as_light")
]
FACTS = [
    {"fact": "computer.digital", "value": True},
    {"fact": "computer.no_64_bit_floating_point", "value": False},
    {"fact": "computer.app", "value": 40, "unit": "WT"},
    {"fact": "computer.serves_other_equipment", "value": False},
    {"fact": "crypto.used", "value": False},
    *NO_OTHER_KIND,
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path


def _install(home: Path, name: str, change: tuple[str, str] = ("", "")) -> str:
    rows = [(p, kind, text.replace(*change) if change[0] else text) for p, kind, text in OLD]
    data = [{"entry": p[:5], "path": p, "kind": kind, "text": text} for p, kind, text in rows]
    path = home / f"annex-{name}.jsonl"
    path.write_text("".join(f"{json.dumps(each)}\n" for each in data), encoding="utf-8")
    result = run_command("control", "update", path, "--force")
    assert result.exit_code == EXIT_OK, result.stderr
    return str(result.stdout)


def _item(
    home: Path, *facts: dict[str, Any], name: str = "pc", functions: tuple[str, ...] = ("computer",)
) -> Path:
    source = {"title": "data sheet", "address": "https://example.org/pc", "date": date(2025, 1, 2)}
    stated = [{"source": "sheet", **fact} for fact in facts]
    data = {"id": name, "name": "A computer", "functions": list(functions), "sources": {"sheet": source},
            "facts": stated}  # fmt: skip
    path = home / f"{name}.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


def _json(*arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run_command("control", "classify", *arguments, "--json").stdout)
    return found


def test_an_answer_quotes_the_users_copy_and_names_its_sources(home: Path) -> None:
    _install(home, "2021")
    result = run_command("control", "classify", _item(home, *FACTS), "--as-of", "2021-10-01")
    assert result.exit_code == EXIT_OK
    assert "4A003.b  MET: digital computers with a great adjusted peak performance" in result.stdout
    assert "the adjusted peak performance > 29 WT: holds, stated 40 WT [data sheet]" in result.stdout
    assert "> 4A003.b: Computers with a performance exceeding 29 WT;" in result.stdout
    assert "not released by Note 2" in result.stdout
    assert "not loaded" not in result.stdout


def test_without_a_copy_it_runs_and_says_that_nothing_is_quoted(home: Path) -> None:
    result = run_command("control", "classify", _item(home, *FACTS), "--version", "2021")
    assert result.exit_code == EXIT_OK
    assert "the text of the list of 2021 is not loaded" in result.stdout
    assert "met: 4A003.b" in result.stdout
    found = _json(_item(home, *FACTS), "--version", "2021")
    assert (found["text_is_loaded"], found["met"]) == (False, ["4A003.b"])
    assert {path["path"]: path["quotes"] for path in found["paths"]}["4A003.b"] == []


def test_a_copy_older_than_the_rules_is_not_quoted_for_them(home: Path) -> None:
    _install(home, "2021")
    found = _json(_item(home, *FACTS), "--as-of", "2025-12-01")
    assert (found["met"], found["unknown"], found["text_is_loaded"]) == ([], ["4A507"], False)


def test_a_new_list_reopens_what_rests_on_a_change_and_the_newest_only(home: Path) -> None:
    _install(home, "2021")
    pc = _item(home, *FACTS)
    for _ in range(2):
        run_command("control", "classify", pc, "--version", "2021")
    camera = _item(home, {"fact": "crypto.used", "value": False}, name="cam", functions=("imaging_camera",))
    run_command("control", "classify", camera, "--version", "2021")
    told = _install(home, "2025-11-15", ("29 WT", "70 WT"))
    assert "classification pc#2: 4A003.b" in told
    assert "pc#1" not in told
    assert "cam#" not in told
    assert _json(pc, "--version", "2025-11-15")["met"] == []


def test_what_is_kept_can_be_read_again_and_the_log_holds(home: Path) -> None:
    run_command("control", "classify", _item(home, *FACTS), "--version", "2021", "--by", "An")
    store = Store.open(home / "home")
    with store.reading() as connection:
        (kept,) = newest_classifications(connection, "An")
    store.close()
    assert (kept.actor, kept.payload["met"], "4A003.b" in kept.cited) == ("An", ["4A003.b"], True)
    assert run_command("log", "verify").exit_code == EXIT_OK
    told = run_command("control", "classify", _item(home, *FACTS), "--version", "2021", "--no-keep").stdout
    assert "kept as" not in told


def test_the_interview_asks_what_is_missing_until_it_is_settled(home: Path) -> None:
    path, answers = _item(home, *FACTS[:2], *NO_OTHER_KIND), home / "answers.yaml"
    arguments = ["control", "classify", str(path), "--version", "2025-11-15", "--ask", "--by", "An",
                 "--save-answers", str(answers), "--no-keep"]  # fmt: skip
    said = "no\nmuch\n80\n80 WT\nno\nn\n"
    result = click.testing.CliRunner().invoke(cli, arguments, input=said, standalone_mode=False)
    assert result.exception is None
    assert "met: 4A003.b" in result.stdout
    assert "stated 80 WT [An, computer.app]" in result.stdout
    assert "'much' is not a number" in result.stderr
    assert "the unit is missing" in result.stderr
    written = yaml.safe_load(answers.read_text(encoding="utf-8"))["facts"]
    assert {each["fact"]: each["value"] for each in written}["computer.app"] == "80"
    assert all(each["by"] == "An" and isinstance(each["day"], date) for each in written)


def test_a_person_who_does_not_know_leaves_it_open(home: Path) -> None:
    arguments = ["control", "classify", str(_item(home)), "--version", "2025-11-15", "--ask", "--no-keep"]
    result = click.testing.CliRunner().invoke(cli, arguments, input="?\n" * 60, standalone_mode=False)
    assert result.exception is None
    assert result.return_value == EXIT_INCOMPLETE
    assert "missing facts: computer.digital" in result.stdout


def test_face_recognition_is_said_not_to_be_named_and_led_to_the_articles(home: Path) -> None:
    facts = ({"fact": "crypto.used", "value": False}, {"fact": "surveillance.covert", "value": False})
    _install(home, "2025-11-15")
    path = _item(home, *facts, name="faces", functions=("face_recognition",))
    result = run_command("control", "classify", path, "--version", "2025-11-15")
    assert result.exit_code == EXIT_OK
    assert "not named by the list: recognition of faces: no entry of the list names it" in result.stdout
    assert "found in: none" in result.stdout
    assert "Article 2(20): Is it a cyber-surveillance item? [not met]" in result.stdout
    assert [line.split(":")[0] for line in result.stdout.splitlines() if line.startswith("Article")] == [
        "Article 2(20)", "Article 5", "Article 4", "Article 9", "Article 10",
    ]  # fmt: skip


def test_a_camera_that_is_sold_is_open_for_what_its_papers_do_not_state(home: Path) -> None:
    result = run_command("control", "classify", REAL / "ds-2td4538-25a4-w.yaml", "--version", "2025-11-15")
    assert result.exit_code == EXIT_INCOMPLETE
    found = _json(REAL / "ds-2td4538-25a4-w.yaml", "--version", "2025-11-15")
    array = next(path for path in found["paths"] if path["path"] == "6A003.b.4.b")
    assert array["answer"] == "unknown"
    assert {"camera.frame_rate", "array.response_from", "array.space_qualified"} <= set(array["missing"])
    assert found["met"] == []
    assert all(fact["citation"]["address"].startswith("https://") for fact in found["item"]["facts"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: [", "bad.yaml: not YAML"),
        ("[]", "bad.yaml, the file"),
        ("id: x", "bad.yaml, name: it is missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(home: Path, content: str, words: str) -> None:
    path = home / "bad.yaml"
    path.write_text(content, encoding="utf-8")
    result = run_command("control", "classify", path)
    assert result.exit_code == EXIT_INPUT
    assert words in result.stderr


def test_wrong_use_and_unknown_versions_are_told(home: Path) -> None:
    path = _item(home, *FACTS)
    assert run_command("control", "classify", home / "none.yaml").exit_code == EXIT_INPUT
    assert run_command("control", "classify", path, "--version", "1999").exit_code == EXIT_NOT_FOUND
    both = ("--version", "2021", "--as-of", "2021-10-01")
    assert run_command("control", "classify", path, *both).exit_code == EXIT_USAGE
    twice = _item(home, *FACTS, {"fact": "computer.app", "value": 50, "unit": "WT"})
    result = run_command("control", "classify", twice)
    assert result.exit_code == EXIT_INPUT
    assert "contradicts what is stated before" in result.stderr


def test_an_answer_that_contradicts_the_other_facts_is_told_and_not_taken(home: Path) -> None:
    path = _item(
        home,
        {"fact": "array.response_from", "value": 8, "unit": "µm"},
        name="array",
        functions=("infrared_detector",),
    )
    arguments = ["control", "classify", str(path), "--version", "2025-11-15", "--ask", "--no-keep"]
    runner = click.testing.CliRunner()
    prompts = runner.invoke(cli, arguments, input="?\n" * 60, standalone_mode=False).stderr
    number = re.findall(r"\[([\w.]+)\] \(", prompts).index("array.response_to")
    said = "?\n" * number + "7 µm\n" + "?\n" * 60
    result = runner.invoke(cli, arguments, input=said, standalone_mode=False)
    assert "not taken: array, array.response_from: contradictory facts" in result.stderr
    assert result.return_value == EXIT_INCOMPLETE


def test_a_file_to_fill_in_is_one_that_can_be_read(home: Path) -> None:
    printed = run_command("control", "template", "imaging_camera").stdout
    path = home / "camera.yaml"
    path.write_text(printed.replace("https://…", "https://example.org"), encoding="utf-8")
    found = _json(path, "--version", "2025-11-15")
    assert found["unused_facts"] == []
    assert set(found["missing"]) <= {
        line.split()[2].strip(",") for line in printed.splitlines() if "{fact:" in line
    }
    assert run_command("control", "template", "toaster").exit_code == EXIT_NOT_FOUND
