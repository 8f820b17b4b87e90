"""The census on gathered data of real bodies: figures that an independent script worked out."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INPUT
from overzicht.subjects.census.claims import Agreement, check_sums, compare_claims
from overzicht.subjects.census.files import read_changes, read_claims, read_roll, read_second_list
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.roll import Roll, build_roll
from overzicht.subjects.census.survey_files import read_survey
from overzicht.subjects.census.surveys import read_row
from overzicht.subjects.census.totals import reconcile

DAY = date(2026, 5, 19)


@pytest.fixture(scope="module")
def bodies(shared_data: Path) -> Path:
    return shared_data / "bodies"


@pytest.fixture(scope="module")
def roll(bodies: Path) -> Roll:
    changes = read_changes(bodies / "roll_nl_municipal_changes.csv")
    return build_roll(read_roll(bodies / "roll_nl.csv", "NL").bodies, changes).roll


def test_municipalities_on_each_day(roll: Roll, bodies: Path) -> None:
    expected = json.loads((bodies / "expected.json").read_text())["municipalities_on_day"]
    counts = {day: roll.counts_on(date.fromisoformat(day))["municipality"] for day in expected}
    assert counts == expected


def test_weesp_counts_for_amsterdam_from_the_day_of_the_merger(roll: Roll) -> None:
    assert roll.answering("nl:gemeente-weesp", date(2022, 3, 23)) == ("nl:gemeente-weesp",)
    assert roll.answering("nl:gemeente-weesp", date(2022, 3, 24)) == ("nl:gemeente-amsterdam",)


def test_a_roll_with_raw_ends_is_refused_and_the_bodies_are_named(
    bodies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    with (bodies / "roll_nl.csv").open() as file:
        rows = [{**row, "end": row["end_in_source"]} for row in csv.DictReader(file)]
    with (tmp_path / "raw.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    result = run_command(
        "census", "roll", "load", tmp_path / "raw.csv", "--country", "NL", "--as-of", "2026-11-27"
    )
    assert result.exit_code == EXIT_INPUT
    for name in (
        "Fryslân",
        "Groningen",
        "Noord-Holland",
        "Overijssel",
        "Provincie Utrecht",
        "Delfland",
        "Scheldestromen",
    ):
        assert name in result.stderr
    assert "7 in the roll, 12 by the control total" in result.stderr


def test_a_roll_without_a_country_is_told_to_give_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    path = tmp_path / "roll.csv"
    path.write_text("name,kind\nShire,county\n", encoding="utf-8")
    result = run_command("census", "roll", "load", path)
    assert result.exit_code == EXIT_INPUT
    assert "the country is missing" in result.stderr
    assert "--country" in result.stderr


def test_surveys_give_the_expected_figures(bodies: Path) -> None:
    expected = json.loads((bodies / "expected.json").read_text())
    views = {(row.survey, row.number): read_row(row) for row in read_survey(bodies / "surveys.csv").rows}
    readings = {
        f"nos-2022 (answered {answered})": reading
        for answered, reading in zip((145, 150, 155), views["nos-2022", 1].readings, strict=True)
    }
    police = ("internal", "external", "number plate")
    for number, name in enumerate(police, 1):
        (readings[f"gb-police-2022 {name}"],) = views["gb-police-2022", number].readings
    (readings["vn-2018"],) = views["vn-2018", 1].readings
    for name, reading in readings.items():
        figures = expected[name]
        assert reading.estimate is not None
        assert round(reading.estimate.number, 1) == figures["estimate"], name
        assert [reading.estimate.low, reading.estimate.high] == figures["interval95_beta_binomial"], name
        assert list(reading.exact) == figures["interval95_exact"], name
        assert (reading.tally.have, reading.tally.most) == (
            figures["proved_least"], figures["possible_most"],
        ), name  # fmt: skip
        answered = 100 * reading.tally.answered / reading.tally.roll
        assert round(answered, 1) == figures["response_rate_percent"], name
    assert any("39 of 47 is 83 %" in str(remark) for remark in views["gb-police-2022", 1].remarks)


def test_two_lists_are_reconciled(roll: Roll, bodies: Path) -> None:
    expected = json.loads((bodies / "expected.json").read_text())
    second = read_second_list(bodies / "roll_nl_second_source.csv", "tooi")
    compared, figures = reconcile(roll, "tooi", second, DAY), expected["reconcile_two_lists"]
    assert sorted(compared.collisions) == figures["collisions"]
    assert {
        "shared_codes": compared.shared, "names_that_differ": len(compared.renamed),
        "only_in_second": len(compared.only_second), "only_in_first_and_current": len(compared.only_first),
    } == {name: count for name, count in figures.items() if name != "collisions"}  # fmt: skip
    counts, current = roll.counts_on(DAY), expected["current_on_2026-05-19"]
    kinds = ("municipality", "province", "water board", "ministry", "police")
    assert {kind: counts[kind] for kind in kinds} == {kind: current[kind] for kind in kinds}


def test_published_sums_are_checked(bodies: Path) -> None:
    claims = read_claims(bodies / "statements.csv")
    sums = {check.group: check for check in check_sums(claims)}
    assert (len(sums["sardinia-2022"].parts), sums["sardinia-2022"].total.at_least) == (7, 306)
    assert sums["sardinia-2022"].agrees
    assert (sums["essex-2019"].total.at_least, sums["essex-2019"].agrees) == (155, False)
    pairs = {(pair.left.name, pair.agreement) for pair in compare_claims(claims)}
    assert ("Københavns Kommune", Agreement.AGREE) in pairs
    assert ("Department of Finance (offices of members)", Agreement.CONTRADICT) in pairs
    assert any("Den Haag" in name and kind is Agreement.TWO_COUNTS for name, kind in pairs)


def test_statements_resolve_to_the_right_body_or_none(roll: Roll, bodies: Path) -> None:
    councils = read_roll(bodies / "roll_gb_local_authorities.csv", "GB").bodies
    index = NameIndex((*roll.bodies, *councils))
    with (bodies / "statements.csv").open() as file:
        known = {int(row["number"]): row["body_in_roll"] for row in csv.DictReader(file)}
    claims = read_claims(bodies / "statements.csv")
    matches = {
        claim.number: index.find(claim.name, claim.day, country=claim.country).body for claim in claims
    }
    right = [number for number, body in matches.items() if body and known[number] == body.id]
    wrong = [number for number, body in matches.items() if body and known[number] not in ("", body.id)]
    assert (len(claims), len(right), wrong) == (94, 29, [])
