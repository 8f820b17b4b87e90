"""The register from import to plan, on both databases: nothing twice, nothing lost, any day can be asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from ask_tools import ask, asked_by
from sqlalchemy import select
from store_tools import company, put, snapshot_of

from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer
from overzicht.evidence.actor import Actor
from overzicht.kit.ask import DirectAsk
from overzicht.kit.operation import ALL
from overzicht.register.terms import LifecycleState, Outcome, Status
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict, add_judgement
from overzicht.store.log import verify_log
from overzicht.store.register.counts import counts
from overzicht.store.register.device_states import has_device_finding
from overzicht.store.register.devices import STATE, THERE, TRACE, DeviceFilter, Page
from overzicht.store.register.organisations import RegisterError
from overzicht.subjects.register import devices, judgements, organisations, tasks
from overzicht.subjects.register import replacement_plans as plans
from overzicht.subjects.register.devices import review_queue
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import (
    ImportChoices,
    ImportView,
    StalePreviewError,
)
from overzicht.subjects.register.listings import refresh_listings
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.overview import make_register_overview
from overzicht.subjects.register.replacement_plans import NewPlan
from overzicht.subjects.register.sites import list_sites
from overzicht.workflows.starter import ensure_starter

HEADER = "Nummer,Merk,Model,MAC,Locatie,Ruimte,Aantal\n"
FIRST = HEADER + (
    "C-1,Hikvision,DS-2CD2143G2-I,44:19:B6:00:00:01,Stadhuis,hal,\n"
    "C-2,Axis,P3245-LV,AC:CC:8E:00:00:02,Stadhuis,kelder,\n"
    "C-3,Annke,C800,44:19:B6:00:00:03,Zwembad,balie,\n"
    ",Dahua,IPC-HDW2831T-AS-S2,,Zwembad,dak,4\n"
)
SECOND = HEADER + (
    "C-1,Hikvision,DS-2CD2143G2-I,44:19:B6:00:00:01,Stadhuis,zolder,\n"
    "C-2,Axis,P3245-LV,AC:CC:8E:00:00:02,Stadhuis,kelder,\n"
    ",Dahua,IPC-HDW2831T-AS-S2,,Zwembad,dak,4\n"
    "C-4,Bosch,NDE-5503-A,00:07:5F:00:00:04,Stadhuis,hal,\n"
)
TOWN = "gemeente-voorbeeldstad"


def on(day: str, actor: str = "jan") -> Actor:
    return Actor(date.fromisoformat(day), actor, datetime.fromisoformat(f"{day}T12:00:00+00:00"))


def at(store: Store, day: str) -> DirectAsk:
    return ask(store, date.fromisoformat(day), "jan")


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    organisations.add_organisation(opened, NewOrganisation("Gemeente Voorbeeldstad"), on("2026-01-01"))
    yield opened
    with opened.reading() as connection:
        verify_log(connection)
    opened.close()


def take(store: Store, folder: Path, text: str, day: str, *, accept: bool = True, **said: bool) -> ImportView:
    path = folder / f"list-{day}-{len(text)}.csv"
    path.write_text(text, encoding="utf-8")
    view = importing.preview_import(store, path, ImportChoices(TOWN, **said), on(day))  # type: ignore[arg-type]
    return accept_all(store, view.import_.id, day) if accept else view


def accept_all(store: Store, number: int, day: str) -> ImportView:
    return importing.accept_import(store, number, on(day), confirm_retired=True)


def ids(store: Store, day: str) -> dict[str, str]:
    page = devices.list_devices(store, DeviceFilter(date.fromisoformat(day), life=()))
    return {line.label or line.model: line.id for line in page.rows}


def test_a_preview_changes_nothing_and_a_second_inventory_reconciles(store: Store, tmp_path: Path) -> None:
    view = take(store, tmp_path, FIRST, "2026-02-01", accept=False)
    assert {name: count for name, count in view.counts.items() if count} == {"added": 4}
    assert devices.list_devices(store, DeviceFilter(date(2026, 2, 1))).total == 0
    importing.accept_import(store, view.import_.id, on("2026-02-01"))
    before = ids(store, "2026-02-01")
    view = take(store, tmp_path, SECOND, "2026-03-01")
    assert {name: count for name, count in view.counts.items() if count} == {
        "added": 1, "changed": 1, "gone": 1, "unchanged": 2,
    }  # fmt: skip
    (changed,) = importing.show_import(store, view.import_.id, outcome=Outcome.CHANGED).rows
    assert [(c.field, c.old, c.new) for c in changed.changes] == [("place", "hal", "zolder")]
    after = ids(store, "2026-03-01")
    assert {name: after[name] for name in before} == before
    missed = devices.show_device(store, before["C-3"], date(2026, 3, 1))
    assert (missed.line.life, missed.line.not_seen_since) == (LifecycleState.NOT_SEEN, date(2026, 3, 1))
    assert [(each.day.isoformat(), each.supports) for each in missed.sightings] == [
        ("2026-02-01", True), ("2026-03-01", False),
    ]  # fmt: skip


def test_any_earlier_day_reads_as_it_was(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    take(store, tmp_path, SECOND, "2026-03-01")
    device = ids(store, "2026-03-01")["C-1"]
    assert devices.show_device(store, device, date(2026, 2, 28)).line.place == "hal"
    assert devices.show_device(store, device, date(2026, 3, 1)).line.place == "zolder"
    with pytest.raises(UnknownNameError):
        devices.show_device(store, device, date(2026, 1, 31))
    then, now = (devices.counts(store, DeviceFilter(date(2026, m, 28))) for m in (2, 3))
    assert (then.total, then.by_life) == (7, {"in use": 7})
    assert (now.total, now.by_life) == (8, {"in use": 7, "not seen": 1})
    assert now.relabelled == 1


def test_the_same_bytes_are_known_again(store: Store, tmp_path: Path) -> None:
    first = take(store, tmp_path, FIRST, "2026-02-01")
    again = take(store, tmp_path, FIRST, "2026-02-01", accept=False)
    assert again.seen_before is not None
    assert (again.seen_before.id, again.seen_before.decided_by) == (first.import_.id, "jan")
    assert len(importing.list_imports(store)) == 1
    later = take(store, tmp_path, FIRST, "2026-04-01", again=True)
    assert {name: count for name, count in later.counts.items() if count} == {"unchanged": 4}


def test_a_decided_import_stays_decided(store: Store, tmp_path: Path) -> None:
    view = take(store, tmp_path, FIRST, "2026-02-01")
    with pytest.raises(RegisterError, match="was accepted by jan"):
        importing.reject_import(store, view.import_.id, on("2026-02-02"))


def test_unclear_rows_are_asked_and_a_replacement_is_one(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    old = ids(store, "2026-02-01")["C-1"]
    other = FIRST.replace("44:19:B6:00:00:01", "AC:CC:8E:00:00:09").replace(
        "C-1,Hikvision,DS-2CD2143G2-I", "C-1,Axis,P3245-LV"
    )
    view = take(store, tmp_path, other, "2026-03-01", accept=False)
    (row,) = importing.show_import(store, view.import_.id, outcome=Outcome.UNCLEAR).rows
    assert row.candidates == (old,)
    with pytest.raises(UnknownNameError):
        importing.resolve_row(store, view.import_.id, row.number, "device-none", on("2026-03-01"))
    importing.resolve_row(store, view.import_.id, row.number, f"replaces:{old}", on("2026-03-01"))
    importing.accept_import(store, view.import_.id, on("2026-03-01"))
    replaced = devices.show_device(store, old, date(2026, 3, 1)).line
    assert replaced.life is LifecycleState.REPLACED
    new = devices.show_device(store, replaced.replaced_by, date(2026, 3, 1))
    assert (new.line.label, new.line.maker_id, new.predecessors) == ("C-1", "axis", (old,))


@pytest.mark.parametrize("choice", ["replaces:", "", "skip", "new"])
def test_a_repeated_row_follows_the_choice_for_the_first(store: Store, tmp_path: Path, choice: str) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    old = ids(store, "2026-02-01")["C-1"]
    row = "C-1,Axis,P3245-LV,AC:CC:8E:00:00:09,Stadhuis,hal,\n"
    view = take(store, tmp_path, HEADER + row * 3, "2026-03-01", accept=False, is_whole=False)
    assert {name: count for name, count in view.counts.items() if count} == {"unclear": 1, "duplicate": 2}
    chosen = f"{choice}{old}" if choice == "replaces:" else choice
    importing.resolve_row(store, view.import_.id, 0, chosen, on("2026-03-01"))
    importing.accept_import(store, view.import_.id, on("2026-03-01"))
    page = devices.list_devices(store, DeviceFilter(date(2026, 3, 1), life=(), text="C-1"))
    lives = {"replaces:": ["in use", "replaced"], "new": ["in use", "in use"]}.get(choice, ["in use"])
    assert sorted(line.life.value for line in page.rows) == lives


def test_a_device_that_two_rows_replace_is_replaced_once(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    old = ids(store, "2026-02-01")["C-1"]
    rows = "".join(f"C-1,Axis,P3245-LV,AC:CC:8E:00:00:0{n},Stadhuis,hal,\n" for n in (8, 9))
    view = take(store, tmp_path, HEADER + rows, "2026-03-01", accept=False, is_whole=False)
    for number in (0, 1):
        importing.resolve_row(store, view.import_.id, number, f"replaces:{old}", on("2026-03-01"))
    importing.accept_import(store, view.import_.id, on("2026-03-01"))
    page = devices.list_devices(store, DeviceFilter(date(2026, 3, 1), life=(), text="C-1"))
    assert sorted(line.life.value for line in page.rows) == ["in use", "in use", "replaced"]
    first = devices.show_device(store, devices.show_device(store, old, date(2026, 3, 1)).line.replaced_by,
                                date(2026, 3, 1))  # fmt: skip
    assert first.line.mac == "AC:CC:8E:00:00:08"


def test_an_unclear_row_nobody_chose_stays_out(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    other = FIRST.replace("44:19:B6:00:00:01", "44:19:B6:00:00:FF")
    take(store, tmp_path, other, "2026-03-01")
    page = devices.list_devices(store, DeviceFilter(date(2026, 3, 1)))
    assert page.total == 4
    assert all(line.life is LifecycleState.IN_USE for line in page.rows)


def test_a_preview_that_became_untrue_is_shown_again(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    view = take(store, tmp_path, SECOND, "2026-03-01", accept=False)
    gone = ids(store, "2026-02-01")["C-3"]
    devices.set_life(store, gone, LifecycleState.REMOVED, on("2026-02-20"), reason="taken down")
    with pytest.raises(StalePreviewError):
        importing.accept_import(store, view.import_.id, on("2026-03-01"))
    again = importing.show_import(store, view.import_.id)
    assert (again.counts["gone"], again.import_.status) == (0, Status.PREVIEW)
    importing.accept_import(store, view.import_.id, on("2026-03-01"))


def test_rejected_stays_to_be_read_and_can_be_offered_again(store: Store, tmp_path: Path) -> None:
    view = take(store, tmp_path, FIRST, "2026-02-01", accept=False)
    importing.reject_import(store, view.import_.id, on("2026-02-01"), "wrong sheet")
    kept = importing.show_import(store, view.import_.id)
    assert (kept.import_.status, kept.import_.reason, kept.total) == (Status.REJECTED, "wrong sheet", 4)
    assert take(store, tmp_path, FIRST, "2026-02-01").import_.id != view.import_.id


def test_one_list_that_covers_the_date_does_not_make_a_maker_not_listed(store: Store, tmp_path: Path) -> None:
    day = date(2026, 2, 1)
    put(store, snapshot_of("un-sc", day), [company("un-1", "Sterrenkijk Noordhof")])
    take(store, tmp_path, FIRST, "2026-02-01")
    refresh_listings(store, day, on("2026-02-01"))
    lines = devices.list_devices(store, DeviceFilter(day)).rows
    assert {line.listed for line in lines} == {None}
    assert devices.list_devices(store, DeviceFilter(day, listed=False)).rows == ()
    assert devices.counts(store, DeviceFilter(day)).not_checked == 7  # four devices in one row


def test_a_lead_to_a_listed_manufacturer_is_neither_listed_nor_not_listed(
    store: Store, tmp_path: Path
) -> None:
    ensure_starter(store, actor="overzicht", at=on("2026-02-01").at)
    take(store, tmp_path, FIRST, "2026-02-01")
    day = date(2026, 2, 1)
    refresh_listings(store, day, on("2026-02-01"))
    lead = ids(store, "2026-02-01")["C-1"]
    with store.reading() as connection:
        key = connection.execute(select(STATE.c.trace_key).where(STATE.c.device_id == lead)).scalar_one()
    with store.writing("jan", on("2026-02-01").at) as tx:
        tx.update(TRACE, TRACE.c.key == key, confidence="low")
        tx.log("test", "a lead")
    (line,) = [line for line in devices.list_devices(store, DeviceFilter(day)).rows if line.id == lead]
    assert (line.maker_id, line.listed, line.owner_listed) == ("hikvision", None, None)
    listed, silent, unchecked = (
        {row.id for row in devices.list_devices(store, chosen).rows}
        for chosen in (
            DeviceFilter(day, listed=True),
            DeviceFilter(day, listed=False),
            DeviceFilter(day, is_unchecked=True),
        )
    )
    assert lead in unchecked
    assert lead not in listed | silent


def test_lists_filter_sort_and_page_in_the_database(store: Store, tmp_path: Path) -> None:
    ensure_starter(store, actor="overzicht", at=on("2026-02-01").at)
    take(store, tmp_path, FIRST, "2026-02-01")
    day = date(2026, 2, 1)
    assert refresh_listings(store, day, on("2026-02-01")) == refresh_listings(store, day, on("2026-02-01"))
    listed = devices.list_devices(store, DeviceFilter(day, listed=True), Page(sort="maker"))
    assert [line.maker_id for line in listed.rows] == ["dahua", "hikvision", "hikvision"]
    rest = devices.list_devices(store, DeviceFilter(day, maker="unknown")).rows
    unchecked = devices.list_devices(store, DeviceFilter(day, is_unchecked=True)).rows
    assert devices.list_devices(store, DeviceFilter(day, listed=False)).rows == ()  # no list covers the date
    assert {line.listed for line in unchecked} <= {None}
    assert (
        len(listed.rows) + len(rest) + len(unchecked) == devices.list_devices(store, DeviceFilter(day)).total
    )
    relabelled = devices.list_devices(store, DeviceFilter(day, relabelled=True))
    assert [line.label for line in relabelled.rows] == ["C-3"]
    assert devices.list_devices(store, DeviceFilter(day, text="stadhuis 44:19")).total == 1
    assert devices.list_devices(store, DeviceFilter(day, text="100%")).total == 0
    second = devices.list_devices(store, DeviceFilter(day), Page(2, 3, "-label"))
    assert (len(second.rows), second.total) == (1, 4)
    with pytest.raises(UnknownNameError):
        devices.list_devices(store, DeviceFilter(day), Page(sort="colour"))
    counted = devices.counts(store, DeviceFilter(day))
    assert (counted.listed, counted.listed_relabelled, counted.total) == (6, 1, 7)


def test_the_tree_of_organisations_limits_what_is_seen(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    organisations.add_organisation(store, NewOrganisation("Regio", id="regio"), on("2026-02-01"))
    organisations.change(asked_by(store, on("2026-02-10")), TOWN, parent="regio")
    before, after = date(2026, 2, 9), date(2026, 2, 10)
    assert devices.list_devices(store, DeviceFilter(before, organisation="regio")).total == 0
    assert devices.list_devices(store, DeviceFilter(after, allowed=("regio",))).total == 4
    assert devices.list_devices(store, DeviceFilter(after, allowed=())).total == 0
    assert [line.depth for line in organisations.list_organisations(store, after)] == [0, 1]
    with pytest.raises(RegisterError, match="is below"):
        organisations.change(asked_by(store, on("2026-02-11")), "regio", parent=TOWN)
    assert [site.name for site in list_sites(store, after, "regio")] == ["Stadhuis", "Zwembad"]


def test_judgements_and_tasks_show_on_the_device(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    device, day = ids(store, "2026-02-01")["C-3"], date(2026, 2, 1)
    finding = devices.show_device(store, device, day).finding
    assert (finding.answer, finding.object) == (Answer.FOUND, "hikvision")
    with store.writing("ann", on("2026-02-01").at) as tx:
        assert has_device_finding(tx.connection, finding.id)
        assert not has_device_finding(tx.connection, f"{finding.id[:-8]}00000000")
        add_judgement(tx, finding.id, Verdict.CONFIRM, "seen inside")
    task = tasks.open_task(at(store, "2026-02-01"), device, "open it", owner="ann", due=date(2026, 5, 1)).task
    tasks.close(at(store, "2026-02-02"), task.id, outcome="done")
    assert tasks.tasks(at(store, "2026-02-02"), ALL, owner="Ann").total == 0
    reopened = tasks.reopen(at(store, "2026-02-03"), task.id, reason="not done")
    assert [event.kind for event in reopened.events] == ["closed", "reopened"]
    tasks.change(at(store, "2026-02-03"), task.id, owner="piet")
    view = devices.show_device(store, device, date(2026, 2, 3))
    assert [judgement.reason for judgement in view.judgements] == ["seen inside"]
    assert [(each.owner, each.closed_at) for each in view.tasks] == [("piet", "")]
    assert tasks.tasks(at(store, "2026-02-03"), ALL, due_before=date(2026, 5, 2)).total == 1


def test_a_device_shows_tasks_plans_judgements_and_history_as_they_stood_on_the_day(
    store: Store, tmp_path: Path
) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    device, first = ids(store, "2026-02-01")["C-3"], date(2026, 2, 1)
    other = ids(store, "2026-02-01")["C-1"]
    finding = devices.show_device(store, device, first).finding
    number = judgements.judge(at(store, "2026-02-02"), finding.id, Verdict.CONFIRM, reason="seen inside").id
    judgements.withdraw(at(store, "2026-02-04"), number)
    task = tasks.open_task(at(store, "2026-02-02"), device, "open it", owner="ann").task
    tasks.change(at(store, "2026-02-03"), task.id, owner="piet")
    tasks.close(at(store, "2026-02-04"), task.id, outcome="done")
    wanted = DeviceFilter(date(2026, 2, 2), maker="hikvision")
    plan = plans.new_plan(store, NewPlan("Replace"), wanted, on("2026-02-02")).plan
    devices.set_life(store, device, LifecycleState.REPLACED, on("2026-02-03"), replaced_by=other)
    plans.close_plan(store, plan.id, on("2026-02-04"), "all gone")

    def shown(day: int) -> tuple[object, ...]:
        view = devices.show_device(store, device, date(2026, 2, day))
        return (
            [bool(each.withdrawn_at) for each in view.judgements],
            [(each.owner, each.outcome) for each in view.tasks],
            [each.outcome for each in view.plans],
            [(each.life.value, each.until) for each in view.history],
        )

    assert shown(1) == ([], [], [], [("in use", None)])
    assert shown(2) == ([False], [("ann", "")], [""], [("in use", None)])
    gone = [("in use", date(2026, 2, 3)), ("replaced", None)]
    assert shown(3) == ([False], [("piet", "")], [""], gone)
    assert shown(4) == ([True], [("piet", "done")], ["all gone"], gone)
    assert devices.show_device(store, other, date(2026, 2, 2)).predecessors == ()
    assert devices.show_device(store, other, date(2026, 2, 3)).predecessors == (device,)
    waiting = [
        review_queue(store, DeviceFilter(date(2026, 2, day), maker="hikvision")).waiting for day in (1, 2)
    ]
    assert waiting == [2, 1]


def test_a_plan_is_there_from_its_day_and_runs_until_it_is_closed(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    wanted = DeviceFilter(date(2026, 2, 10), maker="hikvision")
    plan = plans.new_plan(store, NewPlan("Replace"), wanted, on("2026-02-10")).plan
    with pytest.raises(RegisterError, match="was made on 2026-02-10, after 2026-02-09"):
        plans.close_plan(store, plan.id, on("2026-02-09"), "too soon")
    plans.close_plan(store, plan.id, on("2026-02-20"), "all gone")

    def listed(day: int, *, only_open: bool) -> list[str]:
        found = plans.list_plans(store, date(2026, 2, day), only_open=only_open)
        return [view.plan.outcome for view in found]

    assert [listed(day, only_open=True) for day in (9, 10, 19, 20)] == [[], [""], [""], []]
    assert [listed(day, only_open=False) for day in (9, 19, 20)] == [[], [""], ["all gone"]]
    assert plans.show_plan(store, plan.id, date(2026, 2, 20)).plan.closed_on == date(2026, 2, 20)
    with pytest.raises(UnknownNameError, match="no plan in the register of 2026-02-09"):
        plans.show_plan(store, plan.id, date(2026, 2, 9))
    assert devices.list_devices(store, DeviceFilter(date(2026, 2, 9), plan=plan.id)).total == 0
    assert devices.list_devices(store, DeviceFilter(date(2026, 2, 10), plan=plan.id)).total == 2


def test_a_plan_keeps_its_filter_without_empty_fields(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    day, by = date(2026, 2, 1), on("2026-02-01")
    plain = plans.new_plan(store, NewPlan("Replace"), DeviceFilter(day), by).plan
    unchecked = plans.new_plan(store, NewPlan("Check"), DeviceFilter(day, is_unchecked=True), by).plan
    kept = {"as_of": "2026-02-01", "life": [life.value for life in THERE]}
    assert (plain.selection, unchecked.selection) == (kept, {**kept, "is_unchecked": True})


def test_a_plan_is_followed_by_what_is_replaced(store: Store, tmp_path: Path) -> None:
    many = HEADER + "".join(
        f"C-{n},Hikvision,DS-2CD2143G2-I,44:19:B6:00:01:{n:02X},Stadhuis,hal {n},\n" for n in range(12)
    )
    take(store, tmp_path, many, "2026-01-01")
    day = date(2026, 1, 1)
    wanted = DeviceFilter(day, maker="hikvision")
    plan = plans.new_plan(store, NewPlan("Replace", due=date(2026, 4, 1)), wanted, on("2026-01-01")).plan
    with pytest.raises(RegisterError):
        plans.new_plan(store, NewPlan("None"), DeviceFilter(day, maker="axis"), on("2026-01-01"))
    for n in range(6):
        gone = (day + timedelta(days=10 * (n + 1))).isoformat()
        devices.set_life(store, ids(store, gone)[f"C-{n}"], LifecycleState.REMOVED, on(gone))
    early = plans.show_plan(store, plan.id, date(2026, 1, 25)).progress
    assert (early.total, early.done, early.forecast) == (12, 2, None)
    later = plans.show_plan(store, plan.id, date(2026, 3, 2)).progress
    assert (later.total, later.done) == (12, 6)
    assert later.forecast == date(2026, 5, 1)
    assert later.on_time is False
    assert str(later.statement) == "12 to replace, 6 done, on course for 2026-05"
    assert devices.list_devices(store, DeviceFilter(date(2026, 3, 2), plan=plan.id)).total == 6


def test_a_life_is_checked_and_goes_forward_only(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, FIRST, "2026-02-01")
    device = ids(store, "2026-02-01")["C-1"]
    with pytest.raises(RegisterError, match="has a replacement"):
        devices.set_life(store, device, LifecycleState.REPLACED, on("2026-02-02"))
    devices.set_life(store, device, LifecycleState.REMOVED, on("2026-02-05"))
    with pytest.raises(RegisterError, match="was changed on 2026-02-05"):
        devices.set_life(store, device, LifecycleState.IN_USE, on("2026-02-03"))


def test_the_overview_of_a_register_says_what_the_register_counts(store: Store, tmp_path: Path) -> None:
    ensure_starter(store, actor="overzicht", at=on("2026-02-01").at)
    take(store, tmp_path, FIRST, "2026-02-01")
    wanted = DeviceFilter(date(2026, 2, 1), organisation=TOWN)
    report = make_register_overview(store, wanted, on("2026-02-01"))
    counted = devices.counts(store, wanted)
    assert (report.device_count, report.listed_count, report.relabelled_count, report.unknown_count) == (
        counted.total, counted.listed, counted.relabelled, counted.unknown,
    )  # fmt: skip
    assert [each.filename for each in report.inputs] == ["list-2026-02-01-247.csv"]
    assert all(row.citations for row in report.devices)


def test_another_file_of_the_day_shows_that_two_devices_are_one(store: Store, tmp_path: Path) -> None:
    header = "Nummer,Serienummer,MAC\n"
    take(store, tmp_path, header + "C-1,,44:19:B6:00:00:01\n", "2026-02-01", is_whole=False)
    take(store, tmp_path, header + "D-22,AB123456,\n", "2026-02-01", is_whole=False)
    day = date(2026, 2, 1)
    assert devices.counts(store, DeviceFilter(day)).total == 2
    take(store, tmp_path, header + ",AB123456,44:19:B6:00:00:01\n", "2026-02-01", is_whole=False)
    page = devices.list_devices(store, DeviceFilter(day, life=()))
    assert sorted(line.life for line in page.rows) == [LifecycleState.IN_USE, LifecycleState.REMOVED]
    (line,) = (line for line in page.rows if line.life is LifecycleState.IN_USE)
    assert (line.mac, line.serial) == ("44:19:B6:00:00:01", "AB123456")
    assert len(devices.show_device(store, line.id, day).sightings) == 3
    again = take(store, tmp_path, header + "C-1,AB123456,44:19:B6:00:00:01\n", "2026-03-01")
    assert {name: count for name, count in again.counts.items() if count} == {"unchanged": 1}


def test_a_second_row_of_a_new_device_is_of_that_device(store: Store, tmp_path: Path) -> None:
    view = take(store, tmp_path, FIRST + FIRST.splitlines()[1] + "\n", "2026-02-01")
    assert {name: count for name, count in view.counts.items() if count} == {"added": 4, "duplicate": 1}
    device = ids(store, "2026-02-01")["C-1"]
    seen = devices.show_device(store, device, date(2026, 2, 1)).sightings
    assert [(each.outcome, each.citation.place) for each in seen] == [
        (Outcome.ADDED, "line 2"), (Outcome.DUPLICATE, "line 6"),
    ]  # fmt: skip
    report = make_register_overview(store, DeviceFilter(date(2026, 2, 1)), on("2026-02-01"))
    assert [(row.place, str(row.reason)) for row in report.inputs[0].duplicates] == [
        ("line 6", "line 2 shows the same device: the same row in full")
    ]


def test_what_is_no_surveillance_equipment_or_came_later_is_in_no_count(store: Store, tmp_path: Path) -> None:
    text = (
        "Nummer,Soort,Merk,Model,Aanschaf\n"
        "P-1,printer,HP,LaserJet M402,2019\nS-1,switch,Huawei,S5720,2019\n"
        "C-1,camera,Axis,P3245-V,2019\nC-2,camera,Axis,P3245-V,2026-06-01\nC-3,camera,Unheard Of,X1,\n"
    )
    take(store, tmp_path, text, "2026-02-01")
    day = date(2026, 2, 1)
    counted = devices.counts(store, DeviceFilter(day))
    assert (counted.total, counted.unknown, counted.other_equipment, counted.later) == (2, 1, 2, 1)
    report = make_register_overview(store, DeviceFilter(day), on("2026-02-01"))
    assert {name: report.counts[name] for name in ("devices", "unknown", "other_equipment", "later")} == {
        "devices": 2, "unknown": 1, "other_equipment": 2, "later": 1,
    }  # fmt: skip
    assert devices.counts(store, DeviceFilter(date(2026, 6, 1))).total == 3
    before = make_register_overview(store, DeviceFilter(date(2026, 1, 31)), on("2026-02-01"))
    assert (before.counts["devices"], before.counts["later"]) == (0, 5)


def test_a_device_that_its_list_states_to_be_out_of_use_counts_apart(store: Store, tmp_path: Path) -> None:
    header, rows = HEADER.replace("Aantal", "Aantal,Status"), FIRST.splitlines()[1:3]
    for stated, status in (
        ("2026-02-01", "In gebruik"),
        ("2026-03-01", "Buiten gebruik (storing)"),
        ("2026-04-01", "Online"),
    ):
        take(store, tmp_path, header + f"{rows[0]},{status}\n{rows[1]},\n", stated)
    device = ids(store, "2026-02-01")["C-1"]
    lives = []
    for day in (date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)):
        with store.reading() as connection:
            counted = counts(connection, DeviceFilter(day))
        report = make_register_overview(store, DeviceFilter(day), on(day.isoformat()))
        assert counted.total == report.device_count
        assert counted.retired == report.counts["out_of_use"]
        lives.append((devices.show_device(store, device, day).line.life, counted.total))
    assert lives == [(LifecycleState.IN_USE, 2), (LifecycleState.OUT_OF_USE, 1), (LifecycleState.IN_USE, 2)]
    devices.set_life(store, device, LifecycleState.OUT_OF_USE, on("2026-04-15"), reason="in de kast")
    take(store, tmp_path, header + f"{rows[0]},Online\n{rows[1]},\n".replace("hal", "gang"), "2026-04-20")
    assert devices.show_device(store, device, date(2026, 4, 20)).line.life is LifecycleState.OUT_OF_USE
    devices.set_life(store, device, LifecycleState.REMOVED, on("2026-05-01"), reason="weg")
    take(store, tmp_path, header + f"{rows[0]},Afgevoerd\n{rows[1]},\n", "2026-06-01")
    assert devices.show_device(store, device, date(2026, 6, 1)).line.life is LifecycleState.REMOVED


def test_a_list_that_puts_all_out_of_use_asks_first(store: Store, tmp_path: Path) -> None:
    header, rows = HEADER.replace("Aantal", "Aantal,Status"), FIRST.splitlines()[1:4]
    take(store, tmp_path, header + "".join(f"{row},In gebruik\n" for row in rows), "2026-02-01")
    view = take(
        store, tmp_path, header + "".join(f"{row},Afgevoerd\n" for row in rows), "2026-03-01", accept=False
    )
    assert (view.import_.retirement.devices, view.import_.retirement.of) == (3, 3)
    with pytest.raises(RegisterError):
        importing.accept_import(store, view.import_.id, on("2026-03-01"))
