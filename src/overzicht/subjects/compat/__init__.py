"""Interfaces of other products, yente and OpenRefine: their tools work with the lists without changes."""

from overzicht.composition import Interface, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="compat",
    title=text("Interfaces of other products"),
    place=80,
    parts=(
        Part("entity_page"),
        Part("system", interface=Interface.YENTE),
        Part("matching", interface=Interface.YENTE),
        Part("entities", interface=Interface.YENTE),
        Part("reconcile", interface=Interface.RECONCILIATION),
    ),
)
