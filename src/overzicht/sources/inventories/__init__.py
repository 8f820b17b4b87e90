"""Inventories: spreadsheets, network scans and device answers, read into sightings."""

from overzicht.sources.inventories.interface import (
    ColumnMapping,
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    UnknownInventoryError,
)
from overzicht.sources.inventories.registry import READERS, kinds, read_inventory, recognise_inventory

__all__ = [
    "READERS",
    "ColumnMapping",
    "InventoryProblem",
    "InventoryReader",
    "InventoryResult",
    "UnknownInventoryError",
    "kinds",
    "read_inventory",
    "recognise_inventory",
]
