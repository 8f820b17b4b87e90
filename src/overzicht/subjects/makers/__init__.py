"""Manufacturers and other parties: all that is known about one as of a date."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="makers",
    title=text("Manufacturers"),
    place=33,
    is_optional=False,
    adds={
        "contracts": ("contracts:CONTRACTS",),
    },
)
