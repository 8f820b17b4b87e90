"""`overzicht law` as a user runs it: exit codes, files, languages, and files that are wrong."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_USAGE

START = "uses: [{id: x1, title: abc, act: use, actor: {name: ab, kind: state, country: NL}, place: NL, "
EXAMPLES = Path(__file__).parents[2] / "examples" / "law"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    return tmp_path


def test_the_list_follows_the_day() -> None:
    before = run_command("law", "list", "--as-of", "2025-02-01", "--json")
    on = run_command("law", "list", "--as-of", "2025-02-02", "--json")
    applied = [{row["id"]: row["applies"] for row in json.loads(one.stdout)} for one in (before, on)]
    assert [each["ai-act"] for each in applied] == ["no", "yes"]
    assert len(applied[0]) == 32


def test_an_instrument_is_shown_in_three_parts_in_both_languages() -> None:
    english = run_command("law", "show", "icerd", "--as-of", "2021-04-13").stdout
    dutch = run_command("law", "show", "icerd", "--as-of", "2021-04-13", "--lang", "nl").stdout
    for part in ("what it says:", "what we check:", "what we cannot see:", "China (CN) 1982-01-28"):
        assert part in english
    assert "wat wij niet kunnen zien:" in dutch
    data = json.loads(run_command("law", "show", "oecd-guidelines", "--json").stdout)
    held = {(row["kind"], row["code"]): row["holds"] for row in data["standings"]}
    assert held["member", "CN"] == held["adherent", "CN"] == "no"
    assert held["adherent", "BR"] == "yes"
    assert ("member", "BR") not in held


def test_no_such_instrument_lists_what_there_is() -> None:
    result = run_command("law", "show", "icecd")
    assert result.exit_code == EXIT_NOT_FOUND
    assert "icerd" in result.stderr


def test_weighing_the_packaged_uses_writes_page_and_data(tmp_path: Path) -> None:
    page, data = tmp_path / "uses.html", tmp_path / "uses.json"
    result = run_command("law", "weigh", "--as-of", "2021-04-13", "--lang", "nl", "--out", page)
    assert result.exit_code == EXIT_INCOMPLETE  # of the invented buyer's supplier no list can tell
    assert "waarschijnlijk geschonden: antiracismeverdrag (ICERD)" in result.stdout
    shown = page.read_text(encoding="utf-8")
    assert '<html lang="nl"' in shown
    assert "Content-Security-Policy" in shown
    assert "<script" not in shown
    run_command("law", "weigh", "--use", "uyghur-alarm", "--as-of", "2021-04-13", "--out", data)
    kept = json.loads(data.read_text(encoding="utf-8"))
    told = {each["instrument"]: each["outcome"] for each in kept["weighings"][0]["instruments"]}
    assert told["icerd"] == "likely violation"


def test_what_is_told_everywhere_ends_with_nought() -> None:
    command = ("law", "weigh", EXAMPLES / "delivery.yaml", "--as-of", "2024-07-03")
    assert run_command(*command).exit_code == EXIT_OK
    assert run_command("law", "weigh", EXAMPLES / "delivery.yaml", "--as-of", "2024-07-02").exit_code == 1


def test_compare_says_what_makes_the_difference() -> None:
    given = ("--use", "dutch-buyer", "--use", "dutch-exporter", "--as-of", "2025-02-02", "--no-lists")
    result = run_command("law", "weigh", *given, "--compare")
    assert "Why dutch-buyer and dutch-exporter differ" in result.stdout
    data = json.loads(run_command("law", "weigh", *given, "--compare", "--json").stdout)
    assert data["differences"][0]["says"]


def test_the_template_is_a_file_that_can_be_weighed(tmp_path: Path) -> None:
    path = tmp_path / "uses.yaml"
    path.write_text(run_command("law", "template").stdout, encoding="utf-8")
    assert run_command("law", "weigh", path, "--no-lists").exit_code == EXIT_INCOMPLETE


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it has no list `uses`"),
        ("uses: []", "it has no list `uses`"),
        ("[1, 2]", "it has no list `uses`"),
        ("uses: [{id: x1}]", "use x1: title: it is missing"),
        ("uses: [12]", "use 1: "),
        ("uses: [&a {id: x1}, *a]", "it refers to itself"),
        ("uses: {", "not YAML or JSON in UTF-8"),
        ("uses: [{id: x1, title: abc, act: use, actor: {name: ab, kind: state, country: UK}, place: NL}]",
         "UK is not a country code, use GB"),
        (START + "facts: [{fact: singles-out-group, value: yes}]}]", "needs a ground"),
        (START + "facts: [{fact: real-time, value: yes}, {fact: real-time, value: no}]}]", "stated twice"),
        (START + "colour: red}]", "colour: there is no such field"),
        ("extra: 1\nuses: [{id: x1}]", "there is no such field: extra"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_place_reason_and_fix(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "uses.yaml"
    path.write_text(content, encoding="utf-8")
    result = run_command("law", "weigh", path, "--no-lists")
    assert result.exit_code == EXIT_INPUT
    assert "uses.yaml" in result.stderr
    assert said in result.stderr
    assert "→" in result.stderr


def test_every_wrong_use_of_a_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "uses.yaml"
    path.write_text("uses: [{id: one1, title: abc}, {id: two2, title: abc}]", encoding="utf-8")
    result = run_command("law", "weigh", path, "--no-lists")
    assert "one1" in result.stderr
    assert "two2" in result.stderr


def test_wrong_use_of_the_command(tmp_path: Path) -> None:
    assert run_command("law", "weigh", "--out", tmp_path / "uses.pdf").exit_code == EXIT_USAGE
    assert run_command("law", "weigh", "--use", "nobody", "--no-lists").exit_code == EXIT_NOT_FOUND
    assert run_command("law", "weigh", tmp_path / "absent.yaml", "--no-lists").exit_code == EXIT_INPUT
    too_large = tmp_path / "large.yaml"
    too_large.write_bytes(b"# " + b"x" * 1_100_000)
    assert run_command("law", "weigh", too_large, "--no-lists").exit_code == EXIT_INPUT


@pytest.mark.shared
def test_the_real_list_tells_of_the_day_before_and_the_day_of(shared_data: Path, tmp_path: Path) -> None:
    full = shared_data / "lists" / "eu-fsf" / "20210302-FULL-1_1(xsd).xml.gz"
    assert run_command("lists", "add", full).exit_code == EXIT_OK
    bureau = "Xinjiang Production and Construction Corps Public Security Bureau"
    uses = tmp_path / "uses.yaml"
    uses.write_text(
        START.replace("place: NL", "place: CN").replace("act: use", "act: export")
        + f"counterparties: [{{name: {bureau}, cannot_be_owned: true}}]}}]",
        encoding="utf-8",
    )
    told = {}
    for day in ("2021-03-21", "2021-03-22"):
        data = json.loads(run_command("law", "weigh", uses, "--as-of", day, "--json").stdout)
        instruments = {each["instrument"]: each for each in data["weighings"][0]["instruments"]}
        told[day] = instruments["eu-human-rights-sanctions"]
    assert told["2021-03-21"]["outcome"] == "no violation"
    assert told["2021-03-22"]["outcome"] == "prohibited"
    assert "since 22 March 2021" in told["2021-03-22"]["says"]
