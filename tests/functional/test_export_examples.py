"""The examples of export control that ship are what their tutorials say."""

from pathlib import Path

from overzicht.exportcontrol.denials.exchange import read_file
from overzicht.workflows.licensing.files import read_application, read_criteria


def test_the_shipped_examples_are_what_they_say(project_root: Path) -> None:
    folder = project_root / "examples" / "export-control"
    assert read_file((folder / "nl-denials.json").read_bytes(), "x").from_state == "NL"
    assert len(read_criteria(folder / "criteria.yaml", "somebody")) == 11
    drafts = [read_application(folder / f"{name}.yaml").id for name in ("application", "first-draft")]
    assert drafts == ["DE-2026-17"] * 2
