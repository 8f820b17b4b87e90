"""Reader of files with surveys of others: one row for each question, with its numbers as people write them.

**Domain**: tables as CSV (any delimiter and encoding), XLSX or ODS, with a header of known words, see
`surveys.yml`. **Caveats**: each row is read for itself; a cell that cannot be read leaves its number unknown.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from overzicht.dates import (
    MONTHS,
    read_day_first_date,
    read_legal_date,
    read_written_date,
)
from overzicht.errors import InputFileError, UnreadableDateError
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.identifiers.slug import slug
from overzicht.isolation import Limits, in_child
from overzicht.register.quantities import Quantity
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.files import LocalFile
from overzicht.sources.inventories.tables.delimited import read_delimited
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.vocabulary import plain
from overzicht.sources.inventories.tables.workbook import is_workbook, read_workbook
from overzicht.subjects.census.amounts import Amount, read_amount, read_rate
from overzicht.subjects.census.claims import stated_day
from overzicht.subjects.census.survey_rows import SurveyRow

MAX_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_ABOVE = 30  # rows in which the header is searched
COUNTED = ("with", "with_least", "with_most", "with_as_said", "answered", "answered_least", "published_rate")
NUMBERS = ("roll_size", "asked", "answered", "with", "published_rate")
FIX = text("write digits, a range (145-155), a share (40 %), a part (36 of 40), `all`, `none` or `?`")
DAY_FIX = text("write the date as 2026-11-27, 2026-11 or 2026")


class RowState(WordedEnum):
    """How far a row of a file of surveys was read."""

    WHOLE = "whole", text("whole")
    PART = "in part", text("in part")
    UNREAD = "unread", text("unread")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that could not be read: its place, the reason, and what makes it readable."""

    place: str
    reason: Text
    fix: Text


