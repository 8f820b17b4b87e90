"""A whole list again, and a list of an earlier date: later ones stay on top, and undo restores all."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from overzicht.evidence.actor import Actor
from overzicht.register.terms import LifecycleState, Outcome, Status
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict, add_judgement
from overzicht.store.moving.checking import check_store
from overzicht.store.register.device_states import known_devices
from overzicht.store.register.devices import DeviceFilter, DeviceLine, Page
from overzicht.store.register.organisations import RegisterError
from overzicht.store.register.undoing import UndoError
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import (
    ImportChoices,
    ImportView,
    LargeRetirementError,
    StalePreviewError,
)
from overzicht.subjects.register.imports.undoing import undo_import
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.replacement_plans import NewPlan

TOWN = "town"
HEADER = "Nummer,Merk,Model,Serienummer,Locatie,Ruimte,Status"
ROWS = [f"CAM-{n:02},Axis,P3245-LV,ACCC8E0000{n:02},Stadhuis,kamer {n},in gebruik" for n in range(1, 11)]
BEFORE, FIRST, SECOND, THIRD = "2026-01-15", "2026-02-01", "2026-03-01", "2026-04-01"


SECONDS = itertools.count()


def on(day: str) -> Actor:
    """Return an actor for a date; whatever it is, the clock goes on."""
    at = datetime(2026, 12, 1, tzinfo=UTC) + timedelta(seconds=next(SECONDS))
    return Actor(date.fromisoformat(day), "jan", at)


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    organisations.add_organisation(opened, NewOrganisation("Town"), on(BEFORE))
    yield opened
    assert check_store(opened).faults == ()
    opened.close()


def offer(store: Store, rows: list[str], day: str, **choices: object) -> ImportView:
    path = store.home / f"list-{day}-{hash(tuple(rows))}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return importing.preview_import(store, path, ImportChoices(TOWN, **choices), on(day))  # type: ignore[arg-type]


def take(store: Store, rows: list[str], day: str, **choices: object) -> ImportView:
    number = offer(store, rows, day, **choices).import_.id
    return importing.accept_import(store, number, on(day), confirm_retired=True)


def lines(store: Store, day: str) -> dict[str, DeviceLine]:
    filters = DeviceFilter(date.fromisoformat(day), life=())
    return {line.label: line for line in devices.list_devices(store, filters, Page(size=100)).rows}


def lives(store: Store, day: str) -> dict[str, str]:
    return {label: line.life.value for label, line in sorted(lines(store, day).items())}


def picture(store: Store) -> list[object]:
    """Return all that the register states on each date, and what the next import compares."""
    days = (BEFORE, FIRST, SECOND, THIRD)
    with store.reading() as connection:
        known = [list(known_devices(connection, TOWN, date.fromisoformat(day))) for day in days]
    return [[sorted(lines(store, day).items()) for day in days], known]


def counts(view: ImportView) -> dict[str, int]:
    return {name: count for name, count in view.counts.items() if count}


def test_a_corrected_list_of_the_same_date_replaces_the_first(store: Store) -> None:
    first = take(store, ROWS, FIRST).import_
    before, ids = picture(store), {label: line.id for label, line in lines(store, FIRST).items()}
    corrected = [
        *(row for n, row in enumerate(ROWS) if n not in {1, 4}),
        "CAM-11,Bosch,NDE-3502-AL,044700000011,Stadhuis,dak,in gebruik",
    ]
    corrected[0] = corrected[0].replace("kamer 1", "zolder")
    corrected[1] = corrected[1].replace("in gebruik", "buiten gebruik")
    corrected[2] = corrected[2].replace("ACCC8E000004", "ACCC8E0000F4")
    preview = offer(store, corrected, FIRST)
    expected = {"added": 1, "changed": 3, "unchanged": 5, "withdrawn": 2}
    assert (counts(preview), preview.import_.supersedes) == (expected, first.id)
    assert (preview.import_.retirement.devices, preview.import_.retirement.of) == (3, 10)
    assert picture(store) == before
    with pytest.raises(LargeRetirementError, match="3 of 10 devices"):
        importing.accept_import(store, preview.import_.id, on(FIRST))
    done = importing.accept_import(store, preview.import_.id, on(FIRST), confirm_retired=True)
    changed = importing.show_import(store, done.import_.id, outcome=Outcome.CHANGED).rows
    assert [[(c.field, c.old, c.new) for c in row.changes] for row in changed] == [
        [("place", "kamer 1", "zolder")],
        [("status", "in gebruik", "buiten gebruik"), ("life", "in use", "out of use")],
        [("serial", "ACCC8E000004", "ACCC8E0000F4")],
    ]
    assert [row.matched_by for row in changed] == ["serial", "label", "label"]
    gone = importing.show_import(store, done.import_.id, outcome=Outcome.WITHDRAWN).rows
    assert {row.device_id for row in gone} == {ids["CAM-02"], ids["CAM-05"]}
    after = lines(store, FIRST)
    assert {label: line.id for label, line in after.items() if label in ids}.items() <= ids.items()
    assert sorted(after) == ["CAM-01", "CAM-03", "CAM-04", *(f"CAM-{n:02}" for n in range(6, 12))]
    assert lines(store, BEFORE) == {}
    assert importing.show_import(store, first.id).import_.status is Status.SUPERSEDED
    with pytest.raises(UndoError, match="a corrected list of the same date replaced it"):
        undo_import(store, first.id, on(THIRD))
    undone = undo_import(store, done.import_.id, on(THIRD), "wrong file").import_
    assert undone.status is Status.UNDONE
    assert importing.show_import(store, first.id).import_.status is Status.ACCEPTED
    assert picture(store) == before
    undo_import(store, first.id, on(THIRD))
    assert lines(store, FIRST) == {}


def test_the_same_correction_twice_and_the_first_list_again(store: Store) -> None:
    take(store, ROWS, FIRST)
    before = lines(store, FIRST)
    second = take(store, ROWS[:9], FIRST)
    third = take(store, ROWS, FIRST)
    assert (counts(third), third.import_.supersedes) == ({"unchanged": 9, "added": 1}, second.import_.id)
    assert lives(store, FIRST) == dict.fromkeys(before, "in use")
    undo_import(store, third.import_.id, on(THIRD))
    assert len(lines(store, FIRST)) == 9
    undo_import(store, second.import_.id, on(THIRD))
    assert lines(store, FIRST) == before


def test_a_device_of_before_is_not_seen_if_the_corrected_list_leaves_it_out(store: Store) -> None:
    take(store, ROWS, FIRST)
    take(store, ROWS[:9], SECOND)
    assert lives(store, SECOND)["CAM-10"] == "not seen"
    view = take(store, [*ROWS[1:8], ROWS[9].replace("kamer 10", "kelder")], SECOND)
    assert counts(view) == {"changed": 1, "gone": 2, "unchanged": 7}
    assert {label for label, life in lives(store, SECOND).items() if life == "not seen"} == {
        "CAM-01",
        "CAM-09",
    }
    assert lines(store, SECOND)["CAM-10"].place == "kelder"
    assert lives(store, FIRST) == dict.fromkeys(lives(store, FIRST), "in use")


def test_a_list_of_an_earlier_date_is_put_under_later_ones(store: Store) -> None:
    take(store, [row.replace("kamer", "ruimte") for row in ROWS[2:]], SECOND)
    before = picture(store)
    late = take(store, ROWS[:8], FIRST)
    assert counts(late) == {"added": 8}
    assert lives(store, FIRST) == {f"CAM-{n:02}": "in use" for n in range(1, 9)}
    assert lines(store, FIRST)["CAM-03"].id == lines(store, SECOND)["CAM-03"].id
    assert (lines(store, FIRST)["CAM-03"].place, lines(store, SECOND)["CAM-03"].place) == (
        "kamer 3",
        "ruimte 3",
    )
    after = lives(store, SECOND)
    assert {label for label, life in after.items() if life == "not seen"} == {"CAM-01", "CAM-02"}
    history = devices.show_device(
        store, lines(store, SECOND)["CAM-01"].id, date.fromisoformat(SECOND)
    ).history
    assert [(state.since.isoformat(), state.life.value) for state in history] == [
        (FIRST, "in use"), (SECOND, "not seen"),
    ]  # fmt: skip
    undo_import(store, late.import_.id, on(THIRD))
    assert picture(store) == before


def test_a_corrected_list_of_an_earlier_date_keeps_later_lists_and_marks(store: Store) -> None:
    take(store, ROWS, FIRST)
    removed = lines(store, FIRST)["CAM-03"].id
    devices.set_life(store, removed, LifecycleState.REMOVED, on("2026-02-10"), reason="taken down")
    take(store, [row for n, row in enumerate(ROWS) if n not in {2, 6}], SECOND)
    before = picture(store)
    view = take(store, [ROWS[0].replace("kamer 1", "hal"), *ROWS[1:9]], FIRST)
    assert counts(view) == {"changed": 1, "unchanged": 8, "withdrawn": 1}
    assert sorted(lines(store, FIRST)) == [f"CAM-{n:02}" for n in range(1, 10)]
    assert (lines(store, FIRST)["CAM-01"].place, lines(store, SECOND)["CAM-01"].place) == ("hal", "kamer 1")
    late = lives(store, SECOND)
    assert (late["CAM-03"], late["CAM-07"], late["CAM-10"]) == ("removed", "not seen", "in use")
    again = lines(store, SECOND)["CAM-10"]
    assert again.since == date.fromisoformat(SECOND)
    shown = devices.show_device(store, removed, date.fromisoformat(SECOND))
    assert (shown.history[-1].reason, shown.history[-1].actor) == ("taken down", "jan")
    undo_import(store, view.import_.id, on(THIRD))
    assert picture(store) == before


def test_a_list_of_before_the_organisation_was_added(store: Store) -> None:
    region = NewOrganisation("Region", id="region")
    organisations.add_organisation(store, region, on(SECOND))
    organisations.add_organisation(store, NewOrganisation("Village", parent="region"), on(SECOND))
    path = store.home / "early.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    view = importing.preview_import(store, path, ImportChoices("village"), on(FIRST))
    assert organisations.list_organisations(store, date.fromisoformat(FIRST))[0].id == "town"
    importing.accept_import(store, view.import_.id, on(FIRST))
    day = date.fromisoformat(FIRST)
    assert devices.list_devices(store, DeviceFilter(day, organisation="region")).total == 10
    assert devices.list_devices(store, DeviceFilter(day, allowed=("region",))).total == 10
    assert devices.list_devices(store, DeviceFilter(date(2026, 1, 31))).total == 0


def test_a_device_that_something_names_is_removed_and_does_not_vanish(store: Store) -> None:
    take(store, ROWS, FIRST)
    before = lines(store, FIRST)
    named = [before[f"CAM-0{n}"].id for n in (1, 2, 3)]
    plans.new_plan(
        store, NewPlan("Replace"), DeviceFilter(date.fromisoformat(FIRST), text="CAM-01"), on(FIRST)
    )
    devices.set_life(store, named[1], LifecycleState.OUT_OF_USE, on(FIRST), reason="broken")
    finding = devices.show_device(store, named[2], date.fromisoformat(FIRST)).finding.id
    with store.writing("jan", on(FIRST).at) as tx:
        add_judgement(tx, finding, Verdict.CONFIRM, "type plate")
    state = picture(store)
    view = take(store, ROWS[4:], FIRST)
    taken_out = importing.show_import(store, view.import_.id, outcome=Outcome.WITHDRAWN).rows
    reasons = {row.device_id: str(row.why) for row in taken_out}
    assert all("a plan, task or decision names it" in reasons.pop(device) for device in named)
    assert list(reasons.values()) == ["The corrected list leaves it out."]
    after = lives(store, FIRST)
    assert (after["CAM-01"], after["CAM-02"], after["CAM-03"]) == ("removed", "out of use", "removed")
    assert "CAM-04" not in after
    undo_import(store, view.import_.id, on(THIRD))
    assert picture(store) == state


def test_a_scan_of_the_same_date_keeps_its_devices(store: Store) -> None:
    take(store, ROWS, FIRST)
    scan = [*ROWS[:2], "CAM-20,Bosch,NDE-3502-AL,044700000020,Stadhuis,dak,in gebruik"]
    take(store, scan, FIRST, is_whole=False)
    before = picture(store)
    view = take(store, ROWS[5:], FIRST)
    assert sorted(lines(store, FIRST)) == ["CAM-01", "CAM-02", *(f"CAM-{n:02}" for n in (6, 7, 8, 9, 10, 20))]
    undo_import(store, view.import_.id, on(THIRD))
    assert picture(store) == before


def test_parts_of_one_list_lie_beside_each_other(store: Store) -> None:
    first = take(store, ROWS[:5], FIRST).import_.id
    second = take(store, ROWS[5:], FIRST, beside=(first,)).import_
    assert (second.supersedes, len(lines(store, FIRST))) == (None, 10)
    view = take(store, ROWS[5:9], FIRST)  # it corrects the part with which it has most in common
    assert view.import_.supersedes == second.id
    assert len(lines(store, FIRST)) == 9
    other = offer(store, ROWS[:4], FIRST, is_whole=False)
    assert other.import_.supersedes is None


def test_an_answer_to_an_unclear_row_counts_for_the_row_that_corrects_it(store: Store) -> None:
    take(store, ROWS, FIRST)
    old = lines(store, FIRST)["CAM-01"].id
    doubtful = ROWS[0].replace("ACCC8E000001", "ACCC8E0000F1")
    preview = offer(store, [doubtful, *ROWS[1:]], SECOND)
    importing.resolve_row(store, preview.import_.id, 0, f"replaces:{old}", on(SECOND))
    importing.accept_import(store, preview.import_.id, on(SECOND))
    new = devices.show_device(store, old, date.fromisoformat(SECOND)).line.replaced_by
    view = take(store, [doubtful.replace("kamer 1", "hal"), *ROWS[1:]], SECOND)
    assert counts(view) == {"changed": 1, "unchanged": 9}
    assert devices.show_device(store, old, date.fromisoformat(SECOND)).line.replaced_by == new
    line = devices.show_device(store, new, date.fromisoformat(SECOND)).line
    assert (line.place, line.life) == ("hal", LifecycleState.IN_USE)


def test_a_preview_notices_that_it_now_replaces_a_list(store: Store) -> None:
    first, second = offer(store, ROWS, FIRST), offer(store, ROWS[:9], FIRST)
    importing.accept_import(store, first.import_.id, on(FIRST))
    with pytest.raises(StalePreviewError):
        importing.accept_import(store, second.import_.id, on(FIRST))
    view = importing.show_import(store, second.import_.id)
    assert (view.import_.supersedes, view.counts["withdrawn"]) == (first.import_.id, 1)
    importing.accept_import(store, second.import_.id, on(FIRST))
    assert len(lines(store, FIRST)) == 9
    with pytest.raises(RegisterError, match="was replaced by a corrected list"):
        importing.reject_import(store, first.import_.id, on(FIRST))


def test_a_later_import_holds_back_the_undo(store: Store) -> None:
    take(store, ROWS, FIRST)
    view = take(store, [row.replace("kamer", "hal") for row in ROWS], FIRST)
    later = take(store, ROWS, THIRD, again=True).import_.id
    with pytest.raises(UndoError, match=f"import {later} .* is later"):
        undo_import(store, view.import_.id, on(THIRD))
    before = lines(store, FIRST)
    undo_import(store, later, on(THIRD))
    assert {line.place[:3] for line in lines(store, THIRD).values()} == {"hal"}
    assert lines(store, FIRST) == before
    undo_import(store, view.import_.id, on(THIRD))
    assert {line.place[:3] for line in lines(store, THIRD).values()} == {"kam"}
