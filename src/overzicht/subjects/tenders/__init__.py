"""Procurement notices: OCDS, TED XML and eForms, read into what they name of makers and models.

    notice_readers.NOTICE_READERS              the readers, among those of the inventories
    notice_readers.read_notices(path)          the notices themselves, with what each names

A name counts only where surveillance is bought; a chamber of commerce is not a camera (`naming`).
"""

from overzicht.composition import Entry, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="tenders",
    title=text("Tenders"),
    place=50,
    commands={"Look": {"tenders": ("commands", "List manufacturers and models in procurement notices.")}},
    synonyms="notices=tenders",
    parts=(Part("pages", Entry(text("Tenders"), "/tenders", MenuGroup.MAKERS)),),
    adds={"inventory readers": ("notice_readers:NOTICE_READERS",)},
)
