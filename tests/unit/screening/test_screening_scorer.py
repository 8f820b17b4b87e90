"""The scorer's numbers: monotone as promised, explained in full, and figures as the textbook has them."""

import json
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from overzicht.screening.evaluate import (
    area_under_curve,
    balanced_f1,
    best_f1,
    recall_at_rate,
    reliability,
    score_pairs,
)
from overzicht.screening.features import COUNT, SIGNS
from overzicht.screening.scorer import evidence, packaged_scorer, scorer_from_json


@pytest.mark.parametrize("use", ["pair", "search"])
def test_no_feature_ever_counts_against_its_sign(use: str) -> None:
    scorer = packaged_scorer(use)
    random = np.random.default_rng(3)
    rows = random.uniform(0, 2, (300, COUNT)).astype(np.float32)
    before = scorer.scores(rows)
    for column, sign in enumerate(SIGNS):
        more = rows.copy()
        more[:, column] += random.uniform(0, 2, 300).astype(np.float32)
        change = scorer.scores(more) - before
        if sign:
            assert (sign * change >= -1e-9).all(), column


@pytest.mark.parametrize("use", ["pair", "search"])
def test_contributions_add_up_to_the_evidence(use: str) -> None:
    scorer = packaged_scorer(use)
    row = np.random.default_rng(5).uniform(0, 1, COUNT).astype(np.float32)
    total = sum(scorer.contributions(row).values())
    assert scorer.calibrated(np.array([total]))[0] == pytest.approx(scorer.scores(row[None])[0], abs=1e-4)


@pytest.mark.parametrize("use", ["pair", "search"])
def test_the_evidence_is_the_sum_of_the_trees_as_the_file_has_them(use: str) -> None:
    file = files("overzicht.screening") / "data" / "scorer.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    rows = np.random.default_rng(11).uniform(0, 1.5, (50, COUNT)).astype(np.float32)
    scorer = packaged_scorer(use)
    for row in rows:
        told = dict(zip(data["features"], row, strict=True))
        assert evidence(scorer.trees, row) == pytest.approx(
            sum(walked(tree, told) for tree in data[use]["trees"]), abs=1e-4
        )


def walked(tree: list[list[Any]], told: dict[str, np.float32]) -> float:
    node = tree[0]
    while len(node) > 1:
        _, feature, threshold, left, right = node
        node = tree[left if told[feature] <= np.float32(threshold) else right]
    return float(node[0])


def test_a_file_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="features"):
        scorer_from_json({"features": ["height"], "pair": {}}, "pair")


def test_pairs_score_as_their_likeness() -> None:
    pairs = [
        {"query": "Jon Ackerdale", "target": "John Ackerdale", "schema": "Person"},
        {"query": "Иван Семаков", "target": "SEMAKOV, Ivan", "schema": "Person"},
        {"query": "Rulven Trading LLC", "target": "Ostmark Energy GmbH", "schema": "Company"},
    ]
    first, second, third = score_pairs(pairs)
    assert first > 0.5 < second
    assert third < 0.1
    assert len(score_pairs([])) == 0


def test_figures_of_a_small_example() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.2])
    labels = np.array([True, False, True, False])
    assert area_under_curve(scores, labels) == 0.75
    assert balanced_f1(scores, labels, 0.75) == pytest.approx(0.5)
    best: tuple[Any, Any] = (pytest.approx(0.8), 0.7)
    assert best_f1(scores, labels) == best
    assert recall_at_rate(scores, labels, 0.02) == 0.5
    error, bins = reliability(scores, labels)
    assert error == pytest.approx((0.1 + 0.8 + 0.3 + 0.2) / 4)
    assert [(b["low"], b["n"], b["observed"]) for b in bins] == [
        (0.2, 1, 0.0),
        (0.7, 1, 1.0),
        (0.8, 1, 0.0),
        (0.9, 1, 1.0),
    ]
    assert area_under_curve(scores, np.ones(4, bool)) is None
