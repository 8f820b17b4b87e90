"""Fit both scorers and write their numbers, with fixed seeds.

usage: python bench/fit_scorer/fit.py FOLDER [--write scorer.json] [--keep FOLDER] [--scores FILE]

FOLDER holds the reference data on screening.
Prints the figures out of fold. `--keep` holds the columns between runs, which take the most time to make.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from calibrate import calibrated, curve, knots
from listside import Found, asked, candidates_of
from numpy.typing import NDArray
from pairs import NOT_TO_FIT_ON, made_pairs, read_dev
from write import as_text, trees_of

from overzicht.screening.evaluate import pair_columns, pair_figures, rates_by_group, reliability
from overzicht.screening.features import FEATURES

SEED = 7
FOLDS = 5
MADE_SHARE, STRANGER_SHARE = 0.1, 0.03  # weight of a made pair beside a labelled one
CLEAN_PER_1000 = 3
COMMON = {
    "objective": "binary",
    "lambda_l2": 3,
    "min_data_in_leaf": 40,
    "max_bin": 100,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "monotone_constraints": [feature.sign for feature in FEATURES],
    "monotone_constraints_method": "intermediate",
    "seed": 1,
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
PAIR = {**COMMON, "max_depth": 5, "num_leaves": 14, "learning_rate": 0.05}
PAIR_ROUNDS = 300
SEARCH = {**COMMON, "max_depth": 4, "num_leaves": 9, "learning_rate": 0.07}
SEARCH_ROUNDS = 260
PAIR_COST = "A missed match costs as much as a false one, matches and non-matches being equally many."
SEARCH_COST = f"At most {CLEAN_PER_1000} alerts per thousand names that are on no list."


@dataclass(frozen=True, slots=True)
class Rows:
    """Columns, labels, weights."""

    columns: NDArray[np.float32]
    match: NDArray[np.bool_]
    weight: NDArray[np.float64]


def balanced(match: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return weights by which the non-matches count as much as the matches."""
    return np.where(match, 1.0, match.sum() / max(1, (~match).sum()))


def trained(parts: list[Rows], settings: dict[str, Any], rounds: int) -> lgb.Booster:
    data = lgb.Dataset(
        np.vstack([part.columns for part in parts]),
        np.concatenate([part.match for part in parts]).astype(float),
        weight=np.concatenate([part.weight for part in parts]),
    )
    return lgb.train(settings, data, rounds)


def evidence(model: lgb.Booster, columns: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.asarray(model.predict(columns, raw_score=True), np.float64)


def folds_of(pairs: list[dict[str, Any]]) -> NDArray[np.int64]:
    """Return the fold of each pair; pairs that share a name, or are linked by others, stay together."""
    kin: dict[str, str] = {}

    def root(name: str) -> str:
        while kin.setdefault(name, name) != name:
            name = kin[name]
        return name

    for pair in pairs:
        one, two = root(pair["query"].lower()), root(pair["target"].lower())
        if one != two:
            kin[one] = two
    groups: dict[str, int] = {}
    numbers = np.array([groups.setdefault(root(pair["query"].lower()), len(groups)) for pair in pairs])
    return np.random.RandomState(0).permutation(len(groups))[numbers] % FOLDS


def fit_pair(
    dev: list[dict[str, Any]], columns: NDArray[np.float32], made: Rows, scores_to: Path | None
) -> dict[str, Any]:
    """Fit the scorer for two names laid side by side; print its figures on names that took no part."""
    match = np.array([bool(pair["match"]) for pair in dev])
    free = np.array([not pair["licence"].startswith(NOT_TO_FIT_ON) for pair in dev])
    weight, fold = balanced(match), folds_of(dev)
    out = np.zeros(len(dev))
    for k in range(FOLDS):
        rows = free & (fold != k)
        model = trained([Rows(columns[rows], match[rows], weight[rows]), made], PAIR, PAIR_ROUNDS)
        out[fold == k] = evidence(model, columns[fold == k])
    # Scores and threshold that are shown: from the table that the other folds give.
    scores, said = np.zeros(len(dev)), np.zeros(len(dev), np.bool_)
    for k in range(FOLDS):
        table = curve(out[free & (fold != k)], match[free & (fold != k)])
        scores[fold == k] = calibrated(table, out[fold == k])
        others = free & (fold != k)
        least = threshold_of(calibrated(table, out[others]), match[others])
        said[fold == k] = scores[fold == k] >= least
    table = curve(out[free], match[free])
    threshold = threshold_of(calibrated(table, out[free]), match[free])
    report(dev, match, scores, threshold)
    if scores_to:
        lines = [
            json.dumps({"id": p["id"], "score": round(float(s), 6)}) for p, s in zip(dev, scores, strict=True)
        ]
        scores_to.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"default threshold {threshold}; F1 at thresholds of the other folds {f1_of(said, match):.4f}")
    model = trained([Rows(columns[free], match[free], weight[free]), made], PAIR, PAIR_ROUNDS)
    return {"threshold": threshold, "cost": PAIR_COST, "knots": table, "model": model}


