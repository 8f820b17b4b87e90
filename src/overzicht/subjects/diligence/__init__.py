"""Law on a date for a described use, and due diligence in six steps, with a file per organisation."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="diligence",
    title=text("Law and due diligence"),
    place=73,
    needs=("dossiers",),
    commands={
        "Look": {
            "law": ("law_commands", "Show law on a date, and assess described uses under it."),
        },
        "Register": {
            "diligence": (
                "diligence_commands",
                "Do due diligence in six steps: map, judge, plan, track, report.",
            ),
        },
    },
    parts=(
        Part("diligence_pages", Entry(text("Due diligence"), "/diligence", MenuGroup.DOSSIERS)),
        Part("law_pages", Entry(text("Law"), "/law", MenuGroup.DOSSIERS)),
        Part("law_operations", interface=Interface.OWN),
        Part("diligence_operations", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
    },
    tables=("diligence_file",),
)
