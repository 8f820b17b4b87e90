"""The subjects of an installation: what help shows, what is closed, and that a choice keeps its needs."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

MUNICIPALITY = {
    "overview", "inventories", "explain", "runs", "cards", "screen", "lists", "parties", "register",
    "compare",
    "judge", "withdraw", "alerts", "tasks", "subjects", "demo", "serve", "users", "log",
}  # fmt: skip


def overzicht(home: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own: the choice is read when the product starts."""
    environment = {name: value for name, value in os.environ.items() if name != "OVERZICHT_SUBJECTS"}
    return subprocess.run(
        [sys.executable, "-m", "overzicht", *words],
        env={**environment, "OVERZICHT_HOME": str(home), **settings},
        capture_output=True,
        text=True,
        check=False,
    )


def enabled(home: Path, *words: str, **settings: str) -> set[str]:
    """Return the optional subjects that are enabled, after a change."""
    run = overzicht(home, "subjects", *words, "--json", **settings)
    assert run.returncode == 0, run.stderr
    return {line["name"] for line in json.loads(run.stdout) if line["optional"] and line["enabled"]}


def shown(home: Path) -> set[str]:
    """Return the commands that help shows."""
    return set(re.findall(r"^  ([a-z]+)  +\S", overzicht(home, "--help").stdout, re.M))


def test_a_new_installation_shows_what_a_municipality_uses_and_runs_the_rest(tmp_path: Path) -> None:
    assert shown(tmp_path) == MUNICIPALITY
    listing = overzicht(tmp_path, "licence", "list")
    assert listing.returncode == 0, listing.stderr


def test_what_the_store_has_stays_in_sight(tmp_path: Path) -> None:
    dossier = overzicht(
        tmp_path, "dossier", "new", "hikvision", "--about", "hikvision", "--title", "Cameras", "--by", "ann"
    )
    assert dossier.returncode == 0, dossier.stderr
    assert enabled(tmp_path) == {"dossiers"}
    assert shown(tmp_path) == MUNICIPALITY | {"dossier"}


def test_a_subject_comes_with_its_needs_and_goes_with_those_that_need_it(tmp_path: Path) -> None:
    assert enabled(tmp_path, "enable", "licensing") == {"licensing", "control_list", "diligence", "dossiers"}
    assert shown(tmp_path) == MUNICIPALITY | {"control", "licence", "denial", "law", "diligence", "dossier"}
    assert enabled(tmp_path, "disable", "diligence") == {"control_list", "dossiers"}


def test_a_closed_subject_has_no_command_and_says_how_to_open_it(tmp_path: Path) -> None:
    enabled(tmp_path, "enable", "tenders")
    refused = overzicht(tmp_path, "licence", "list")
    assert refused.returncode == 14
    assert "overzicht subjects enable licensing" in refused.stderr
    assert overzicht(tmp_path, "control", "use", "list").returncode == 14


def test_the_environment_chooses_before_the_file(tmp_path: Path) -> None:
    enabled(tmp_path, "enable", "tenders")
    assert enabled(tmp_path, OVERZICHT_SUBJECTS="census, compat") == {"census", "compat"}
    refused = overzicht(tmp_path, "subjects", "enable", "census", OVERZICHT_SUBJECTS="tenders")
    assert (refused.returncode, "OVERZICHT_SUBJECTS" in refused.stderr) == (14, True)


@pytest.mark.parametrize(("name", "code"), [("nothing", 11), ("register", 11)])
def test_only_an_optional_subject_can_be_chosen(tmp_path: Path, name: str, code: int) -> None:
    refused = overzicht(tmp_path, "subjects", "enable", name)
    assert refused.returncode == code
    assert "tenders" in refused.stderr


def test_each_subject_says_its_folder(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    for line in json.loads(overzicht(tmp_path, "subjects", "--json").stdout):
        assert (root / line["folder"] / "__init__.py").is_file()
        assert set(line) == {"name", "folder", "optional", "enabled", "needs"}


@pytest.mark.parametrize(("chosen", "others"), [("tenders", []), ("compat", ["yente", "reconciliation"])])
def test_an_interface_without_its_subject_has_no_description(chosen: str, others: list[str]) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "from overzicht.web.openapi import PATHS; print(*PATHS)"],
        env={**os.environ, "OVERZICHT_SUBJECTS": chosen}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    middle = [f"/openapi/{name}.json" for name in others]
    assert run.stdout.split() == ["/api/v1/openapi.json", *middle, "/openapi.json"]
