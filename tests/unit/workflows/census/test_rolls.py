"""A roll beside its control totals: of another country, of kinds without one, of a kind that it lacks."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import HEADER, REFERENCE, at, write_csv

from overzicht.store.database import Store
from overzicht.subjects.census.rolls import RefusedRollError, RollFiles, load_roll

TOTALS = ("kind", "day", "number", "source")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "home", at=at(REFERENCE).at)
    yield made
    made.close()


def roll(folder: Path) -> Path:
    rows = [(f"c{n}", f"Shire {n}", "County", "", 1000 * n, "", "", "") for n in range(1, 4)]
    return write_csv(folder / "roll.csv", HEADER, [*rows, ("p1", "Force", "police", "", "", "", "", "")])


def test_a_country_without_totals_is_told_which_to_give(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RefusedRollError, match=r"kinds of body: County \(3\), police \(1\)") as refused:
        load_roll(store, RollFiles(roll(tmp_path), country="GB"), at(REFERENCE))
    assert "the columns kind, day and number" in refused.value.fix


def test_kinds_without_a_total_are_named_as_not_checked(store: Store, tmp_path: Path) -> None:
    totals = write_csv(tmp_path / "totals.csv", TOTALS, [("County", "2025-01-01", 3, "the county councils")])
    loaded = load_roll(store, RollFiles(roll(tmp_path), country="GB", totals=totals), at(REFERENCE))
    assert dict(loaded.unchecked) == {"police": 1}
    assert [str(check) for check in loaded.checks][-1].startswith(
        f"County on {date(2026, 3, 2)}: 3 in the roll"
    )


def test_a_total_of_a_kind_that_the_roll_lacks_contradicts_it(store: Store, tmp_path: Path) -> None:
    totals = write_csv(tmp_path / "totals.csv", TOTALS, [("county", "2025-01-01", 3, "another spelling")])
    with pytest.raises(RefusedRollError, match="county on 2025-01-01: 0 in the roll, 3 by the control total"):
        load_roll(store, RollFiles(roll(tmp_path), country="GB", totals=totals), at(REFERENCE))
