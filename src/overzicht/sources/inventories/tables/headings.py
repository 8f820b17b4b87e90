"""Headings between the rows of a table, and titles above it: the site or the state of the rows below."""

from collections.abc import Sequence
from dataclasses import dataclass

from overzicht.devices.vocabulary import State, state_in
from overzicht.sources.inventories.tables.header import Header
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.products import is_product
from overzicht.sources.inventories.tables.shapes import is_brand, is_brand_name
from overzicht.sources.inventories.tables.table import TableRow
from overzicht.sources.inventories.tables.vocabulary import vocabulary

LONGEST = 60  # characters of a heading
MOST_WORDS = 8
Filled = Sequence[tuple[int, str]]


@dataclass(slots=True)
class Headings:
    """Reads rows with one or two cells; `site`, `status` and `brand` hold for the rows below."""

    header: Header
    site: str = ""
    brand: str = ""  # of a table without a column of brands
    status: str = ""

    def read_title(self, filled: Filled) -> None:
        """Take the site and the state that a title above the header names."""
        if len(filled) <= 2:
            caption = _captioned(filled)
            self.site = caption or self.site
            self.status = _state(filled[0][1]) or self.status

    def read(self, row: TableRow, filled: Filled, below: TableRow | None, *, is_first: bool) -> str:
        """Return `heading` or `note` for a row that is one; an empty text for any other.

        `below` is the next row. `is_first` says that the row is the first of its block.
        """
        if len(filled) > 2 or not filled or vocabulary().is_total(filled[0][1]):
            return ""
        if caption := _captioned(filled):
            self._take(caption)
            return "heading"
        if len(filled) > 1:
            return ""
        number, cell = filled[0]
        if lexicon().starts(cell, "notes") or vocabulary().is_legend(cell):
            return "note"
        if row.is_heading or self._is_heading(number, cell, row, below, is_first=is_first):
            self._take(cell)
            return "heading"
        return ""

    def _is_heading(
        self, number: int, cell: str, row: TableRow, below: TableRow | None, *, is_first: bool
    ) -> bool:
        """Return whether a cell alone in its row names what the next rows are of."""
        if below is None or below.number != row.number + 1 or sum(map(bool, below.texts)) < 2:
            return False
        is_short = len(cell) <= LONGEST and len(cell.split()) <= MOST_WORDS and cell[-1] not in ".!?"
        if not is_short or number > 1 or self.header.width < 2 or is_product(cell):
            return False
        if self._is_brand(cell):
            return True
        if number in self.header.naming_columns and (is_brand(cell) or any(map(str.isdigit, cell))):
            return False
        sites = self.header.indexes("site")
        if sites and not _state(cell) and any(n < len(below.texts) and below.texts[n] for n in sites):
            return False  # the rows name their site themselves
        return is_first or not any(map(str.isdigit, cell))

    def _is_brand(self, cell: str) -> bool:
        is_open = not self.header.indexes("brand") and bool(self.header.indexes("model"))
        return is_open and is_brand_name(cell.rstrip(" :"))

    def _take(self, heading: str) -> None:
        if self._is_brand(heading):
            self.brand = heading.rstrip(" :")
            return
        self.status = _state(heading)
        self.site = "" if self.status else heading.rstrip(" :")


def _captioned(filled: Filled) -> str:
    """Return the name behind `Locatie:`, in the same cell or the next; empty for any other text."""
    caption, _, name = filled[0][1].partition(":")
    if len(filled) == 2 and name.strip():
        return ""
    value = filled[1][1] if len(filled) == 2 else name.strip()
    has_colon = ":" in filled[0][1]
    fields = {meaning.field for meaning in vocabulary().meanings(caption)}
    is_place = bool({"site", "place", "organisation"} & fields) and filled[0][0] <= 1
    return value if value and has_colon and is_place else ""


def _state(title: str) -> str:
    """Return a title that says that what is below it is planned or out of use; empty for any other."""
    state = state_in(title, is_status=False)
    return title if state in {State.PLANNED, State.OUT_OF_USE} else ""
