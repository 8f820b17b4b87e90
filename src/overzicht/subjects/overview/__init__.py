"""The overview: inventories in, one cited report out."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="overview",
    title=text("Overview"),
    place=10,
    is_optional=False,
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "kinds of jobs": ("jobs:MAKE",),
    },
)
