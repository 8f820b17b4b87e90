"""The header of a table: which row it is, and which field each column gives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.sources.inventories.interface import ColumnMapping
from overzicht.sources.inventories.tables.model import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import KEEP, plain, vocabulary

MAX_ROWS_ABOVE = 40  # titles, addresses and explanations stand above a header; more than that is no title
VALUES_LOOKED_AT = 200
AMBIGUOUS = "model_or_kind"
MODEL_SHARE = 0.4  # of the values of a column "type" must hold a digit for it to be one of model numbers


@dataclass(frozen=True)
class Header:
    """A recognised header: its row, and a mapping for each column (None for columns without a header)."""

    row: int  # number of the row as a person sees it
    columns: tuple[ColumnMapping | None, ...]

    def indexes(self, field: str) -> Sequence[int]:
        """Return the columns that give a field, in order."""
        return self._by_field.get(field, ())

    @cached_property
    def _by_field(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, column in enumerate(self.columns):
            if column is not None:
                found.setdefault(column.field, []).append(number)
        return found

    @property
    def mapping(self) -> tuple[ColumnMapping, ...]:
        """The mapping of every column with a header."""
        return tuple(column for column in self.columns if column is not None)


def check_given(given: Mapping[str, str]) -> None:
    """Raise UnknownNameError when the user gives a field that does not exist."""
    known = vocabulary().fields
    for field in given.values():
        if field != KEEP and field not in known:
            raise UnknownNameError("field", field, known)


def check_all_found(given: Mapping[str, str], tables: Sequence[Header], file: str) -> None:
    """Raise InputFileError when a header that the user gave stands in no table of the file."""
    found = {plain(column.column) for header in tables for column in header.mapping}
    for name in given:
        if plain(name) not in found:
            raise InputFileError(
                file, f"there is no column {name!r}",
                fix="the columns are: " + ", ".join(c.column for h in tables for c in h.mapping),
            )  # fmt: skip


def find_header(table: RawTable, given: Mapping[str, str]) -> Header | None:
    """Return the header of a table: the row with most known column names; None when no row is one.

    A header needs two fields, and one of them must tell of a device (unless the user gave the mapping).
    """
    wanted = {plain(name): field for name, field in given.items()}
    rows = [row for row in table.rows if not row.is_empty][:MAX_ROWS_ABOVE]
    best = max(rows, key=lambda row: _known_names(row, wanted), default=None)
    if best is None or _known_names(best, wanted) < (1 if wanted else 2):
        return None
    columns = _columns(table, best, wanted)
    fields = {column.field for column in columns if column is not None and column.field}
    is_device_table = bool(fields & vocabulary().device_fields) and len(fields) >= 2
    is_given = any(column is not None and column.given for column in columns)
    return Header(best.number, tuple(columns)) if is_device_table or (is_given and fields) else None


def _known_names(row: TableRow, wanted: Mapping[str, str]) -> int:
    """Count the distinct fields that a row's cells would name; a long cell is a sentence, not a name."""
    names = {plain(cell) for cell in row.texts if cell and len(cell) <= 60}
    fields = {meaning.field for name in names for meaning in vocabulary().meanings(name)[:1]}
    return len(fields) + sum(name in wanted for name in names)


def is_repeated(header: Header, row: TableRow) -> bool:
    """Return whether a row under the header says the header again."""
    names = [
        (plain(cell), plain(column.column))
        for cell, column in zip(row.texts, header.columns, strict=False)
        if cell and column is not None
    ]
    same = sum(cell == name for cell, name in names)
    return same >= 2 and same * 2 >= len(names)


def _columns(table: RawTable, row: TableRow, wanted: Mapping[str, str]) -> list[ColumnMapping | None]:
    texts = row.texts
    fields = _assign(texts, wanted)
    _settle_type(table, row, fields)
    seen: dict[str, int] = {}
    columns: list[ColumnMapping | None] = []
    for name, field in zip(texts, fields, strict=True):
        if not name:
            columns.append(None)
            continue
        seen[name] = seen.get(name, 0) + 1
        shown = name if seen[name] == 1 else f"{name} ({seen[name]})"
        columns.append(ColumnMapping(table.sheet, shown, field, given=plain(name) in wanted))
    return columns


def _assign(names: Sequence[str], wanted: Mapping[str, str]) -> list[str]:
    """Give each column its field: the user's word first, then firm headers, then weak ones, left to right."""
    words = vocabulary()
    fields = [wanted.get(plain(name), KEEP) for name in names]
    taken = {field for field in fields if field != KEEP}
    for weak in (False, True):
        for number, name in enumerate(names):
            if fields[number] != KEEP or plain(name) in wanted:
                continue
            for meaning in words.meanings(name):
                is_free = meaning.field not in taken or meaning.field in words.many
                if meaning.is_weak == weak and is_free:
                    fields[number] = meaning.field
                    taken.add(meaning.field)
                    break
    return fields


def _settle_type(table: RawTable, row: TableRow, fields: list[str]) -> None:
    """Decide a column "type" by its values: model numbers hold digits, kinds of device do not."""
    if AMBIGUOUS not in fields:
        return
    number = fields.index(AMBIGUOUS)
    below = [r.texts[number] for r in table.rows if r.number > row.number and number < len(r.cells)]
    values = [value for value in below if not vocabulary().says_nothing(value)][:VALUES_LOOKED_AT]
    with_digit = sum(any(char.isdigit() for char in value) for value in values)
    is_model = bool(values) and with_digit >= MODEL_SHARE * len(values)
    choice = "model" if is_model else "kind"
    fields[number] = choice if choice not in fields else KEEP
