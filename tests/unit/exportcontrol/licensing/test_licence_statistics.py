"""Statistics of a year: small cells cannot be seen, nor rows by subtraction."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.subjects.licensing.statistics import CountedCase, StatisticsTable, year_statistics


def cases(*groups: tuple[int, str, str]) -> list[CountedCase]:
    return [
        CountedCase("export", destination, {"6A003": {"EUR": Decimal(100)}}, outcome)
        for count, outcome, destination in groups
        for _ in range(count)
    ]


def table(name: str, decided: list[CountedCase], smallest: int = 5) -> StatisticsTable:
    return next(t for t in year_statistics(2026, decided, decided, smallest).tables if t.id == name)


def counts(rows: StatisticsTable) -> dict[str, int | None]:
    return {cell.name: cell.count for cell in rows.cells}


def test_counts_and_values_by_destination() -> None:
    rows = table(
        "granted-by-destination", cases((6, "granted", "CL"), (7, "granted", "JP"), (5, "denied", "KZ"))
    )
    assert (counts(rows), rows.total) == ({"CL": 6, "JP": 7}, 13)
    assert {cell.name: dict(cell.values) for cell in rows.cells} == {
        "CL": {"EUR": Decimal(600)}, "JP": {"EUR": Decimal(700)},
    }  # fmt: skip


def test_each_entry_has_the_value_of_its_own_items() -> None:
    entries = {"6A003": {"EUR": Decimal(90)}, "not listed": {"EUR": Decimal(10)}}
    rows = table("granted-by-entry", [CountedCase("export", "CL", entries, "granted")], 1)
    assert {cell.name: dict(cell.values) for cell in rows.cells} == entries
    (place,) = table("granted-by-destination", [CountedCase("export", "CL", entries, "granted")], 1).cells
    assert dict(place.values) == {"EUR": Decimal(100)}


def test_one_small_cell_hides_the_next_one_too() -> None:
    rows = table(
        "granted-by-destination", cases((2, "granted", "CL"), (6, "granted", "JP"), (9, "granted", "KR"))
    )
    assert (counts(rows), rows.total) == ({"CL": None, "JP": None, "KR": 9}, 17)


def test_small_cells_alone_hide_the_total() -> None:
    rows = table("granted-by-destination", cases((4, "granted", "CL")))
    assert (counts(rows), rows.total) == ({"CL": None}, None)


def test_an_outcome_that_is_hidden_hides_its_tables() -> None:
    decided = cases((9, "granted", "CL"), (2, "denied", "KZ"))
    assert counts(table("outcomes", decided)) == {"granted": None, "denied": None}
    assert counts(table("granted-by-destination", decided)) == {"CL": None}
    assert table("granted-by-destination", decided).total is None


def test_a_cell_of_one_hides_nothing_and_zero_is_refused() -> None:
    assert counts(table("outcomes", cases((1, "denied", "KZ")), 1)) == {"denied": 1}
    with pytest.raises(ValueError, match="0 is not a number of cases"):
        year_statistics(2026, (), (), 0)


@given(st.dictionaries(st.sampled_from(["CL", "JP", "KR", "KZ", "AE"]), st.integers(1, 12), max_size=5))
def test_no_hidden_count_follows_from_the_total(groups: dict[str, int]) -> None:
    rows = table("granted-by-destination", cases(*((n, "granted", place) for place, n in groups.items())))
    hidden = [groups[cell.name] for cell in rows.cells if cell.count is None]
    assert all(count is None or count >= 5 for count in counts(rows).values())
    if hidden and rows.total is not None:
        assert len(hidden) > 1
        assert sum(hidden) >= 5
