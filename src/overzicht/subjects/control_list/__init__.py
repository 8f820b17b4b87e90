"""The control list of dual-use items, and what depends on its provisions."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(name="control_list", title=text("The control list"), place=55)
