"""The rows of a table: devices, and titles, headings, totals, notes and rows that are not devices."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from overzicht.devices import Sighting
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.identifiers import mac
from overzicht.isolation.packing import Packing
from overzicht.progress import watched
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.cell_values import OWN_ADDRESS, read_number
from overzicht.sources.inventories.tables.checks import SerialCheck, Sum, Tally
from overzicht.sources.inventories.tables.header import Header, is_repeated
from overzicht.sources.inventories.tables.headings import Filled, Headings
from overzicht.sources.inventories.tables.lexicon import THINGS
from overzicht.sources.inventories.tables.products import is_product
from overzicht.sources.inventories.tables.regions import Part
from overzicht.sources.inventories.tables.repeats import Repeats
from overzicht.sources.inventories.tables.rows import RowReader
from overzicht.sources.inventories.tables.shapes import is_brand
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import vocabulary

MOST_GAPS = 20  # ranges of empty rows that are named
MOST_NAMED = 8  # rows that one doubt names
FEWEST_WORDS = 3  # of a sentence
MOST_QUOTED = 200  # characters of a row that is left out
LEFT_OUT = {
    "title": text("A title, not a device"),
    "heading": text("A heading, not a device"),
    "total": text("A total, not a device"),
    "repeated header": text("The header once more, not a device"),
    "note": text("A note, not a device"),
    "group address": text("A group address, not a device"),
    "own address": text("The address of the program itself, not a device"),
    "empty": text("Empty rows between the devices"),
    "placeholder": text("A placeholder of an empty form, not a device"),
    "none": text("A quantity of zero, not a device"),
    "free": text("An address or place marked as free, not a device"),
    "silent": text("An address at which nothing answered, not a device"),
    **THINGS,
}
SURROUNDINGS = frozenset(LEFT_OUT[what] for what in ("heading", "total", "note"))  # of the devices
NAMING = ("label", "mac", "serial", "brand", "model", "brand_and_model")
COORDINATES = ("latitude", "longitude")
PLACING = (*COORDINATES, "site", "place", "address")
ZERO = re.compile(r"-?0+(?:[.,]0+)?")
AROUND = ("title", "repeated header", "empty")  # rows around the records of a table
GROUP_ADDRESS = re.compile(r"(?:22[4-9]|23\d|255)\.|ff0|FF0")
READING = text("Reading rows")
_PLACEHOLDER = re.compile(
    r"<[^<>]{1,60}>|\{\{?[^{}]{1,60}\}\}?|\$\{[^{}]{1,60}\}|\[[^\[\]]{1,60}\]|%\w{1,40}%|[YMDJTHS]{2,4}(?:[-/.][YMDJTHS]{2,4}){1,2}"
)
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


@dataclass(slots=True)
class Content:
    """Content of the tables read so far; `left_out` has other rows, by the keys of `LEFT_OUT`."""

    sightings: Packing[Sighting] = field(default_factory=lambda: Packing(Sighting))
    problems: list[InventoryProblem] = field(default_factory=list)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)
    doubts: list[InventoryProblem] = field(default_factory=list)
    serials: SerialCheck = field(default_factory=SerialCheck)
    sums: dict[str, Sum] = field(default_factory=dict)  # of each sheet
    records: int = 0

    def leave_out(self, what: str, place: str, row: TableRow) -> None:
        """Record a row that is not a device, with its words."""
        words = " ".join(cell for cell in row.texts if cell)[:MOST_QUOTED]
        self.add(what, LeftOut(place, LEFT_OUT[what], words, 0 if what in AROUND else 1))

    def read(self, rows: RowReader, row: TableRow, tally: Tally) -> None:
        """Take a row as a device."""
        self.records += 1
        sighting, problems = rows.read(row)
        self.sightings.append(sighting)
        self.problems += problems
        self.serials.add(sighting, row)
        tally.add(sighting.quantity)
        if sighting.quantity > 1:
            tally.remember(row, sighting.quantity)

    def add(self, what: str, row: LeftOut) -> None:
        """Record something that is not counted."""
        self.records += row.records
        self.left_out.append((what, row))


@dataclass(slots=True)
class PartReader:
    """Reads the rows of one table into the content of the file."""

    origin: Origin
    part: Part
    content: Content
    rows: RowReader = field(init=False)
    repeats: Repeats = field(init=False)
    tally: Tally = field(init=False)
    headings: Headings = field(init=False)
    is_legend: bool = False
    is_first: bool = True  # whether the next row is the first of its block

    def __post_init__(self) -> None:
        """Look at the columns of the table."""
        table, header = self.part.table, self.part.header
        self.rows = RowReader(self.origin, table, header, self.part.heading, self.part.status)
        self.repeats = Repeats.of(table, header)
        self.tally = Tally(table, header, self.content.sums.setdefault(table.sheet, Sum()))
        self.headings = Headings(header)

    def run(self) -> None:
        """Read all rows, and the doubts on the table."""
        part, content = self.part, self.content
        table, header = part.table, part.header
        content.problems += table.problems
        content.doubts += [
            InventoryProblem(
                f"sheet '{table.sheet}', column {name}" if table.sheet else f"column {name}", why
            )
            for name, why in header.doubts
        ]
        content.doubts += part.doubts
        for aside in part.left_out:
            content.add("", aside)
        for row, below in zip(watched(table.rows, READING), [*table.rows[1:], None], strict=True):
            if header.top <= row.number <= header.row or row.is_empty:
                self.is_first = True
            elif row.number < header.row:
                self.headings.read_title(_filled(row))
                self._take_heading()
                content.leave_out("title", table.place_of(row), row)
            else:
                self._read(row, below)
        content.doubts += [*self.rows.doubts, *_unknown_and_hidden(self.rows, table, header)]
        content.doubts += self.tally.outliers() if part.is_sheet else []
        filled = (row.number for row in table.rows if row.number >= header.row and not row.is_empty)
        gaps = [(a + 1, b - 1) for a, b in pairwise(filled) if b - a > 1]
        if gaps and table.left is None:
            ranges = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in gaps[:MOST_GAPS])
            first = TableRow(gaps[0][0], ())
            place = table.place(first.number).removesuffix(str(first.number)) + ranges
            content.leave_out("empty", place, first)

    def _read(self, row: TableRow, below: TableRow | None) -> None:
        filled = _filled(row)
        what = ""
        if len(filled) <= 2 and self.part.is_sheet:
            what = self.headings.read(row, filled, below, is_first=self.is_first)
            what = what or ("total" if _is_total(self.part.header, filled) else "")
        if not what:
            full = self.repeats.fill(row)
            filled = filled if full is row else _filled(full)
            row = full
            # what a row is if it is not a device, as in `LEFT_OUT`; else an empty text
            header = self.part.header
            if row.is_heading:
                not_a_device = "total" if vocabulary().is_total(filled[0][1]) else "heading"
            elif is_repeated(header, row):
                not_a_device = "repeated header"
            elif _is_total(header, filled):
                not_a_device = "total"
            elif not any(_LETTER_OR_DIGIT.search(cell) for _, cell in filled) or _is_comment(
                header, filled[0]
            ):
                not_a_device = "note"  # a rule
            elif len(filled) > 1 and all(_PLACEHOLDER.fullmatch(cell) for _, cell in filled):
                not_a_device = "placeholder"
            else:
                is_alone = len(filled) == 1 and header.width > 1 and _is_lone_note(header, *filled[0])
                is_short = len(filled) <= 2 and (self.is_legend or vocabulary().is_legend(filled[0][1]))
                not_a_device = "note" if is_alone or is_short else _no_host(header, dict(filled))
            what = not_a_device or _unidentifiable(self.part.header, dict(filled))
            if not what and self.part.is_sheet:
                what = self.rows.article(row) or ("none" if self.rows.is_none(row) else "")
        self.is_first = what not in {"", "note"}
        if what:
            self._leave_out(what, row, filled)
        else:
            self.repeats.remember(row)
            for single in self.rows.singles(row):
                self.content.read(self.rows, single, self.tally)
        if what in {"", *THINGS}:
            self._doubt_marks(row)

    def _leave_out(self, what: str, row: TableRow, filled: Filled) -> None:
        table, header = self.part.table, self.part.header
        self.content.leave_out(what, table.place_of(row), row)
        if what == "heading":
            self._take_heading()
        elif what == "total":
            self.content.doubts += self.tally.check(row, self.headings.site or self.headings.status)
        elif what == "note":
            self.is_legend |= vocabulary().is_legend(filled[0][1])
        elif what in THINGS:
            # the number in the column of quantities; 1 without one
            cells = [row.texts[n] for n in header.indexes("quantity") if n < len(row.texts)]
            self.tally.add(
                next((number for cell in cells if (number := read_number(cell))), 1), is_device=False
            )
        if what in {"heading", "total", "repeated header"}:
            self.repeats.end_block()

    def _take_heading(self) -> None:
        self.rows.heading = self.headings.site or self.part.heading
        self.rows.status = self.headings.status or self.part.status
        self.rows.brand = self.headings.brand

    def _doubt_marks(self, row: TableRow) -> None:
        """Report a ditto mark in the first row of its block."""
        reason = None
        if self.repeats.crossed:
            reason = text("A mark in this row repeats a cell of the block above it")
        elif self.repeats.missed:
            reason = text("A mark in this row repeats a cell above it, but there is none")
        if reason is not None:
            self.content.doubts.append(InventoryProblem(self.part.table.place_of(row), reason))


def _filled(row: TableRow) -> list[tuple[int, str]]:
    return [(n, cell) for n, cell in enumerate(row.texts) if cell]


def _unknown_and_hidden(rows: RowReader, table: RawTable, header: Header) -> Iterator[InventoryProblem]:
    """Yield a doubt for each state that is not known, and one for the rows that are hidden."""
    for status, places in rows.unknown.items():
        yield InventoryProblem(
            places[0],
            text(
                "The state “{status}” is not known; {count} rows with it were counted as in use",
                status=status[:80],
                count=len(places),
            ),
        )

    numbers = [
        row.number
        for row in table.rows
        if row.number in table.hidden and row.number > header.row and not row.is_empty
    ]
    if numbers:
        shown = ", ".join(map(str, numbers[:MOST_NAMED])) + (", …" if len(numbers) > MOST_NAMED else "")
        yield InventoryProblem(
            f"sheet '{table.sheet}'" if table.sheet else "rows",
            text(
                "{count} rows of this list are hidden (rows {rows}); they were counted",
                count=len(numbers),
                rows=shown,
            ),
        )


def _is_comment(header: Header, first: tuple[int, str]) -> bool:
    """Return whether a row begins with `#`, as a line that is switched off; most others do not."""
    number, cell = first
    if number or cell[:1] != "#" or not cell[1:].lstrip()[:1].isalpha():
        return False
    values = header.profiles[0].values if header.profiles else ()
    return sum(value.startswith("#") for value in values) * 2 < len(values)


def _is_lone_note(header: Header, number: int, cell: str) -> bool:
    """Return whether a cell alone in its row is not a device: in another column, or a sentence as brand."""
    is_sentence = (
        number in header.indexes("brand") and len(cell.split()) >= FEWEST_WORDS and not is_brand(cell)
    )
    return number not in header.device_columns or (is_sentence and not is_product(cell))


def _is_total(header: Header, filled: Sequence[tuple[int, str]]) -> bool:
    """Return whether a row has the caption of a total, or numbers alone where other rows have words."""
    naming = [n for n, cell in filled if n in header.naming_columns and not cell.isdigit()]
    if len(naming) > 1:  # fast: most rows are devices
        return False
    captions = [n for n, cell in filled if vocabulary().is_total(cell)]
    if not captions and len(filled) == 2 and filled[1][1].isdigit():  # `Aantal`, which is also a title
        meanings = vocabulary().meanings(filled[0][1].rstrip(" :"))
        captions = [filled[0][0]] if any(meaning.field == "quantity" for meaning in meanings) else []
    if captions:
        return not set(naming) - {captions[0]}
    counts = header.indexes("quantity")
    return bool(counts) and header.has_words and all(n in counts for n, _ in filled)


def _unidentifiable(header: Header, filled: Mapping[int, str]) -> str:
    """Return `placeholder`, `free` or `silent` for a row by which nobody can know a device; else empty."""
    words = vocabulary()
    cells = {
        name: [cell for n in header.indexes(name) if (cell := filled.get(n))]
        for name in (*NAMING, *PLACING, "kind", "quantity", "description")
    }
    stated = {
        name
        for name, values in cells.items()
        for value in values
        if not (name == "label" and value in cells["address"])
        and not (words.says_nothing(value) or (name in COORDINATES and ZERO.fullmatch(value)))
    }
    if any(not words.says_nothing(filled.get(n, "")) for n in header.other_names):
        return ""
    is_point = any(cells[name] for name in COORDINATES)  # at nought degrees, without name or place
    if not stated - ({"kind"} if is_point else set()) and sum(len(cells[n]) for n in (*NAMING, *PLACING)) > 1:
        return "placeholder"
    if stated & {*NAMING[1:], "kind", "quantity"}:
        return ""
    if "label" in stated:
        return "free" if all(words.is_free(value) for value in cells["label"]) else ""
    answers = [cell for n, cell in filled.items() if n in header.answer_columns]
    answers += [cell for n in header.indexes("status") if words.is_in(cell := filled.get(n, ""), "dead")]
    is_silent = bool(answers) and all(
        words.is_in(cell, "silent") or words.says_nothing(cell) for cell in answers
    )
    return "silent" if is_silent and "address" in stated and "description" not in stated else ""


def _no_host(header: Header, filled: Mapping[int, str]) -> str:
    """Return `group address` or `own address` for a row with only such an address."""
    if any(n in filled for n in header.naming_columns.difference(header.indexes("mac"))):
        return ""
    macs = [value for n in header.indexes("mac") if (value := filled.get(n))]
    addresses = [value for n in header.indexes("address") if (value := filled.get(n))]
    normal = [mac.normalize(value) for value in macs]
    is_group = bool(macs) and all(
        re.fullmatch(r"[fF:.-]+", v) or (n and mac.is_group_address(n))
        for v, n in zip(macs, normal, strict=True)
    )
    if is_group or (addresses and not macs and all(GROUP_ADDRESS.match(value) for value in addresses)):
        return "group address"
    return "own address" if addresses and not macs and all(OWN_ADDRESS.match(v) for v in addresses) else ""
