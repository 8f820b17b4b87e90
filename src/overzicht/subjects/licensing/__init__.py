"""Export authorisations: cases from application to decision, and the work of the office."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(name="licensing", title=text("Licences"), place=60)
