"""The examples of export control that ship are what their tutorials say."""

from pathlib import Path

from overzicht.subjects.licensing.denial_exchange import read_file
from overzicht.subjects.licensing.files import application_of, criteria_of
from overzicht.workflows.typed_files import named_bytes


def test_the_shipped_examples_are_what_they_say(project_root: Path) -> None:
    folder = project_root / "examples" / "export-control"
    assert read_file((folder / "nl-denials.json").read_bytes(), "x").from_state == "NL"
    assert len(criteria_of(*named_bytes(folder / "criteria.yaml"), "somebody")) == 11
    files = [folder / f"{name}.yaml" for name in ("application", "first-draft")]
    drafts = [application_of(*named_bytes(file)).id for file in files]
    assert drafts == ["DE-2026-17"] * 2
