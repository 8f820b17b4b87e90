"""The register: what people do about devices, and what they decide."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(name="register", title=text("The register of equipment"), place=30, is_optional=False)
