"""Hostile files: the command refuses them within their limits, and the service goes on while it reads one."""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from functional_tools import run_command

PASSWORD = "lantaarn fiets zomer kaas"  # noqa: S105
SECONDS = 3  # of processor time for the hostile file
# A flaw that nobody knows yet: a pattern that never ends, and that holds the interpreter meanwhile.
FLAW = """
import csv, re
real = csv.reader
def reader(lines, *arguments, **options):
    if hasattr(lines, "__len__") and lines and "ENDLESS" in lines[0]:
        re.match(r"(a+)+$", "a" * 60 + "!")
    return real(lines, *arguments, **options)
csv.reader = reader
"""


@pytest.fixture
def flawed(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a home for commands in processes of their own, whose reader of tables has a flaw."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(FLAW)
    path = os.pathsep.join([str(tmp_path / "site"), *filter(None, [os.environ.get("PYTHONPATH")])])
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("OVERZICHT_READING_SECONDS", str(SECONDS))
    return own_home


def overzicht(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "overzicht", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_command_refuses_a_file_at_its_limit(flawed: Path, tmp_path: Path) -> None:
    assert flawed
    (tmp_path / "hostile.csv").write_text("merk,type,ENDLESS\nHikvision,DS-2CD2042WD-I,\n")
    done = overzicht("overview", tmp_path / "hostile.csv")
    assert done.returncode == 10
    assert f"hostile.csv: could not be read: it takes more time than the limit of {SECONDS}" in done.stderr
    assert "Traceback" not in done.stderr


def test_hostile_files_are_refused_soon_and_without_a_traceback(own_home: Path, tmp_path: Path) -> None:
    assert own_home
    made = {
        "brackets.csv": "(" * 130_000 + ",merk\nx,Hikvision\n",
        "square.csv": "[" * 130_000 + ";merk\nx;Hikvision\n",
        "deep.json": "[" * 16_000,
        "half.json": '[{"merk": "Hikvision\\ud800", "type": "DS-2CD2042WD-I"}]',
        "entities.xml": "<!DOCTYPE n [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><nmaprun>&b;</nmaprun>",
        "twice.json": '[{"merk": "Hikvision", "merk": "Dahua", "type": "DS-2CD2042WD-I"}]',
        "nothing.xml": "<nmaprun>+ADw-host/+AD4-</nmaprun>",
        "none.geojson": '{"type": "FeatureCollection", "features": []}',
    }
    for name, content in made.items():
        (tmp_path / name).write_text(content)
    files = [str(tmp_path / name) for name in made]
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from overzicht.errors import OverzichtError\n"
        "from overzicht.sources.inventories.registry import read_inventory\n"
        "for name in sys.argv[1:]:\n"
        "    start = time.monotonic()\n"
        "    try:\n"
        "        result = len(read_inventory(Path(name)).sightings)\n"
        "    except OverzichtError as error:\n"
        "        result = error.exit_code\n"
        "    print(Path(name).name, result, time.monotonic() - start < 5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *files], capture_output=True, text=True, timeout=120, check=False
    )
    read = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert done.stderr == ""
    assert read == {name: ["10", "True"] for name in made}


@contextmanager
def served() -> Iterator[str]:
    command = [sys.executable, "-m", "overzicht", "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in process.stdout if "serves at" in line)
            yield line.split("serves at ")[1].split()[0]
        finally:
            process.kill()


def answer(address: str, path: str, secret: str = "", upload: bytes | None = None) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    if upload is not None:
        headers["Content-Type"] = "multipart/form-data; boundary=b"
    request = urllib.request.Request(f"{address}{path}", data=upload, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
        data: dict[str, object] = json.loads(response.read())
        return data


def wait_for(address: str) -> None:
    for _ in range(400):
        with suppress(OSError):
            answer(address, "/healthz")
            return
        time.sleep(0.1)


def file_named(name: str, content: bytes) -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--b--\r\n"


@pytest.mark.slow
def test_the_service_answers_while_it_reads_a_hostile_file(flawed: Path) -> None:
    assert flawed
    run_command("users", "add", "anna", "--role", "admin", "--password-file", "-", stdin=PASSWORD)
    secret = run_command("users", "token", "robot", "--role", "editor").stdout.strip().splitlines()[-1]
    hostile = file_named("hostile.csv", b"merk,type,ENDLESS\nHikvision,DS-2CD2042WD-I,\n")
    good = file_named("good.csv", b"merk,type\nHikvision,DS-2CD2042WD-I\n")
    with served() as address:
        wait_for(address)
        job = answer(address, "/api/v1/runs?as-of=2026-11-25", secret, hostile)
        waits, state = [], "running"
        while state in ("waiting", "queued", "running"):
            start = time.monotonic()
            assert answer(address, "/healthz")["status"] == "ok"
            waits.append(time.monotonic() - start)
            shown = answer(address, f"/api/v1/jobs/{job['id']}")
            state = str(shown["state"])
            time.sleep(0.1)
        assert max(waits) < 1
        assert state == "failed", shown
        assert "more time than the limit" in json.dumps(shown)
        job = answer(address, "/api/v1/runs?as-of=2026-11-25", secret, good)
        while state != "done":
            shown = answer(address, f"/api/v1/jobs/{job['id']}")
            state = str(shown["state"])
            assert state != "failed" or shown["id"] != job["id"], shown
            time.sleep(0.1)
