"""Figures of the engine: on labelled pairs of names, and on a list with names to find or not to find."""

import gzip
import json
import resource
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import InputFileError
from overzicht.grouping import by_key
from overzicht.names.chinese import readings
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.features import features
from overzicht.screening.frequencies import packed
from overzicht.screening.groups import group_rates, origin_group, script_group, worst_over_mean
from overzicht.screening.index.build import IndexedParty, build_index
from overzicht.screening.index.layout import size_in_bytes
from overzicht.screening.scorer import Scorer, packaged_scorer

FALSE_POSITIVE_RATE = 0.02
_WARMING = ("Warm Up", "陳大文")  # compiled code; the readings of Chinese, which take longest
_SINGLE = 300  # queries asked one by one for the latency
_BINS = 10
Figures = dict[str, Any]


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file, gzipped or not; InputFileError names the faulty line."""
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    entry = json.loads(line)
                    if not isinstance(entry, dict):
                        raise InputFileError(str(path), "not a JSON object", record=f"line {number}")
                    yield entry
    except json.JSONDecodeError as error:
        raise InputFileError(str(path), f"not valid JSON ({error})", record=f"line {number}") from error
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
        raise InputFileError(str(path), f"the file is damaged or not in UTF-8 ({error})") from error


def pair_columns(pairs: Sequence[dict[str, Any]]) -> NDArray[np.float32]:
    """Return the columns of pairs with `query`, `target` and `schema`, in their order."""
    names = packed(
        (str(pair[key]), pair.get("schema", "") in PERSON_SCHEMATA)
        for pair in pairs
        for key in ("query", "target")
    )
    return features(names, names, np.arange(2 * len(pairs), dtype=np.int32).reshape(-1, 2))


def score_pairs(pairs: Sequence[dict[str, Any]], scorer: Scorer | None = None) -> NDArray[np.float64]:
    """Return the score of each pair, 0 to 1; an empty array for no pairs.

    A name with another reading (`names.chinese`) is compared by both; the better one counts.
    """
    if not pairs:
        return np.zeros(0)
    scorer = scorer or packaged_scorer("pair")
    # each pair with one of its names in another reading; none if both are in characters
    read: list[tuple[int, dict[str, Any]]] = []
    for number, pair in enumerate(pairs):
        query, target = str(pair["query"]), str(pair["target"])
        if query.isascii() or target.isascii():
            read += ((number, {**pair, "query": name}) for name in readings(query))
            read += ((number, {**pair, "target": name}) for name in readings(target))
    scores = scorer.scores(pair_columns([*pairs, *(pair for _, pair in read)]))
    best = scores[: len(pairs)].copy()
    np.maximum.at(best, [number for number, _ in read], scores[len(pairs) :])
    return best


def evaluate_pairs(path: Path) -> Figures:
    """Return the figures over a file of labelled pairs, without pairs that have no label or are disputed.

    Keys: `n`, `matches`, `threshold`, `precision`, `recall` and `f1_default` at the default threshold,
    `f1_best` and `threshold_best`, `auc`, `recall_at_fpr_2pct`, `ece`, `reliability`, and the same figures
    per group in `categories`, `scripts`, `licences`. F1 is balanced: non-matches weigh as much as matches.
    Figures that need both labels are None for a group with one. `by_script` and `by_origin` are the rates of
    error at the default threshold per group of names (see `group_rates`); `worst_over_mean` compares the
    worst group with the mean.
    """
    pairs = [pair for pair in read_lines(path) if pair.get("match") is not None and not pair.get("disputed")]
    scorer = packaged_scorer("pair")
    scores = score_pairs(pairs, scorer)
    labels = np.array([bool(pair["match"]) for pair in pairs], np.bool_)
    result = pair_figures(scores, labels, scorer.threshold)
    result["ece"], result["reliability"] = reliability(scores, labels)
    for key, group in (("category", "categories"), ("scripts", "scripts"), ("licence", "licences")):
        members = by_key((str(pair.get(key, "")), number) for number, pair in enumerate(pairs))
        result[group] = {
            name: pair_figures(scores[rows], labels[rows], scorer.threshold)
            for name, rows in sorted(members.items())
        }
    return result | rates_by_group(pairs, scores >= scorer.threshold, labels)


def rates_by_group(
    pairs: Sequence[dict[str, Any]], answers: NDArray[np.bool_], labels: NDArray[np.bool_]
) -> Figures:
    """Return the rates of error of answers (True: a match) per script and name origin."""
    names = [(str(pair["query"]), str(pair["target"]), str(pair.get("schema", ""))) for pair in pairs]
    by_script = group_rates(answers, labels, [script_group(query, target) for query, target, _ in names])
    by_origin = group_rates(answers, labels, [origin_group(*name) for name in names])
    worst = {"script": worst_over_mean(by_script), "origin": worst_over_mean(by_origin)}
    return {"by_script": by_script, "by_origin": by_origin, "worst_over_mean": worst}


def pair_figures(scores: NDArray[np.float64], labels: NDArray[np.bool_], threshold: float) -> Figures:
    """Return the figures of scored pairs; see `evaluate_pairs`."""
    answers = scores >= threshold
    hits, alarms = int((answers & labels).sum()), int((answers & ~labels).sum())
    positives, negatives = int(labels.sum()), int((~labels).sum())
    best, at = best_f1(scores, labels)
    return {
        "n": len(labels),
        "matches": positives,
        "threshold": threshold,
        "precision": hits / (hits + alarms) if hits + alarms else None,
        "recall": hits / positives if positives else None,
        "false_positive_rate": alarms / negatives if negatives else None,
        "f1_default": balanced_f1(scores, labels, threshold),
        "f1_best": best,
        "threshold_best": at,
        "auc": area_under_curve(scores, labels),
        "recall_at_fpr_2pct": recall_at_rate(scores, labels, FALSE_POSITIVE_RATE),
    }


def balanced_f1(scores: NDArray[np.float64], labels: NDArray[np.bool_], threshold: float) -> float | None:
    """Return F1 with the non-matches weighed to the number of matches; None without both."""
    positives, negatives = int(labels.sum()), int((~labels).sum())
    if not positives or not negatives:
        return None
    answers = scores >= threshold
    hits = float((answers & labels).sum())
    alarms = float((answers & ~labels).sum()) * positives / negatives
    return 2 * hits / (hits + alarms + positives)


def best_f1(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> tuple[float | None, float | None]:
    """Return the highest balanced F1 over all thresholds, and its threshold; None twice without both."""
    positives, negatives = int(labels.sum()), int((~labels).sum())
    if not positives or not negatives:
        return None, None
    order = np.argsort(-scores, kind="stable")
    ordered, hits = scores[order], np.cumsum(labels[order])
    alarms = np.cumsum(~labels[order]) * (positives / negatives)
    last_of_equal = np.append(ordered[1:] != ordered[:-1], True)
    figures = np.where(last_of_equal, 2 * hits / (hits + alarms + positives), 0.0)
    best = int(np.argmax(figures))
    return float(figures[best]), float(ordered[best])


def area_under_curve(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> float | None:
    """Return the chance that a match scores above a non-match, ties counting half; None without both."""
    positives, negatives = scores[labels], np.sort(scores[~labels])
    if not len(positives) or not len(negatives):
        return None
    below = np.searchsorted(negatives, positives, "left")
    equal = np.searchsorted(negatives, positives, "right") - below
    return float((below + 0.5 * equal).sum() / (len(positives) * len(negatives)))


def recall_at_rate(scores: NDArray[np.float64], labels: NDArray[np.bool_], rate: float) -> float | None:
    """Return the share of matches above all but `rate` of the non-matches; None without both."""
    negatives = np.sort(scores[~labels])[::-1]
    if not len(negatives) or not labels.any():
        return None
    limit = negatives[int(rate * len(negatives))]
    return float((scores[labels] > limit).mean())


def reliability(scores: NDArray[np.float64], labels: NDArray[np.bool_]) -> tuple[float, list[Figures]]:
    """Return the expected calibration error over ten bins, and the filled bins, in rising order.

    A bin has `low` and `high`, the number of pairs between (`n`), their mean score (`predicted`) and the
    share of them that match (`observed`).
    """
    number = np.clip((scores * _BINS).astype(int), 0, _BINS - 1)
    bins: list[Figures] = []
    for k in range(_BINS):
        inside = number == k
        if inside.any():
            predicted, observed = float(scores[inside].mean()), float(labels[inside].mean())
            edges = {"low": k / _BINS, "high": (k + 1) / _BINS, "n": int(inside.sum())}
            bins.append({**edges, "predicted": predicted, "observed": observed})
    error = sum(b["n"] * abs(b["predicted"] - b["observed"]) for b in bins) / max(1, len(scores))
    return float(error), bins


def evaluate_retrieval(targets: Path, queries: Path | Sequence[Path], root: Path | None = None) -> Figures:
    """Return the figures of an index of `targets` on `queries`, JSON Lines in one or more files.

    Keys: `parties`, `names`, `build_seconds`, `index_mb`, `build_peak_rss_mb`, `peak_rss_mb`,
    `queries_per_second` (one thread, wall clock, without reading the queries), `queries_per_cpu_second`,
    `single_p50_ms`, `single_p99_ms`, `recall_at_1`, `recall_at_10`, `recall_at_default`,
    `alerts_per_1000_clean`, `threshold`, and `kinds` per kind of query. A figure without queries is None. The
    index is built in `root`, or in a folder that is removed afterwards.
    """
    folder = root or Path(tempfile.mkdtemp(prefix="overzicht-index-"))
    try:
        start = time.perf_counter()
        version = build_index(_parties(targets), folder)
        build = {"build_seconds": time.perf_counter() - start, "build_peak_rss_mb": _peak_rss()}
        engine = ScreeningEngine.open(folder)
        paths = [queries] if isinstance(queries, Path) else queries
        read = [query for path in paths for query in read_lines(path)]
        size = {"index_mb": size_in_bytes(version) / 2**20}
        result = {**engine.sizes(), **build, **size, **retrieval_figures(engine, read)}
        return {**result, "peak_rss_mb": _peak_rss()}
    finally:
        if root is None:
            shutil.rmtree(folder, ignore_errors=True)


def retrieval_figures(engine: ScreeningEngine, queries: Sequence[dict[str, Any]]) -> Figures:
    """Return recall, alerts and speed of an engine on queries `{"query", "schema", "target_id"}`."""
    names = [str(query["query"]) for query in queries]
    schemata = [str(query.get("schema", "LegalEntity")) for query in queries]
    engine.best(_WARMING, ["Person"] * len(_WARMING))  # loads what is loaded once, before the clock starts
    wall, cpu = time.perf_counter(), time.process_time()
    ids, scores = engine.best(names, schemata)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    single = []
    for name, schema in list(zip(names, schemata, strict=True))[:_SINGLE]:
        start = time.perf_counter()
        engine.best([name], [schema])
        single.append(1000 * (time.perf_counter() - start))
    kinds: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    alerts: list[bool] = []
    for query, row, points in zip(queries, ids, scores, strict=True):
        target = query.get("target_id")
        if target is None:
            alerts.append(bool(row) and bool(points[0] >= engine.threshold))
            continue
        reported = [party for party, score in zip(row, points, strict=False) if score >= engine.threshold]
        kinds[str(query.get("kind", ""))].append((target in row[:1], target in row[:10], target in reported))
    return {
        "queries": len(queries),
        "queries_per_second": len(queries) / wall if wall else None,
        "queries_per_cpu_second": len(queries) / cpu if cpu else None,
        "single_p50_ms": float(np.percentile(single, 50)) if single else None,
        "single_p99_ms": float(np.percentile(single, 99)) if single else None,
        "threshold": engine.threshold,
        **_means([hit for hits in kinds.values() for hit in hits]),
        "alerts_per_1000_clean": 1000 * sum(alerts) / len(alerts) if alerts else None,
        "kinds": {kind: _means(hits) for kind, hits in sorted(kinds.items())},
    }


def _means(hits: list[tuple[bool, bool, bool]]) -> Figures:
    keys = ("recall_at_1", "recall_at_10", "recall_at_default")
    return {key: sum(hit[k] for hit in hits) / len(hits) if hits else None for k, key in enumerate(keys)}


def _parties(path: Path) -> Iterable[IndexedParty]:
    for target in read_lines(path):
        try:
            yield IndexedParty(
                str(target["id"]),
                str(target.get("schema", "LegalEntity")),
                tuple(map(str, target["names"])),
                weak_names=tuple(map(str, target.get("weak", ()))),
            )
        except (KeyError, TypeError) as error:
            raise InputFileError(str(path), f"a target lacks {error}", record=str(target)[:80]) from error


def _peak_rss() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
