"""The tables of a sheet: below each other, next to each other, and with two devices in one row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from overzicht.devices.vocabulary import State, state_in
from overzicht.evidence import text
from overzicht.evidence.account import LeftOut
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.header import (
    MAX_ROWS_ABOVE,
    Header,
    count_known,
    find_header,
    read_header,
    split_tables,
    width_of,
)
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.table import MOST_COLUMNS, RawTable, column_letter
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

PRODUCT = frozenset({"brand", "model", "brand_and_model", "model_or_kind"})
OF_THE_PLACE = frozenset({"site", "place", "organisation"})
ROWS_LOOKED_AT = 200
NUMBER = "Aantal"  # a header of a number of devices
_NONE = frozenset({"", "0", "-", "–"})
_MARKS = frozenset({"x", "X", "✓", "✔", "✗", "•", "●"})
MOST_OF_A_STATE = 1000  # devices of one state in a row; more is a year
NEW = "planned"  # the status of a device that a plan of replacement has for the future
STAYS = text("No new device is planned: the present one stays")
NOTHING_YET = text("No device is there now: the plan has only a new one")
BESIDE = text("A text next to the table, not a device")


@dataclass(frozen=True, slots=True)
class Part:
    """A table with its header. `status` is the state of its rows that state none; `heading` its own title.

    `records` is the number of records that `left_out` has; `doubts` were met when the table was taken apart.
    """

    table: RawTable
    header: Header
    status: str = ""
    heading: str = ""
    left_out: tuple[LeftOut, ...] = ()
    doubts: tuple[InventoryProblem, ...] = ()
    is_sheet: bool = True  # False for the records of a program, which have no headings and totals


def parts_of(sheet: RawTable, given: Mapping[str, str], file: str) -> list[Part]:
    """Return the tables of devices of a sheet, in order; none if no header is one.

    Raises InputFileError if there are more than the limit.
    """
    parts: list[Part] = []
    blocks = _blocks(sheet, given)
    for block in blocks:
        for table, header in split_tables(block.table, given, file):
            if header is not None:
                views = [] if given else _views(table, header)
                parts += views or [Part(table, header, left_out=block.left_out)]
    if len(blocks) > 1:
        # tables next to each other; one titled as new next to one of the present devices is planned
        titles = [
            " ".join(
                cell for row in part.table.rows if row.number < part.header.top for cell in row.texts if cell
            )
            for part in parts
        ]
        is_plan = any(lexicon().has(title, "present") for title in titles)
        return [
            replace(part, status=NEW) if is_plan and lexicon().has(title, "new") else part
            for part, title in zip(parts, titles, strict=True)
        ]
    return parts


@dataclass(frozen=True, slots=True)
class _Block:
    table: RawTable
    left_out: tuple[LeftOut, ...] = ()


def _blocks(sheet: RawTable, given: Mapping[str, str]) -> list[_Block]:
    """Return the parts of a sheet that empty columns separate, if each of two or more has devices of its own.

    A column of explanations next to the table is left out.
    """
    rows = [row for row in sheet.rows[:MAX_ROWS_ABOVE] if width_of(row) <= MOST_COLUMNS]
    head = max(rows, key=lambda row: count_known(row, {}), default=None)
    named = [n for n, cell in enumerate(head.texts) if cell] if head is not None else []
    if (
        not named
        or not (  # a column inside the table without a header may separate two tables
            len(named) < named[-1] - named[0] + 1
            or any(width_of(row) > named[-1] + 2 for row in sheet.rows[:ROWS_LOOKED_AT])
        )
    ):
        return [_Block(sheet)]
    used = sorted({n for row in sheet.rows for n, cell in enumerate(row.texts) if cell})
    runs = [[n for _, n in run] for _, run in groupby(enumerate(used), lambda pair: pair[1] - pair[0])]
    tables = [sheet.columns(run[0], run[-1] + 1) for run in runs]
    headers = [find_header(table, given) for table in tables]
    devices = [
        n
        for n, header in enumerate(headers)
        if header and PRODUCT & {column.field for column in header.mapping}
    ]
    legends = [
        n
        for n, table in enumerate(tables)
        if n and vocabulary().is_legend(next((cell for row in table.rows for cell in row.texts if cell), ""))
    ]
    if len(devices) < 2:
        if not legends or len(tables) - len(legends) < 1:
            return [_Block(sheet)]
        left_out = tuple(row for n in legends for row in _beside(tables[n]))
        table = sheet.columns(0, min(runs[n][0] for n in legends))
        return [_Block(replace(table, left=sheet.left, problems=sheet.problems), left_out)]
    blocks = []
    for number in devices:
        others = [
            n
            for n in range(len(tables))
            if n not in devices and max((d for d in devices if d < n), default=devices[0]) == number
        ]
        left_out = tuple(row for n in others for row in _beside(tables[n]))
        first = replace(tables[number], problems=sheet.problems if number == devices[0] else [])
        blocks.append(_Block(first, left_out))
    return blocks


def _beside(table: RawTable) -> Iterator[LeftOut]:
    for row in table.rows:
        if not row.is_empty:
            yield LeftOut(table.place_of(row), BESIDE, " ".join(filter(None, row.texts))[:200], 0)


# Two devices in one row


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a header of one or two rows: its name, the name of its group, and both as plain words."""

    number: int
    name: str
    group: str

    @property
    def words(self) -> str:
        return f"{self.group} {self.name}".strip()


