"""Classification: a product's stated facts walked along the provisions; nothing is decided on an unknown."""

from overzicht.exportcontrol.classification.classify import classify
from overzicht.exportcontrol.classification.item import Item, ItemFact, read_item
from overzicht.exportcontrol.classification.listday import ListDay
from overzicht.exportcontrol.classification.result import (
    Classification,
    ConditionResult,
    EvaluatedCondition,
    PathResult,
    Quote,
    Release,
)

__all__ = [
    "Classification",
    "ConditionResult",
    "EvaluatedCondition",
    "Item",
    "ItemFact",
    "ListDay",
    "PathResult",
    "Quote",
    "Release",
    "classify",
    "read_item",
]
