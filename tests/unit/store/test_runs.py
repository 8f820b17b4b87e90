"""A run of many findings is written in batches, and is complete and can be found like one of a few."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, text
from overzicht.store import runs, schema
from overzicht.store.database import Store
from overzicht.store.runs import StoredRun, add_run, findings_of, list_runs, subjects_called

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = date(2026, 11, 24)


def finding(number: int) -> Finding:
    cited = Citation(source="inventory", title="a.csv", place=f"line {number}", published=DAY)
    reason = Reason(text("the row says {n}", n=number), Confidence.HIGH, (cited,), against=number == 1)
    statement = text("made by {maker}", maker="Acme")
    return Finding(
        f"maker-{number:02}", FindingKind.MAKER, f"device-{number:02}", Answer.FOUND, statement, DAY,
        Confidence.HIGH, "acme", (reason,),
    )  # fmt: skip


def kept(store: Store, count: int) -> None:
    run = StoredRun("run-1", "overview", DAY, (("a.csv", "0" * 64),), "1", {"devices": count}, "mia", "")
    names = [(f"device-{number:02}", f"CAM-{number}") for number in range(count)]
    with store.writing("mia", AT) as tx:
        findings = ((finding(number), ()) for number in range(count))
        add_run(tx, run, findings, iter([*names, *names, ("device-00", "")]))


@pytest.mark.parametrize("count", [0, 1, 3, 7])
def test_a_run_is_whole_however_many_batches_it_takes(
    store: Store, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "BATCH", 3)
    kept(store, count)
    with store.reading() as connection:
        assert findings_of(connection, "run-1") == [finding(number) for number in range(count)]
        for number in range(count):
            assert subjects_called(connection, "run-1", f"cam-{number}") == [f"device-{number:02}"]
        assert subjects_called(connection, "run-1", "") == []


def test_the_same_run_again_replaces_the_one_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "BATCH", 3)
    kept(store, 7)
    kept(store, 2)
    with store.reading() as connection:
        assert len(list_runs(connection)) == 1
        assert findings_of(connection, "run-1") == [finding(0), finding(1)]
        assert subjects_called(connection, "run-1", "CAM-6") == []


def test_a_name_longer_than_a_column_is_kept_once_by_its_start(store: Store) -> None:
    run = StoredRun("run-1", "overview", DAY, (), "1", {}, "mia", "")
    names = [("device-1", "x" * 300 + "a"), ("device-1", "X" * 300 + "b")]
    with store.writing("mia", AT) as tx:
        add_run(tx, run, [], names)
    with store.reading() as connection:
        assert subjects_called(connection, "run-1", "x" * 300) == ["device-1"]


def test_a_finding_that_differs_in_its_last_reason_alone_refers_to_the_first(store: Store) -> None:
    shared = Reason(text("all say so"), Confidence.HIGH)
    findings = [replace(finding(number), reasons=(shared, *finding(number).reasons)) for number in (0, 1, 2)]
    run = StoredRun("run-1", "overview", DAY, (), "1", {}, "mia", "")
    with store.writing("mia", AT) as tx:
        add_run(tx, run, [(each, ()) for each in findings])
    with store.reading() as connection:
        payloads = connection.execute(select(schema.finding.c.payload)).scalars().all()
        assert [payload.get("like", "") for payload in payloads] == ["", "maker-00", "maker-00"]
        assert findings_of(connection, "run-1") == findings
        assert findings_of(connection, "run-1", ["device-02"]) == findings[2:]


def test_every_name_of_a_subject_finds_it(store: Store) -> None:
    run = StoredRun("run-1", "overview", DAY, (), "1", {}, "mia", "")
    names = [f"CAM_{number:03}%" + "x" * 90 for number in range(9)]
    with store.writing("mia", AT) as tx:
        add_run(tx, run, [], [("device-1", name) for name in names])
    with store.reading() as connection:
        stored = connection.execute(select(schema.subject_name.c.name)).scalars().all()
        assert len(stored) < len(names)
        assert all(len(row) <= 300 for row in stored)
        for name in names:
            assert subjects_called(connection, "run-1", f" {name} ") == ["device-1"]
            assert subjects_called(connection, "run-1", name[:-1]) == []


@pytest.mark.parametrize("name", ["Straße 100%", 'Hal "A"', "CAM_1\\2", "é\u2028x", "it's"])
def test_the_names_of_a_subject_are_with_its_finding_and_find_it(store: Store, name: str) -> None:
    run = StoredRun("run-1", "overview", DAY, (), "1", {}, "mia", "")
    own = (name, "", "10.0.0.1", name)
    names = [("device-00", "10.0.0.1"), ("device-01", "other"), ("without", "alone")]
    with store.writing("mia", AT) as tx:
        add_run(tx, run, [(finding(0), own), (finding(1), ())], names)
    with store.reading() as connection:
        rows = connection.execute(select(schema.subject_name.c.subject)).scalars().all()
        assert rows == ["without"]
        assert subjects_called(connection, "run-1", name) == ["device-00"]
        assert subjects_called(connection, "run-1", "10.0.0.1") == ["device-00"]
        assert subjects_called(connection, "run-1", "alone") == ["without"]
        assert subjects_called(connection, "run-1", "10_0.0.1") == []
        assert subjects_called(connection, "run-2", name) == []
        assert findings_of(connection, "run-1") == [finding(0), finding(1)]


def test_a_finding_that_differs_in_the_place_alone_is_stored_as_the_place(store: Store) -> None:
    shared = Reason(text("all say so"), Confidence.HIGH)
    rows = [
        Reason(text("stated"), Confidence.HIGH, (Citation("inventory", "a", f"line {n}"),)) for n in (1, 2)
    ]
    other = replace(rows[1], citations=(*rows[1].citations, *rows[0].citations))
    findings = [
        replace(finding(number), reasons=(shared, reason)) for number, reason in enumerate((*rows, other))
    ]
    run = StoredRun("run-1", "overview", DAY, (), "1", {}, "mia", "")
    with store.writing("mia", AT) as tx:
        add_run(tx, run, [(each, ()) for each in findings])
    with store.reading() as connection:
        payloads = connection.execute(select(schema.finding.c.payload)).scalars().all()
        assert payloads[1] == {"like": "maker-00", "place": "line 2"}
        assert set(payloads[2]) == {"like", "reasons"}
        assert findings_of(connection, "run-1") == findings