def threshold_of(scores: NDArray[np.float64], match: NDArray[np.bool_]) -> float:
    return round(float(pair_figures(scores, match, 0.5)["threshold_best"]), 2)


def f1_of(said: NDArray[np.bool_], match: NDArray[np.bool_]) -> float:
    hits, weight = (said & match).sum(), match.sum() / (~match).sum()
    return float(2 * hits / (hits + (said & ~match).sum() * weight + match.sum()))


def shown(figures: dict[str, Any]) -> str:
    keys = ("n", "f1_best", "f1_default", "auc", "recall_at_fpr_2pct", "precision", "recall")
    parts = [f"{key} {figures[key]:.4f}" if figures[key] is not None else f"{key} -" for key in keys]
    return ", ".join(parts)


def report(
    dev: list[dict[str, Any]], match: NDArray[np.bool_], scores: NDArray[np.float64], threshold: float
) -> None:
    """Print the table out of fold."""
    latin = np.array([pair["scripts"] == "LATIN>LATIN" for pair in dev])
    across = np.array([pair["scripts"].endswith(">LATIN") for pair in dev]) & ~latin
    for name, rows in (("all", match | True), ("Latin", latin), ("other script to Latin", across)):
        print(f"out of fold, {name}:", shown(pair_figures(scores[rows], match[rows], threshold)))
    error, bins = reliability(scores, match)
    print(f"calibration error {error:.4f}")
    for found in bins:
        print("  ", {key: round(value, 3) for key, value in found.items()})
    rates = rates_by_group(dev, scores >= threshold, match)
    print(json.dumps(rates, ensure_ascii=False))


def fit_search(found: Found, labelled: list[Rows]) -> dict[str, Any]:
    """Fit the scorer for a name among thousands: the threshold is where clean names give their alerts."""
    kept = _best_rows(found)
    rows, right, query = found.rows[kept], found.right[kept], found.query[kept]
    weight = np.where(right, 1.0, 0.6)
    out = np.zeros(len(right))
    for k in range(2):
        part = query % 2 != k
        model = trained([Rows(rows[part], right[part], weight[part]), *labelled], SEARCH, SEARCH_ROUNDS)
        out[~part] = evidence(model, rows[~part])
    best = np.full(len(found.clean), -99.0)
    np.maximum.at(best, query, out)
    strangers = found.clean & found.latin
    least = float(np.quantile(best[strangers], 1 - CLEAN_PER_1000 / 1000))
    table = knots(out, right, bins=150)
    asked_for = np.flatnonzero(~found.clean)
    hits = {int(q) for q, said in zip(query[right], out[right] >= least, strict=True) if said}
    error, _ = reliability(calibrated(table, out), right)
    print(f"search: found at the default {len(hits) / len(asked_for):.4f} of disturbed names out of fold,")
    print(f"  calibration error {error:.4f}, clean names asked {int(strangers.sum())}")
    model = trained([Rows(rows, right, weight), *labelled], SEARCH, SEARCH_ROUNDS)
    threshold = round(float(calibrated(table, np.array([least]))[0]), 3)
    return {"threshold": threshold, "cost": SEARCH_COST, "knots": table, "model": model}


