"""Labels of the terms that describe a use, and of assessment outcomes."""

from collections.abc import Mapping

from overzicht.dates import Holds
from overzicht.diligence.facts import FactName, Ground
from overzicht.diligence.uses import Act, ActorKind, Side
from overzicht.diligence.weighing import Label, Outcome
from overzicht.evidence import Text, text
from overzicht.evidence.worded import words_of

FACTS: Mapping[str, Text] = words_of(FactName)
GROUNDS: Mapping[str, Text] = words_of(Ground)
ACTS: Mapping[str, Text] = words_of(Act)
ACTORS: Mapping[str, Text] = words_of(ActorKind)
SIDES: Mapping[str, Text] = words_of(Side)
OUTCOMES: Mapping[str, Text] = words_of(Outcome)
LABELS: Mapping[str, Text] = words_of(Label)

HOLDS: Mapping[str, Text] = {Holds.YES: text("yes"), Holds.NO: text("no"), Holds.UNKNOWN: text("unknown")}
