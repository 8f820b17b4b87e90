"""Denials: what states refused, and who read about it."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(name="denials", title=text("Denials"), place=65)
