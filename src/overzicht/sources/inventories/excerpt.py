"""A few rows or lines of an inventory around a place, so that a person sees where a claim comes from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.header import find_header
from overzicht.sources.inventories.tables.json_list import is_json_list, read_json_list
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook

AROUND = 3  # rows or lines shown before and after
HEAD_LINES = 60  # in which a delimited file shows its header and delimiter
SMALL_BYTES = 1_000_000  # a larger delimited file is not taken apart as a whole for a few of its lines
LONGEST_LINE = 600
PLACE = re.compile(
    r"(?:sheet '(?P<sheet>.*)', )?(?:row|line|item|record) (?P<number>\d+)(?:, (?P<column>.*))?"
)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row or line by its number as a person counts; `cells` are its texts, a line has one."""

    number: int
    cells: tuple[str, ...]
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows under their header, or lines of a text (`header` is then empty)."""

    sheet: str
    header: tuple[str, ...]
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place as citations and problems name it; `column` is the header of the one cell that is meant."""

    sheet: str
    number: int
    column: str


def place_of(place: str) -> Place | None:
    """Return a place in a table; None for any other text.

    >>> place_of("sheet 'Lijst', row 7, MAC")
    Place(sheet='Lijst', number=7, column='MAC')
    """
    located = PLACE.fullmatch(place)
    return Place(located["sheet"] or "", int(located["number"]), located["column"] or "") if located else None


@in_child(Limits())
def around(path: Path, filename: str, place: str, words: tuple[str, ...] = ()) -> Excerpt | None:
    """Return the rows around a place, that one marked; else the lines around the first that has a word.

    None if the file has neither. Raises InputFileError for a file that cannot be read.
    """
    located = place_of(place)
    if located is None:
        searched = [
            word.casefold() for word in [*words, *re.findall(r"\(([^()]+)\)", place)] if len(word) > 3
        ]
        try:
            lines = as_utf8(Origin(path).read_bytes()).decode("utf-8", errors="replace").splitlines()
        except InputFileError:
            return None
        at = next((n for n, line in enumerate(lines) if any(w in line.casefold() for w in searched)), None)
        if at is None:
            return None
        first = max(0, at - AROUND)
        shown = lines[first : at + AROUND + 1]
        rows = tuple(
            ShownRow(first + n + 1, (line[:LONGEST_LINE],), first + n == at) for n, line in enumerate(shown)
        )
        return Excerpt("", (), rows)
    numbers = range(max(1, located.number - AROUND), located.number + AROUND + 1)
    return rows_at(path, filename, located.sheet, numbers, located.number)


def rows_at(path: Path, filename: str, sheet: str, numbers: Sequence[int], marked: int = 0) -> Excerpt | None:
    """Return these rows of a table with its header; None if the file is not a table."""
    # the table, and the real numbers of the rows that are numbered otherwise in it
    origin = Origin(path)
    data = origin.read_bytes()
    real: dict[int, int] = {}
    if is_workbook(data[:8]):
        table = next(iter(read_workbook(data, filename, sheet)), None)
    elif is_json_list(data[:65_536]):
        table = read_json_list(origin)
    else:
        is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        if len(data) <= SMALL_BYTES or is_wide:
            table = read_delimited(data, filename).table
        else:
            lines = data.split(b"\n")
            picked = [n for n in sorted(numbers) if HEAD_LINES < n <= len(lines)]
            parts = [*lines[:HEAD_LINES], *(lines[n - 1] for n in picked)]
            real = {HEAD_LINES + index: n for index, n in enumerate(picked, start=1)}
            table = read_delimited(b"\n".join(parts), filename).table
    if table is None:
        return None
    header = find_header(table, {})
    names = next((row.texts for row in table.rows if header and row.number == header.row), ())
    rows = tuple(
        ShownRow(real.get(row.number, row.number), row.texts, real.get(row.number, row.number) == marked)
        for row in table.rows
        if real.get(row.number, row.number) in set(numbers) and not (header and row.number <= header.row)
    )
    return Excerpt(table.sheet, tuple(names), rows) if rows else None
