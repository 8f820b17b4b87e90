"""A stored case, denial or use that this release cannot read is reported beside the others."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import web_tools
from functional_tools import run_command
from licensing_tools import application, denial
from served_register import finished
from sqlalchemy import select
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.dates import read_iso_date
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.licensing import authorisation_use_records as authorisation_uses
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing import denials_records as denials
from overzicht.subjects.licensing.states import Status

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
DAY = ("--as-of", "2026-03-20")
ON = {"as-of": "2026-03-20"}
BAD, GOOD = {"remarks": "long " * 5_000}, "DE-0001"


@pytest.fixture
def home(own_home: Path) -> Path:
    """Return a store with one good and one unreadable record of each kind."""
    store = Store.open(own_home, at=AT)
    use = authorisation_uses.AuthorisationUse(0, "EU001", parse_path("6A003"), "US", "", AT.date())
    with store.writing("ann", AT) as tx:
        for case in (application(), application(id="DE-0002")):
            licences.add_case(tx, case, AT.date())
            denials.keep_denial(tx, denial(id=case.id.replace("DE", "D")), denials.Origin.OWN)
            authorisation_uses.add_use(tx, use)
        case_table, denial_table, use_table = schema.licence_case, schema.denial, schema.authorisation_use
        payload = case.model_dump(mode="json", by_alias=True) | BAD
        tx.update(case_table, case_table.c.id == "DE-0002", payload=payload)
        tx.update(denial_table, denial_table.c.denial_id == "D-0002", payload=denial().to_json() | BAD)
        tx.update(use_table, use_table.c.id == 2, path="a camera")
    store.close()
    return own_home


@pytest.fixture
def served(home: Path) -> Iterator[Served]:
    made = web_tools.serve(home)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("command", "good", "bad"),
    [
        (("licence", "list", *DAY), GOOD, "stored licence case DE-0002 cannot be read: remarks"),
        (("denial", "list", *DAY), "D-0001", "stored denial D-0002 cannot be read: remarks"),
        (("control", "use", "list"), "USE-1", "stored use of a general authorisation USE-2 cannot be read"),
    ],
)
def test_a_command_lists_the_good_ones_and_reports_the_bad_one(
    command: tuple[str, ...], good: str, bad: str
) -> None:
    for option in ((), ("--json",)):
        listed = run_command(*command, *option)
        assert (listed.exit_code, good in listed.stdout, bad in listed.stderr) == (1, True, True), (
            listed.output
        )
        assert good.replace("1", "2") not in listed.stdout


@pytest.mark.parametrize(
    ("address", "bad"),
    [
        ("licences?as-of=2026-03-20", "DE-0002"),
        ("denials?as-of=2026-03-20", "D-0002"),
        ("control/uses", "USE-2"),
    ],
)
def test_the_service_lists_the_good_ones_and_reports_the_bad_one(
    served: Served, address: str, bad: str
) -> None:
    answer = served.client("officer").get(f"/api/v1/{address}")
    assert answer.status_code == 200, answer.text
    page = answer.json()
    assert (page["total"], bad in json.dumps(page["items"])) == (1, False)
    assert [bad in problem for problem in page["problems"]] == [True]


@pytest.mark.parametrize(("address", "bad"), [("/licences", "DE-0002"), ("/denials", "D-0002")])
def test_a_page_shows_the_good_ones_and_the_bad_one(served: Served, address: str, bad: str) -> None:
    page = served.client("officer").get(address, params=ON)
    assert (page.status_code, page.text.count(f"{address}/{bad}")) == (200, 0)
    assert f"{bad} cannot be read: remarks" in page.text
    assert f"{address}/{bad.replace('0002', '0001')}" in page.text


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({}, "application: it is missing"),
        ([], "its fields are not those of such a record"),
        (None, "its fields are not those of such a record"),
    ],
)
def test_a_fault_in_an_event_is_a_fault_of_its_case(served: Served, payload: Any, reason: str) -> None:
    whole = application(id="DE-0002").model_dump(mode="json", by_alias=True)
    case_table, events = schema.licence_case, schema.licence_event
    with served.store.writing("ann", AT) as tx:
        tx.update(case_table, case_table.c.id == "DE-0002", payload=whole)
        tx.update(events, events.c.case_id == "DE-0002", payload=payload)
    editor = served.client("editor")
    page = editor.get("/api/v1/licences", params=ON).json()
    assert [item["id"] for item in page["items"]] == [GOOD]
    assert [reason in problem for problem in page["problems"]] == [True]
    assert editor.get("/licences", params=ON).status_code == 200
    alone = editor.get("/api/v1/licences/DE-0002", params=ON)
    assert (alone.status_code < 500, reason in alone.text) == (True, True)


@pytest.mark.parametrize(
    "payload", [{}, [], None, {"outcome": "renew", "on": "2026-01-01"}, {"outcome": "renew", "by": "ann"}]
)
def test_a_fault_in_a_review_is_a_fault_of_its_denial(home: Path, payload: Any) -> None:
    store = Store.open(home, at=AT)
    problems: list[StoredRecordError] = []
    with store.writing("ann", AT) as tx:
        tx.insert(schema.denial_event, denial_id="D-0001", kind="review", day=AT.date(), payload=payload)
        denials.list_denials(tx.connection, AT.date(), problems)
    store.close()
    assert [problem.name for problem in problems] == ["D-0001", "D-0002"]


def test_the_reason_is_in_the_language_of_the_reader(served: Served) -> None:
    reason = "remarks: het is te lang; hoogstens"
    listed = run_command("licence", "list", *DAY, "--lang", "nl")
    assert reason in listed.stderr
    assert reason in served.client("officer").get("/licences", params={**ON, "lang": "nl"}).text
    client, browser = served.client("editor"), {"Accept": "text/html"}
    page = client.get(f"/licences/{GOOD}", params={**ON, "lang": "nl"}, headers=browser)
    assert "het register van afwijzingen is niet te lezen; een medewerker" in page.text


def test_a_record_of_a_later_day_is_not_reported(home: Path) -> None:
    store = Store.open(home, at=AT)
    with store.writing("ann", AT) as tx:
        tx.insert(schema.denial_event, denial_id="D-0001", kind="review", day=AT.date(), payload={"on": ""})
    assert [len(unreadable(store, day)) for day in ("2026-01-14", "2026-01-15", "2026-03-20")] == [0, 1, 3]
    store.close()
    for command in ("licence", "denial"):
        listed = run_command(command, "list", "--as-of", "2026-01-14")
        assert (listed.exit_code, "0002" in listed.output) == (0, False), listed.output


def unreadable(store: Store, day: str) -> list[StoredRecordError]:
    problems: list[StoredRecordError] = []
    with store.reading() as connection:
        licences.cases_on(connection, read_iso_date(day), problems)
        denials.list_denials(connection, read_iso_date(day), problems)
    return problems


def test_one_bad_case_stops_no_watch_and_no_screening_of_others(home: Path) -> None:
    store = Store.open(home, at=AT)
    with store.writing("ann", AT) as tx:
        table = schema.denial
        tx.update(table, table.c.denial_id == "D-0002", payload=denial(id="D-0002").to_json())
        case = licences.get_case(tx.connection, GOOD)
        licences.set_status(tx, case, Status.SUBMITTED, AT.date(), {})
    store.close()
    assert run_command("licence", "show", "DE-0002", *DAY).exit_code == 10
    for command, answer in (("screen", f"case {GOOD}, screened"), ("watch", "DE-0002 cannot be read")):
        done = run_command("licence", command, *(("--changed",) if command == "screen" else ()), *DAY)
        assert (done.exit_code, answer in done.stdout) == (1, True), done.output


def test_no_list_version_is_checked_while_a_case_cannot_be_read(home: Path) -> None:
    """The parties of that case would never be compared with the version."""
    store = Store.open(home, at=AT)
    table = schema.licence_case
    put(store, snapshot_of("un-sc", read_iso_date("2026-03-18")), [])
    assert run_command("alerts", "check", "--as-of", "2026-03-18").exit_code == 0
    listed = company("u1", "Vostochnyy Glaz LLC", since=read_iso_date("2026-03-01"))
    put(store, snapshot_of("un-sc", read_iso_date("2026-03-19"), "b"), [listed])
    refused = run_command("alerts", "check", *DAY, "--json")
    assert (refused.exit_code, json.loads(refused.stdout)) == (1, [])
    assert "DE-0002 cannot be read: remarks" in refused.stderr
    with store.writing("ann", AT) as tx:
        whole = application(id="DE-0002").model_dump(mode="json", by_alias=True)
        tx.update(table, table.c.id == "DE-0002", payload=whole)
        case = licences.get_case(tx.connection, "DE-0002")
        licences.set_status(tx, case, Status.SUBMITTED, AT.date(), {})
    checked = run_command("alerts", "check", *DAY)
    assert (checked.exit_code, "licence case DE-0002" in checked.stdout) == (0, True), checked.output
    store.close()


def test_a_job_of_the_service_names_the_case_that_stops_the_check(served: Served) -> None:
    put(served.store, snapshot_of("un-sc", read_iso_date("2026-03-18")), [])
    editor = served.client("editor")
    assert finished(editor, editor.post("/api/v1/alerts/check").json())["result"]["problems"] == []
    put(served.store, snapshot_of("un-sc", read_iso_date("2026-03-19"), "b"), [company("u1", "A")])
    job = finished(editor, editor.post("/api/v1/alerts/check").json())
    assert ["DE-0002 cannot be read" in problem for problem in job["result"]["problems"]] == [True]
    assert "DE-0002 cannot be read" in editor.get(f"/jobs/{job['id']}").text


def test_a_use_that_cannot_be_read_is_not_ended(served: Served) -> None:
    editor = served.client("editor")
    for name, status, answer in (("USE-2", 400, "USE-2 cannot be read"), ("use-01", 200, '"USE-1"')):
        ended = editor.post(f"/api/v1/control/uses/{name}/end", params=ON)
        assert (ended.status_code, answer in ended.text) == (status, True), ended.text
    with served.store.reading() as connection:
        table = schema.authorisation_use
        days = connection.scalars(select(table.c.ended).order_by(table.c.id)).all()
    assert days == ["2026-03-20", None]


@pytest.mark.usefixtures("home")
def test_an_empty_name_screens_no_case() -> None:
    screened = run_command("licence", "screen", "", *DAY)
    assert screened.exit_code == 11, screened.output
    assert "there is no licence case ''" in screened.stderr


def test_a_case_is_not_assessed_while_a_denial_cannot_be_read(served: Served) -> None:
    """A match could be missed; the error names no denial, because an editor sees it too."""
    answer = served.client("editor").get(f"/api/v1/licences/{GOOD}", params=ON)
    assert answer.status_code in {400, 409, 422}, answer.text
    assert "register of denials" in answer.text
    assert "D-0002" not in answer.text


def test_a_good_denial_is_shown_beside_a_bad_one(home: Path) -> None:
    store = Store.open(home, at=AT)
    with store.reading() as connection:
        assert denials.get_denial(connection, "D-0001", read_iso_date("2026-03-20")).denial.id == "D-0001"
    store.close()
