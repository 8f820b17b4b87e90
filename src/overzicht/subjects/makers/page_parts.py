"""What subjects add to pages of others: parts, each with a template of the subject that shows it.

The template of the page includes that of the part, which has the names of the page and `part` itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from overzicht.composition import Slot
from overzicht.evidence import Text
from overzicht.subjects.makers.profile import MakerFacts
from overzicht.web.context import PageContext


@dataclass(frozen=True, slots=True)
class PagePart:
    """A part of a page: its template, and the values that only this template uses."""

    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FoundSection(PagePart):
    """A section of the answer of a search: its anchor and heading, and the number of all that was found.

    A section in which nothing was found is not shown.
    """

    anchor: str
    heading: Text
    count: int


# terms of the section "Here" on the page of a party; None if the reader may not see any
OF_PARTY: Slot[Callable[[PageContext, MakerFacts], PagePart | None]] = Slot("parts of a party page")
# what a search for words finds, with the most items that a section shows
FOUND: Slot[Callable[[PageContext, str, int], FoundSection]] = Slot("sections of a search")
