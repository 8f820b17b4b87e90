"""Header of a table: which row it is, and which field each column gives, by its name and by its values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.sources.inventories.interface import ColumnMapping
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.tables.shapes import Profile
from overzicht.sources.inventories.tables.vocabulary import (
    KEEP,
    PARTIAL,
    TIERS,
    Meaning,
    plain,
    vocabulary,
)

MAX_ROWS_ABOVE = 60  # titles, addresses and explanations are above a header; more than that is not a title
LONGEST_NAME = 60  # a longer cell is a sentence
TYPE = "model_or_kind"
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\d\d")
MOST = 0.6  # share of the values that must have a shape for them to decide


@dataclass(frozen=True)
class Header:
    """A recognised header: its row, and a mapping for each column (None for columns without a header)."""

    row: int  # number of the row as a person sees it, the last one of a header of two rows
    columns: tuple[ColumnMapping | None, ...]
    profiles: tuple[Profile, ...] = ()
    top: int = 0  # the first row of the header

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
    def has_words(self) -> bool:
        """Whether a column holds anything but numbers."""
        return any(profile.values and not profile.share("number") for profile in self.profiles)

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

    @property
    def mapping(self) -> tuple[ColumnMapping, ...]:
        """The mapping of every column with a header."""
        return tuple(column for column in self.columns if column is not None)

    @property
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
        return bool(has_device) and len(fields) > 1

    @property
    def names_products(self) -> bool:
        """Whether a column is a device's brand, model or own number, or holds network addresses."""
        own = {"brand", "model", "brand_and_model", "mac", "serial"} & set(self._by_field)
        return self.is_of_devices and (bool(own) or self._has_hosts)

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
    rows = [row for row in table.rows if not row.is_empty][:MAX_ROWS_ABOVE]
    best = max(rows, key=lambda row: count_known(row, given), default=None)
    if best is None or not count_known(best, given):
        return None
    header = read_header(table, best, given)
    return header if header.is_of_devices else None


def guess_header(table: RawTable) -> Header | None:
    """Return a header for a table that has none, from values alone; None if they do not name devices."""
    width = max((len(row.cells) for row in table.rows), default=0)
    names = TableRow(0, tuple(f"column {number}" for number in range(1, width + 1)))
    header = read_header(table, names, {})
    return header if header.names_products and len({c.field for c in header.mapping}) > 3 else None


def split_tables(table: RawTable, given: Mapping[str, str]) -> list[tuple[RawTable, Header | None]]:
    """Return the tables of a sheet, each with its header; another header under a table begins the next."""
    header = find_header(table, given)
    if header is None:
        return [(table, None)]
    above, rest = _cut(table, header.top)
    earlier = find_header(above, given)
    if (
        earlier is not None
        and len(earlier.mapping) > 1
        and any(earlier.row < r.number for r in above.rows if not r.is_empty)
    ):
        return [*split_tables(above, given), *split_tables(rest, given)]
    later = (row for row in table.rows if row.number > header.row and is_new_header(row))
    start = next((row.number for row in later if not is_repeated(header, row)), None)
    if start is None:
        return [(table, header)]
    first, rest = _cut(table, start)
    return [(first, find_header(first, given)), *split_tables(rest, given)]


def _cut(table: RawTable, start: int) -> tuple[RawTable, RawTable]:
    """Return the rows before a row and those from it on, each as a table."""
    first = RawTable(table.sheet, [r for r in table.rows if r.number < start], table.row_word, table.problems)
    return first, RawTable(table.sheet, [r for r in table.rows if r.number >= start], table.row_word)


def read_header(table: RawTable, row: TableRow, given: Mapping[str, str]) -> Header:
    """Return a row as the header of the rows below it; `given` has names as they are or in plain form."""
    top = row.number
    names, row = _full_names(table, row)
    below = [other for other in table.rows if other.number > row.number and not other.is_empty]
    profiles = tuple(
        Profile.of((other.texts[n] if n < len(other.texts) else "" for other in below), len(below))
        for n in range(len(names))
    )
    fields = _Assignment(names, profiles, given).run()
    seen: dict[str, int] = {}
    columns: list[ColumnMapping | None] = []
    for name, assigned, values in zip(names, fields, profiles, strict=True):
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        is_given = name in given or plain(name) in given
        sample = "" if vocabulary().header_has(name, "secrets") else values.sample
        columns.append(ColumnMapping(table.sheet, shown, assigned, is_given, sample) if name else None)
    return Header(row.number, tuple(columns), profiles, top)


