"""The parliamentary questions of the demonstration: one invented paper."""

from overzicht.evidence import text
from overzicht.subjects.questions.taking import add_files
from overzicht.subjects.register.demonstration import DemoPart

DEMO = DemoPart(
    text("parliamentary questions"),
    lambda store, examples, actor: add_files(
        store, [examples / "demo" / "2026Z99901.txt"], actor.name, actor.at
    ),
)
