"""The tutorials of the two officers show what is printed."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from overzicht.exportcontrol.denials.exchange import read_file
from overzicht.workflows.licensing.files import read_application, read_criteria


@pytest.fixture(scope="module")
def console(project_root: Path) -> ModuleType:
    path = project_root / "tools" / "console_blocks.py"
    spec = importlib.util.spec_from_file_location("export_console_blocks", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["compliance-officer", "licensing-officer"])
def test_the_tutorial_shows_what_is_printed(name: str, console: ModuleType, tmp_path: Path) -> None:
    page = Path(f"docs/tutorial/{name}.md")
    found = list(console.faults(page, console.Scratch(tmp_path)))
    report = "\n".join(f"{step.command}\n" + "\n".join(got) for step, got in found)
    assert not found, f"{report}\n(write it with tools/console_blocks.py)"
    assert console.steps_in(page.read_text(encoding="utf-8"))


def test_the_shipped_examples_are_what_they_say(project_root: Path) -> None:
    folder = project_root / "examples" / "export-control"
    assert read_file((folder / "nl-denials.json").read_bytes(), "x").from_state == "NL"
    assert len(read_criteria(folder / "criteria.yaml", "somebody")) == 11
    drafts = [read_application(folder / f"{name}.yaml").id for name in ("application", "first-draft")]
    assert drafts == ["DE-2026-17"] * 2
