"""The fixed words of registers of several organisations: what they count, and how much they share."""

from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of
from overzicht.register.merging import Level

NUMBERS: Mapping[str, Text] = {
    "total": text("devices"),
    "listed": text("of listed manufacturers"),
    "listed_relabelled": text("of these under another brand"),
    "owner_listed": text("of manufacturers with a listed owner"),
    "relabelled": text("under another brand in all"),
    "unknown": text("of an unknown or undecided manufacturer"),
    "undecided": text("of these undecided between manufacturers"),
    "not_checked": text("of manufacturers that no list covers on this date"),
    "other_equipment": text("other equipment, not surveillance, counted apart"),
    "later": text("bought or first seen after this day, not counted"),
    "planned": text("planned"),
    "in_use": text("in use"),
    "not_seen": text("not seen any more"),
    "out_of_use": text("out of use"),
    "replaced": text("replaced"),
    "removed": text("removed"),
}

LEVELS: Mapping[str, Text] = words_of(Level)
