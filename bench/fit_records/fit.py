"""Fit the scorer of whole records and write its numbers, with fixed seeds.

usage: python bench/fit_records/fit.py FOLDER [--write record_scorer.json] [--keep FOLDER] [--scores FILE]

FOLDER holds the reference data on screening (with `records/`). Prints the figures out of fold, by clusters of
parties, and those of a quarter of the parties by a scorer that was built without them.
"""

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm as lgb
import numpy as np
from made import Held, made_pairs
from numpy.typing import NDArray
from report import show
from variants import VARIANTS, Pair

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fit_scorer"))
from calibrate import calibrated, curve
from write import as_text, trees_of

from overzicht.screening.records.features import RECORD_FEATURES, RECORD_NAMES, record_columns
from overzicht.screening.records.party_record import PartyRecord

SEED = 7
FOLDS = 5
ASIDE = 0.25  # of the clusters
MADE_WEIGHT, SHIP_WEIGHT = 0.15, 0.5  # of a made pair beside a labelled one; few labelled ships are open
ROUNDS = 160
NOT_TO_FIT_ON = frozenset({"eu-official-journal", "ua-war"})  # structured under CC-BY-NC: measured alone
COST = "The share of such pairs that are one party: from 0.5 on a match is likelier than not."
SETTINGS = {
    "objective": "binary",
    "lambda_l2": 3,
    "min_data_in_leaf": 40,
    "max_bin": 63,
    "max_depth": 5,
    "num_leaves": 12,
    "learning_rate": 0.07,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "monotone_constraints": [feature.sign for feature in RECORD_FEATURES],
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
# The variants in which what decides is still there.
TELLING = {
    "renamed": ("ids", "thin with numbers"),
    "other number": ("ids", "thin with numbers", "unlinked"),
    "namesake": ("ids", "noids", "thin", "noids, no country", "unlinked"),
}
_DIFFER = RECORD_NAMES.index("kinds_differ")
Columns = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labelled pairs: what the file says, the records, the label, whether they may be fitted on."""

    lines: list[dict[str, Any]]
    pairs: list[Pair]
    match: NDArray[np.bool_]
    free: NDArray[np.bool_]
    party: NDArray[np.int64]
    party_of: dict[str, int]


@dataclass(frozen=True, slots=True)
class MadeRows:
    """The made pairs, each in one variant: columns, labels, and the parties that each is of."""

    columns: NDArray[np.float32]
    match: NDArray[np.bool_]
    parties: NDArray[np.int64]
    weight: NDArray[np.float64]


def read_labelled(folder: Path) -> Labelled:
    with (folder / "records" / "record-pairs-dev.jsonl").open(encoding="utf-8") as lines:
        result = [json.loads(line) for line in lines]
    party_of = _parties(result)
    return Labelled(
        result,
        [(PartyRecord.from_json(line["left"]), PartyRecord.from_json(line["right"])) for line in result],
        np.array([line["same"] for line in result]),
        np.array([not {line["left"]["list"], line["right"]["list"]} & NOT_TO_FIT_ON for line in result]),
        np.array([party_of[line["clusters"][0]] for line in result]),
        party_of,
    )


def _parties(lines: list[dict[str, Any]]) -> dict[str, int]:
    """Return a number per cluster; clusters that any pair joins share one, so that no fold knows another."""
    kin: dict[str, str] = {}

    def root(cluster: str) -> str:
        while kin.setdefault(cluster, cluster) != cluster:
            cluster = kin[cluster]
        return cluster

    for line in lines:
        left, right = map(root, line["clusters"])
        kin[left] = right
    numbers: dict[str, int] = {}
    return {cluster: numbers.setdefault(root(cluster), len(numbers)) for cluster in sorted(kin)}


def held_records(data: Labelled) -> list[Held]:
    """Return the records under an open licence, each once."""
    result = {}
    for line, pair in zip(data.lines, data.pairs, strict=True):
        for side, record, cluster in zip(("left", "right"), pair, line["clusters"], strict=True):
            if line[side]["list"] not in NOT_TO_FIT_ON:
                result[line[side]["id"]] = Held(record, line[side]["file"], cluster)
    return list(result.values())


def columns_of(data: Labelled, keep: Path | None) -> Columns:
    """Return the columns of the labelled pairs per variant."""
    file = keep / "record_columns.npz" if keep else None
    if file and file.exists():
        return {name: values for name, values in np.load(file).items() if name in VARIANTS}
    result = {}
    for name, change in VARIANTS.items():
        shaped = [
            change(pair, tuple(line["linking"])) for line, pair in zip(data.lines, data.pairs, strict=True)
        ]
        result[name] = record_columns(shaped)[0]
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **result)
    return result


def made_rows(data: Labelled) -> MadeRows:
    """Return the made pairs, each in one variant."""
    r = random.Random(SEED)
    made = made_pairs(held_records(data), SEED)
    pairs = [VARIANTS[r.choice(TELLING.get(m.how, tuple(VARIANTS)))](m.pair, ()) for m in made]
    return MadeRows(
        record_columns(pairs)[0],
        np.array([m.match for m in made]),
        np.array([[data.party_of[cluster] for cluster in m.clusters] for m in made]),
        np.array([SHIP_WEIGHT if m.how == "ship" else MADE_WEIGHT for m in made]),
    )


def trained(columns: Columns, data: Labelled, made: MadeRows, parties: NDArray[np.bool_]) -> lgb.Booster:
    """Return the trees fitted on the pairs under an open licence of some parties (a mask by number)."""
    rows = data.free & parties[data.party]
    kept = parties[made.parties].all(axis=1)
    data_set = lgb.Dataset(
        np.vstack([*(columns[name][rows] for name in VARIANTS), made.columns[kept]]),
        np.concatenate([*([data.match[rows]] * len(VARIANTS)), made.match[kept]]).astype(float),
        weight=np.concatenate([np.ones(rows.sum() * len(VARIANTS)), made.weight[kept]]),
    )
    return lgb.train(SETTINGS, data_set, ROUNDS)


def evidence(model: lgb.Booster, columns: Columns) -> Columns:
    return {name: np.asarray(model.predict(rows, raw_score=True)) for name, rows in columns.items()}


def out_of_fold(columns: Columns, data: Labelled, made: MadeRows, parties: NDArray[np.bool_]) -> Columns:
    """Return the evidence of each pair by trees that saw none of its parties; fitted on `parties` alone."""
    fold = np.random.RandomState(5).permutation(len(parties)) % FOLDS
    result = {name: np.zeros(len(data.match)) for name in VARIANTS}
    for k in range(FOLDS):
        model = trained(columns, data, made, parties & (fold != k))
        rows = fold[data.party] == k
        for name, values in evidence(model, {name: columns[name][rows] for name in VARIANTS}).items():
            result[name][rows] = values
    return result


def table_of(evidences: Columns, data: Labelled, rows: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return the table from evidence to score, of the open pairs among `rows` in every variant."""
    kept = rows & data.free
    return curve(
        np.concatenate([evidences[name][kept] for name in VARIANTS]),
        np.concatenate([data.match[kept]] * len(VARIANTS)),
    )


def scores_of(table: list[tuple[float, float]], evidences: Columns, columns: Columns) -> Columns:
    return {
        name: np.where(columns[name][:, _DIFFER] > 0, 0.0, calibrated(table, values))
        for name, values in evidences.items()
    }


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", type=Path, help="where the numbers go; nothing is written without it")
    parser.add_argument("--keep", type=Path, help="a folder that holds the columns between runs")
    parser.add_argument("--scores", type=Path, help="where the scores out of fold go, as JSON lines")
    asked = parser.parse_args()
    data = read_labelled(asked.folder)
    columns, made = columns_of(data, asked.keep), made_rows(data)
    parties = np.ones(max(data.party_of.values()) + 1, np.bool_)
    aside = np.random.RandomState(11).rand(len(parties)) < ASIDE
    inside = out_of_fold(columns, data, made, ~aside)
    table = table_of(inside, data, ~aside[data.party])
    show(
        "built without the part set aside, out of fold",
        data,
        scores_of(table, inside, columns),
        ~aside[data.party],
    )
    model = trained(columns, data, made, ~aside)
    apart = scores_of(table, evidence(model, columns), columns)
    show("the part set aside", data, apart, aside[data.party])
    whole = out_of_fold(columns, data, made, parties)
    table = table_of(whole, data, parties[data.party])
    scores = scores_of(table, whole, columns)
    show("all, out of fold", data, scores, parties[data.party])
    model = trained(columns, data, made, parties)
    show("all, in fold", data, scores_of(table, evidence(model, columns), columns), parties[data.party])
    if asked.scores:
        lines = (
            json.dumps({"id": line["id"], **{name: round(float(scores[name][k]), 6) for name in VARIANTS}})
            for k, line in enumerate(data.lines)
        )
        asked.scores.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if asked.write:
        uses = {
            "record": {
                "threshold": 0.5,
                "cost": COST,
                "knots": table,
                "trees": trees_of(model, list(RECORD_NAMES)),
            }
        }
        asked.write.write_text(as_text(list(RECORD_NAMES), uses), encoding="utf-8")


if __name__ == "__main__":
    main()
