"""Dossiers: claims about a party, steps taken, and its own statements, with all versions."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="dossiers",
    title=text("Dossiers"),
    place=70,
    commands={
        "Register": {
            "dossier": ("commands", "Record evidence about a party, steps taken, and its own statements."),
        },
    },
    parts=(
        Part("pages", Entry(text("Dossiers"), "/dossiers", MenuGroup.DOSSIERS)),
        Part("operations", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "demonstration": ("demo:DEMO",),
        "actions of the log": ("records:LOG_ACTIONS",),
        "watched parties": ("party:watched_parties",),
        "parts of a party page": ("sections:dossiers_of_party",),
        "sections of a search": ("sections:dossiers_found",),
        "pages of tasks": ("pages:OF_TASKS",),
    },
    tables=("dossier",),
)