def _views(table: RawTable, header: Header) -> list[Part]:
    """Return a table once for each device that its rows hold; empty if they hold one."""
    # the columns with their groups: the cell above, as far as it is merged or no other begins
    by_number = {row.number: row for row in table.rows if row.number <= header.row}
    names, above = by_number[header.row].texts, by_number.get(header.row - 1)
    groups = [""] * len(names)
    if above is not None and sum(map(bool, above.texts)) > 1:
        wide = {
            left: right
            for (top, left), (_, right) in table.merges
            if top + 1 == above.number and right > left
        }
        group, end = "", -1
        for n in range(len(names)):
            cell = above.texts[n] if n < len(above.texts) else ""
            if cell:
                group, end = cell, wide.get(n, n if wide else len(names))
            groups[n] = group if n <= end else ""
    columns = [_Column(n, name, groups[n]) for n, name in enumerate(names) if name]
    new = {c.number for c in columns if _side(c) == "new"}
    products = {c.number for c in columns if _is_product(c, header)}
    if products & new and products - new:
        return _replacement(table, header, columns, new)
    # a part for each column that counts or marks the devices of one state, and one for the others, if two
    # columns or more are of different states
    below = [row for row in table.rows if row.number > header.row]
    stated = [(c, state) for c in columns if (state := state_in(c.name, is_status=False)) is not None]
    cells = {
        c.number: {r.texts[c.number] for r in below if c.number < len(r.texts)} - _NONE for c, _ in stated
    }
    stated = [(c, state) for c, state in stated if cells[c.number]]
    values = set().union(*(cells[c.number] for c, _ in stated))
    is_marked = all(lexicon().is_in(value, "is_yes") or value in _MARKS for value in values)
    is_counted = all(value.isdecimal() and int(value) < MOST_OF_A_STATE for value in values)
    if len({state for _, state in stated}) < 2 or not (is_marked or is_counted):
        return _repeated_groups(table, header, columns, products)
    numbers = {c.number for c, _ in stated}
    others = [c for c in columns if c.number not in numbers]
    parts = []
    for count, _ in stated:
        n = count.number
        rows = [
            row
            for row in table.rows
            if row.number <= header.row or (n < len(row.texts) and row.texts[n] in values)
        ]
        own = others
        if not is_marked:
            own = [replace(c, name=NUMBER) if c is count else c for c in columns if c is count or c in others]
            own = [c for c in own if c.name == NUMBER or not _is_count(c)]
        part = _view(replace(table, rows=rows), header, own, [c.number for c in own], column_letter(n))
        parts.append(replace(part, status=count.name))
    rows = [
        row
        for row in table.rows
        if row.number <= header.row or not values & {row.texts[n] for n in numbers if n < len(row.texts)}
    ]
    return [*parts, _view(replace(table, rows=rows), header, others, [c.number for c in others], "")]


def _side(column: _Column) -> str:
    """Return `new` or `present` for a column of one of two devices; empty for any other."""
    words = lexicon()
    if words.has(column.group, "new") or words.has(column.name, "new"):
        is_present = words.has(column.group, "present") and not words.has(column.group, "new")
        is_mixed = words.has(column.name, "present") and not words.has(column.group, "new")
        return "present" if is_present or is_mixed else "new"
    return "present" if words.has(column.words, "present") else ""


def _bare(name: str) -> str:
    """Return a header without the words that say whose column it is."""
    bare = plain(name)
    for key in ("new", "present"):
        bare = lexicon().patterns[key].sub(" ", bare)
    return " ".join(bare.split())


def _is_product(column: _Column, header: Header) -> bool:
    meanings = vocabulary().meanings(_bare(column.name)) or vocabulary().meanings(column.name)
    if any(meaning.field in PRODUCT for meaning in meanings[:1]):
        return True
    values = header.profiles[column.number] if column.number < len(header.profiles) else None
    return values is not None and values.share("product") >= 0.5