def count_known(row: TableRow, given: Mapping[str, str]) -> int:
    """Count the distinct fields that a row's cells would name."""
    names = {cell for cell in row.texts if cell and len(cell) <= LONGEST_NAME}
    fields = {meaning.field for name in names for meaning in vocabulary().meanings(name)[:1]}
    return len(fields) + sum(plain(name) in given for name in names)


def is_repeated(header: Header, row: TableRow) -> bool:
    """Return whether a row under the header says the header again."""
    same = filled = 0
    for cell, name in zip(row.texts, header.names, strict=False):
        if cell and name is not None:
            filled += 1
            has_number = _DIGIT.search(cell) and not _DIGIT.search(name)  # fast: most rows are devices
            same += not has_number and plain(cell) == name
    return same >= 2 and same * 2 >= filled


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
    if below is not None and _is_second_row(row, below):
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


def _is_second_row(row: TableRow, below: TableRow) -> bool:
    """Return whether the row under a header only names parts of a group: words under an empty cell of it."""
    cells = [(row.texts[n] if n < len(row.texts) else "", cell) for n, cell in enumerate(below.texts) if cell]
    has_gap = any(not group for group, _ in cells)
    are_words = all(len(cell) <= 30 and not any(char.isdigit() for char in cell) for _, cell in cells)
    known = sum(bool(vocabulary().meanings(cell)) for _, cell in cells)
    return 1 < len(cells) < sum(map(bool, row.texts)) and has_gap and are_words and known * 2 >= len(cells)


# What the values must be for a header of several meanings to have this one.
_FITS: Mapping[str, Callable[[Profile], bool]] = {
    "mac": lambda values: values.share("mac") >= 0.4,
    "address": lambda values: values.share("ip") + values.share("url") >= 0.4,
    "model": lambda values: values.share("model") >= 0.4 and values.share("model") >= values.share("kind"),
    "kind": lambda values: values.share("model") < MOST or values.share("kind") >= values.share("model"),
    "quantity": lambda values: values.share("number") >= 0.5,
    "bought": lambda values: values.share("date") >= 0.5,
}
_ALWAYS = {"address", "mac", "quantity"}  # needed of the values even if the header has no other meaning
# What the values must be for a header that only contains a known one; other fields are not given then.
_FITS_PART: Mapping[str, Callable[[Profile], bool]] = {
    **_FITS,
    "brand": lambda values: values.share("brand") >= 0.5,
    "brand_and_model": lambda values: values.share("brand and model") >= MOST,
    "kind": lambda values: values.share("kind") >= MOST,
    "serial": lambda values: values.distinct >= 0.9 and values.share("digit") >= MOST,
    "label": lambda values: values.distinct >= 0.9 and values.filled >= MOST and not values.is_counter,
    "site": lambda values: values.share("number") < 0.4 and values.share("date") < 0.4,
    "place": lambda values: values.share("number") < 0.4 and values.share("date") < 0.4,
}
# What values are by themselves, under a header that says nothing: field, shape and list of excluding words.
_BY_VALUES = (
    ("mac", "mac", "others_addresses"),
    ("address", "ip", "others_addresses"),
    ("address", "url", "others_links"),
    ("brand_and_model", "brand and model", "others_brands"),
    ("brand", "brand", "others_brands"),
    ("model", "known model", "others_brands"),
    ("kind", "kind", "others_brands"),
    ("label", "code", "others_brands"),
)


