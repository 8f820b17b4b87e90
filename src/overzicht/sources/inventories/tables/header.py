"""Header of a table: which row it is, and which field each column gives, by its name and by its values."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import Text
from overzicht.sources.inventories.interface import ColumnMapping
from overzicht.sources.inventories.tables.assignment import MOST, Assignment
from overzicht.sources.inventories.tables.products import is_known_model
from overzicht.sources.inventories.tables.shapes import Profile, is_brand_name
from overzicht.sources.inventories.tables.table import MOST_COLUMNS, RawTable, TableRow
from overzicht.sources.inventories.tables.titles import TitleCheck
from overzicht.sources.inventories.tables.vocabulary import KEEP, Meaning, plain, vocabulary

MAX_ROWS_ABOVE = 60  # titles, addresses and explanations are above a header; more than that is not a title
MOST_TABLES = 100  # in one sheet: looking for the next one takes time
LONGEST_NAME = 60  # a longer cell is a sentence
_FEWEST_BY_NAME = 3  # known names that make a row a header whatever the others are
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\d\d")


@dataclass(frozen=True)
class Header:
    """A recognised header: its row, and a mapping for each column (None for columns without a header)."""

    row: int  # number of the row as a person sees it, the last one of a header of two rows
    columns: tuple[ColumnMapping | None, ...]
    profiles: tuple[Profile, ...] = ()
    top: int = 0  # the first row of the header
    doubts: tuple[tuple[str, Text], ...] = ()  # columns whose title does not fit their values
    is_guessed: bool = False  # the table has none, and its values alone gave the fields

    @cached_property
    def device_columns(self) -> frozenset[int]:
        """The columns with a field of a device's own, or its network address."""
        fields = (*vocabulary().device_fields, "address")
        return frozenset(number for name in fields for number in self.indexes(name))

    @cached_property
    def naming_columns(self) -> frozenset[int]:
        """The columns with the brand, model, MAC address or serial number of a device."""
        fields = ("brand", "model", "brand_and_model", "mac", "serial")
        return frozenset(number for name in fields for number in self.indexes(name))

    @cached_property
    def answer_columns(self) -> frozenset[int]:
        """The columns that say whether anything answers at an address."""
        return frozenset(n for n, name in enumerate(self.names) if name in vocabulary().words["answers"])

    @cached_property
    def other_names(self) -> tuple[int, ...]:
        """The columns without a field that also name a device, for a row without a label."""
        open_columns = (
            n for n, column in enumerate(self.columns) if column and not (column.field or column.given)
        )
        names = (
            n for n in open_columns if Meaning("label", 0) in vocabulary().meanings(self.names[n] or "")[:1]
        )
        return tuple(names) if self.indexes("label") else ()

    @cached_property
    def has_words(self) -> bool:
        """Whether a column holds anything but numbers."""
        return any(profile.values and not profile.share("number") for profile in self.profiles)

    @cached_property
    def plain_names(self) -> tuple[tuple[str | None, bool], ...]:
        """The plain form of the header of each column, None without one, and whether it has a digit."""
        return tuple((name, bool(name and _DIGIT.search(name))) for name in self.names)

    @cached_property
    def names(self) -> tuple[str | None, ...]:
        """The plain form of the header of each column; None without one."""
        return tuple(plain(column.column) if column else None for column in self.columns)

    def indexes(self, name: str) -> Sequence[int]:
        """Return the columns that give a field, in order."""
        return self._by_field.get(name, ())

    @cached_property
    def _by_field(self) -> dict[str, list[int]]:
        by_field: dict[str, list[int]] = {}
        for number, column in enumerate(self.columns):
            if column is not None:
                by_field.setdefault(column.field, []).append(number)
        return by_field

    @cached_property
    def mapping(self) -> tuple[ColumnMapping, ...]:
        """The mapping of every column with a header."""
        return tuple(column for column in self.columns if column is not None)

    @cached_property
    def width(self) -> int:
        """Number of columns with a header."""
        return len(self.mapping)

    @property
    def is_of_devices(self) -> bool:
        """Whether the columns tell enough of devices: two fields, one of them a device's own."""
        fields = set(self._by_field) - {KEEP}
        if any(column.given for column in self.mapping):
            return bool(fields)
        has_device = fields & vocabulary().device_fields or self._counts_cameras or self._has_hosts
        are_cameras = (self.names_cameras and "address" in fields) or self._lists_cameras
        return bool(has_device or are_cameras) and len(fields) > 1

    @property
    def names_products(self) -> bool:
        """Whether a column is a device's brand, model or own number, or holds network addresses."""
        own = {"brand", "model", "brand_and_model", "mac", "serial"} & set(self._by_field)
        return self.is_of_devices and (bool(own) or self._has_hosts)

    @property
    def names_cameras(self) -> bool:
        """Whether most labels say that they are of cameras."""
        labels = [value for n in self.indexes("label") for value in self.profiles[n].values]
        return sum(map(vocabulary().says_camera, labels)) > MOST * len(labels)

    @property
    def _lists_cameras(self) -> bool:
        """Whether each row has another name under a title that says camera, and a place, state or address.

        A list of events or counts has these too, and repeats the names, or has a count or a moment.
        """
        columns = [
            n for n in self.indexes("label") if self.profiles[n].filled == self.profiles[n].distinct == 1
        ]
        is_titled = any(vocabulary().says_camera(self.names[n] or "") for n in columns)
        fields = set(self._by_field)
        moments = (
            c.column for c in self.mapping if not c.field and vocabulary().header_has(c.column, "moments")
        )
        are_points = fields >= {"latitude", "longitude"}  # they are read apart
        is_other = any(moments) or "quantity" in fields or are_points
        return is_titled and not is_other and bool({"site", "place", "address", "kind"} & fields)

    @property
    def _counts_cameras(self) -> bool:
        counted = [column.column for column in self.mapping if column.field == "quantity"]
        return any(vocabulary().header_has(name, "counted") for name in counted)

    @property
    def _has_hosts(self) -> bool:
        return any(
            self.profiles[n].share("ip") + self.profiles[n].share("url") >= MOST
            for n in self.indexes("address")
        )


