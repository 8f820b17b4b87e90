"""An import that would end many devices is asked about, and each accepted import can be taken back."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from overzicht.evidence.actor import Actor
from overzicht.register.terms import LifecycleState, Outcome, Status
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict, add_judgement
from overzicht.store.log import verify_log
from overzicht.store.register.device_states import known_devices
from overzicht.store.register.devices import DeviceFilter, Page
from overzicht.store.register.undoing import UndoError
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import (
    ImportChoices,
    ImportView,
    LargeRetirementError,
)
from overzicht.subjects.register.imports.undoing import undo_import
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.replacement_plans import NewPlan

TOWN = "town"
HEADER = "Nummer,Merk,Model,MAC,Locatie,Ruimte,Aantal"
ROWS = [f"C-{n},Axis,P3245-LV,AC:CC:8E:00:00:{n:02X},Stadhuis,kamer {n},1" for n in range(1, 11)]
FIRST, SECOND, THIRD = "2026-02-01", "2026-03-01", "2026-04-01"


def on(day: str) -> Actor:
    return Actor(date.fromisoformat(day), "jan", datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    organisations.add_organisation(opened, NewOrganisation("Town"), on("2026-01-01"))
    yield opened
    with opened.reading() as connection:
        verify_log(connection)
    opened.close()


def offer(store: Store, rows: list[str], day: str, **said: bool) -> ImportView:
    path = store.home / f"list-{day}-{hash(tuple(rows))}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return importing.preview_import(store, path, ImportChoices(TOWN, **said), on(day))  # type: ignore[arg-type]


def take(store: Store, rows: list[str], day: str, **said: bool) -> int:
    number = offer(store, rows, day, **said).import_.id
    importing.accept_import(store, number, on(day), confirm_retired=True)
    return number


def picture(store: Store, day: str) -> list[object]:
    """Return all that the register states of its devices on a date, and what the next import compares."""
    lines = devices.list_devices(store, DeviceFilter(date.fromisoformat(day), life=()), Page(size=100)).rows
    with store.reading() as connection:
        known = list(known_devices(connection, TOWN, date.fromisoformat(day)))
    return [*lines, *known]


@pytest.mark.parametrize(
    ("kept", "is_whole", "retirement", "is_large"),
    [(8, True, (2, 10), False), (7, True, (3, 10), True), (7, False, (0, 10), False)],
)
def test_more_than_a_fifth_is_asked(
    store: Store, kept: int, is_whole: bool, retirement: tuple[int, int], is_large: bool
) -> None:
    take(store, ROWS, FIRST)
    stored = offer(store, ROWS[:kept], SECOND, is_whole=is_whole).import_
    assert (stored.retired, stored.expected) == retirement
    if is_large:
        before = picture(store, SECOND)
        with pytest.raises(LargeRetirementError, match="3 of 10 devices"):
            importing.accept_import(store, stored.id, on(SECOND))
        assert picture(store, SECOND) == before
    accepted = importing.accept_import(store, stored.id, on(SECOND), confirm_retired=is_large)
    assert accepted.import_.status is Status.ACCEPTED


def test_a_smaller_quantity_counts_as_devices_that_end(store: Store) -> None:
    many = "C-20,Axis,P3245-LV,AC:CC:8E:00:00:20,Stadhuis,dak,40"
    take(store, [*ROWS, many], FIRST)
    stored = offer(store, [*ROWS, many.removesuffix("40") + "4"], SECOND).import_
    assert (stored.retired, stored.expected, stored.retirement.is_large) == (36, 50, True)


def test_undo_restores_every_device_and_the_file_can_come_again(store: Store) -> None:
    take(store, ROWS, FIRST)
    before, earlier = picture(store, SECOND), picture(store, FIRST)
    rows = [
        ROWS[0].replace("kamer 1", "zolder"),
        *ROWS[1:5],
        "C-11,Bosch,NDE-5503-A,00:07:5F:00:00:04,Bad,hal,1",
    ]
    number = take(store, rows, SECOND)
    after = picture(store, SECOND)
    assert after != before
    undone = undo_import(store, number, on(THIRD), "wrong sheet").import_
    assert (undone.status, undone.undone_by, undone.reason) == (Status.UNDONE, "jan", "wrong sheet")
    assert undone.decided_by == "jan"
    assert (picture(store, SECOND), picture(store, FIRST)) == (before, earlier)
    added = importing.show_import(store, number, outcome=Outcome.ADDED).rows[0].device_id
    assert devices.list_devices(store, DeviceFilter(date(2026, 4, 1), life=())).total == 10
    with pytest.raises(UndoError, match="its status is undone"):
        undo_import(store, number, on(THIRD))
    again = take(store, rows, SECOND)
    assert again != number
    assert importing.show_import(store, again, outcome=Outcome.ADDED).rows[0].device_id != added
    undo_import(store, again, on(THIRD))
    assert picture(store, SECOND) == before


def test_an_open_preview_notices_an_undo_and_a_wrong_date_can_be_taken_back(store: Store) -> None:
    take(store, ROWS, FIRST)
    wrong = take(store, [*ROWS, ROWS[0].replace("C-1,", "C-30,").replace("00:01", "00:30")], "2027-01-01")
    undo_import(store, wrong, on(SECOND))
    assert offer(store, ROWS[:9], SECOND).counts["gone"] == 1


def test_same_day_inventories_are_undone_one_after_the_other(store: Store) -> None:
    take(store, ROWS[:3], FIRST)
    table = picture(store, FIRST)
    scan = take(store, [row.replace("kamer", "ruimte") for row in ROWS[1:5]], FIRST, is_whole=False)
    undo_import(store, scan, on(SECOND))
    assert picture(store, FIRST) == table


def test_undo_is_refused_while_something_stands_on_it(store: Store) -> None:
    first = take(store, ROWS, FIRST)
    second = take(store, ROWS[:9], SECOND)
    with pytest.raises(UndoError, match=f"import {second} .* is later"):
        undo_import(store, first, on(THIRD))
    undo_import(store, second, on(THIRD))
    device = importing.show_import(store, first).rows[0].device_id
    finding = devices.show_device(store, device, date(2026, 4, 1)).finding.id
    with store.writing("jan", on(THIRD).at) as tx:
        judgement = add_judgement(tx, finding, Verdict.CONFIRM, "type plate")
    with pytest.raises(UndoError, match=rf"withdraw {judgement}") as refusal:
        undo_import(store, first, on(THIRD))
    assert device in refusal.value.message
    plans.new_plan(store, NewPlan("Replace"), DeviceFilter(date(2026, 4, 1)), on(THIRD))
    with pytest.raises(UndoError, match="plan 1 contains"):
        undo_import(store, first, on(THIRD))
    devices.set_life(store, device, LifecycleState.REMOVED, on(THIRD), reason="taken down")
    with pytest.raises(UndoError, match="was changed by jan on 2026-04-01"):
        undo_import(store, first, on(THIRD))