@dataclass(frozen=True, slots=True)
class SurveyEntry:
    """A row of a file, the question that it states, and its cells that could not be read."""

    place: str
    row: SurveyRow
    state: RowState
    problems: tuple[CellProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class SurveyFile:
    """The rows of a file. `notes` counts those without a question; `unused` are headers without a field."""

    entries: tuple[SurveyEntry, ...]
    notes: int = 0
    unused: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[SurveyRow, ...]:
        """The questions that were read, whole or in part."""
        return tuple(entry.row for entry in self.entries if entry.state is not RowState.UNREAD)


@in_child(Limits())
def read_survey(path: Path) -> SurveyFile:
    """Return the questions of the surveys in a file, with what could not be read.

    Raises InputFileError for a file without a table of surveys.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    with file.open() as stream:
        data = stream.read()
    if is_workbook(data[:8]):
        tables = [table for table in read_workbook(data, path.name) if not table.is_hidden]
    else:
        tables = [read_delimited(data, path.name, tuple(_fields())).table]
    entries: list[SurveyEntry] = []
    taken: dict[str, set[int]] = {}
    unused: dict[str, None] = {}
    notes = 0
    for table in tables:
        # the row with the most known headers; it needs two, one of a number or a question
        rows = [row for row in table.rows[:MOST_ABOVE] if not row.is_empty]
        header = max(rows, key=lambda row: len(_known(row)), default=None)
        if header is None or len(_known(header)) < 2 or not {*COUNTED, "question"} & set(_known(header)):
            continue
        reader = _Reader(table, header, path.stem, entries, taken)
        notes += reader.read()
        unused |= dict.fromkeys(reader.unused)
        if len(entries) > MOST_ROWS:
            raise InputFileError(path.name, f"it has more than {MOST_ROWS} rows", fix="divide the file")
    if not entries:
        raise InputFileError(
            path.name,
            "no table of surveys was found",
            fix="give a table with a header, for example survey, number, date, roll_size, asked, answered, "
            "question, with, published_rate, source",
        )
    return SurveyFile(tuple(entries), notes, tuple(unused))


@cache
def _fields() -> Mapping[str, str]:
    """Return the field of each known header, in plain form."""
    content = files(__package__).joinpath("surveys.yml").read_bytes()
    fields: dict[str, str] = {}
    headers: Mapping[str, Any] = read_packaged_yaml(content)
    for name, words in headers.items():
        for word in words:
            fields.setdefault(plain(word) or word, name)
    return fields


def _known(row: TableRow) -> dict[str, int]:
    """Return the column of each field that a row names, the first of several."""
    columns: dict[str, int] = {}
    for number, cell in enumerate(row.texts):
        if name := _fields().get(plain(cell) or cell):
            columns.setdefault(name, number)
    return columns


@dataclass(slots=True)
class _Reader:
    """Reads the rows below a header, and adds them to `entries`."""

    table: RawTable
    header: TableRow
    stem: str
    entries: list[SurveyEntry]
    taken: dict[str, set[int]]  # numbers of the questions of each survey
    columns: dict[str, int] = field(init=False)
    problems: list[CellProblem] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Take the columns of the fields from the header."""
        self.columns = _known(self.header)

    @property
    def unused(self) -> list[str]:
        """The headers without a field."""
        used = set(self.columns.values())
        return [cell for number, cell in enumerate(self.header.texts) if cell and number not in used]

    def read(self) -> int:
        """Read all rows, and return how many state no question."""
        notes = 0
        for row in self.table.rows:
            if row.number <= self.header.number or row.is_empty:
                continue
            values = {name: row.texts[n] if n < len(row.texts) else "" for name, n in self.columns.items()}
            if not any(values.get(name) for name in (*COUNTED, "question", "asked")):
                notes += 1
                continue
            self.problems = []
            self.entries.append(self._entry(row, values))
        return notes

    def _entry(self, row: TableRow, values: Mapping[str, str]) -> SurveyEntry:
        place = self.table.place(row.number)
        own = self._row(place, values)
        state = RowState.WHOLE
        if self.problems:
            known = (own.roll_size, own.requested, *own.answered_numbers, *own.having_numbers)
            is_told = any(number is not None for number in known) or read_rate(own.published_rate) is not None
            state = RowState.PART if is_told else RowState.UNREAD
        return SurveyEntry(place, own, state, tuple(self.problems))

    def _row(self, place: str, values: Mapping[str, str]) -> SurveyRow:
        def cell(name: str, most: int) -> str:
            return values.get(name, "")[:most]

        day = self._day(place, values.get("date", ""))
        asker = cell("asked_by", 200)
        own_name = f"{slug(asker)} {day[:4]}".strip()[:80] if asker else self.stem[:80]
        survey = cell("survey", 80) or own_name
        roll = self._one(place, "roll_size", values, None)
        requested = self._one(place, "asked", values, roll)
        base = Quantity(requested, requested) if requested is not None else Quantity(roll, roll)
        answered = self._range(place, "answered", values, base)
        having_base = answered if answered.at_most is not None else base
        having = self._range(place, "with", values, having_base)
        rate = cell("published_rate", 40)
        if rate and read_rate(rate) is None:
            amount = read_amount(rate)
            if amount is None or amount.has_number:  # else it is unknown in words, or a share such as `half`
                self._problem(place, "published_rate", rate)
        country = cell("country", 40)
        return SurveyRow(
            survey=survey,
            number=self._number(place, survey, values.get("number", "")),
            day=day,
            asked_by=asker,
            roll=cell("roll", 200),
            question=cell("question", 500),
            answered_as_said=self._in_words("answered", values),
            with_as_said=self._in_words("with", values),
            published_rate=rate,
            source=cell("source", 1000),
            roll_size=roll,
            requested=requested,
            answered_least=answered.at_least,
            answered_most=answered.at_most,
            with_least=having.at_least,
            with_most=having.at_most,
            country=country.upper() if re.fullmatch("[A-Za-z]{2}", country) else "",
            note=cell("note", 500),
            previous=self._one(place, "previous", values, None),
            change=cell("change", 40),
            part_of=self._one(place, "part_of", values, None),
        )

    def _amount(self, place: str, name: str, values: Mapping[str, str]) -> Amount:
        written = values.get(name, "")
        amount = read_amount(written)
        if amount is None:
            self._problem(place, name, written)
        return amount or Amount()

    def _one(self, place: str, name: str, values: Mapping[str, str], total: int | None) -> int | None:
        """Return a number that must be one number, such as the size of a roll; None if it is unknown."""
        amount = self._amount(place, name, values)
        number = amount.among(total)
        if number.at_least == number.at_most:
            return number.at_least
        reason = text("“{words}” is not one number", words=values.get(name, ""))
        self.problems.append(CellProblem(self._place(place, name), reason, FIX))
        return None

    def _range(self, place: str, name: str, values: Mapping[str, str], total: Quantity) -> Quantity:
        """Return a number as a range, from one cell, from those of its ends, or from its words."""
        if any(values.get(f"{name}_{end}") for end in ("least", "most")):
            least, most = (self._amount(place, f"{name}_{end}", values) for end in ("least", "most"))
            ends = (_among(least, total), _among(most, total))
            low, high = ends[0].at_least, ends[1].at_most
            if low is not None and high is not None and low > high:
                reason = text("the number is {least} to {most}", least=low, most=high)
                self.problems.append(
                    CellProblem(self._place(place, f"{name}_least"), reason, text("exchange the two"))
                )
                return Quantity(high, low)
            return Quantity(low, ends[1].at_most if values.get(f"{name}_most") else _open(ends[0], low))
        if values.get(name):
            return _bounded(_among(self._amount(place, name, values), total), name)
        words = read_amount(values.get(f"{name}_as_said", ""))
        return _bounded(_among(words, total), name) if words is not None else Quantity()

    def _day(self, place: str, written: str) -> str:
        day = survey_day(written)
        if day is None:
            reason = text("“{words}” is not a date that can be read", words=written)
            self.problems.append(CellProblem(self._place(place, "date"), reason, DAY_FIX))
        return day or ""

    def _number(self, place: str, survey: str, written: str) -> int:
        """Return the number of a question; without one, or with a taken one, the next free one."""
        taken = self.taken.setdefault(survey, set())
        amount = read_amount(written)
        number = amount.least if amount and amount.least == amount.most else None
        free = max(taken, default=0) + 1
        if number in taken:
            reason = text(
                "question {number} of {survey} is in the file twice; this one is {free}",
                number=number or 0,
                survey=survey,
                free=free,
            )
            fix = text("give each question its own number")
            self.problems.append(CellProblem(self._place(place, "number"), reason, fix))
        own = free if number is None or number in taken else number
        taken.add(own)
        return own

    def _problem(self, place: str, name: str, written: str) -> None:
        reason = text("“{words}” is not a number that can be read", words=written[:80])
        self.problems.append(CellProblem(self._place(place, name), reason, FIX))

    @staticmethod
    def _in_words(name: str, values: Mapping[str, str]) -> str:
        """Return the words of a number, or its cell if it states more than digits; empty for digits alone."""
        cells = (values.get(f"{name}_as_said", ""), values.get(name, ""), values.get(f"{name}_least", ""))
        written = next(filter(None, cells), "")
        return "" if written.isdecimal() else written[:200]

    def _place(self, place: str, name: str) -> str:
        column = self.columns.get(name)
        return f"{place}, {self.header.texts[column]}" if column is not None else place


def _among(amount: Amount, total: Quantity) -> Quantity:
    """Return an amount as a range, where its total is a range itself."""
    if total.at_least is None or total.at_most is None:
        return amount.among(total.at_most)
    low, high = amount.among(total.at_least), amount.among(total.at_most)
    return Quantity(low.at_least, high.at_most)


def _bounded(number: Quantity, name: str) -> Quantity:
    """Return a range without an open lower side: `at most 10` that have it are 0 to 10."""
    is_most_alone = number.at_least is None and number.at_most is not None
    return Quantity(0, number.at_most) if is_most_alone and name == "with" else number


def _open(number: Quantity, low: int | None) -> int | None:
    """Return the upper end of a range that only its lower cell states: open for one number alone."""
    return number.at_most if number.at_most != low else None


def survey_day(written: str) -> str | None:
    """Return a date of a survey as an ISO day, month or year; empty for none, None if it cannot be read.

    >>> survey_day("8 februari 2022"), survey_day("spring 2022"), survey_day("2023-02 (later)")
    ('2022-02-08', '2022', '2023-02')
    """
    words = " ".join(written.split())
    if read_amount(words) == Amount():
        return ""
    years = set(re.findall(r"(?<!\d)(?:19[4-9]\d|20\d\d)(?!\d)", words))
    if len(years) > 1:
        return None
    for read in (_iso, _day_first, _written):
        try:
            return read(words)
        except UnreadableDateError:
            continue
    months = "|".join(sorted(MONTHS, key=len, reverse=True))
    if match := re.fullmatch(rf"({months})\.? (\d{{4}})", words.casefold()):
        return f"{match[2]}-{MONTHS[match[1]]:02}"
    is_spoiled = re.search(r"\d[-/.]\d", words) is not None  # such as 32-13-2022
    return None if is_spoiled else next(iter(years), None)


def _day_first(words: str) -> str:
    return read_day_first_date(words).isoformat()


def _written(words: str) -> str:
    return read_written_date(words).isoformat()


def _iso(words: str) -> str:
    day = stated_day(words)
    if not day:
        raise UnreadableDateError(words)
    read_legal_date(day)
    return day
