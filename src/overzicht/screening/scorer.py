"""From columns to a score: small trees that each add a little, monotone where `features` says so.

The trees stand in `data/scorer.json` as plain numbers: at each node a feature and a threshold, at each end
what
the tree adds to the evidence (log-odds). The sum is turned into the share of such pairs that are right by a
table measured on pairs that took no part in the fitting.
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
from overzicht.screening.features import COUNT, FEATURES

_FILE = "scorer.json"


class Trees(NamedTuple):
    """All nodes of all trees; a node with `feature` -1 is an end. `root` has the first node of each tree.

    `value` is what the evidence would be if the tree stopped at that node.
    """

    root: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]


@compiled
def evidence(trees: Trees, row: NDArray[np.float32]) -> float:
    """Return the sum of all trees for one pair."""
    total = 0.0
    for tree in range(len(trees.root)):
        node = trees.root[tree]
        while trees.feature[node] >= 0:
            node = (
                trees.left[node] if row[trees.feature[node]] <= trees.threshold[node] else trees.right[node]
            )
        total += trees.value[node]
    return total


@compiled
def fill_evidence(trees: Trees, rows: NDArray[np.float32], out: NDArray[np.float64]) -> None:
    """Write the evidence of each row of columns."""
    for k in range(len(rows)):
        out[k] = evidence(trees, rows[k])


@dataclass(frozen=True, slots=True)
class Scorer:
    """A scorer. `threshold` is the default from which a match is reported, `cost` how it was chosen.

    `knots` are pairs of evidence and score, rising; between them the score runs straight.
    """

    trees: Trees
    knots: tuple[tuple[float, float], ...]
    threshold: float
    cost: str

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the scores (0 to 1) of rows of columns (pairs by COUNT)."""
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
        found = dict.fromkeys(("start", *(feature.name for feature in FEATURES)), 0.0)
        for root in trees.root:
            node = int(root)
            found["start"] += float(trees.value[node])
            while (feature := int(trees.feature[node])) >= 0:
                goes_left = row[feature] <= trees.threshold[node]
                following = int(trees.left[node] if goes_left else trees.right[node])
                found[FEATURES[feature].name] += float(trees.value[following] - trees.value[node])
                node = following
        return found


@lru_cache(maxsize=2)
def packaged_scorer(use: str) -> Scorer:
    """Return the scorer for `pair` (two names laid side by side) or `search` (a name in a list of thousands).

    They are two, because among thousands of names some resemble a name by chance, and between two that
    somebody laid side by side few do. PackagedFactError where the file is not in its form.
    """
    text = (files("overzicht.screening") / "data" / _FILE).read_text(encoding="utf-8")
    try:
        return scorer_from_json(json.loads(text), use)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise PackagedFactError(_FILE, f"it is not in the form of a scorer ({error})") from error


def scorer_from_json(data: dict[str, Any], use: str) -> Scorer:
    """Return the scorer for a use; ValueError where its features are not those of this version."""
    names = [feature.name for feature in FEATURES]
    if data["features"] != names or len(names) != COUNT:
        raise ValueError("its features are not those of this version")
    data = data[use]
    roots: list[int] = []
    nodes: list[tuple[int, float, int, int, float]] = []
    for tree in data["trees"]:
        start = len(nodes)
        roots.append(start)
        for value, *split in tree:
            if split:
                feature, threshold, left, right = split
                nodes.append((names.index(feature), threshold, start + left, start + right, value))
            else:
                nodes.append((-1, 0.0, 0, 0, value))
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    trees = Trees(
        np.array(roots, np.int32),
        np.array(feature, np.int32),
        np.array(threshold, np.float32),
        np.array(left, np.int32),
        np.array(right, np.int32),
        np.array(value, np.float32),
    )
    knots = tuple((float(at), float(score)) for at, score in data["knots"])
    return Scorer(trees, knots, float(data["threshold"]), str(data["cost"]))
