"""Inventories: spreadsheets, network scans and device answers, read into sightings."""

from overzicht.sources.inventories.interface import (
    ColumnMapping,
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    UnknownInventoryError,
)
from overzicht.sources.inventories.registry import kinds, read_inventory, readers, recognise_inventory

__all__ = [
    "ColumnMapping",
    "InventoryProblem",
    "InventoryReader",
    "InventoryResult",
    "UnknownInventoryError",
    "kinds",
    "read_inventory",
    "readers",
    "recognise_inventory",
]
