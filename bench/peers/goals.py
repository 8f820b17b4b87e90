"""The goals of the screening engine, and each of them measured on us beside the best peer."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Value = float | None
Sides = dict[str, list[dict[str, Any]]]  # figures by side, one per round
Results = dict[str, Sides]  # by data set: pairs, ofac, 100k, 1m
OWN = "overzicht"
ENOUGH = 200  # listed names that a peer must have been asked for its recall to count as a figure


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure of a data set; `most` is an upper bound, `peers` False where peers have no such figure."""

    name: str
    data: str
    key: str
    goal: float
    most: bool = False
    digits: int = 3
    peers: bool = True


GOALS = (
    Goal("pairs, all scripts: balanced F1 at the best threshold", "pairs", "f1_best", 0.92),
    Goal("the same at the default threshold, below the best", "pairs", "f1_lost", 0.02, most=True),
    Goal("pairs, Latin to Latin: balanced F1", "pairs", "f1_latin", 0.93),
    Goal("pairs, other script to Latin: balanced F1", "pairs", "f1_other", 0.90),
    Goal("pairs: recall at 2 % false positives", "pairs", "recall_at_fpr_2pct", 0.80),
    Goal("pairs: area under the curve", "pairs", "auc", 0.97),
    Goal("pairs: calibration error (ECE)", "pairs", "ece", 0.03, most=True, peers=False),
    Goal("14,560 parties: recall at the default", "ofac", "recall_at_default", 0.95),
    Goal(
        "14,560 parties: alerts per 1,000 clean names",
        "ofac",
        "alerts_per_1000_clean",
        3,
        most=True,
        digits=1,
    ),
    Goal("14,560 parties: right at the top", "ofac", "recall_at_1", 0.97),
    Goal("14,560 parties: candidates, recall at 50", "ofac", "candidates_at_50", 0.99),
    Goal("100,000 parties: candidates, recall at 50", "100k", "candidates_at_50", 0.985),
    Goal("1,000,000 parties: candidates, recall at 50", "1m", "candidates_at_50", 0.98),
    Goal("100,000 parties: names a second of one core", "100k", "queries_per_cpu_second", 4_000, digits=0),
    Goal("1,000,000 parties: names a second of one core", "1m", "queries_per_cpu_second", 1_700, digits=0),
    Goal("1,000,000 parties: one name, median ms", "1m", "single_p50_ms", 5, most=True, digits=1),
    Goal("1,000,000 parties: building, s", "1m", "build_seconds", 40, most=True, digits=1),
    Goal("1,000,000 parties: index, MB", "1m", "index_mb", 300, most=True, digits=0),
    Goal("1,000,000 parties: peak of memory, MB", "1m", "peak_rss_mb", 700, most=True, digits=0),
    Goal("cost per name from 100,000 to 1,000,000 parties", "growth", "growth", 2.5, most=True, digits=2),
)


def reached(goal: Goal, value: Value) -> bool:
    return value is not None and (value <= goal.goal if goal.most else value >= goal.goal)


def middle(rounds: Sequence[dict[str, Any]], key: str) -> Value:
    """Return the median over the rounds; None where no round has the figure."""
    values = [figures[key] for figures in rounds if figures.get(key) is not None]
    return statistics.median(values) if values else None


def with_growth(results: Results) -> Results:
    """Add how much dearer a name becomes from 100,000 to 1,000,000 parties, per round."""
    small, large = results.get("100k", {}), results.get("1m", {})
    grown: Sides = {}
    for side in small.keys() & large.keys():
        rounds = zip(small[side], large[side], strict=False)
        key = "queries_per_cpu_second"
        grown[side] = [{"growth": before[key] / after[key]} for before, after in rounds]
    return {**results, "growth": grown} if grown else results


