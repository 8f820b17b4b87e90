"""Yearly statistics of licences for the report of Article 26(2), with small cells hidden.

**What the law says.** The Commission reports every year on authorisations, with numbers and values by kind of
item and destination, on denials and prohibitions, and on applications. Member states give the data, with
regard to confidential business data.

**What we check.** A cell with fewer cases than the smallest cell is hidden. Further cells are hidden until
nobody can subtract a hidden cell from the total. A value is hidden with its count, and where fewer cases than
the smallest cell have a value in that currency. Tables about a hidden outcome are hidden as a whole.

**What we cannot see.** What readers know from other sources. The smallest cell is our parameter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from overzicht.evidence import Text, text
from overzicht.subjects.licensing.states import GRANTS, Status

SMALLEST_CELL = 5
GRANTED = "granted"


Values = Mapping[str, Decimal]  # by currency


@dataclass(frozen=True, slots=True)
class CountedCase:
    """A case of the year: kind, destination, outcome, and the values of its items by entry of the list."""

    transaction: str
    destination: str
    entries: Mapping[str, Values]
    outcome: str = ""

    @property
    def values(self) -> Values:
        """The values of all items by currency."""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for values in self.entries.values():
            for currency, amount in values.items():
                sums[currency] += amount
        return sums


@dataclass(frozen=True, slots=True)
class Cell:
    """A count with values by currency; None for a hidden figure."""

    name: str
    count: int | None
    values: tuple[tuple[str, Decimal | None], ...] = ()


@dataclass(frozen=True, slots=True)
class StatisticsTable:
    """A table of the year; a case with items of several entries counts once in each, with their values."""

    id: str
    title: Text
    cells: tuple[Cell, ...]
    total: int | None


@dataclass(frozen=True, slots=True)
class YearStatistics:
    """The statistics of a year, with the smallest cell that is shown."""

    year: int
    smallest_cell: int
    tables: tuple[StatisticsTable, ...]


Groups = Callable[[CountedCase], Mapping[str, Values]]


def _by(field: Callable[[CountedCase], str]) -> Groups:
    return lambda case: {field(case): case.values}


def _by_entry(case: CountedCase) -> Mapping[str, Values]:
    return case.entries


_by_destination, _by_kind = _by(lambda case: case.destination), _by(lambda case: case.transaction)
_TABLES: tuple[tuple[str, str, Text, Groups], ...] = (
    ("granted-by-destination", GRANTED, text("licences by destination"), _by_destination),
    ("granted-by-kind", GRANTED, text("licences by kind of case"), _by_kind),
    ("granted-by-entry", GRANTED, text("licences by entry of the control list"), _by_entry),
    ("denied-by-destination", Status.DENIED.value, text("denials by destination"), _by_destination),
    ("denied-by-entry", Status.DENIED.value, text("denials by entry of the control list"), _by_entry),
)


def outcome_name(status: Status) -> str:
    """Return the outcome under which a decision counts; licences with conditions are licences."""
    return GRANTED if status in GRANTS else status.value


def year_statistics(
    year: int,
    filed: Sequence[CountedCase],
    decided: Sequence[CountedCase],
    smallest_cell: int = SMALLEST_CELL,
) -> YearStatistics:
    """Return the tables over the cases that were filed and decided in a year; ValueError for a cell of 0."""
    if smallest_cell < 1:
        raise ValueError(f"{smallest_cell} is not a number of cases. Use 1 or more")
    outcomes = _table(
        "outcomes", text("decisions by outcome"), decided, _by(lambda case: case.outcome), smallest_cell
    )
    shown = {cell.name for cell in outcomes.cells if cell.count is not None}
    tables = [
        _table("applications-by-kind", text("applications by kind of case"), filed, _by_kind, smallest_cell),
        _table(
            "applications-by-entry",
            text("applications by entry of the control list"),
            filed,
            _by_entry,
            smallest_cell,
        ),
        outcomes,
    ]
    for name, outcome, title, groups in _TABLES:
        cases = [case for case in decided if case.outcome == outcome]
        table = _table(name, title, cases, groups, smallest_cell)
        if outcome in shown or not cases:
            hidden_table = table
        else:
            cells = tuple(
                Cell(cell.name, None, tuple((currency, None) for currency, _ in cell.values))
                for cell in table.cells
            )
            hidden_table = StatisticsTable(table.id, table.title, cells, None)
        tables.append(hidden_table)
    return YearStatistics(year, smallest_cell, tuple(tables))


def _table(
    name: str, title: Text, cases: Sequence[CountedCase], groups: Groups, smallest: int
) -> StatisticsTable:
    values: dict[str, list[Values]] = defaultdict(list)
    for case in cases:
        for key, own in groups(case).items():
            values[key].append(own)
    counts = {key: len(group) for key, group in values.items()}
    # the cells to hide: the small ones, and the next larger ones until no subtraction finds one
    hidden = {key for key, count in counts.items() if count < smallest}
    others = sorted((count, key) for key, count in counts.items() if key not in hidden)
    while hidden and others and not _is_safe(counts, hidden, smallest):
        hidden.add(others.pop(0)[1])
    cell_found: list[Cell] = []
    for each_key in sorted(values):
        cell_cases = values[each_key]
        is_hidden = each_key in hidden
        sums: dict[str, list[Decimal]] = defaultdict(list)
        for values_of_case in cell_cases:
            for cell_currency, cell_amount in values_of_case.items():
                sums[cell_currency].append(cell_amount)
        cell_values = tuple(
            (currency, None if is_hidden or len(amounts) < smallest else sum(amounts, Decimal(0)))
            for currency, amounts in sorted(sums.items())
        )
        cell_found.append(Cell(each_key, None if is_hidden else len(cell_cases), cell_values))
    cells = tuple(cell_found)
    hidden_amounts: Counter[str] = Counter()
    for cell in cells:
        for currency, amount in cell.values:
            if amount is None:
                hidden_amounts[currency] += sum(currency in own for own in values[cell.name])
    few = {currency for currency, number in hidden_amounts.items() if number < smallest}
    # a cell without its values in currencies in which a total would give a hidden one
    shown_cells: list[Cell] = []
    for each_cell in cells:
        left_values = tuple((name, None if name in few else amount) for name, amount in each_cell.values)
        shown_cells.append(replace(each_cell, values=left_values))
    cells = tuple(shown_cells)
    is_total_hidden = 0 < len(cases) < smallest or (bool(hidden) and not _is_safe(counts, hidden, smallest))
    return StatisticsTable(name, title, cells, None if is_total_hidden else len(cases))


def _is_safe(counts: dict[str, int], hidden: set[str], smallest: int) -> bool:
    return len(hidden) > 1 and sum(counts[key] for key in hidden) >= smallest
