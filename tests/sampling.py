"""What `make test` leaves out (`--sample`): slow tests, and most cases of tests that have many.

Without the option every test runs, as `make test-full` does. A sample is drawn by the commit, so that it
is the same for everybody who tests that commit, and other cases come up in the next one.
"""

import hashlib
import os
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

VARIABLE = "TEST_SAMPLE"
ROOT = Path(__file__).resolve().parent.parent


def seed() -> str:
    """Return what TEST_SAMPLE says, else the start of the commit's hash; empty outside a repository."""
    if VARIABLE not in os.environ:  # the processes of a run inherit it
        command = ["git", "rev-parse", "--short=12", "HEAD"]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        except FileNotFoundError:  # no git
            return ""
        os.environ[VARIABLE] = done.stdout.strip()
    return os.environ[VARIABLE]


def left_out(items: list[pytest.Item], seed: str) -> set[pytest.Item]:
    """Return the slow tests, and the cases of tests marked `sampled(every)` but one in `every`."""
    cases: dict[str, list[pytest.Item]] = defaultdict(list)
    out = set()
    for item in items:
        if item.get_closest_marker("slow"):
            out.add(item)
        elif item.get_closest_marker("sampled"):
            cases[item.nodeid.partition("[")[0]].append(item)
    for group in cases.values():
        marker = group[0].get_closest_marker("sampled")
        assert marker is not None
        group.sort(key=lambda item: hashlib.sha256(f"{seed} {item.nodeid}".encode()).digest())
        out.update(group[-(-len(group) // marker.args[0]) :])
    return out