def check_given(given: Mapping[str, str]) -> None:
    """Raise UnknownNameError when the user gives a field that does not exist."""
    known = vocabulary().fields
    for name in given.values():
        if name != KEEP and name not in known:
            raise UnknownNameError("field", name, known)


def check_all_found(given: Mapping[str, str], headers: Sequence[Header], file: str) -> None:
    """Raise InputFileError when a header that the user gave is in no table of the file."""
    columns = [column.column for header in headers for column in header.mapping]
    for name in given:
        if plain(name) not in map(plain, columns):
            raise InputFileError(
                file, f"there is no column {name!r}", fix=f"the columns are: {', '.join(columns)}"
            )


def find_header(table: RawTable, given: Mapping[str, str]) -> Header | None:
    """Return the header of a table: the row with most known column names; None when no row is one.

    A header needs two fields, and one of them must describe a device (unless the user gave the mapping).
    """
    given = {plain(name): name_of_field for name, name_of_field in given.items()}
    first = islice((row for row in table.rows if not row.is_empty), MAX_ROWS_ABOVE)
    rows = [row for row in first if width_of(row) <= MOST_COLUMNS]
    best = max(rows, key=lambda row: count_known(row, given), default=None)
    if best is None or not (known := count_known(best, given)):
        return None
    products = sum(bool(cell) and (is_brand_name(cell) or is_known_model(cell)) for cell in best.texts)
    if known < _FEWEST_BY_NAME and not given and products > 1:
        return None  # a row of a device in a table without a header
    header = read_header(table, best, given)
    return header if header.is_of_devices else None


