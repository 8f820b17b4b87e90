"""The table of goals: ours beside the best peer that can be compared, and whether each goal is reached."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

PEER, SMALL = "nomenklatura 4.17", "rapidfuzz"


@pytest.fixture
def goals(monkeypatch: pytest.MonkeyPatch, project_root: Path) -> ModuleType:
    monkeypatch.syspath_prepend(project_root / "bench")
    return importlib.import_module("peers.goals")


def on_list(**figures: float) -> dict[str, float]:
    usual = {"recall_at_1": 0.9, "recall_at_default": 0.9, "alerts_per_1000_clean": 3.0, "listed": 2_000}
    return {**usual, **figures}


def row(goals: ModuleType, results: object, measure: str) -> dict[str, object]:
    (found,) = [each for each in goals.rows(results) if measure in each["measure"]]
    return dict(found)


def test_the_median_of_the_rounds_counts_and_the_ratio_is_of_one_run(goals: ModuleType) -> None:
    ours = [{"queries_per_cpu_second": each} for each in (3_900.0, 4_100.0, 8_000.0)]
    results = {"100k": {"overzicht": ours, PEER: [{"queries_per_cpu_second": 205.0}]}}
    found = row(goals, results, "100,000 parties: names a second")
    assert (found["ours"], found["peer"], found["ratio"], found["reached"]) == (4_100.0, 205.0, 20.0, True)


def test_a_peer_that_finds_little_is_not_the_best_at_alerting_nobody(goals: ModuleType) -> None:
    blind = on_list(alerts_per_1000_clean=0.0, recall_at_default=0.1)
    results = {"ofac": {"overzicht": [on_list()], PEER: [on_list(alerts_per_1000_clean=6.0)], SMALL: [blind]}}
    found = row(goals, results, "alerts")
    assert (found["which"], found["peer"], found["reached"]) == (PEER, 6.0, True)


def test_a_recall_on_few_names_is_no_figure_to_be_compared(goals: ModuleType) -> None:
    lucky = on_list(recall_at_1=1.0, listed=20)
    results = {"ofac": {"overzicht": [on_list()], PEER: [on_list(recall_at_1=0.83)], SMALL: [lucky]}}
    found = row(goals, results, "right at the top")
    assert (found["which"], found["reached"]) == (PEER, False)


def test_the_cost_of_growth_is_told_per_round(goals: ModuleType) -> None:
    def at(*speeds: float) -> dict[str, list[dict[str, float]]]:
        return {"overzicht": [{"queries_per_cpu_second": speed} for speed in speeds]}

    found = row(goals, {"100k": at(3_000.0, 4_000.0), "1m": at(1_500.0, 1_000.0)}, "cost per name")
    assert (found["ours"], found["reached"]) == (3.0, False)


def test_what_was_not_measured_is_left_out_and_the_rest_is_a_table(goals: ModuleType) -> None:
    found = goals.rows({"ofac": {"overzicht": [on_list()]}})
    assert {each["measure"].split(":")[0] for each in found} == {"14,560 parties"}
    table = goals.goal_table(found)
    assert "| 14,560 parties: alerts per 1,000 clean names | 3.0 | – | – | – | ≤ 3 | yes |" in table
