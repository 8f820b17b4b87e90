"""What goes with a release: its parts with licences and hashes, its metadata, and its rules for people."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import public_code
import pytest
import sbom
import yaml

import overzicht

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    return sbom.bill()


def test_the_bill_is_valid_and_the_same_each_time(bill: dict[str, Any]) -> None:
    text = json.dumps(bill)
    assert sbom.faults_in(text) == ""
    assert json.dumps(sbom.bill()) == text
    broken = json.dumps({**bill, "bomFormat": "Other"})
    assert sbom.faults_in(broken)


def test_each_part_has_a_licence_and_the_hashes_of_the_lock(bill: dict[str, Any]) -> None:
    locked = sbom.locked()
    for part in bill["components"]:
        assert part["licenses"], part["name"]
        assert {h["content"] for h in part["hashes"]} == set(locked[part["name"]][1]) != set()
        assert part["purl"] == f"pkg:pypi/{part['name']}@{locked[part['name']][0]}"
    assert len(bill["components"]) > 50
    assert "ruff" not in {part["name"] for part in bill["components"]}  # a tool of developers


def test_each_dependency_is_a_part(bill: dict[str, Any]) -> None:
    refs = {part["bom-ref"] for part in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert {entry["ref"] for entry in bill["dependencies"]} == refs
    assert {ref for entry in bill["dependencies"] for ref in entry["dependsOn"]} <= refs
    assert len(bill["dependencies"][0]["dependsOn"]) > 10


def test_the_metadata_for_catalogues_is_valid_and_says_what_is_open() -> None:
    content = yaml.safe_load(public_code.SOURCE.read_text(encoding="utf-8"))
    assert public_code.mistakes_in(content) == []
    assert public_code.open_points(content) == ["url", "organisation"]


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"url": "https://overzicht.example/x.git"}, "reserved name"),
        ({"developmentStatus": "ready"}, "developmentStatus"),
        ({"publiccodeYmlVersion": "0.4"}, "not 0.7"),
        ({"legal": {"license": "EUPL-1.2", "repoOwner": "x"}}, "repoOwner"),
        ({"releaseDate": "soon"}, "not a date"),
        ({"maintenance": {"type": "community"}}, "contacts"),
        ({"nothing": 1}, "no such key"),
        ({"name": ""}, "missing"),
    ],
)
def test_a_mistake_in_the_metadata_is_named(change: dict[str, Any], mistake: str) -> None:
    content = yaml.safe_load(public_code.SOURCE.read_text(encoding="utf-8"))
    assert any(mistake in line for line in public_code.mistakes_in(content | change))


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = yaml.safe_load(public_code.SOURCE.read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {project["version"], str(code["softwareVersion"]), citation["version"]} == {overzicht.__version__}
    assert str(code["releaseDate"]) == str(citation["date-released"])
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(
        rf"^## \[{re.escape(overzicht.__version__)}\] - \d{{4}}-\d\d-\d\d$", changes, re.MULTILINE
    )


def test_each_file_has_a_licence() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reuse", "--root", str(ROOT), "lint", "--quiet"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert (ROOT / "LICENSES/EUPL-1.2.txt").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_each_requirement_of_the_standard_for_public_code_is_met_or_has_a_reason() -> None:
    page = (ROOT / "docs/explanation/public-code.md").read_text(encoding="utf-8")
    table = [[cell.strip() for cell in line.split("|")[1:-1]] for line in page.splitlines()]
    rows = [cells for cells in table if len(cells) == 4 and cells[2] in {"yes", "publisher"}]
    assert len(rows) == 46
    assert len({criterion for criterion, *_ in rows if criterion}) == 15
    assert all(requirement and reason for _, requirement, _, reason in rows)
    assert sum(state == "publisher" for _, _, state, _ in rows) == 9
    version = f"version {overzicht.__version__}, in development"
    assert version in (ROOT / "README.md").read_text(encoding="utf-8")
