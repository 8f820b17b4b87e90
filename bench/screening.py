"""The screening engine beside its peers: the same files through all of them, in turn, on one machine.

usage: python bench/screening.py [--quick] [--no-1m] [--runs 2] [--docs] [--again pairs …]; see --help

Each side runs in a process of its own, one after the other and then again (A B C A B C). nomenklatura lives
in an environment of its own below `--out`, made at the first run. Prints the goals with ours, the best
peer's, the ratio, the goal and whether it is reached, and writes all figures to `screening.json` in `--out`.
`--docs` puts them into the documentation, with the plot of how far a score can be taken at its word.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from peers import goals, pages
from peers.environment import peer_python
from peers.measures import read_lines

from overzicht.screening.evaluate import pair_figures, rates_by_group, reliability

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
PEERS = Path(__file__).resolve().parent / "peers"
LISTS = {"ofac": "targets-ofac.jsonl", "100k": "targets-100k.jsonl.gz", "1m": "targets-1m.jsonl.gz"}
QUERIES = ("list-queries-dev.jsonl", "list-clean-dev.jsonl")
PAIRS = "pairs-dev.jsonl"
OUT_OF_FOLD = (
    "out-of-fold.jsonl"  # in the folder of results: our scores on pairs, where the fitting left them
)
PAGE = ROOT / "docs" / "reference" / "screening-comparison.md"
PLOT = ROOT / "docs" / "images" / "reliability.svg"
TITLES = {
    "pairs": "Labelled pairs", "ofac": "14,560 parties (OFAC)", "100k": "100,000 parties",
    "1m": "1,000,000 parties",
}  # fmt: skip


def measured(python: Path, side: str, arguments: list[str]) -> dict[str, Any]:
    """Return what a side prints; its own words go to our standard error when it fails."""
    started = time.monotonic()
    ran = subprocess.run(
        [python, PEERS / f"{side}_side.py", *arguments], stdout=subprocess.PIPE, check=True, text=True
    )
    print(f"  {side}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    result: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return result


def sides(options: argparse.Namespace) -> dict[str, Path]:
    """Return the interpreter of every side, in the order in which they take turns."""
    found = {"own": Path(sys.executable)}
    if not options.quick:
        found["nomenklatura"] = peer_python(options.out / "peers-env")
    return {**found, "rapidfuzz": Path(sys.executable)}


def run_all(options: argparse.Namespace, folder: Path) -> goals.Results:
    """Return the figures of all sides on all data, each side as often as `--runs` says."""
    asked = {"pairs": ["pairs", str(folder / PAIRS)]}
    for data, name in LISTS.items():
        if not (data == "1m" and (options.no_1m or options.quick)):
            asked[data] = ["list", str(folder / name), *(str(folder / each) for each in QUERIES)]
    if options.again:
        asked = {data: arguments for data, arguments in asked.items() if data in options.again}
    pythons = sides(options)
    results: goals.Results = {}
    for data, arguments in asked.items():
        results[data] = {}
        for number in range(options.runs):
            print(f"{data}, round {number + 1} of {options.runs}", file=sys.stderr, flush=True)
            for side, python in pythons.items():
                for name, figures in measured(python, side, arguments).items():
                    results[data].setdefault(name, []).append(figures)
    return results


def judged(rounds: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> None:
    """Put the figures on labelled pairs in the place of the scores, by the same counting for every side."""
    labels = np.array([bool(pair["match"]) for pair in pairs], np.bool_)
    latin = np.array([pair["scripts"] == "LATIN>LATIN" for pair in pairs], np.bool_)
    other = np.array(
        [pair["scripts"].endswith(">LATIN") and not pair["scripts"].startswith("LATIN") for pair in pairs],
        np.bool_,
    )
    for figures in rounds:
        by_id, threshold = figures.pop("scores"), figures["threshold"]
        scores = np.array([by_id[pair["id"]] for pair in pairs], np.float64)
        figures.update(pair_figures(scores, labels, threshold))
        figures["f1_lost"] = figures["f1_best"] - figures["f1_default"]
        figures["f1_latin"] = pair_figures(scores[latin], labels[latin], threshold)["f1_best"]
        figures["f1_other"] = pair_figures(scores[other], labels[other], threshold)["f1_best"]
        figures["ece"], figures["reliability"] = reliability(scores, labels)
        figures.update(rates_by_group(pairs, scores >= threshold, labels))


def with_scores(results: goals.Results, path: Path, options: argparse.Namespace) -> str:
    """Judge the pairs of all sides; return in a sentence what our scores rest on."""
    pairs = [pair for pair in read_lines(path) if pair["match"] is not None and not pair.get("disputed")]
    basis = "Our scores on pairs are those of the scorer as it ships, which has seen some of these pairs."
    by_folds = options.out_of_fold or options.out / OUT_OF_FOLD
    if options.out_of_fold or by_folds.is_file():
        scores = {row["id"]: row["score"] for row in read_lines(by_folds)}
        for figures in results["pairs"][goals.OWN]:
            figures["scores"] = scores
        basis = "Our scores on pairs are out of fold: each by a scorer that had not seen the pair."
    for rounds in results["pairs"].values():
        judged(rounds, pairs)
    return basis


def report(results: goals.Results, head: str) -> str:
    """Return the whole section, as Markdown."""
    parts = [head, "", goals.goal_table(goals.rows(results)), ""]
    for data, found in results.items():
        parts += [f"### {TITLES[data]}", "", goals.side_table(data, found), ""]
    return "\n".join(parts).rstrip()


def calibration(results: goals.Results) -> str:
    """Return how far scores can be taken at their word, and the errors per group, as Markdown."""
    ours = results["pairs"][goals.OWN][0]
    return "\n".join([
        "### Calibration", "", f"The calibration error (ECE) is {ours['ece']:.3f}.", "",
        f"![Score compared with the share of matches](../images/{PLOT.name})", "",
        pages.reliability_table(ours["reliability"]), "",
        "### Errors per script, at the default threshold", "",
        pages.rates_table(ours["by_script"], ours["worst_over_mean"]["script"]), "",
        "### Errors per origin of the name, at the default threshold", "",
        pages.rates_table(ours["by_origin"], ours["worst_over_mean"]["origin"]),
    ])  # fmt: skip


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--runs", type=int, default=2, help="how often each side is measured")
    parser.add_argument("--quick", action="store_true", help="no nomenklatura, and no list of a million")
    parser.add_argument("--no-1m", action="store_true", help="leave the list of a million out")
    parser.add_argument(
        "--again",
        nargs="+",
        choices=tuple(TITLES),
        help="measure these data alone, and keep the rest of the last run, if there is one",
    )
    parser.add_argument(
        "--out-of-fold",
        type=Path,
        help=f"our scores on pairs by folds (id, score); else {OUT_OF_FOLD} in --out",
    )
    parser.add_argument("--docs", action="store_true", help="put the figures into the documentation")
    return parser.parse_args()


def main() -> None:
    options = parsed()
    folder = options.shared / "data" / "screening"
    if not (folder / PAIRS).is_file():
        print(f"# Screening\n\nThe labelled names are not here: {folder}")
        return
    options.out.mkdir(parents=True, exist_ok=True)
    kept = options.out / "screening.json"
    before: dict[str, Any] = {"results": {}, "basis": ""}
    if options.again and kept.is_file():
        before = json.loads(kept.read_text(encoding="utf-8"))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    results = run_all(options, folder)
    basis = with_scores(results, folder / PAIRS, options) if "pairs" in results else before["basis"]
    told = f" Measured again after that run: {', '.join(results)}." if options.again else ""
    every = before["results"] | results
    results = {data: every[data] for data in TITLES if data in every}
    head = (
        f"{os.cpu_count()} processors that others used too (load before the start {load}), medians of"
        f" {options.runs} rounds in turn.{told} {basis} Names per second are per second of processor, end to"
        " end."
    )
    found = {"head": head, "basis": basis, "goals": goals.rows(results), "results": results}
    kept.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    text = report(results, head)
    if "pairs" in results:
        text += f"\n\n{calibration(results)}"
    print(f"# Screening\n\n{text}")
    if options.docs:
        pages.reliability_plot(results["pairs"][goals.OWN][0]["reliability"], PLOT)
        pages.put_between(PAGE, f"\n{text}\n")


if __name__ == "__main__":
    main()
