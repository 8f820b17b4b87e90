"""The words of an answer."""

from collections.abc import Mapping

from overzicht.dates import Holds
from overzicht.evidence import Text, text

HOLDS: Mapping[str, Text] = {Holds.YES: text("yes"), Holds.NO: text("no"), Holds.UNKNOWN: text("unknown")}
