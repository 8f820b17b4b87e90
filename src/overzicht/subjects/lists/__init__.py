"""Official lists: their versions, what changed, and which entries were in force on a date."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="lists",
    title=text("Official lists"),
    place=31,
    is_optional=False,
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "kinds of jobs": (
            "jobs:UPDATE",
            "jobs:LOAD",
        ),
        "work by the clock": ("schedule:ListSchedule",),
    },
)