def guess_header(table: RawTable) -> Header | None:
    """Return a header for a table that has none, from values alone; None if they do not name devices."""
    width = max(map(width_of, table.rows), default=0)
    if width > MOST_COLUMNS:
        return None
    names = TableRow(0, tuple(f"column {number}" for number in range(1, width + 1)))
    header = replace(read_header(table, names, {}), is_guessed=True)
    if header.names_products and len({c.field for c in header.mapping}) > 3:
        return header
    if any(row.number == 0 for row in table.rows):  # the records of a program have names
        return None
    hosts = []
    for n in header.indexes("address"):
        values = header.profiles[n]
        if values.filled == values.distinct == values.share("ip") + values.share("stream") == 1:
            hosts.append(n)  # each row has an address of its own on the network
    # what people call devices is a text for each, all different
    texts = [
        n
        for n, values in enumerate(header.profiles)
        if values.filled == values.distinct == 1
        and not any(values.share(shape) for shape in ("date", "ip", "url", "number", "version", "degrees"))
        and n not in hosts
    ]
    if len(hosts) != 1 or not texts or len({c.field for c in header.mapping}) > (2 if width > 1 else 1):
        return None
    named = read_header(table, names, {f"column {texts[0] + 1}": "label"})
    columns = [replace(column, given=False) if column else None for column in named.columns]
    return replace(named, columns=tuple(columns), is_guessed=True)


def split_tables(
    table: RawTable, given: Mapping[str, str], file: str
) -> list[tuple[RawTable, Header | None]]:
    """Return the tables of a sheet, each with its header; another header under a table begins the next.

    Raises InputFileError if there are more than MOST_TABLES.
    """
    parts: list[tuple[RawTable, Header | None]] = []
    waiting = [table]
    while waiting:
        if len(parts) + len(waiting) > MOST_TABLES:
            raise InputFileError(
                file,
                f"a sheet has more than {MOST_TABLES} tables with different headers",
                fix="give each table in a file of its own",
            )
        current = waiting.pop()
        header = find_header(current, given)
        if header is None:
            parts.append((current, None))
            continue
        above, rest = _cut(current, header.top)
        titles = find_header(above, given)
        if (
            titles is not None
            and len(titles.mapping) > 1
            and any(titles.row < row.number for row in above.rows if not row.is_empty)
        ):  # the rows above are a table of their own
            waiting += [rest, above]
            continue
        later = (row for row in current.rows if row.number > header.row and is_new_header(row))
        start = next((row.number for row in later if not is_repeated(header, row)), None)
        if start is None:
            parts.append((current, header))
            continue
        # the first of the rows with one or two cells right above a header: the titles of its table
        begin = start
        between = [row for row in current.rows if header.row < row.number < begin]
        for row in reversed(between):
            filled = [n for n, cell in enumerate(row.texts) if cell]
            if not filled or len(filled) > 2 or filled[-1] > 1 or vocabulary().is_total(row.texts[filled[0]]):
                break
            begin = row.number
        first, rest = _cut(current, begin)
        parts.append((first, find_header(first, given)))
        waiting.append(rest)
    return parts


def width_of(row: TableRow) -> int:
    """Return the number of columns up to the last cell with content."""
    texts = row.texts
    return next((number for number in range(len(texts), 0, -1) if texts[number - 1]), 0)


def _cut(table: RawTable, start: int) -> tuple[RawTable, RawTable]:
    """Return the rows before a row and those from it on, each as a table."""
    first = [row for row in table.rows if row.number < start]
    return table.part(first, first=True), table.part([row for row in table.rows if row.number >= start])


