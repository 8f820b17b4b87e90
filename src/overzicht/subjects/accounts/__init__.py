"""Accounts of the service: who may do what, and how they prove who they are."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(name="accounts", title=text("Accounts"), place=90, is_optional=False)
