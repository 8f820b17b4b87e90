"""The fixed words of registers of several organisations: what they count, and how much they share."""

from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of
from overzicht.register.merging import Level

NUMBERS: Mapping[str, Text] = {
    "total": text("devices"),
    "listed": text("of makers on an official list"),
    "listed_relabelled": text("of these under another brand"),
    "owner_listed": text("of makers with an owner on a list"),
    "relabelled": text("under another brand in all"),
    "unknown": text("of an unknown or undecided maker"),
    "undecided": text("of these undecided between makers"),
    "not_checked": text("of makers of whom no list could tell"),
    "other_equipment": text("other equipment, not surveillance, counted apart"),
    "later": text("bought or first seen after this day, not counted"),
    "planned": text("planned"),
    "in_use": text("in use"),
    "not_seen": text("not seen any more"),
    "replaced": text("replaced"),
    "removed": text("removed"),
}

LEVELS: Mapping[str, Text] = words_of(Level)
