"""CPU seconds, memory and sizes of an overview: the shipped example, and generated inventories.

Run `python bench/overview.py [--devices N] [--out FOLDER]`; the largest generated inventory has 100,000
rows by default, the other a tenth. More than 150,000 rows take the way of packed rows and JSON in parts.
Each inventory has a separate process, which writes every format to a file as the command does. Each stage is
separate, with the peak of memory up to its end. It prints the report as Markdown and writes it next to a
JSON form.
"""

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from overzicht.cli.output import Content, write_whole
from overzicht.devices.knowledge import load_knowledge
from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format, render
from overzicht.reports.overview_report import OverviewReport
from overzicht.store.database import Store
from overzicht.subjects.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.workflows.starter import ensure_starter

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "gemeente-voorbeeldstad"
AS_OF = date(2026, 11, 24)
DEVICES = 100_000
SITES = 400
ROOMS = 60
FIRST_DAY = date(2015, 1, 1)
KINDS = ("Dome camera", "Bullet camera", "PTZ camera", "Recorder", "Toegangscontrole")
STATES = ("In gebruik", "Defect")
OTHER_BRANDS = ("Onbekend", "Huismerk", "")
MIB = 1024  # ru_maxrss is in KiB on Linux


def rendered(path: Path, report: OverviewReport) -> Content:
    """Return the report in the format of the file's extension, in pieces if it is long."""
    return render(report, Format(path.suffix.removeprefix(".")), Language.EN)


def generate(path: Path, devices: int) -> None:
    """Write a spreadsheet of invented devices: models of our cards, some brands unknown, some rows bare."""
    chance = random.Random(20201125)  # noqa: S311  # the same inventory each time
    models = [
        (card.trade_name, example)
        for card in load_knowledge().makers.values()
        for rule in card.models
        for example in rule.examples
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(
            ("Nummer", "Merk", "Model", "MAC", "Serienummer", "IP-adres", "Locatie",
             "Ruimte", "Soort", "Aankoopdatum", "Firmware", "Status")
        )  # fmt: skip
        for number in range(devices):
            brand, model = chance.choice(models)
            if chance.random() < 0.1:
                brand = chance.choice(OTHER_BRANDS)
            octets = tuple(number >> shift & 0xFF for shift in (16, 8, 0))
            mac = "A4:14:37:" + ":".join(f"{octet:02X}" for octet in octets)
            writer.writerow(
                (f"CAM-{number:06}", brand, model if chance.random() < 0.8 else "",
                 mac if chance.random() < 0.3 else "", f"S{number * 7919 % 10**9:09}",
                 ".".join(map(str, (10, *octets))), f"Locatie {chance.randrange(SITES)}",
                 f"Ruimte {chance.randrange(ROOMS)}", chance.choice(KINDS),
                 (FIRST_DAY + timedelta(days=chance.randrange(4_000))).isoformat(),
                 f"V5.{chance.randrange(8)}.{chance.randrange(10)}", chance.choice(STATES))
            )  # fmt: skip


def measure(paths: list[Path]) -> dict[str, Any]:
    """Return the seconds of each stage, the peak of memory up to its end, and the size of each format."""
    seconds: dict[str, float] = {}
    peaks: dict[str, float] = {}
    sizes: dict[str, int] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:
        started = processor_seconds()
        result = work()
        seconds[stage] = processor_seconds() - started
        peaks[stage] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
        return result

    with tempfile.TemporaryDirectory() as home:
        store = timed("open the store", lambda: Store.open(Path(home)))
        timed("starter facts", lambda: ensure_starter(store, actor="bench", at=datetime.now(UTC)))
        report = timed(
            "make the overview", lambda: make_overview(store, paths, OverviewChoices(), as_of=AS_OF)
        )
        timed("keep the run", lambda: keep_run(store, report, actor="bench", at=datetime.now(UTC)))
        for name in ("terminal", "json", "html", "csv", "xlsx"):
            path = Path(home) / f"overview.{name}"
            timed(f"write {name}", lambda path=path: write_whole(path, rendered(path, report)))  # type: ignore[misc]
            sizes[name] = sum(part.stat().st_size for part in Path(home).glob(f"overview*.{name}"))
        store.close()
    seconds["read the same files by the module csv"] = by_module_csv(paths)
    return {
        "devices": report.device_count,
        "findings": len(report.findings),
        "seconds": seconds,
        "bytes": sizes,
        "peak_mib": peaks | {"the reader": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MIB},
    }


def processor_seconds() -> float:
    """Return the seconds of this process and of the ended child processes that read files."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in used)


def by_module_csv(paths: list[Path]) -> float:
    """Return the seconds that Python's own reader of tables takes, as a measure of this machine."""
    started = time.process_time()
    for path in paths:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                sum(len(row) for row in csv.reader(file, delimiter=";"))
    return time.process_time() - started


def in_a_process_of_its_own(paths: list[Path]) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, __file__, "--one", *map(str, paths)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        sys.exit(ran.stderr)
    figures: dict[str, Any] = json.loads(ran.stdout)
    return figures


def text_of(rows: dict[str, dict[str, Any]]) -> str:
    names = list(rows)
    stages = list(dict.fromkeys(stage for row in rows.values() for stage in row["seconds"]))
    lines = [
        "# The overview: CPU seconds and memory",
        "",
        f"| | {' | '.join(names)} |",
        f"| --- | {' | '.join('---:' for _ in names)} |",
        f"| devices | {' | '.join(format(rows[n]['devices'], ',') for n in names)} |",
        f"| findings | {' | '.join(format(rows[n]['findings'], ',') for n in names)} |",
    ]
    for stage in stages:
        lines.append(
            f"| {stage}, s | {' | '.join(format(rows[n]['seconds'][stage], '.2f') for n in names)} |"
        )
    for name in rows[names[0]]["bytes"]:
        lines.append(
            f"| {name}, MB | {' | '.join(format(rows[n]['bytes'][name] / 1e6, '.1f') for n in names)} |"
        )
    for stage in rows[names[0]]["peak_mib"]:
        peaks = " | ".join(format(rows[n]["peak_mib"][stage], ".0f") for n in names)
        lines.append(f"| peak up to “{stage}”, MiB | {peaks} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--devices", type=int, default=DEVICES)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--one", type=Path, nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = {
            "example": in_a_process_of_its_own([EXAMPLE / "apparatuur.xlsx", EXAMPLE / "netwerkscan.xml"])
        }
        for devices in (options.devices // 10, options.devices):
            sheet = Path(folder) / f"{devices}.csv"
            generate(sheet, devices)
            rows[f"{devices:,} generated rows"] = in_a_process_of_its_own([sheet])
    text = text_of(rows)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "overview.md").write_text(text, encoding="utf-8")
    (options.out / "overview.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
