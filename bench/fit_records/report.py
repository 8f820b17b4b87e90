"""The figures of scored record pairs, as the issue states them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.screening.evaluate import area_under_curve, reliability
from overzicht.screening.groups import group_rates, origin_group, script_group, worst_over_mean
from overzicht.screening.policy import record_bands

THRESHOLD = 0.5
_EASY = ("random", "ship:name_handed_on")
Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]


def show(title: str, data: Any, scores: dict[str, Scores], rows: Mask) -> None:
    """Print the figures of some rows in every variant."""
    print(f"\n{title}: {rows.sum()} pairs, {(rows & data.match).sum()} of one party")
    hard = rows & np.array(
        [not (line["same"] and line["exact_name"]) and line["why"] not in _EASY for line in data.lines]
    )
    for name, values in scores.items():
        print(f"  {name:18}", line_of(values, data.match, rows, hard))
    for part, mask in (("open", data.free), ("never fitted on", ~data.free)):
        print(
            f"  {part}:",
            {v: line_of(scores[v], data.match, rows & mask, hard & mask) for v in ("noids", "thin", "ids")},
        )
    for schema in ("Person", "Vessel"):
        mask = np.array([pair[0].schema == schema for pair in data.pairs])
        print(
            f"  {schema}:",
            {v: line_of(scores[v], data.match, rows & mask, hard & mask) for v in ("noids", "thin", "ids")},
        )
    print("  groups:", groups_of(data, scores["noids"], rows))


def line_of(scores: Scores, match: Mask, rows: Mask, hard: Mask) -> str:
    s, y = scores[rows], match[rows]
    limits = record_bands()
    unsure = (s >= limits.unsure_from) & (s < limits.match_from)
    right = ((s >= limits.match_from) == y)[~unsure].mean()
    f1, f1_hard = f1_of(s, y), f1_of(scores[hard], match[hard])
    auc = area_under_curve(s, y) or 0.0
    return (
        f"F1 {f1:.4f} hard {f1_hard:.4f} AUC {auc:.4f} Brier {((s - y) ** 2).mean():.4f} "
        f"ECE {reliability(s, y)[0]:.4f} unsure {unsure.mean():.3f} right outside {right:.4f}"
    )


def f1_of(scores: Scores, match: Mask) -> float:
    hits, alarms = ((scores >= THRESHOLD) & match).sum(), ((scores >= THRESHOLD) & ~match).sum()
    return float(2 * hits / max(1, hits + alarms + match.sum()))


def groups_of(data: Any, scores: Scores, rows: Mask) -> dict[str, Any]:
    """Return how much worse than the mean the worst group fares, by script, origin and kind."""
    at = np.flatnonzero(rows)
    names = [_names(data.pairs[k]) for k in at]
    grouped = {
        "script": [script_group(*pair) for pair in names],
        "origin": [origin_group(*pair, data.pairs[k][0].schema) for k, pair in zip(at, names, strict=True)],
        "kind": [_kind(data.pairs[k][0].schema) for k in at],
    }
    said = scores[at] >= THRESHOLD
    found = {
        key: worst_over_mean(group_rates(said, data.match[at], groups)) for key, groups in grouped.items()
    }
    return {
        f"{key} {rate}": f"{worst['group']} {worst['rate']:.3f}/{worst['mean']:.3f} = {worst['times']:.2f}"
        for key, rates in found.items()
        for rate, worst in rates.items()
        if worst
    }


def _names(pair: Any) -> tuple[str, str]:
    """Return the first name of either record."""
    one, two = ((record.names or record.aliases or ("",))[0] for record in pair)
    return one, two


def _kind(schema: str) -> str:
    return schema if schema in ("Person", "Vessel") else "body"
