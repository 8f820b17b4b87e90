"""The dossiers of the demonstration: those that ship with the product."""

from overzicht.evidence import text
from overzicht.subjects.dossiers.importing import ensure_examples
from overzicht.subjects.register.demonstration import DemoPart

DEMO = DemoPart(text("dossiers"), lambda store, _examples, actor: ensure_examples(store, actor))
