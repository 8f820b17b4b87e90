"""Due diligence from the register to the yearly report, on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from ask_tools import asked_by

from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, FindingKind
from overzicht.evidence.actor import Actor
from overzicht.register.terms import LifecycleState
from overzicht.store.database import Store
from overzicht.store.moving.checking import check_store
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.diligence import diligence_operations as acts
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence import file_reporting as reporting
from overzicht.subjects.diligence.file_entries import (
    DiligenceError,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    stated,
)
from overzicht.subjects.diligence.step_terms import ActionState, RecordKind, Step
from overzicht.subjects.diligence.working_file import FileView, Risk
from overzicht.subjects.dossiers.importing import import_bytes
from overzicht.subjects.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.subjects.register import devices, organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.views.serialiser import plain
from overzicht.workflows.starter import ensure_starter

TOWN = "gemeente-voorbeeldstad"
LIST = (
    "Nummer,Merk,Model,MAC,Locatie,Leverancier,Aantal\n"
    "C-1,Hikvision,DS-2CD2143G2-I,44:19:B6:00:00:01,Stadhuis,Kijkmee BV,2\n"
    "C-2,Axis,P3245-LV,AC:CC:8E:00:00:02,Stadhuis,kijkmee bv,1\n"
    "C-3,Annke,C800,44:19:B6:00:00:03,Zwembad,,1\n"
    "C-4,Geenmerk,,,Zwembad,,1\n"
)
DOSSIER = """
dossier: {id: hik, about: hikvision, title: {en: A camera maker, nl: Een cameramaker}, names: [Hikvision]}
sources:
  - {id: paper, title: A report, address: "https://paper.example/1", date: "2020-12-14", read: 2026-01-01,
     publisher: A paper, official: false}
claims:
  - id: seen
    what: {en: it sold a tool, nl: het verkocht een middel}
    about: [hikvision]
    reports: [{by: A paper, day: 2020-12-14, source: paper, place: p. 1}]
