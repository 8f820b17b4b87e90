"""Inventories: how the columns of a list are read, and the devices in it."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="inventories",
    title=text("Inventories"),
    place=20,
    is_optional=False,
)
