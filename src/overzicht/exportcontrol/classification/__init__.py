"""Classification: a product's stated facts walked along the provisions; nothing is decided on an unknown."""

from overzicht.exportcontrol.classification.classify import classify
from overzicht.exportcontrol.classification.item import Item, ItemFact, read_item
from overzicht.exportcontrol.classification.listday import ListDay
from overzicht.exportcontrol.classification.result import (
    Classification,
    Leaf,
    Met,
    PathResult,
    Quote,
    Release,
)

__all__ = [
    "Classification",
    "Item",
    "ItemFact",
    "Leaf",
    "ListDay",
    "Met",
    "PathResult",
    "Quote",
    "Release",
    "classify",
    "read_item",
]