def read_header(table: RawTable, row: TableRow, given: Mapping[str, str]) -> Header:
    """Return a row as the header of the rows below it; `given` has names as they are or in plain form."""
    top = row.number
    names, row = _full_names(table, row)
    below = [other for other in table.rows if other.number > row.number and not other.is_empty]
    profiles = tuple(
        Profile.of((other.texts[n] if n < len(other.texts) else "" for other in below), len(below))
        for n in range(len(names))
    )
    fixed = frozenset(n for n, name in enumerate(names) if {name, plain(name)} & given.keys())
    check = TitleCheck(names, profiles, Assignment(names, profiles, given).run(), fixed)
    fields = check.run()
    seen: dict[str, int] = {}
    columns: list[ColumnMapping | None] = []
    for name, assigned, values in zip(names, fields, profiles, strict=True):
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        is_given = name in given or plain(name) in given
        sample = "" if vocabulary().header_has(name, "secrets") else values.sample
        columns.append(ColumnMapping(table.sheet, shown, assigned, is_given, sample) if name else None)
    return Header(row.number, tuple(columns), profiles, top, tuple(check.doubts))


def count_known(row: TableRow, given: Mapping[str, str]) -> int:
    """Count the distinct fields that a row's cells would name."""
    names = {cell for cell in row.texts if cell and len(cell) <= LONGEST_NAME}
    fields = {meaning.field for name in names for meaning in vocabulary().meanings(name)[:1]}
    return len(fields) + sum(plain(name) in given for name in names)


def is_repeated(header: Header, row: TableRow) -> bool:
    """Return whether a row under the header says the header again."""
    same = others = 0
    for cell, (name, has_number) in zip(row.texts, header.plain_names, strict=False):
        if not cell or name is None:
            continue
        if (has_number or not _DIGIT.search(cell)) and plain(cell) == name:
            same += 1
        else:
            others += 1
            if others * 2 > header.width:  # fast: most rows are devices
                return False
    return same >= 2 and others <= same


def is_new_header(row: TableRow) -> bool:
    """Return whether a row under a table is the header of another: most of its cells are known names."""
    filled = [cell for cell in row.texts if cell]
    if any(_NUMBERED.search(cell) for cell in filled[:4]):  # fast: most rows are devices
        return False
    known = [cell for cell in filled if len(cell) <= LONGEST_NAME and vocabulary().meanings(cell)]
    fields = {vocabulary().meanings(cell)[0].field for cell in known}
    return (
        len(fields) >= 3 and len(known) * 4 >= len(filled) * 3 and bool(fields & vocabulary().device_fields)
    )


def _full_names(table: RawTable, row: TableRow) -> tuple[list[str], TableRow]:
    """Return the names of the columns and the last row of the header.

    A header of two rows has a group (`Aantal`) above names (`binnen`, `buiten`): the names are joined.
    """
    names = list(row.texts)
    above, below = (next((r for r in table.rows if r.number == row.number + step), None) for step in (-1, 1))
    if below is not None:
        # whether the row under a header only names parts of a group: words under an empty cell of it
        cells = [
            (row.texts[n] if n < len(row.texts) else "", cell) for n, cell in enumerate(below.texts) if cell
        ]
        has_gap = any(not group for group, _ in cells)
        are_words = all(len(cell) <= 30 and not any(char.isdigit() for char in cell) for _, cell in cells)
        known = sum(bool(vocabulary().meanings(cell)) for _, cell in cells)
        is_second_row = (
            1 < len(cells) < sum(map(bool, row.texts)) and has_gap and are_words and known * 2 >= len(cells)
        )
        if is_second_row:
            return _joined(row.texts, below.texts), below
    if above is None or sum(map(bool, above.texts)) < 2:
        return names, row
    for number, full in enumerate(_joined(above.texts, row.texts)):
        name = names[number] if number < len(names) else ""
        group = full.removesuffix(name).strip()
        is_count = any(meaning.field == "quantity" for meaning in vocabulary().meanings(group))
        if name and group and (is_count or not vocabulary().meanings(name)) and vocabulary().meanings(full):
            names[number] = full
    return names, row


def _joined(groups: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return each name behind its group; a group holds for the columns without one to the right of it."""
    joined, group = [], ""
    for number in range(max(len(groups), len(names))):
        own = groups[number] if number < len(groups) else ""
        name = names[number] if number < len(names) else ""
        group = own or (group if name else "")
        joined.append(f"{group} {name}".strip())
    return joined
