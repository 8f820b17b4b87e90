"""Three member states, three homes: a refused buyer shops elsewhere and is caught, a namesake is not."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click.testing
import pytest
from functional_tools import answer_questions, run_command
from licensing_tools import FIXTURES, changed, raw, write

Run = Callable[..., click.testing.Result]


CRITERIA = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Run]:
    """Return for each state a function that runs the command in that state's own home."""

    def of(state: str) -> Run:
        def run(*arguments: str | Path) -> click.testing.Result:
            monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / state))
            return run_command(*arguments)

        return run

    return of


def _case(state: str, case_id: str, buyer: dict[str, Any], consignee: str, **fields: Any) -> dict[str, Any]:
    exporter = {"role": "exporter", "name": f"Exporter {state}", "country": state, "address": "Street 1"}
    parties = [exporter, {"role": "consignee", "name": consignee, "address": "Street 2"},
               {"role": "end_user", "address": "Street 3", **buyer}]  # fmt: skip
    data = changed(
        raw("camera"), id=case_id, issuing_state=state, located_in=state, parties=parties, **fields
    )
    return {**data, "end_use": {"description": "border watching"}, "route": ["KZ"]}


def _matches(run: Run, case_id: str, day: str) -> dict[str, Any]:
    matches: dict[str, Any] = json.loads(run("denial", "match", case_id, "--as-of", day, "--json").stdout)
    return matches


@pytest.fixture
def exchanged(authority: Callable[[str], Run], tmp_path: Path) -> Path:
    """The Netherlands refuse, and both other states import the file."""
    nl, file = authority("NL"), tmp_path / "nl-denials.json"
    assert nl("denial", "add", FIXTURES / "denial.yaml", "--by", "officer nl").exit_code == 0
    assert nl("denial", "export", "--state", "NL", "--out", file, "--as-of", "2026-01-16").exit_code == 0
    assert (file.stat().st_mode & 0o077) == 0
    for state in ("DE", "FR"):
        assert authority(state)("denial", "import", file).exit_code == 0
    return file


def _file_and_assess(run: Run, folder: Path, data: dict[str, Any], day: str) -> None:
    assert run("licence", "new", write(folder, f"{data['id']}.yaml", data), "--as-of", day).exit_code == 0
    assert run("licence", "submit", data["id"], "--as-of", day).exit_code in {0, 1}
    assessed = run("licence", "assess", data["id"], "--criteria", CRITERIA, "--as-of", day)
    assert assessed.exit_code in {0, 1}


def test_the_refused_buyer_is_caught_in_germany_under_a_latin_name_and_a_new_consignee(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path
) -> None:
    de = authority("DE")
    _file_and_assess(
        de, tmp_path, _case("DE", "DE-1", {"name": "Vostochnyy Glaz LLC"}, "New Trader FZE"), "2026-03-26"
    )
    found = _matches(de, "DE-1", "2026-03-26")
    assert [(one["denial_id"], one["kind"]) for one in found["matches"]] == [("NL-D-2026-01", "hit")]
    (asked,) = found["to_consult"]
    assert (asked["state"], asked["clock"]["due"]) == (
        "NL",
        "2026-04-13",
    )  # over Good Friday and Easter Monday
    assert asked["clock"]["extended"] == {"added": "2026-05-28", "total": "2026-05-12"}
    assert asked["clock"]["silence"] == "no answer counts as not essentially identical"


def test_and_in_france_through_the_owner_of_a_new_shop(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path
) -> None:
    fr = authority("FR")
    owner = {"name": "Восточный Глаз ООО", "share": "75", "source": "register extract"}
    buyer = {"name": "Caspian Optics SARL", "owners": [owner]}
    _file_and_assess(fr, tmp_path, _case("FR", "FR-1", buyer, "Another Trader"), "2026-03-26")
    found = _matches(fr, "FR-1", "2026-03-26")
    assert [one["kind"] for one in found["matches"]] == ["hit"]
    assert "as owner of Caspian Optics SARL" in " ".join(found["matches"][0]["reasons"])


def test_a_person_dismisses_an_honest_namesake(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path
) -> None:
    de = authority("DE")
    buyer = {"name": "Vostochnyy Glaz LLC", "identifiers": {"registrationNumber": "990140009999"}}
    _file_and_assess(de, tmp_path, _case("DE", "DE-2", buyer, "New Trader FZE"), "2026-03-26")
    found = _matches(de, "DE-2", "2026-03-26")
    assert [one["state"] for one in found["to_consult"]] == ["NL"]
    assert [one["kind"] for one in found["matches"]] == ["possible"]
    assert "another party by its number" in " ".join(found["matches"][0]["reasons"])
    judged = ("denial", "match", "DE-2", "--judge", "NL-D-2026-01", "--verdict", "different")
    assert de(*judged, "--reason", "another number", "--as-of", "2026-03-27").exit_code == 0
    de("licence", "assess", "DE-2", "--as-of", "2026-03-27")
    answer_questions("DE-2", "--as-of", "2026-03-27")
    assert (
        de(
            "licence",
            "decide",
            "DE-2",
            "--by",
            "decider",
            "granted",
            "--reason",
            "r",
            "--as-of",
            "2026-03-27",
        ).exit_code
        == 0
    )


