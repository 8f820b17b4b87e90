"""The register is as if every list had come in order of date and right at once; an undo restores what was."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.moving.checking import check_store
from overzicht.store.register.device_states import known_devices
from overzicht.store.register.devices import DeviceFilter, DeviceLine, Page
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.imports.undoing import undo_import
from overzicht.subjects.register.organisations import NewOrganisation

HEADER = "Nummer,Merk,Model,Serienummer,Ruimte,Status\n"
FIRST = date(2026, 3, 1)
ADDED = FIRST + timedelta(days=90)  # the start of the organisation
DAYS = [FIRST + timedelta(days=days) for days in range(-1, 23)]
NAMES = itertools.count()
ROOMS = st.integers(0, 3)
STATES = st.sampled_from(["in gebruik", "in gebruik", "buiten gebruik"])
LISTS = st.dictionaries(st.integers(1, 6), st.tuples(ROOMS, STATES), min_size=1, max_size=6)


@dataclass(frozen=True)
class List:
    """An inventory: room and state by number of the camera, and what it was by mistake at first."""

    day: date
    rows: Mapping[int, tuple[int, str]]
    mistaken: Mapping[int, tuple[int, str]] | None
    is_whole: bool


@st.composite
def series(draw: st.DrawFn) -> list[List]:
    count = draw(st.integers(1, 3))
    return [
        List(
            FIRST + timedelta(days=10 * number),
            draw(LISTS),
            draw(st.none() | LISTS),
            draw(st.sampled_from([True, True, False])),
        )
        for number in range(count)
    ]


class Town:
    """An organisation of its own in the store, with a clock that goes on."""

    def __init__(self, store: Store) -> None:
        self.store, self.name = store, f"town-{next(NAMES)}"
        organisations.add_organisation(store, NewOrganisation(self.name), self._on(ADDED))

    def _on(self, day: date) -> Actor:
        return Actor(day, "jan", datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=next(NAMES)))

    def take(self, rows: Mapping[int, tuple[int, str]], day: date, *, is_whole: bool) -> int:
        path = self.store.home / f"list-{next(NAMES)}.csv"
        lines = (
            f"CAM-{number},Axis,P3245-LV,ACCC8E00{number:04},ruimte {number}-{room},{state}\n"
            for number, (room, state) in rows.items()
        )
        path.write_text(HEADER + "".join(lines), encoding="utf-8")
        choices = ImportChoices(self.name, is_whole=is_whole, again=True)
        number = importing.preview_import(self.store, path, choices, self._on(day)).import_.id
        done = importing.accept_import(self.store, number, self._on(day), confirm_retired=True)
        assert not done.counts["unclear"]
        return number

    def undo(self, number: int) -> None:
        undo_import(self.store, number, self._on(ADDED))

    def pictures(self) -> list[list[tuple[object, ...]]]:
        """Return what the register states on item day, without the ids."""
        return [
            sorted(
                (line.label, line.place, line.life.value, str(line.not_seen_since))
                for line in self._lines(day)
            )
            for day in DAYS
        ]

    def everything(self) -> tuple[object, ...]:
        with self.store.reading() as connection:
            known = list(known_devices(connection, self.name, ADDED))
        return [sorted(self._lines(day), key=lambda line: line.id) for day in DAYS], known

    def _lines(self, day: date) -> Sequence[DeviceLine]:
        there = {line.id for line in organisations.list_organisations(self.store, day)}
        filters = DeviceFilter(day, organisation=self.name, life=())
        return devices.list_devices(self.store, filters, Page(size=100)).rows if self.name in there else ()


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    yield opened
    assert check_store(opened).faults == ()
    opened.close()


def test_an_undo_leaves_no_absence_that_a_corrected_list_had_not_stated(store: Store) -> None:
    """It took out devices that a later list shows; one of an earlier date shows them too, and is undone."""
    town, room = Town(store), (0, "in gebruik")
    second, third = FIRST + timedelta(days=10), FIRST + timedelta(days=20)
    town.take(dict.fromkeys((1, 2, 3), room), second, is_whole=True)
    town.take(dict.fromkeys((1, 2, 3, 5), room), third, is_whole=True)
    town.take(dict.fromkeys((3, 5), room), second, is_whole=True)
    before = town.everything()
    town.undo(town.take(dict.fromkeys((1, 2), room), FIRST, is_whole=True))
    assert town.everything() == before


LAW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.sampled(2)
@LAW
@given(lists=series(), data=st.data())
def test_any_order_and_any_correction_end_the_same(
    store: Store, lists: list[List], data: st.DataObject
) -> None:
    right, town = Town(store), Town(store)
    for item in lists:
        right.take(item.rows, item.day, is_whole=item.is_whole)
    expected = right.pictures()
    mistakes = [(item.day, item.mistaken, True) for item in lists if item.is_whole and item.mistaken]
    steps = data.draw(st.permutations(mistakes))
    steps += data.draw(st.permutations([(item.day, item.rows, item.is_whole) for item in lists]))
    for day, rows, is_whole in steps:
        before = town.everything()
        number = town.take(rows, day, is_whole=is_whole)
        if data.draw(st.booleans()):
            town.undo(number)
            assert town.everything() == before
            town.take(rows, day, is_whole=is_whole)
    assert town.pictures() == expected