def _best_rows(found: Found) -> NDArray[np.bool_]:
    """Keep, per query, the best right name and the five best others."""
    strength = found.rows[:, 2] + found.rows[:, 12] + 0.2 * found.rows[:, 8]
    kept = np.zeros(len(strength), np.bool_)
    room: dict[tuple[int, bool], int] = {}
    for k in np.lexsort((-strength, found.query)):
        key = (int(found.query[k]), bool(found.right[k]))
        if room.setdefault(key, 1 if key[1] else 5) > 0:
            room[key] -= 1
            kept[k] = True
    return kept


def columns_of(folder: Path, keep: Path | None) -> tuple[NDArray[np.float32], Rows, Found]:
    """Return the columns of the labelled pairs, the made pairs, and what the list gave."""
    file = keep / "columns.npz" if keep else None
    if file and file.exists():
        held = np.load(file)
    else:
        made = made_pairs(folder, SEED)
        sides = [{"query": p.query, "target": p.target, "schema": p.schema} for p in made]
        found = candidates_of(asked(folder, SEED), folder)
        held = {
            "dev": pair_columns(read_dev(folder)),
            "made": pair_columns(sides),
            "match": np.array([pair.match for pair in made]),
            "weight": np.array([STRANGER_SHARE if p.kind == "across_stranger" else MADE_SHARE for p in made]),
            "rows": found.rows,
            "right": found.right,
            "query": found.query,
            "clean": found.clean,
            "latin": found.latin,
        }
        if file:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(file, **held)
    found = Found(held["rows"], held["right"], held["query"], held["clean"], held["latin"])
    return held["dev"], Rows(held["made"], held["match"], held["weight"]), found


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, help="where the numbers go; nothing is written without it")
    parser.add_argument(
        "--only", choices=["pair", "search"], help="fit one, and keep the other that is there"
    )
    parser.add_argument("--scores", type=Path, help="where the scores out of fold go, for bench/screening.py")
    parser.add_argument("--keep", type=Path, help="a folder that holds the columns between runs")
    asked_for = parser.parse_args()
    dev = read_dev(asked_for.folder)
    columns, made, found = columns_of(asked_for.folder, asked_for.keep)
    names = [feature.name for feature in FEATURES]
    uses: dict[str, dict[str, Any]] = {}
    if asked_for.only and asked_for.write:
        uses = json.loads(asked_for.write.read_text(encoding="utf-8"))
    if asked_for.only != "search":
        uses["pair"] = with_trees(fit_pair(dev, columns, made, asked_for.scores), names)
    if asked_for.only != "pair":
        uses["search"] = with_trees(fit_search(found, labelled(dev, columns, made)), names)
    if asked_for.write:
        asked_for.write.write_text(as_text(names, uses), encoding="utf-8")


def labelled(dev: list[dict[str, Any]], columns: NDArray[np.float32], made: Rows) -> list[Rows]:
    """Return the pairs that the trees of `search` see beside the candidates, with their weight there."""
    match = np.array([bool(pair["match"]) for pair in dev])
    free = np.array([not str(pair["licence"]).startswith(NOT_TO_FIT_ON) for pair in dev])
    return [
        Rows(columns[free], match[free], 0.1 * balanced(match)[free]),
        Rows(made.columns, made.match, 0.5 * made.weight),
    ]


def with_trees(found: dict[str, Any], names: list[str]) -> dict[str, Any]:
    return {**found, "trees": trees_of(found["model"], names)}


if __name__ == "__main__":
    main()