"""


def on(day: str, actor: str = "jan") -> Actor:
    return Actor(date.fromisoformat(day), actor, datetime(2026, 6, 1, 12, tzinfo=UTC))


def judgement(**changes: Any) -> NewJudgement:
    values = {"scale": 2, "scope": 3, "irremediability": 1, "likelihood": 2, "involvement": "linked",
              "leverage": "some", "reason": "many people", "likelihood_reason": "seldom"}  # fmt: skip
    return stated(NewJudgement, **{**values, **changes})


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    ensure_starter(opened, actor="overzicht", at=on("2026-01-01").at)
    organisations.add_organisation(opened, NewOrganisation("Gemeente Voorbeeldstad"), on("2026-01-01"))
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    view = importing.preview_import(opened, path, ImportChoices(TOWN), on("2026-02-01"))
    importing.accept_import(opened, view.import_.id, on("2026-02-01"))
    yield opened
    assert check_store(opened).faults == ()
    opened.close()


def risk(view: FileView, risk_id: str) -> Risk:
    found = view.risk(risk_id)
    assert found is not None, [each.id for each in view.risks]
    return found


def test_the_map_comes_from_register_lists_owners_and_cards(store: Store) -> None:
    view = files.new_file(store, "Gemeente Voorbeeldstad", on("2026-03-01"))
    hikvision = risk(view, "own-use:hikvision")
    assert (view.id, hikvision.devices, hikvision.severity) == (TOWN, 3, None)
    kinds = {finding.kind for finding in hikvision.findings}
    assert {FindingKind.MAKER, FindingKind.LISTING, FindingKind.OWNERSHIP, FindingKind.REPLY} <= kinds
    found = [f for f in hikvision.findings if f.answer is Answer.FOUND]
    assert all(finding.citations for finding in found)
    assert risk(view, "brand:annke").signals
    assert risk(view, "supplier:kijkmee-bv").devices == 3
    assert risk(view, "owner:cethik").signals
    assert not risk(view, "own-use:axis").needs_judgement
    assert view.unjudged[0].id == "own-use:hikvision"


def test_claims_are_not_checked_until_there_is_a_dossier(store: Store) -> None:
    view = files.new_file(store, TOWN, on("2026-03-01"))
    assert view.mapped is not None
    assert str(view.mapped.notes[0]).startswith("Claims were not checked")
    (claim,) = [f for f in risk(view, "own-use:hikvision").findings if f.kind is FindingKind.CLAIM]
    assert claim.answer is Answer.NOT_CHECKED
    import_bytes(store, DOSSIER.encode(), "hik.yaml", on("2026-03-02"))
    view = files.prefill(store, TOWN, on("2026-03-02"))
    assert view.mapped is not None
    assert view.mapped.notes == ()
    (claim,) = [f for f in risk(view, "own-use:hikvision").findings if f.kind is FindingKind.CLAIM]
    assert (claim.answer, claim.citations[0].address) == (Answer.FOUND, "https://paper.example/1")
    (none,) = [f for f in risk(view, "own-use:axis").findings if f.kind is FindingKind.CLAIM]
    assert none.answer is Answer.NOT_FOUND


def test_a_new_map_keeps_judgements_and_shows_what_left(store: Store) -> None:
    files.new_file(store, TOWN, on("2026-03-01"))
    acts.judge(asked_by(store, on("2026-03-02")), TOWN, "own-use:hikvision", **dict(judgement()))
    for line in devices.list_devices(store, DeviceFilter(date(2026, 4, 1), maker="hikvision")).rows:
        devices.set_life(store, line.id, LifecycleState.REMOVED, on("2026-04-01"), reason="old")
    view = files.prefill(store, TOWN, on("2026-04-02"))
    gone = risk(view, "own-use:hikvision")
    assert (gone.is_found, gone.severity) == (False, 3)
    assert "3 devices were replaced or removed" in str(view.facts(Step.TRACK)[0].statement)
    assert risk(files.show_file(store, TOWN, date(2026, 3, 31)), "own-use:hikvision").is_found


def test_acts_are_refused_with_the_reason_and_nothing_is_kept(store: Store) -> None:
    files.new_file(store, TOWN, on("2026-03-01"))
    with pytest.raises(DiligenceError, match="already"):
        files.new_file(store, TOWN, on("2026-03-01"))
    with pytest.raises(UnknownNameError, match="own-use:nobody"):
        acts.judge(asked_by(store, on("2026-03-02")), TOWN, "own-use:nobody", **dict(judgement()))
    with pytest.raises(DiligenceError, match="began on 2026-03-01"):
        acts.judge(asked_by(store, on("2026-02-28")), TOWN, "own-use:axis", **dict(judgement()))
    late = stated(
        NewAction, risk="own-use:axis", kind="prevent", what="do it", owner="ann", due=date(2026, 3, 1)
    )
    with pytest.raises(DiligenceError, match="the due date 2026-03-01 is before"):
        acts.plan(asked_by(store, on("2026-03-02")), TOWN, **dict(late))
    with pytest.raises(UnknownNameError, match="action"):
        acts.track(asked_by(store, on("2026-03-02")), TOWN, 1, **dict(NewProgress(state=ActionState.DONE)))
    with pytest.raises(DiligenceError, match="cannot be withdrawn"):
        acts.withdraw(asked_by(store, on("2026-03-02")), TOWN, 1, reason="not so")
    with pytest.raises(UnknownNameError, match="entry"):
        acts.withdraw(asked_by(store, on("2026-03-02")), TOWN, 9, reason="not so")
    assert files.show_file(store, TOWN, date(2026, 12, 31)).entries == ()


def test_something_is_withdrawn_once_and_not_before_its_day(store: Store) -> None:
    files.new_file(store, TOWN, on("2026-03-01"))
    acts.record(
        asked_by(store, on("2026-03-05")),
        TOWN,
        RecordKind.POLICY,
        **dict(NewRecord(what="a rule for buying")),
    )
    with pytest.raises(DiligenceError, match="after 2026-03-04"):
        acts.withdraw(asked_by(store, on("2026-03-04")), TOWN, 2, reason="not so")
    acts.withdraw(asked_by(store, on("2026-03-06")), TOWN, 2, reason="not so")
    with pytest.raises(DiligenceError, match="is withdrawn"):
        acts.withdraw(asked_by(store, on("2026-03-07")), TOWN, 2, reason="not so")
    assert files.show_file(store, TOWN, date(2026, 3, 5)).recorded("policy")[0].stands


def test_a_file_can_rest_on_an_overview_run(store: Store, tmp_path: Path) -> None:
    report = make_overview(store, [tmp_path / "list.csv"], OverviewChoices(), as_of=date(2026, 3, 1))
    keep_run(store, report, actor="jan", at=on("2026-03-01").at)
    view = files.new_file(store, "Dorp Elders", on("2026-03-02"), run=report.run_id)
    hikvision = risk(view, "own-use:hikvision")
    assert (view.organisation, hikvision.devices) == ("", None)
    assert "2 rows in the inventories of Dorp Elders" in str(hikvision.findings[0].statement)
    assert hikvision.signals
    assert risk(view, "unknown-maker").findings[0].answer is Answer.NOT_FOUND
    with pytest.raises(UnknownNameError, match="run"):
        files.new_file(store, "Elders", on("2026-03-02"), run="run-none")
    with pytest.raises(DiligenceError, match="after 2026-02-01"):
        files.new_file(store, "Elders", on("2026-02-01"), run=report.run_id)


def test_a_register_without_devices_is_not_checked(store: Store) -> None:
    organisations.add_organisation(store, NewOrganisation("Leeg"), on("2026-01-01"))
    view = files.new_file(store, "leeg", on("2026-03-01"))
    assert view.risks == ()
    assert view.mapped is not None
    assert "was not checked" in str(view.mapped.notes[0])


def test_the_report_tells_the_year_and_the_year_before(store: Store) -> None:
    files.new_file(store, TOWN, on("2026-03-01"))
    acts.judge(asked_by(store, on("2026-03-02")), TOWN, "own-use:hikvision", **dict(judgement()))
    acts.judge(asked_by(store, on("2027-01-15")), TOWN, "own-use:hikvision", **dict(judgement(scale=4)))
    first = reporting.make_report(store, TOWN, 2026, date(2027, 2, 1))
    assert (first.is_whole, first.day, first.before, len(first.entries)) == (
        True,
        date(2026, 12, 31),
        None,
        1,
    )
    second = reporting.make_report(store, TOWN, 2027, date(2027, 2, 1))
    assert second.before is not None
    assert (second.is_whole, second.day, len(second.entries)) == (False, date(2027, 2, 1), 1)
    told = plain(second)
    figures = {each["name"]: (each["now"], each["before"]) for each in told["figures"]}
    assert figures["judged"] == (1, 1)
    (hikvision,) = [each for each in told["view"]["risks"] if each["id"] == "own-use:hikvision"]
    listed = [finding for finding in hikvision["findings"] if finding["answer"] == "found"]
    assert all(any(reason["citations"] for reason in finding["reasons"]) for finding in listed)
    assert (hikvision["severity"], hikvision["earlier"][0]["severity"]) == (4, 3)
    with pytest.raises(DiligenceError, match="begins after"):
        reporting.make_report(store, TOWN, 2028, date(2027, 2, 1))
    with pytest.raises(DiligenceError, match="began on"):
        reporting.make_report(store, TOWN, 2025, date(2027, 2, 1))


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_people_write_cannot_become_a_part_of_the_page(store: Store, lang: str) -> None:
    files.new_file(store, TOWN, on("2026-03-01"))
    said = judgement(reason="<script>alert(1)</script>")
    acts.judge(asked_by(store, on("2026-03-02")), TOWN, "own-use:hikvision", **dict(said))
    content = NewRecord(what="<img src=x>", address="https://a.example/")
    acts.record(asked_by(store, on("2026-03-02")), TOWN, RecordKind.POLICY, **dict(content))
    page = reporting.report_html(reporting.make_report(store, TOWN, 2026, date(2026, 4, 1)), lang)
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;" in page
    assert f'<html lang="{lang}"' in page
