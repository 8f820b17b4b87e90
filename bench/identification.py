"""How well makers are identified: precision, coverage and speed on real input, every false hit listed.

Run `python bench/identification.py [--shared FOLDER] [--out FOLDER]`; it prints the report as Markdown and
writes it next to a JSON form of the same figures. A verdict is any maker that is named, however unsure.
"""

import argparse
import csv
import json
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.brands import SpellingMatch
from overzicht.devices.identify import identify_all
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.devices.traces.mac import packaged_registry
from overzicht.devices.traces.recog_files import Recog, load_recog
from overzicht.evidence import Citation
from overzicht.sources.inventories import read_inventory

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
AS_OF = date(2026, 11, 24)
SPEED_SIGHTINGS = 100_000

IN_SAMPLE = (
    "Many model patterns were written with this list of 2017 at hand, so its figures say how well the list "
    "is covered, not how unseen models fare. Labels are judged by cards: a label on a card is its maker. "
    "OpenStreetMap has no truth beside the tag itself, so no precision is given."
)

Truth = frozenset[str]


@dataclass
class Score:
    """Verdicts against truth. `right` and `wrong` are per maker that was named, `truth` per true maker."""

    title: str
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    truth: Counter[str] = field(default_factory=Counter)
    false_hits: list[dict[str, str]] = field(default_factory=list)
    rows: int = 0
    knowable: int = 0
    undecided: int = 0
    has_truth: bool = True

    def add(self, truth: Truth, result: Identification, shown: str) -> None:
        self.rows += 1
        self.knowable += bool(truth)
        self.undecided += bool(truth & set(result.undecided))
        for maker in truth:
            self.truth[maker] += 1
        if not result.maker_id:
            return
        if result.maker_id in truth:
            self.right[result.maker_id] += 1
            return
        self.wrong[result.maker_id] += 1
        reason = str(result.reasons[0].text) if result.reasons else ""
        self.false_hits.append(
            {"input": shown, "verdict": result.maker_id, "truth": " or ".join(sorted(truth)) or "?",
             "confidence": result.confidence.value, "reason": reason}
        )  # fmt: skip

    def to_json(self) -> dict[str, object]:
        return {
            "title": self.title,
            "rows": self.rows,
            "with_a_maker": self.knowable,
            "undecided_with_the_maker_among_them": self.undecided,
            "precision": self.precision if self.has_truth else None,
            "coverage": self.coverage,
            "true": dict(sorted(self.truth.items())),
            "right": dict(sorted(self.right.items())),
            "wrong": dict(sorted(self.wrong.items())),
            "false_hits": self.false_hits,
        }

    @property
    def precision(self) -> float:
        named = self.right.total() + self.wrong.total()
        return self.right.total() / named if named else 1.0

    @property
    def coverage(self) -> float:
        return self.right.total() / self.knowable if self.knowable else 0.0


def label_truth(label: str, knowledge: Knowledge) -> tuple[str, Truth]:
    """Return whether a label is a maker's own name, a relabelled brand or on no card; and its makers."""
    match = knowledge.brands.find(label)
    if match is None or match.spelling not in {SpellingMatch.EXACT, SpellingMatch.CORE}:
        return "other", frozenset()
    own = frozenset(o.maker_id for o in match.brand.own if knowledge.makers[o.maker_id].makes_devices)
    stated = frozenset(maker for s in match.brand.statements if not s.fact.is_hint for maker in s.makers)
    if any(match.brand.is_relabelling(besides=maker) for maker in own) or (stated and not own):
        return "relabelled", own | stated
    return ("own", own) if own else ("other", frozenset())


def brand_hidden(shared: Path, knowledge: Knowledge) -> list[Score]:
    path = shared / "devices/model-grammar/brand_models_2017_part_a.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["brand"], row["model"]) for row in csv.DictReader(file)]
    results = identify_all(
        [sighting(i, model=model) for i, (_, model) in enumerate(rows)], knowledge, as_of=AS_OF
    )
    scores = {
        "own": Score("Models of 2017, brand hidden: labels that are makers"),
        "relabelled": Score("Models of 2017, brand hidden: labels that others make (scored apart)"),
        "other": Score("Models of 2017, brand hidden: labels on no card (any verdict counts as false)"),
    }
    for (label, model), result in zip(rows, results, strict=True):
        group, truth = label_truth(label, knowledge)
        scores[group].add(truth, result, f"{label} | {model}")
    return list(scores.values())


