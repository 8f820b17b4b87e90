"""The control list as data: versions, provisions, notes, terms, quantities, and how two versions differ."""

from overzicht.exportcontrol.controllist.model import (
    ControlList,
    DefinedTerm,
    Join,
    ListItem,
    Note,
    NoteKind,
    Provision,
    VersionId,
)
from overzicht.exportcontrol.controllist.path import (
    ControlPath,
    NotAControlPathError,
    entry_of,
    is_within,
    lineage,
    overlap,
    parent_of,
    parse_path,
    sort_key,
)
from overzicht.exportcontrol.controllist.quantity import Comparison, Quantity, Threshold, read_thresholds

__all__ = [
    "Comparison",
    "ControlList",
    "ControlPath",
    "DefinedTerm",
    "Join",
    "ListItem",
    "NotAControlPathError",
    "Note",
    "NoteKind",
    "Provision",
    "Quantity",
    "Threshold",
    "VersionId",
    "entry_of",
    "is_within",
    "lineage",
    "overlap",
    "parent_of",
    "parse_path",
    "read_thresholds",
    "sort_key",
]
