"""Tables of a web page: a saved list of a program, or the page that many programs name `.xls`."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from overzicht.errors import InputFileError
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.interface import UnknownInventoryError
from overzicht.sources.inventories.tables.packed import too_many_cells
from overzicht.sources.inventories.tables.table import MOST_COLUMNS, RawTable, TableRow
from overzicht.sources.inventories.xml import require_few_attributes

MOST_TABLES = 200
MOST_SPAN = 1_000  # rows or columns that one cell can fill
_START = re.compile(rb"<(?:!doctype html|html|head|body|table|meta)[\s>/]", re.IGNORECASE)
MOST_CELLS = 5_000_000  # a page is held as a tree


def is_web_page(head: bytes) -> bool:
    """Return whether a file starts as HTML."""
    return _START.match(head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20]) is not None


def read_web_page(data: bytes, filename: str) -> list[RawTable]:
    """Return the tables that hold no other table; InputFileError when there is none or too much.

    A cell that spans rows counts in each of them; one that spans columns counts in the first.
    """
    page = data.decode(detect_encoding(data), errors="replace").encode()
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise InputFileError(
            filename, f"not a whole web page ({error})", fix="save the page again"
        ) from error
    require_few_attributes(root, filename)
    all_tables = list(root.iter("table"))
    holders = {holder for table in all_tables for holder in islice(table.iterancestors("table"), 1)}
    tables = [table for table in all_tables if table not in holders]
    if not tables:
        raise UnknownInventoryError(filename, "the page has no table")
    if len(tables) > MOST_TABLES:
        raise InputFileError(
            filename,
            f"the page has {len(tables):,} tables; the limit is {MOST_TABLES:,}",
            fix="export the list as CSV or XLSX",
        )
    sheets: list[RawTable] = []
    left = MOST_CELLS
    for number, table in enumerate(tables, start=1):
        sheets.append(RawTable(f"table {number}" if len(tables) > 1 else "", []))
        for row in _rows(table):
            sheets[-1].rows.append(row)
            left -= len(row.cells) + 1
            if left < 0:
                raise too_many_cells(filename, MOST_CELLS - left, MOST_CELLS)
    return sheets


def _rows(table: html.HtmlElement) -> Iterator[TableRow]:
    below: dict[int, tuple[int, str]] = {}  # by column: how many rows more a cell fills, and its text
    for number, row in enumerate(table.iter("tr"), start=1):
        cells: list[str] = []
        for cell in islice(row.iterchildren("td", "th"), MOST_COLUMNS + 1):
            if len(cells) > MOST_COLUMNS:
                break
            _fill(cells, below)
            words = " ".join(" ".join(cell.itertext()).split())
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            if height > 1:
                below |= {len(cells) + n: (height - 1, "" if n else words) for n in range(width)}
            cells += [words, *[""] * (width - 1)]
        last = max(below, default=-1)
        while len(cells) <= last:  # cells of rows above, beyond the last of this row
            cells += [] if len(cells) in below else [""]
            _fill(cells, below)
        yield TableRow(number, tuple(cells[: MOST_COLUMNS + 1]))


def _fill(cells: list[str], below: dict[int, tuple[int, str]]) -> None:
    """Add the cells of rows above that reach into this column."""
    while len(cells) in below:
        left, words = below.pop(len(cells))
        if left > 1:
            below[len(cells)] = left - 1, words
        cells.append(words)


def _span(cell: html.HtmlElement, name: str) -> int:
    stated = "".join(islice(filter(str.isdecimal, cell.get(name, "")), 5))
    return min(int(stated), MOST_SPAN) if stated and stated.isascii() and int(stated) else 1