@dataclass(slots=True)
class _Assignment:
    """Gives each column its field: the user's word, then headers from strong to weak, then the values."""

    names: Sequence[str]
    profiles: Sequence[Profile]
    given: Mapping[str, str]
    fields: list[str] = field(default_factory=list)
    has_postcode: bool = False

    def run(self) -> list[str]:
        self.fields = [self.given.get(name, self.given.get(plain(name), KEEP)) for name in self.names]
        self.has_postcode = any(vocabulary().is_in(name, "postcodes") for name in self.names)
        for is_filled, tier in product((True, False), range(len(TIERS))):  # an empty column goes last
            self._take_columns(tier, is_filled=is_filled, of=vocabulary().meanings)
        for name, shape, excluded in _BY_VALUES:
            for number in self._open_columns():
                if self._is_clear(number, name, shape, excluded):
                    self.fields[number] = name
        self._take_columns(PARTIAL, is_filled=True, of=vocabulary().partial_meanings)
        return self.fields

    def _take_columns(self, tier: int, *, is_filled: bool, of: Callable[[str], Sequence[Meaning]]) -> None:
        """Give the open columns the field that `of` says their headers have in this tier."""
        for number in self._open_columns():
            if bool(self.profiles[number].values) is is_filled:
                meanings = (meaning for meaning in of(self.names[number]) if meaning.tier == tier)
                any(self._take(number, meaning) for meaning in meanings)  # stops at the first that fits

    def _is_clear(self, number: int, name: str, shape: str, excluded: str) -> bool:
        """Return whether the values alone make a column this field."""
        values, header = self.profiles[number], self.names[number]
        is_varied = values.distinct >= MOST or shape not in {"url", "code"}
        is_nameless = plain(header) == f"column {number + 1}"
        return (
            values.share(shape) >= MOST
            and is_varied
            and (name != "label" or is_nameless)
            and self._is_free(name)
            and not vocabulary().header_has(header, excluded)
        )

    def _open_columns(self) -> list[int]:
        return [
            number
            for number, name in enumerate(self.names)
            if self.fields[number] == KEEP and name and not {name, plain(name)} & self.given.keys()
        ]

    def _is_free(self, name: str) -> bool:
        if name == "brand_and_model":
            return not {"brand_and_model", "model"} & set(self.fields)
        return name not in self.fields or name in vocabulary().many

    def _take(self, number: int, meaning: Meaning) -> bool:
        name = self._settled(number, meaning)
        if not name or not self._is_free(name):
            return False
        self.fields[number] = name
        return True

    def _settled(self, number: int, meaning: Meaning) -> str:
        """Return the field that a column has by this meaning of its header; empty if its values refuse it."""
        values, header, name = self.profiles[number], self.names[number], meaning.field
        if name in {TYPE, "brand", "model"} and self._holds_both(values):
            return "brand_and_model"
        if name == TYPE:  # model numbers hold digits, kinds of device do not
            is_model = values.share("model") >= 0.4 and values.share("kind") < MOST
            return "model" if is_model or values.share("known model") >= MOST else "kind"
        if name == "kind" and values.share("model") >= MOST > values.share("kind") and self._is_free("model"):
            return "model"
        is_of_several = len({m.field for m in vocabulary().meanings(header)}) > 1
        must_fit = bool(values.values) and (is_of_several or (meaning.tier > 0 and name in _ALWAYS))
        if meaning.tier == PARTIAL and not self._fits_part(values, header, name):
            return ""
        is_refused = (
            (must_fit and name in _FITS and not _FITS[name](values))
            or (name == "model" and meaning.tier > 1 and values.values and not _FITS["model"](values))
            or (name == "label" and self._only_counts(values, header, meaning))
            or (name == "label" and _holds_addresses(values) and self._has_other(number, "label"))
            or (name == "model" and values.share("number") >= MOST and self._has_other(number, "model"))
            or (name in {"site", "place"} and (self._is_town(header) or _holds_addresses(values)))
        )
        return "" if is_refused else name

    def _fits_part(self, values: Profile, header: str, name: str) -> bool:
        """Whether the values confirm what a part of the header says, and no word of it says otherwise."""
        fits = _FITS_PART.get(name)
        others = ("others_addresses", "others_links", "others_records")
        is_others = any(vocabulary().header_has(header, key) for key in others)
        return fits is not None and not is_others and fits(values)

    def _has_other(self, number: int, name: str) -> bool:
        """Whether another open column can give the field, and holds neither addresses nor numbers."""
        others = (n for n in self._open_columns() if n != number)
        return any(
            any(meaning.field == name for meaning in vocabulary().meanings(self.names[other]))
            and self.profiles[other].values
            and not _holds_addresses(self.profiles[other])
            and self.profiles[other].share("number") < MOST
            for other in others
        )

    def _holds_both(self, values: Profile) -> bool:
        """Whether a column has brand and model in one, and no other column has either."""
        is_both = values.share("brand and model") >= MOST and values.share("brand") < 1
        return is_both and self._is_free("brand_and_model") and "brand" not in self.fields

    def _only_counts(self, values: Profile, header: str, meaning: Meaning) -> bool:
        is_counted = values.is_counter and vocabulary().is_in(header, "counters")
        is_shared = meaning.tier > 1 and len(values.values) > 3 and values.distinct < MOST
        return is_counted or is_shared

    def _is_town(self, header: str) -> bool:
        return self.has_postcode and plain(header) in {"plaats", "city", "town", "woonplaats", "ort", "ville"}


def _holds_addresses(values: Profile) -> bool:
    return values.share("ip") + values.share("mac") + values.share("url") >= MOST
