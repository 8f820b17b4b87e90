"""Take each optional subject out of a copy of the product, and prove that the rest stands without it.

    python tools/taken_out.py              each optional subject with those that need it, then all at once
    python tools/taken_out.py tenders      one of them

In each copy every module is imported, help names the commands that are left and no other, an overview of two
rows and a screening are made, the pages and the description of the interface are served, and a store that was
filled by all subjects opens and holds. Exit code 1 names what did not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

from overzicht.composition import installed

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 3, 2)
ROWS = "merk,model,aantal,locatie\nHikvision,DS-2CD2043G2-I,1,Stadhuis\nAxis,P3245-V,2,Haven\n"
IMPORT_ALL = """
import importlib, pkgutil, overzicht
skipped = ("overzicht.store.migrations", "overzicht.__main__")
for module in pkgutil.walk_packages(overzicht.__path__, "overzicht."):
    if not module.name.startswith(skipped):
        importlib.import_module(module.name)
"""
SERVE = """
from contextlib import closing
from starlette.testclient import TestClient
from overzicht.settings import read_settings
from overzicht.store.database import Store
from overzicht.web.app import create_app
from overzicht.web.service import ServiceOptions
PATHS = (
    "/", "/devices", "/lists", "/makers", "/makers/hikvision", "/tasks", "/alerts", "/docs",
    "/parties?q=hikvision", "/api/v1/tasks", "/api/v1/openapi.json",
)
with closing(Store.open(read_settings().home)) as store:
    app = create_app(store, read_settings(), ServiceOptions(reads_openly=True))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        for path in PATHS:
            answer = client.get(path)
            assert answer.status_code == 200, (path, answer.status_code, answer.text[:300])
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 1 if a copy does not stand, else 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("subjects", nargs="*", help="optional subjects; default: each, then all")
    names = parser.parse_args(arguments).subjects
    optional = [subject for subject in installed() if subject.is_optional]
    cases = [_with_dependents(name) for name in names or [subject.name for subject in optional]]
    if not names:
        cases.append([subject.name for subject in optional])
    with tempfile.TemporaryDirectory(prefix="taken-out-") as folder:
        home = Path(folder) / "filled"
        _fill(home)
        folders = [Path(folder) / str(number) for number in range(len(cases))]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            failed = [*chain.from_iterable(pool.map(_check, cases, folders, [home] * len(cases)))]
    for fault in failed:
        print(fault)
    return 1 if failed else 0


def _with_dependents(name: str) -> list[str]:
    """Return a subject and all that need it, directly or indirectly."""
    out = [name]
    for _ in installed():
        needing = [subject.name for subject in installed() if set(out) & set(subject.needs)]
        out += [name for name in needing if name not in out]
    return out


def _fill(home: Path) -> None:
    """Make a store in which the subjects have something, with the product as it is: that of the demo."""
    from overzicht.evidence.actor import Actor  # noqa: PLC0415 - only here the product itself is at work
    from overzicht.store.database import Store  # noqa: PLC0415
    from overzicht.subjects.register.demonstration import fill_demo  # noqa: PLC0415

    with closing(Store.open(home)) as store:
        fill_demo(store, Actor(DAY, "demo", datetime(2026, 3, 2, 9, tzinfo=UTC)), lambda _step: None)


def _check(out: Sequence[str], folder: Path, filled: Path) -> list[str]:
    """Return what does not work in a copy without these subjects."""
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in out:
        shutil.rmtree(folder / "src" / "overzicht" / "subjects" / name)
    home, stored, row = folder / "home", folder / "filled", folder / "row.csv"
    row.write_text(ROWS, encoding="utf-8")
    left_out = [subject for subject in installed() if subject.name in out]
    gone = {name for subject in left_out for table in subject.commands.values() for name in table}
    steps: dict[str, tuple[list[str], Path]] = {
        "import of every module": (["-c", IMPORT_ALL], home),
        "overview": (["-m", "overzicht", "overview", str(row), "--out", str(folder / "out.html")], home),
        "screening": (["-m", "overzicht", "screen", "one", "Hikvision"], home),
        "pages and interface": (["-c", SERVE], home),
        "verification of the filled store": (["-m", "overzicht", "register", "verify"], stored),
        "log of the filled store": (["-m", "overzicht", "log", "verify"], stored),
        "pages of the filled store": (["-c", SERVE], stored),
    }
    shutil.copytree(filled, stored)
    names, faults = ", ".join(out), []
    for title, (words, place) in steps.items():
        fault = _fault(words, folder, place)
        if fault:
            faults.append(f"without {names}: {title}: {fault}")
    shown = _run(["-m", "overzicht", "--help"], folder, home).stdout
    for command in sorted(gone):
        if f"\n  {command}  " in shown:
            faults.append(f"without {names}: help still names {command}")
    print(f"without {names}: {len(faults)} faults")
    shutil.rmtree(folder)
    return faults


def _fault(words: Sequence[str], folder: Path, home: Path) -> str:
    run = _run(words, folder, home)
    return "" if run.returncode in (0, 1) and "Traceback" not in run.stderr else run.stderr.strip()[-600:]


def _run(words: Sequence[str], folder: Path, home: Path) -> "subprocess.CompletedProcess[str]":
    """Run Python with the modules of the copy, which come before those that are installed."""
    environment = {
        **os.environ,
        "OVERZICHT_HOME": str(home),
        "OVERZICHT_SUBJECTS": "all",
        "PYTHONPATH": str(folder / "src"),
    }
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