@dataclass(frozen=True)
class InputSet:
    """Files of one kind, and what is right for a sighting (None: it is not scored)."""

    title: str
    files: str
    truth: Callable[[Sighting, Path], Truth | None]


def _austin(seen: Sighting, _: Path) -> Truth | None:
    return {
        "sarix": frozenset({"pelco"}),
        "spectra enhanced": frozenset({"pelco"}),
        "axis": frozenset({"axis"}),
        "advidia": frozenset({"hikvision", "uniview"}),
    }.get(" ".join(seen.values(Trace.BRAND)).strip().lower(), frozenset())


def _carolina(seen: Sighting, _: Path) -> Truth | None:
    named = " ".join(seen.values(Trace.BRAND)).lower() or seen.extra.get("company", "").lower()
    for word, maker in (
        ("flock", "flock-safety"), ("vigilant", "motorola-solutions"), ("motorola", "motorola-solutions"),
        ("elsag", "leonardo"), ("leonardo", "leonardo"), ("axon", "axon"), ("rekor", "rekor"),
        ("neology", "neology"), ("pips", "neology"), ("jenoptik", "jenoptik"), ("genetec", "genetec"),
        ("axis", "axis"), ("hikvision", "hikvision"), ("verkada", "verkada"),
    ):  # fmt: skip
        if word in named:
            return frozenset({maker})
    return frozenset()


def _onvif(_: Sighting, path: Path) -> Truth | None:
    return None if path.name == "onvif_discovery_scopes.json" else frozenset()


def _scopes(seen: Sighting, path: Path) -> Truth | None:
    if path.name != "onvif_discovery_scopes.json":
        return None
    scopes = " ".join(seen.values(Trace.ONVIF_SCOPE))
    if "CM-6204" in scopes:
        return frozenset({"teledyne-flir"})
    return frozenset({"tiandy"}) if "TC-C32TS" in scopes else frozenset()


INPUTS = (
    InputSet(
        "Hikvision ISAPI", "devices/inputs-isapi-hikvision/*.[jx][sm]*", lambda *_: frozenset({"hikvision"})
    ),
    InputSet("Dahua DHIP", "devices/inputs-dahua-dhip/*.json", lambda *_: frozenset({"dahua"})),
    InputSet("ONVIF scopes", "devices/inputs-onvif/*.json", _scopes),
    InputSet("ONVIF answers without a maker", "devices/inputs-onvif/*", _onvif),
    InputSet("nmap: Jovision cameras", "devices/inputs-nmap/*.txt", lambda *_: frozenset({"jovision"})),
    InputSet("nmap: no surveillance device", "devices/inputs-nmap/*.xml", lambda *_: frozenset()),
    InputSet("Austin", "devices/inputs-registers/austin_traffic_cameras_2018.csv", _austin),
    InputSet("North Carolina", "devices/inputs-registers/nc_agency_alpr_survey_20240430.csv", _carolina),
)


def inventories(shared: Path, knowledge: Knowledge, recog: Recog | None) -> Iterable[Score]:
    for input_set in INPUTS:
        score = Score(input_set.title)
        for path in sorted(shared.glob(input_set.files)):
            if path.suffix == ".md":
                continue
            seen = read_inventory(path).sightings
            results = identify_all(seen, knowledge, as_of=AS_OF, registry=packaged_registry(), recog=recog)
            for sighting, result in zip(seen, results, strict=True):
                if (truth := input_set.truth(sighting, path)) is None:
                    continue
                score.add(truth, result, f"{path.name} | {sighting.citation.place} | {_shown(sighting)}")
        yield score


def street_map(shared: Path, knowledge: Knowledge) -> tuple[Score, list[tuple[str, int]]]:
    """Return what maker tags of OpenStreetMap give (no truth: the tag is the truth), and what they do not."""
    path = shared / "devices/inputs-osm/osm_surveillance_with_maker_part_a.geojson"
    seen = read_inventory(path).sightings
    results = identify_all(seen, knowledge, as_of=AS_OF)
    score = Score("OpenStreetMap maker tags (coverage only)", has_truth=False)
    missed: Counter[str] = Counter()
    for sighting, result in zip(seen, results, strict=True):
        score.rows += 1
        score.knowable += 1
        if result.maker_id:
            score.right[result.maker_id] += 1
        else:
            missed[_shown(sighting) + (f" → {'/'.join(result.undecided)}" if result.undecided else "")] += 1
    return score, missed.most_common(25)


