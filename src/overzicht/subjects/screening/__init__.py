"""Screening: what the lists answer about a party on a date, and which records are one party."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="screening",
    title=text("Screening"),
    place=32,
    is_optional=False,
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "kinds of jobs": (
            "jobs:NAMES",
            "jobs:PARTIES",
            "jobs:SAME",
        ),
        "screenings again": ("party_files:screen_all_again",),
    },
)
