"""An installation from nothing: its size, its packages, the first answer and the next, and their memory.

usage: python bench/install.py [--out FOLDER] [--extra NAME…] [--linter COMMAND] [WHEEL…]
WHEEL: wheels of the product to compare, each in its own empty virtual environment; without one, the wheel of
this checkout is made. The package index is needed; after installing, nothing is fetched. Prints Markdown.
COMMAND: a linter that prints what it finds in a description of an interface as the JSON of Spectral, with the
rule set of the API Design Rules. Without one, its rows say that they are not measured.
"""

import argparse
import csv
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ASKED = ("screen", "one", "Hikvision")
SHOWN = {
    "wheel_kb": "wheel of the product, kB",
    "packages": "packages",
    "installed_mb": "installed, MB",
    "help_s": "`--help`, s",
    "first_s": "first `screen one`, s",
    "first_cpu_s": "of which processor, s",
    "warm_s": "the next, s",
    "warm_mb": "its memory, MB",
    "bare_s": "without a home, as read only, s",
}
STANDARD = ROOT / "docs" / "explanation" / "verification-standard.csv"
DESCRIBE = """
import json
from overzicht.web import contacts, openapi
from overzicht.web.registry import Interface
print(json.dumps(openapi.describe(Interface.OWN, contacts.LOCAL)))
"""
ERROR, WARNING = 0, 1  # severities of Spectral


def size_of(folder: Path) -> float:
    """Return the size of all files in MB (10⁶ bytes)."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def run(command: list[str], around: dict[str, str]) -> dict[str, float]:
    """Run a command once; return its seconds, seconds of processor and peak memory in MB."""
    started = time.monotonic()
    process = subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None  # noqa: S101  # a pipe was asked for
    message = process.stderr.read().decode()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode not in (0, 1):  # 1: something is listed
        sys.exit(f"{' '.join(command)} ended with {process.returncode}: {message}")
    taken = time.monotonic() - started
    return {"s": taken, "cpu_s": used.ru_utime + used.ru_stime, "mb": used.ru_maxrss * 1024 / 1e6}


def measure(wheel: Path, extras: list[str], folder: Path) -> dict[str, Any]:
    """Install a wheel in an empty environment below `folder`, and return its figures."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / "bin" / "python"
    names = f"[{','.join(extras)}]" if extras else ""
    pip = [str(python), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", f"{wheel.resolve()}{names}"], check=True)
    listed = json.loads(subprocess.check_output([*pip, "list", "--format", "json"]))
    packages = [package for package in listed if package["name"] not in ("pip", "setuptools")]
    installed = size_of(next((folder / "venv" / "lib").glob("python*/site-packages")))
    around = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "OVERZICHT_HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
    }
    product = str(folder / "venv" / "bin" / "overzicht")
    first = run([product, *ASKED], around)
    warm = min((run([product, *ASKED], around) for _ in range(3)), key=lambda figures: figures["s"])
    read_only(folder / "venv")
    bare = run([product, *ASKED], {**around, "HOME": "/nonexistent", "XDG_CACHE_HOME": "/nonexistent"})
    return {
        "wheel_kb": wheel.stat().st_size / 1e3, "packages": len(packages), "installed_mb": installed,
        "help_s": min(run([product, "--help"], around)["s"] for _ in range(3)), "first_s": first["s"],
        "first_cpu_s": first["cpu_s"], "warm_s": warm["s"], "warm_mb": warm["mb"], "bare_s": bare["s"],
    }  # fmt: skip


def read_only(folder: Path) -> None:
    """Close every folder of an installation for writing, which does not bind root."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o555)


def made_wheel() -> Path:
    """Return the wheel of this checkout, as a release has it."""
    subprocess.run(["make", "--directory", str(ROOT), "--silent", "wheel"], check=True)
    return next((ROOT / "build" / "wheels").glob("overzicht-*.whl"))


def of_checkout(linter: str, folder: Path) -> dict[str, str]:
    """Return figures of this checkout: what a linter finds in its interface, and tested lines of the ASVS."""
    with STANDARD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tested = sum(bool(row["tests"]) for row in rows)
    found = "not measured"
    if linter:
        description = folder / "openapi.json"
        source = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        description.write_bytes(subprocess.check_output([sys.executable, "-c", DESCRIBE], env=source))
        linted = subprocess.run([*shlex.split(linter), str(description)], stdout=subprocess.PIPE, check=False)
        severities = [each["severity"] for each in json.loads(linted.stdout)]
        found = f"{severities.count(ERROR)} and {severities.count(WARNING)}"
    return {
        "API Design Rules, errors and warnings": found,
        "OWASP ASVS 5.0, levels 1 and 2: lines that apply, and those with a test": f"{len(rows)}, {tested}",
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--linter", default="", help="command that lints a description of an interface")
    parser.add_argument("wheels", nargs="*", type=Path)
    chosen = parser.parse_args()
    os.environ.pop("PYTHONPATH", None)  # pip would count what lies there as installed
    with tempfile.TemporaryDirectory() as scratch:
        wheels = chosen.wheels or [made_wheel()]
        measures = []
        for number, wheel in enumerate(wheels):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            measures.append(measure(wheel, chosen.extra, folder))
            subprocess.run(["chmod", "-R", "u+w", str(folder)], check=True)
        checkout = of_checkout(chosen.linter, Path(scratch))
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "install.json").write_text(json.dumps(measures, indent=1) + "\n", encoding="utf-8")
    print(f"# Installation\n\n| figure | {' | '.join(wheel.parent.name for wheel in wheels)} |")
    print(f"| --- |{' --- |' * len(measures)}")
    for key, label in SHOWN.items():
        print(f"| {label} | {' | '.join(f'{figures[key]:.4g}' for figures in measures)} |")
    print("\n| figure of this checkout | |\n| --- | --- |")
    for label, figure in checkout.items():
        print(f"| {label} | {figure} |")


if __name__ == "__main__":
    main()
