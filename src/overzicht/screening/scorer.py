"""Scores of columns: small trees that each add to the evidence, monotone as the sign of the feature states.

The trees are in `data/scorer.json` as plain numbers: at each node a feature and a threshold, at each end what
the tree adds to the evidence (log-odds). A table, measured on pairs that were not used for fitting, gives the
share of such pairs that are right.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import PackagedFactError
from overzicht.names.compiled import Grid, compiled
from overzicht.screening.features import FEATURES

_FILE = "scorer.json"
_COLUMNS = tuple(feature.name for feature in FEATURES)


class Trees(NamedTuple):
    """All trees, each filled up to the same depth: the children of node n are 2n + 1 (`<=`) and 2n + 2.

    A row per tree; `feature` and `threshold` of the inner nodes, `value` of all nodes: the evidence if the
    tree stopped there. Full trees are read without a branch, several times as fast.
    """

    feature: Grid[np.uint8]
    threshold: Grid[np.float32]
    value: Grid[np.float32]


@compiled
def evidence(trees: Trees, row: NDArray[np.float32]) -> float:
    """Return the sum of all trees for one pair."""
    total = 0.0
    inner = trees.feature.shape[1]
    for tree in range(len(trees.feature)):
        node = 0
        while node < inner:
            node = 2 * node + 2 - int(row[trees.feature[tree, node]] <= trees.threshold[tree, node])
        total += float(trees.value[tree, node])
    return total


@compiled
def fill_evidence(trees: Trees, rows: Grid[np.float32], out: NDArray[np.float64]) -> None:
    """Write the evidence of each row of columns."""
    for k in range(len(rows)):
        out[k] = evidence(trees, rows[k])


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer. `threshold` is the default minimum score of a match; `cost` states how it was chosen.

    `knots` are pairs of evidence and score, ascending; between them the score is linear. `columns` are the
    names of the features of a row, in order.
    """

    trees: Trees
    knots: tuple[tuple[float, float], ...]
    threshold: float
    cost: str
    columns: tuple[str, ...] = _COLUMNS

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the scores (0 to 1) of rows of columns (pairs by features)."""
        out = np.zeros(len(rows), np.float64)
        fill_evidence(self.trees, np.ascontiguousarray(rows, np.float32), out)
        return self.calibrated(out)

    def calibrated(self, evidences: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
        """Return the scores of evidences."""
        at, score = np.array(self.knots, np.float64).T
        return np.asarray(np.interp(evidences.astype(np.float64), at, score), np.float64)

    def contributions(self, row: NDArray[np.float32]) -> dict[str, float]:
        """Return what each feature adds to a pair's evidence; with `start` they sum to the evidence."""
        trees = self.trees
        parts = dict.fromkeys(("start", *self.columns), 0.0)
        for features, thresholds, values in zip(trees.feature, trees.threshold, trees.value, strict=True):
            node = 0
            parts["start"] += float(values[node])
            while node < len(features):
                following = 2 * node + 2 - int(row[features[node]] <= thresholds[node])
                parts[self.columns[features[node]]] += float(values[following] - values[node])
                node = following
        return parts


@lru_cache(maxsize=2)
def packaged_scorer(use: str) -> Scorer:
    """Return the scorer for `pair` (two given names) or `search` (a name in a list of thousands).

    Among thousands of names some are similar by chance; two given names rarely are. PackagedFactError if the
    file is faulty.
    """
    return read_scorer(_FILE, use, _COLUMNS)


def read_scorer(filename: str, use: str, columns: tuple[str, ...]) -> Scorer:
    """Return the scorer of a packaged file; PackagedFactError if the file is faulty."""
    text = (files("overzicht.screening") / "data" / filename).read_text(encoding="utf-8")
    try:
        return scorer_from_json(json.loads(text), use, columns)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PackagedFactError(filename, f"the scorer is not valid ({error})") from error


def scorer_from_json(data: dict[str, Any], use: str, columns: tuple[str, ...] = _COLUMNS) -> Scorer:
    """Return the scorer for a use; ValueError if its features are not `columns`."""
    if data["features"] != list(columns):
        raise ValueError("its features are not those of this version of the product")
    data = data[use]
    trees = _filled_up(data["trees"], columns)
    knots = tuple((float(at), float(score)) for at, score in data["knots"])
    return Scorer(trees, knots, float(data["threshold"]), str(data["cost"]), columns)


_Nodes = list[list[Any]]  # of a tree in the file: `[value]` or `[value, feature, threshold, left, right]`


def _depth(nodes: _Nodes, node: int = 0) -> int:
    _, *split = nodes[node]
    return 1 + max(_depth(nodes, child) for child in split[2:]) if split else 0


def _filled_up(nodes: list[_Nodes], columns: tuple[str, ...]) -> Trees:
    inner = 2 ** max(map(_depth, nodes)) - 1
    shape = (len(nodes), inner)
    trees = Trees(
        np.zeros(shape, np.uint8),
        np.zeros(shape, np.float32),
        np.zeros((len(nodes), 2 * inner + 1), np.float32),
    )

    def fill(number: int, node: int, at: int) -> None:
        """Write a node and all below it to place `at`; below an end, the value of the end repeats."""
        value, *split = nodes[number][node]
        trees.value[number, at] = value
        if at < inner:
            left = right = node
            if split:
                name, trees.threshold[number, at], left, right = split
                trees.feature[number, at] = columns.index(name)
            fill(number, left, 2 * at + 1)
            fill(number, right, 2 * at + 2)

    for number in range(len(nodes)):
        fill(number, 0, 0)
    return trees