def best_peer(goal: Goal, sides: Sides) -> tuple[str, Value]:
    """Return the peer with the best figure, and the figure; an empty name where none has one."""
    choose: Callable[..., Any] = min if goal.most else max
    known = {
        side: value
        for side, rounds in sides.items()
        if side != OWN and goal.peers and _counts(goal, rounds)
        and (value := middle(rounds, goal.key)) is not None
    }  # fmt: skip
    if not known:
        return "", None
    side = choose(sorted(known), key=lambda each: known[each])
    return side, known[side]


def _counts(goal: Goal, rounds: Sequence[dict[str, Any]]) -> bool:
    """Return whether a peer's figure can be compared.

    A recall on a few names tells little, and who finds nothing alerts nobody.
    """
    if goal.key.startswith(("recall_at", "candidates")) and goal.data != "pairs":
        return (middle(rounds, "listed") or 0) >= ENOUGH
    if goal.key == "build_seconds":
        return middle(rounds, "index_mb") is not None  # who builds no index only reads the file
    return goal.key != "alerts_per_1000_clean" or (middle(rounds, "recall_at_default") or 0) >= 0.5


def rows(results: Results) -> list[dict[str, Any]]:
    """Return a row per goal whose data was measured: ours, the best peer's, ratio, goal, reached."""
    found = []
    for goal in GOALS:
        sides = with_growth(results).get(goal.data)
        if not sides or OWN not in sides:
            continue
        ours = middle(sides[OWN], goal.key)
        peer, theirs = best_peer(goal, sides)
        found.append({
            "measure": goal.name, "ours": ours, "peer": theirs, "which": peer,
            "ratio": ours / theirs if ours is not None and theirs else None,
            "goal": goal.goal, "most": goal.most, "reached": reached(goal, ours), "digits": goal.digits,
        })  # fmt: skip
    return found


def shown(value: Value, digits: int) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def goal_table(found: Sequence[dict[str, Any]]) -> str:
    """Return the goals as a Markdown table."""
    lines = [
        "| measure | ours | best peer | which | ours / peer | goal | reached |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for row in found:
        cells = (
            row["measure"],
            shown(row["ours"], row["digits"]),
            shown(row["peer"], row["digits"]),
            row["which"] or "–",
            shown(row["ratio"], 2 if row["ratio"] is None or row["ratio"] >= 0.1 else 4),
            f"{'≤' if row['most'] else '≥'} {row['goal']:,g}",
            "yes" if row["reached"] else "no",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


# per kind of data: the figures of every side, as they are shown
_PAIRS = {
    "f1_best": ("F1, best", 3),
    "f1_default": ("F1, default", 3),
    "f1_latin": ("F1, Latin", 3),
    "f1_other": ("F1, other script", 3),
    "recall_at_fpr_2pct": ("recall at 2 %", 3),
    "auc": ("AUC", 3),
    "pairs_per_cpu_second": ("pairs/s of a core", 0),
}
_LIST = {
    "listed": ("names asked", 0),
    "recall_at_default": ("recall", 3),
    "alerts_per_1000_clean": ("alerts per 1,000", 1),
    "recall_at_1": ("top 1", 3),
    "recall_at_10": ("top 10", 3),
    "candidates_at_50": ("candidates at 50", 3),
    "queries_per_cpu_second": ("names/s of a core", 0),
    "single_p50_ms": ("one name, ms", 1),
    "build_seconds": ("build, s", 1),
    "index_mb": ("index, MB", 0),
    "peak_rss_mb": ("peak, MB", 0),
}


def side_table(data: str, sides: Sides) -> str:
    """Return every side's figures on a data set as a Markdown table."""
    columns = dict(_PAIRS if data == "pairs" else _LIST)
    if data != "ofac":  # the clean names are among the names that pad the longer lists
        columns.pop("alerts_per_1000_clean", None)
    lines = [
        "| engine | " + " | ".join(title for title, _ in columns.values()) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    lines += [
        f"| {side} | " + " | ".join(shown(middle(rounds, key), n) for key, (_, n) in columns.items()) + " |"
        for side, rounds in sides.items()
    ]
    return "\n".join(lines)
