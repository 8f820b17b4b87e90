"""Readers of control lists: files with the text of Annex I, strictly read, their known defects put right."""

from overzicht.sources.controllists.definitions import read_definitions
from overzicht.sources.controllists.interface import (
    AuthorisationText,
    Correction,
    ReadControlList,
    WordsOfTheList,
)
from overzicht.sources.controllists.reader import read_control_list

__all__ = [
    "AuthorisationText",
    "Correction",
    "ReadControlList",
    "WordsOfTheList",
    "read_control_list",
    "read_definitions",
]
