"""Result of reading a control list: the list, the corrections, and other texts of the file."""

from dataclasses import dataclass

from overzicht.evidence import Text
from overzicht.subjects.control_list.build import Row
from overzicht.subjects.control_list.model import ControlList, DefinedTerm


@dataclass(frozen=True, slots=True)
class Correction:
    """A defect of the file that was found and put right: where, and what was done."""

    place: str
    what: Text


@dataclass(frozen=True, slots=True)
class AuthorisationText:
    """The text of a Union general authorisation as the file gives it, with its destinations corrected."""

    id: str
    title: str
    text: str
    destinations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlListText:
    """A file's content before it is built into a list."""

    rows: tuple[Row, ...]
    corrections: tuple[Correction, ...] = ()
    definitions: tuple[DefinedTerm, ...] = ()
    general_notes: tuple[tuple[str, str], ...] = ()
    authorisations: tuple[AuthorisationText, ...] = ()
    date_in_file: str = ""


@dataclass(frozen=True, slots=True)
class ReadControlList:
    """A list as read from a file; `layout` names the form of the file."""

    list: ControlList
    layout: str
    corrections: tuple[Correction, ...] = ()
    authorisations: tuple[AuthorisationText, ...] = ()
