"""From columns to a score: small trees that each add a little, monotone where `features` says so.

The trees stand in `data/scorer.json` as plain numbers: at each node a feature and a threshold, at each end
what the tree adds to the evidence (log-odds). The sum is turned into the share of such pairs that are right
by a table measured on pairs that took no part in the fitting.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import PackagedFactError
from overzicht.names.compiled import compiled
from overzicht.screening.features import FEATURES

_FILE = "scorer.json"
_COLUMNS = tuple(feature.name for feature in FEATURES)


class Trees(NamedTuple):
    """All trees, each filled up to the same depth: the children of node n are 2n + 1 (`<=`) and 2n + 2.

    A row per tree; `feature` and `threshold` of the inner nodes, `value` of all nodes: what the evidence
    would be if the tree stopped there. Full trees are walked without a branch, several times as fast.
    """

    feature: NDArray[np.uint8]
    threshold: NDArray[np.float32]
    value: NDArray[np.float32]


@compiled
def evidence(trees: Trees, row: NDArray[np.float32]) -> float:
    """Return the sum of all trees for one pair."""
    total = 0.0
    count, inner = trees.feature.shape
    for tree in range(count):
        node = 0
        while node < inner:
            node = 2 * node + 2 - int(row[trees.feature[tree, node]] <= trees.threshold[tree, node])
        total += trees.value[tree, node]
    return total


@compiled
def fill_evidence(trees: Trees, rows: NDArray[np.float32], out: NDArray[np.float64]) -> None:
    """Write the evidence of each row of columns."""
    for k in range(len(rows)):
        out[k] = evidence(trees, rows[k])


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer. `threshold` is the default from which a match is reported, `cost` how it was chosen.

    `knots` are pairs of evidence and score, rising; between them the score runs straight. `columns` names
    the features of a row, in their order.
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

    def calibrated(self, evidences: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the scores of evidences."""
        at, score = np.array(self.knots, np.float64).T
        return np.asarray(np.interp(evidences, at, score), np.float64)

    def contributions(self, row: NDArray[np.float32]) -> dict[str, float]:
        """Return what each feature adds to a pair's evidence; with `start` they sum to the evidence."""
        trees = self.trees
        found = dict.fromkeys(("start", *self.columns), 0.0)
        for features, thresholds, values in zip(trees.feature, trees.threshold, trees.value, strict=True):
            node = 0
            found["start"] += float(values[node])
            while node < len(features):
                following = 2 * node + 2 - int(row[features[node]] <= thresholds[node])
                found[self.columns[features[node]]] += float(values[following] - values[node])
                node = following
        return found


@lru_cache(maxsize=2)
def packaged_scorer(use: str) -> Scorer:
    """Return the scorer for `pair` (two names laid side by side) or `search` (a name in a list of thousands).

    They are two, because among thousands of names some resemble a name by chance, and between two that
    somebody laid side by side few do. PackagedFactError where the file is not in its form.
    """
    return read_scorer(_FILE, use, _COLUMNS)


def read_scorer(filename: str, use: str, columns: tuple[str, ...]) -> Scorer:
    """Return the scorer of a packaged file; PackagedFactError where the file is not in its form."""
    text = (files("overzicht.screening") / "data" / filename).read_text(encoding="utf-8")
    try:
        return scorer_from_json(json.loads(text), use, columns)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PackagedFactError(filename, f"it is not in the form of a scorer ({error})") from error


def scorer_from_json(data: dict[str, Any], use: str, columns: tuple[str, ...] = _COLUMNS) -> Scorer:
    """Return the scorer for a use; ValueError where its features are not `columns`, those of this version."""
    if data["features"] != list(columns):
        raise ValueError("its features are not those of this version")
    data = data[use]
    trees = _filled_up([_Tree(tree, columns) for tree in data["trees"]])
    knots = tuple((float(at), float(score)) for at, score in data["knots"])
    return Scorer(trees, knots, float(data["threshold"]), str(data["cost"]), columns)


class _Tree:
    """A tree as the file has it: a list of nodes, `[value]` or `[value, feature, threshold, left, right]`."""

    def __init__(self, nodes: list[list[Any]], names: tuple[str, ...]) -> None:
        self.nodes = nodes
        self.names = names

    def depth(self, node: int = 0) -> int:
        _, *split = self.nodes[node]
        return 1 + max(self.depth(child) for child in split[2:]) if split else 0

    def fill(self, trees: Trees, number: int, *, node: int = 0, at: int = 0) -> None:
        """Write a node and all below it to place `at`; what lies below an end repeats the end's value."""
        value, *split = self.nodes[node]
        trees.value[number, at] = value
        if at >= trees.feature.shape[1]:
            return
        left = right = node
        if split:
            name, trees.threshold[number, at], left, right = split
            trees.feature[number, at] = self.names.index(name)
        self.fill(trees, number, node=left, at=2 * at + 1)
        self.fill(trees, number, node=right, at=2 * at + 2)


def _filled_up(found: list[_Tree]) -> Trees:
    inner = 2 ** max(tree.depth() for tree in found) - 1
    shape = (len(found), inner)
    trees = Trees(
        np.zeros(shape, np.uint8),
        np.zeros(shape, np.float32),
        np.zeros((len(found), 2 * inner + 1), np.float32),
    )
    for number, tree in enumerate(found):
        tree.fill(trees, number)
    return trees
