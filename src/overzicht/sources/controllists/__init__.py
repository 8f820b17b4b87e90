"""Readers of control lists: files with the text of Annex I, strictly read, their known defects put right."""

from overzicht.sources.controllists.definitions import read_definitions
from overzicht.sources.controllists.interface import (
    AuthorisationText,
    ControlListText,
    Correction,
    ReadControlList,
)
from overzicht.sources.controllists.reader import read_control_list

__all__ = [
    "AuthorisationText",
    "ControlListText",
    "Correction",
    "ReadControlList",
    "read_control_list",
    "read_definitions",
]
