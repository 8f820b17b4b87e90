"""Groups of names by script and origin, and the rates of error in them."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from overzicht.screening.evaluate import evaluate_pairs, score_pairs
from overzicht.screening.groups import UNKNOWN, group_rates, origin_group, script_group, worst_over_mean
from overzicht.screening.scorer import packaged_scorer


@pytest.mark.parametrize(
    ("query", "target", "script", "origin"),
    [
        ("Иван Семаков", "SEMAKOV, Ivan", "Cyrillic", "Slavic"),
        ("Ivan Semakov", "SEMAKOV, Ivan", "Latin", "Slavic"),
        ("أحمد", "Ahmad", "Arabic", "Arabic and Persian"),
        ("Ahmad bin Salih", "Ahmed Saleh", "Latin", "Arabic and Persian"),
        ("王明山", "Wang Mingshan", "Han", "Chinese"),
        ("Wang Mingshan", "WANG Ming Shan", "Latin", "Chinese"),
        ("ソニー株式会社", "Sony", "Kana", "Japanese"),
        ("김민준", "Kim Minjun", "Hangul", "Korean"),
        ("דוד כהן", "David Cohen", "Hebrew", "Hebrew"),
        ("Νίκος", "Nikos", "Greek", "Greek"),
        ("さくら", "Sakura", "Kana", "Japanese"),
        ("Rulven Trading", "Rulven Ltd", "Latin", UNKNOWN),
    ],
)
def test_letters_and_words_tell_the_group(query: str, target: str, script: str, origin: str) -> None:
    assert script_group(query, target) == script_group(target, query) == script
    assert origin_group(query, target, "Person") == origin


def test_rates_count_what_was_missed_and_what_was_false() -> None:
    said = np.array([True, False, True, False])
    labels = np.array([True, True, False, False])
    rates = group_rates(said, labels, ["a", "a", "b", "b"])
    assert rates["a"] == {"n": 2, "matches": 2, "fpr": None, "miss": 0.5}
    assert rates["b"] == {"n": 2, "matches": 0, "fpr": 0.5, "miss": None}


def test_the_worst_group_is_told_against_the_mean_of_groups_large_enough() -> None:
    rates = {
        "a": {"n": 80, "matches": 40, "fpr": 0.1, "miss": 0.0},
        "b": {"n": 80, "matches": 40, "fpr": 0.3, "miss": 0.0},
        "few": {"n": 20, "matches": 10, "fpr": 0.9, "miss": 1.0},
    }
    found = worst_over_mean(rates)
    assert found["fpr"] is not None
    assert (found["fpr"]["group"], found["fpr"]["times"]) == ("b", pytest.approx(1.5))
    assert found["miss"] is None


def test_the_figures_of_a_file_hold_the_rates_and_the_bins(tmp_path: Path) -> None:
    lines = [
        {"query": "Jon Ackerdale", "target": "John Ackerdale", "schema": "Person", "match": True},
        {"query": "Иван Семаков", "target": "SEMAKOV, Ivan", "schema": "Person", "match": True},
        {"query": "Rulven Trading LLC", "target": "Ostmark Energy", "schema": "Company", "match": False},
    ]
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = evaluate_pairs(file)
    assert found["by_script"]["Latin"]["n"] == 2
    assert found["by_origin"]["Slavic"] == {"n": 1, "matches": 1, "fpr": None, "miss": 0.0}
    assert found["worst_over_mean"]["script"] == {"fpr": None, "miss": None}
    assert all(b["low"] <= b["predicted"] <= b["high"] for b in found["reliability"])


def test_a_pair_at_the_threshold_is_answered_as_a_match(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = {"query": "Jon Ackerdale", "target": "John Ackerdale", "schema": "Person", "match": True}
    file = tmp_path / "pairs.jsonl"
    file.write_text(json.dumps(pair), encoding="utf-8")
    scorer, (score,) = packaged_scorer("pair"), score_pairs([pair]).tolist()
    for threshold, missed in ((score, 0), (score + 1e-6, 1)):
        at = replace(scorer, threshold=threshold)
        monkeypatch.setattr("overzicht.screening.evaluate.packaged_scorer", lambda _, at=at: at)
        figures = evaluate_pairs(file)
        assert (figures["by_script"]["Latin"]["miss"], figures["recall"]) == (missed, 1 - missed)
