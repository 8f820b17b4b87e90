"""The licence case of the demonstration: an invented application."""

from pathlib import Path

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.licensing import cases
from overzicht.subjects.licensing.files import application_of
from overzicht.subjects.register.demonstration import DemoPart
from overzicht.workflows.typed_files import named_bytes


def fill(store: Store, examples: Path, actor: Actor) -> None:
    """Begin the case of the example."""
    file = examples / "export-control" / "application.yaml"
    cases.new_case(store, application_of(*named_bytes(file)), actor, replace=False)


DEMO = DemoPart(text("a licence case"), fill)
