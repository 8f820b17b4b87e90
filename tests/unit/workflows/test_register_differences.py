"""What changed in a register between two dates: each device once, plans with the devices done since."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from overzicht.evidence.actor import Actor
from overzicht.register.merging import Level
from overzicht.register.terms import Outcome
from overzicht.reports.comparison.content import comparison_document
from overzicht.reports.i18n import Language
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict, add_judgement
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.organisations import RegisterError
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.differences import compare_points
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.imports.undoing import undo_import
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.replacement_plans import NewPlan
from overzicht.workflows.starter import ensure_starter

TOWN = "town"
HEADER = "Nummer,Merk,Model,MAC,Locatie,Ruimte,Aantal"
FIRST, SECOND = "2018-01-02", "2026-03-01"
ROWS = [
    "C-1,Hikvision,DS-2CD2143G2-I,44:19:B6:00:00:01,Stadhuis,hal,1",
    "C-2,Axis,P3245-LV,AC:CC:8E:00:00:02,Stadhuis,kelder,1",
    "C-3,Dahua,IPC-HDW2831T-AS-S2,,Zwembad,balie,4",
    "C-4,Axis,P3245-LV,AC:CC:8E:00:00:04,Bad,dak,1",
]
CHANGED = [
    "C-1,Axis,P3245-LV,AC:CC:8E:00:00:11,Stadhuis,hal,1",  # another maker behind the label: replaced?
    "C-2,Axis,P3245-LV,AC:CC:8E:00:00:02,Stadhuis,kelder,1",
    "C-3,Dahua,IPC-HDW2831T-AS-S2,,Zwembad,balie,4",
    "C-9,Axis,P3245-LV,AC:CC:8E:00:00:09,Bad,hal,1",
]


def on(day: str) -> Actor:
    return Actor(date.fromisoformat(day), "jan", datetime.fromisoformat(f"{day}T12:00:00+00:00"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store.open(tmp_path_factory.mktemp("differences") / "home")
    ensure_starter(opened, actor="overzicht", at=on(FIRST).at)
    organisations.add_organisation(opened, NewOrganisation("Town"), on("2018-01-01"))
    take(opened, ROWS, FIRST)
    plans.new_plan(
        opened,
        NewPlan("Replace Hikvision"),
        DeviceFilter(date(2018, 1, 2), maker="hikvision", organisation=TOWN),
        on(FIRST),
    )
    number = offer(opened, CHANGED, SECOND)
    (row,) = importing.show_import(opened, number, outcome=Outcome.UNCLEAR).rows
    assert [(change.field, change.new) for change in row.changes] == [("replaced?", row.candidates[0])]
    importing.resolve_row(opened, number, row.number, f"replaces:{row.candidates[0]}", on(SECOND))
    importing.accept_import(opened, number, on(SECOND), confirm_retired=True)
    device = devices.find_devices(opened, "C-2", date.fromisoformat(SECOND))[0]
    finding = devices.show_device(opened, device, date.fromisoformat(SECOND)).finding.id
    with opened.writing("ann", on(SECOND).at) as tx:
        add_judgement(tx, finding, Verdict.CONFIRM, "type plate")
    yield opened
    opened.close()


def offer(store: Store, rows: list[str], day: str) -> int:
    path = store.home / f"list-{day}.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return importing.preview_import(store, path, ImportChoices(TOWN), on(day)).import_.id


def take(store: Store, rows: list[str], day: str) -> None:
    importing.accept_import(store, offer(store, rows, day), on(day), confirm_retired=True)


@pytest.mark.parametrize("points", [(FIRST, SECOND), ("1", "2")])
def test_each_change_is_stated_once_by_dates_and_by_imports(store: Store, points: tuple[str, str]) -> None:
    changes = compare_points(store, *points, DeviceFilter(date(2026, 3, 1)), on(SECOND))
    assert (changes.before.isoformat(), changes.after.isoformat()) == (FIRST, SECOND)
    assert [(row.name, row.place) for row in changes.added] == [("C-9", "hal"), ("C-1", "hal")]
    assert [(row.name, row.maker_id, row.replaced_by) for row in changes.replaced] == [
        ("C-1", "hikvision", "C-1")
    ]
    assert [row.name for row in changes.gone] == ["C-4"]
    counts = {count.key: (count.before, count.after) for count in changes.counts}
    assert (counts["total"], counts["replaced"], counts["not seen"]) == ((7, 8), (0, 1), (0, 1))
    assert [(row.maker_id, row.devices) for row in changes.newly_listed] == [("dahua", 4)]
    assert {row.party_id for row in changes.listings if row.has_begun} >= {"dahua", "hikvision"}
    assert all(row.is_new_fact for row in changes.listings if "2019-10-09" in str(row.statement))
    (plan,) = changes.plans
    assert (plan.total, plan.done_before, plan.done_after, plan.is_new) == (1, 0, 1, False)
    assert [(row.device, row.actor) for row in changes.decisions] == [("C-2", "ann")]


def test_a_document_for_others_names_no_device_plan_or_person(store: Store) -> None:
    changes = compare_points(store, FIRST, SECOND, DeviceFilter(date(2026, 3, 1)), on(SECOND))
    whole, counted = (str(comparison_document(changes, Language.EN, level)) for level in (None, Level.COUNTS))
    for name in ("C-9", "Replace Hikvision", "(ann,"):
        assert name in whole
        assert name not in counted


def test_wrong_points_are_refused(store: Store) -> None:
    filters = DeviceFilter(date(2026, 3, 1))
    with pytest.raises(RegisterError, match="is not before"):
        compare_points(store, SECOND, FIRST, filters, on(SECOND))
    rejected = offer(store, ROWS[:2], "2026-04-01")
    with pytest.raises(RegisterError, match="is preview"):
        compare_points(store, "1", str(rejected), filters, on(SECOND))


def test_an_undone_import_leaves_no_change(store: Store) -> None:
    number = offer(store, [*CHANGED, "C-20,Bosch,NDE-5503-A,00:07:5F:00:00:04,Bad,hal,1"], "2026-05-01")
    importing.accept_import(store, number, on("2026-05-01"))
    undo_import(store, number, on("2026-05-02"))
    changes = compare_points(store, SECOND, "2026-05-03", DeviceFilter(date(2026, 5, 3)), on("2026-05-03"))
    assert (changes.added, changes.gone, changes.replaced, changes.seen_again) == ((), (), (), ())
    assert {count.before - count.after for count in changes.counts} == {0}