def speed(shared: Path, knowledge: Knowledge) -> dict[str, float]:
    """Return seconds for many sightings that are all different: other models, other MAC addresses."""
    path = shared / "devices/model-grammar/brand_models_2017_part_a.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    blocks = [0x4419B6, 0x4C11BF, 0x00408C, 0xB8A44F, 0x000000, 0x48EA63]
    many = [
        sighting(
            i,
            brand=rows[i % len(rows)]["brand"],
            model=f"{rows[i % len(rows)]['model'].split(' - ')[0]}-{i // len(rows)}",
            mac=f"{blocks[i % len(blocks)]:06x}{i:06x}",
        )
        for i in range(SPEED_SIGHTINGS)
    ]
    registry = packaged_registry()
    started, used = time.perf_counter(), time.process_time()
    identify_all(many, knowledge, as_of=AS_OF, registry=registry)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - used
    return {
        "sightings": len(many),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu_seconds, 2),
        "per_second": round(len(many) / seconds),
    }


def sighting(number: int, **traces: str) -> Sighting:
    citation = Citation("bench", "bench", f"row {number}")
    return Sighting(f"row-{number}", citation, {Trace[k.upper()]: (v,) for k, v in traces.items() if v})


def _shown(seen: Sighting) -> str:
    return "; ".join(f"{trace.value}: {', '.join(values)[:60]}" for trace, values in seen.traces.items())[
        :160
    ]


def markdown(scores: list[Score], figures: dict[str, float], missed: list[tuple[str, int]]) -> str:
    lines = [
        "# Who made it: how well makers are identified",
        "",
        "| input | rows | with a maker | named | false | undecided | precision | coverage |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for score in scores:
        named, false = score.right.total() + score.wrong.total(), score.wrong.total()
        precision = f"{score.precision:.4f}" if named and score.has_truth else "–"
        coverage = f"{score.coverage:.3f}" if score.knowable else "–"
        lines.append(
            f"| {score.title} | {score.rows} | {score.knowable} | {named} | {false} | {score.undecided} "
            f"| {precision} | {coverage} |"
        )
    speed_line = "Speed: {sightings} different sightings in {seconds} s ({cpu_seconds} s of one core)."
    lines += ["", speed_line.format(**figures), "", IN_SAMPLE]
    for score in scores:
        lines += ["", f"## {score.title}", "", *_per_maker(score), *_false_hits(score)]
    lines += ["", "## OpenStreetMap tags that give no maker (most frequent)", ""]
    lines += [f"- {count} × {shown}" for shown, count in missed]
    return "\n".join(lines) + "\n"


def _per_maker(score: Score) -> list[str]:
    makers = sorted(set(score.truth) | set(score.right) | set(score.wrong))
    lines = [
        "| maker | true | right | false | precision | coverage |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for maker in makers:
        right, wrong, true = score.right[maker], score.wrong[maker], score.truth[maker]
        precision = f"{right / (right + wrong):.3f}" if right + wrong else "–"
        coverage = f"{right / true:.3f}" if true else "–"
        lines.append(f"| {maker} | {true} | {right} | {wrong} | {precision} | {coverage} |")
    return lines if makers else []


def _false_hits(score: Score) -> list[str]:
    if not score.false_hits:
        return ["", "No false hit."]
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for hit in score.false_hits:
        grouped[hit["verdict"], hit["truth"]].append(hit["input"])
    lines = ["", f"False hits: {len(score.false_hits)}", ""]
    for (verdict, truth), inputs in sorted(grouped.items()):
        lines += [
            f"- {verdict} instead of {truth} ({len(inputs)}): " + "; ".join(f"`{shown}`" for shown in inputs)
        ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args()
    knowledge, data_folder = load_knowledge(), options.shared / "data"
    recog = load_recog(data_folder / "devices/fingerprints-recog/xml")
    scores = brand_hidden(data_folder, knowledge)
    scores += inventories(data_folder, knowledge, recog)
    osm, missed = street_map(data_folder, knowledge)
    figures = speed(data_folder, knowledge)
    report = markdown([*scores, osm], figures, missed)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "identification.md").write_text(report, encoding="utf-8")
    data = {"speed": figures, "scores": [score.to_json() for score in scores]}
    (options.out / "identification.json").write_text(
        json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8"
    )
    print(report)


if __name__ == "__main__":
    main()