def test_a_grant_waits_for_the_answer_and_against_it_owes_a_notice(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path
) -> None:
    de = authority("DE")
    _file_and_assess(
        de, tmp_path, _case("DE", "DE-1", {"name": "Vostochnyy Glaz LLC"}, "New Trader FZE"), "2026-03-26"
    )
    early = de(
        "licence", "decide", "DE-1", "--by", "decider", "granted", "--reason", "r", "--as-of", "2026-03-26"
    )
    assert early.exit_code == 10
    assert de("licence", "consult", "DE-1", "NL", "--as-of", "2026-03-26").exit_code == 0
    assert (
        de("licence", "consult", "DE-1", "NL", "--reply", "identical", "--as-of", "2026-04-13").exit_code == 0
    )
    de("licence", "assess", "DE-1", "--as-of", "2026-04-14")
    without = de(
        "licence", "decide", "DE-1", "--by", "decider", "granted", "--reason", "r", "--as-of", "2026-04-14"
    )
    assert without.exit_code == 10
    assert "a notice with reasons" in without.stderr
    answer_questions("DE-1", "--as-of", "2026-04-14")
    granted = (
        "licence",
        "decide",
        "DE-1",
        "--by",
        "decider",
        "granted",
        "--reason",
        "r",
        "--notice-reasons",
        "other end-use",
    )
    assert de(*granted, "--as-of", "2026-04-14").exit_code == 0  # no veto: it is Germany's own decision
    assert "the log is whole" in de("log", "verify").stdout


@pytest.mark.parametrize(("day", "can_decide"), [("2026-04-13", False), ("2026-04-14", True)])
def test_silence_until_the_last_day_counts_as_not_identical(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path, day: str, can_decide: bool
) -> None:
    de = authority("DE")
    _file_and_assess(
        de, tmp_path, _case("DE", "DE-1", {"name": "Vostochnyy Glaz LLC"}, "New Trader FZE"), "2026-03-26"
    )
    de("licence", "consult", "DE-1", "NL", "--as-of", "2026-03-26")
    de("licence", "assess", "DE-1", "--as-of", day)
    if can_decide:
        answer_questions("DE-1", "--as-of", day)
    decided = de("licence", "decide", "DE-1", "--by", "decider", "granted", "--reason", "r", "--as-of", day)
    assert (decided.exit_code == 0) is can_decide


@pytest.mark.parametrize(("reply", "granted"), [("objection", False), ("no objection", True), (None, True)])
def test_article_14_is_the_mirror_an_objection_binds_and_silence_is_none(
    authority: Callable[[str], Run], tmp_path: Path, reply: str | None, granted: bool
) -> None:
    fr = authority("FR")
    data = changed(_case("FR", "FR-9", {"name": "Police of Somewhere"}, "Trader"), located_in="NL")
    _file_and_assess(fr, tmp_path, data, "2026-08-03")
    asked = fr("licence", "consult", "FR-9", "NL", "--ground", "location", "--as-of", "2026-08-03")
    assert asked.exit_code == 0
    if reply:
        assert (
            fr("licence", "consult", "FR-9", "NL", "--reply", reply, "--as-of", "2026-08-17").exit_code == 0
        )
    fr("licence", "assess", "FR-9", "--as-of", "2026-08-18")
    answer_questions("FR-9", "--as-of", "2026-08-18")
    decided = fr(
        "licence", "decide", "FR-9", "--by", "decider", "granted", "--reason", "r", "--as-of", "2026-08-18"
    )
    assert (decided.exit_code == 0) is granted
    if not granted:
        assert "which is binding (Article 14(1))" in decided.stderr


def test_a_changed_file_is_refused_whole_and_nothing_is_lost(
    authority: Callable[[str], Run], exchanged: Path, tmp_path: Path
) -> None:
    fr = authority("FR")
    before = fr("denial", "list", "--json", "--as-of", "2026-03-01").stdout
    broken = tmp_path / "broken.json"
    broken.write_text(exchanged.read_text("utf-8").replace('"30"', '"60"').replace("0.03", "0.06"), "utf-8")
    refused = fr("denial", "import", broken)
    assert refused.exit_code == 10
    assert "broken.json, the whole file: the hash does not fit" in refused.stderr
    assert fr("denial", "list", "--json", "--as-of", "2026-03-01").stdout == before
    assert "1 known" in fr("denial", "import", exchanged).stdout


@pytest.mark.parametrize("document", ["application", "decision", "annex-iii"])
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_document_tells_the_applicant_of_a_denial(
    exchanged: Path, authority: Callable[[str], Run], tmp_path: Path, document: str, lang: str
) -> None:
    de, day, out = authority("DE"), "2026-03-26", tmp_path / "out.html"
    buyer = {"name": "Vostochnyy Glaz LLC", "country": "KZ"}
    _file_and_assess(de, tmp_path, _case("DE", "DE-0007", buyer, "New Trading FZE"), day)
    assert _matches(de, "DE-0007", day)["matches"]
    options = ("--document", document, "--lang", lang, "--out", out, "--as-of", day)
    assert de("licence", "show", "DE-0007", *options).exit_code in {0, 1}
    page = out.read_text(encoding="utf-8")
    for told in ("16(5)", "NL-D", "denials", "afwijzingen", "consult", "raadpleging"):
        assert told not in page, told
