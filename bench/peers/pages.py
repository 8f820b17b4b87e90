"""The pages of figures in the documentation: written by a run of the bench, between marks."""

import json
import re
from pathlib import Path
from typing import Any

import vl_convert

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
LABELS = {"none told": "not stated"}  # names of groups as a reader sees them
INK, GRID, LINE = "#1b1b1b", "#d9d9d9", "#01689b"


def put_between(page: Path, text: str) -> None:
    """Put a text between the marks of a page; ValueError where the page has none."""
    whole = page.read_text(encoding="utf-8")
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not pattern.search(whole):
        raise ValueError(f"{page.name} has no place for figures")
    page.write_text(pattern.sub(lambda _: f"{BEGIN}\n{text}\n{END}", whole), encoding="utf-8")


def _axis(field: str, title: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title, "scale": {"domain": [0, 1]}}


def reliability_plot(bins: list[dict[str, Any]], path: Path) -> None:
    """Draw said against observed, with the line of a perfect score, as SVG."""
    axes = {"x": _axis("predicted", "score said"), "y": _axis("observed", "share that are matches")}
    perfect = [{"predicted": 0, "observed": 0}, {"predicted": 1, "observed": 1}]
    dots = {"field": "n", "type": "quantitative", "title": "pairs", "scale": {"range": [30, 260]}}
    chart = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 340,
        "height": 340,
        "background": "white",
        "config": {"axis": {"gridColor": GRID, "labelColor": INK, "titleColor": INK}},
        "encoding": axes,
        "layer": [
            {"data": {"values": perfect}, "mark": {"type": "line", "strokeDash": [4, 4], "color": INK}},
            {"data": {"values": bins}, "mark": {"type": "line", "color": LINE, "strokeWidth": 2}},
            {
                "data": {"values": bins},
                "mark": {"type": "point", "filled": True, "color": LINE, "opacity": 1},
                "encoding": {"size": dots},
            },
        ],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(vl_convert.vegalite_to_svg(json.dumps(chart)) + "\n", encoding="utf-8")


def reliability_table(bins: list[dict[str, Any]]) -> str:
    """Return the plot as a table."""
    lines = ["| scores | pairs | mean score | share that are matches |", "| --- | --- | --- | --- |"]
    for each in bins:
        edges = f"{each['low']:.1f} to {each['high']:.1f}"
        lines.append(f"| {edges} | {each['n']:,} | {each['predicted']:.3f} | {each['observed']:.3f} |")
    return "\n".join(lines)


def rates_table(rates: dict[str, dict[str, Any]], worst: dict[str, Any]) -> str:
    """Return the rates of error per group, and of the worst group compared with the mean."""
    lines = ["| group | pairs | false positives | missed |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {LABELS.get(name, name)} | {each['n']:,} | "
        f"{_percent(each.get('fpr'))} | {_percent(each.get('miss'))} |"
        for name, each in rates.items()
    ]
    told = []
    for key, title in (("fpr", "false positives"), ("miss", "missed")):
        if each := worst.get(key):
            rates_of = f"{_percent(each['rate'])} against {_percent(each['mean'])}"
            told.append(
                f"{title} {each['times']:.2f} times ({LABELS.get(each['group'], each['group'])}, {rates_of})"
            )
    return "\n".join(
        [*lines, "", f"The worst group compared with the mean: {', '.join(told) or 'too few pairs'}."]
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"