def _replacement(table: RawTable, header: Header, columns: Sequence[_Column], new: set[int]) -> list[Part]:
    """Return the present devices of a plan, in the state that the list gives, and the new ones as planned."""
    side = {c.number: _side(c) for c in columns}
    own = sorted(new)
    shared = [
        c.number for c in columns if c.number not in new and not side[c.number] and _is_of_place(c, header)
    ]
    if not any(_is_count(c) for c in columns if c.number in new):
        counts = header.indexes("quantity")
        shared += [c.number for c in columns if not side[c.number] and c.number in counts]
    present = [c.number for c in columns if c.number not in new]
    own_now = [c.number for c in columns if c.number not in new and _is_product(c, header)]
    rows, none = [], []
    for row in table.rows:
        cells = [row.texts[n] for n in own_now if n < len(row.texts) and row.texts[n]]
        has_new = any(n < len(row.texts) and row.texts[n] for n in own)
        if (
            row.number > header.row
            and cells
            and has_new
            and all(vocabulary().says_nothing(cell) or lexicon().is_in(cell, "stays") for cell in cells)
        ):
            none.append(LeftOut(table.place_of(row), NOTHING_YET, " ".join(cells)))
        elif row.number <= header.row or cells or not has_new:
            rows.append(row)
    old = replace(_view(replace(table, rows=rows), header, columns, present, ""), left_out=tuple(none))
    products = [c.number for c in columns if c.number in new and _is_product(c, header)]
    rows, left_out = [], []
    for row in table.rows:
        cells = [row.texts[n] for n in products if n < len(row.texts) and row.texts[n]]
        if row.number <= header.row:
            rows.append(row)
        elif cells and any(lexicon().is_in(cell, "stays") for cell in cells):
            place = table.place_of(replace(row, column=column_letter(own[0])))
            left_out.append(LeftOut(place, STAYS, " ".join(cells)))
        elif any(not vocabulary().says_nothing(cell) for cell in cells):
            rows.append(row)
    coming = _view(replace(table, rows=rows), header, columns, sorted([*shared, *own]), column_letter(own[0]))
    group = next((c.group or c.name for c in columns if c.number in new), "")
    status = group if state_in(group) is State.PLANNED else NEW
    return [old, replace(coming, status=status, left_out=tuple(left_out))]


def _is_count(column: _Column) -> bool:
    return any(meaning.field == "quantity" for meaning in vocabulary().meanings(_bare(column.name))[:1])


def _is_of_place(column: _Column, header: Header) -> bool:
    mapping = header.columns[column.number] if column.number < len(header.columns) else None
    return mapping is not None and mapping.field in OF_THE_PLACE


def _view(
    table: RawTable, header: Header, columns: Sequence[_Column], numbers: Sequence[int], letter: str
) -> Part:
    """Return some columns of a table as a table; their headers lose the words for one of two devices."""
    names: dict[int, str] = {}
    for c in columns:
        # without the words for one of two devices; the name of what it holds if it has no other
        bare = _bare(c.name)
        is_named = any(meaning.field in PRODUCT for meaning in vocabulary().meanings(bare)[:1])
        holds_products = c.number < len(header.profiles) and header.profiles[c.number].share("product") >= 0.5
        names[c.number] = "Merk en type" if holds_products and not is_named else bare or c.name
    rows = []
    for row in table.rows:
        if row.number == header.row:
            cells: list[object] = [names.get(n, "") for n in numbers]
        elif header.top <= row.number < header.row or row.number == header.row - 1:
            continue
        else:
            cells = [row.cells[n] if n < len(row.cells) else "" for n in numbers]
        rows.append(replace(row, cells=tuple(cells), column=letter))  # type: ignore[arg-type]
    view = replace(table, rows=rows, merges=(), problems=[] if letter else table.problems)
    head = next(row for row in view.rows if row.number == header.row)
    read = read_header(view, head, {})
    written = {c.number: c.name for c in columns}
    shown = tuple(
        column and replace(column, column=written.get(n, column.column))
        for n, column in zip(numbers, read.columns, strict=True)
    )
    return Part(view, replace(read, columns=shown, top=min(read.top, header.top)))


def _repeated_groups(
    table: RawTable, header: Header, columns: Sequence[_Column], products: set[int]
) -> list[Part]:
    """Return a part for each group of columns that comes back with the same names; empty if none does."""
    names = [plain(c.name) for c in columns]
    firsts: dict[str, int] = {}
    for position, name in enumerate(names):
        start = firsts.setdefault(name, position)
        if start == position or columns[position].number not in products:
            continue
        period = position - start
        back = 0
        while back < period and start - back > 0 and names[start - back - 1] == names[position - back - 1]:
            back += 1
        begin = start - back
        groups = [list(columns[begin : begin + period])]
        while names[begin : begin + period] == names[begin + period * len(groups) :][:period]:
            at = begin + period * len(groups)
            groups.append(list(columns[at : at + period]))
        if len(groups) < 2 or not any(c.number in products for c in groups[0]):
            return []
        if period < 2 and not header.profiles[groups[0][0].number].share("product"):
            return []
        shared = [c.number for c in columns[:begin]] + [
            c.number for c in columns[begin + period * len(groups) :] if _is_of_place(c, header)
        ]
        parts: list[Part] = []
        for group in groups:
            numbers = sorted([*shared, *(c.number for c in group)])
            own = [c.number for c in group]
            rows = [
                row
                for row in table.rows
                if row.number <= header.row or any(n < len(row.texts) and row.texts[n] for n in own)
            ]
            part = _view(replace(table, rows=rows), header, columns, numbers, column_letter(own[0]))
            parts.append(replace(part, heading=group[0].group))
        return parts
    return []
