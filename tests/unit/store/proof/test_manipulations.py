"""Manipulations of the database by plain SQL, as somebody with access would make them; the log shows each."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from store_tools import NOON, unpack_old_home

from overzicht.store import decisions
from overzicht.store.audit import AuditEvent, AuditKind, destroy_events_before
from overzicht.store.database import Store, database_file
from overzicht.store.moving.checking import check_store
from overzicht.store.receipts import NEWEST_FILE, read_receipt
from overzicht.workflows.audit import record as record_events

MANIPULATIONS = {  # what is done: (SQL, a fault that names it)
    "a judgement rewritten": ("UPDATE judgement SET verdict = 'confirm', reason = 'seen'", "table judgement"),
    "a judgement deleted": ("DELETE FROM judgement WHERE id = 1", "table judgement: it has"),
    "a reader made admin": ("UPDATE account_grant SET role = 'admin'", "table account_grant"),
    "a session without a log-in": (
        ("INSERT INTO login_session (token_hash, account, opened_at, seen_at, expires_at, stage) "
        "VALUES ('f', 'anna', '2026', '2026', '2099', 'open')"),
        "table login_session",
    ),
    "an event of the audit trail deleted": (
        "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)", "table audit_event: it has",
    ),
    "an event of the audit trail rewritten": ("UPDATE audit_event SET account = 'piet'", "table audit_event"),
    "an event added to the audit trail": (
        ("INSERT INTO audit_event (at, kind, account, address, subject, detail) "
        "VALUES ('2026', 'log-in', 'piet', '', '', '{}')"), "table audit_event: it has",
    ),
    "a denial deleted": ("DELETE FROM denial", "table denial: it has 0 rows"),
    "a denial rewritten": ("UPDATE denial SET payload = replace(payload, 'NL', 'BE')", "table denial"),
    "a task deleted": ("DELETE FROM task_event; DELETE FROM task", "table task: it has 0 rows"),
    "the tail of the log cut off": ("DELETE FROM log WHERE seq > (SELECT max(seq) FROM log) - 2", "log,"),
    "an entry of the log rewritten": ("UPDATE log SET actor = 'piet' WHERE seq = 9", "log, entry 9"),
    "detail of an entry rewritten": ("UPDATE log SET detail = '{\"x\" :1}' WHERE seq = 9", "log, entry 9"),
    "the state of an entry removed": (
        "UPDATE log SET state = NULL, state_before = NULL, changes = NULL WHERE state <> ''", "log, entry",
    ),
    "a device changed": ("UPDATE register_device_state SET serial = 'X1'", "table register_device_state"),
    "a confirmed merge removed": ("DELETE FROM suggested_merge", "table suggested_merge: it has 0 rows"),
    "a version of a list replaced": (
        "UPDATE snapshot SET published = '2026-02-02' WHERE is_starter = 0", "table snapshot",
    ),
    "a record of a list changed": ("UPDATE record SET caption = 'Nobody' WHERE rowid = 1", "table record"),
    "a listed maker made unlisted": (
        "UPDATE register_maker_day SET is_listed = 1 - is_listed", "table register_maker_day",
    ),
    "a stored sum changed": ("UPDATE table_digest SET total = '1' WHERE name = 'task'", "table task"),
    "a sum that is not a number": ("UPDATE table_digest SET total = 'x' WHERE name = 'task'", "table task"),
    "sums removed": ("DELETE FROM table_digest", "log, entry"),
    "text that is not UTF-8": ("UPDATE task SET title = CAST(X'FF' AS TEXT)", "task: a row cannot be"),
    "JSON that is not JSON": ("UPDATE record SET payload = '{' WHERE rowid = 1", "table record"),
}  # fmt: skip


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with rows in every table, and entries of the log after its migration."""
    home = unpack_old_home(tmp_path_factory.mktemp("old") / "home")
    with opened(home) as store:
        for number in range(3):
            with store.writing("anna", NOON) as tx:
                decisions.add_judgement(tx, f"maker-{number}", decisions.Verdict.REJECT, "label is wrong")
        record_events(store, [AuditEvent(NOON.isoformat(), AuditKind.LOGGED_IN, "anna")] * 2, NOON)
    return home


@pytest.fixture
def home(migrated: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(migrated, tmp_path / "home"))


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    store = Store.open(home)
    try:
        yield store
    finally:
        store.close()


def execute(home: Path, sql: str) -> int:
    """Return how many rows a script changed; references are not enforced."""
    with closing(sqlite3.connect(database_file(home))) as database:
        database.executescript(sql)
        return database.total_changes


def faults(home: Path, receipt: Path | None = None) -> list[str]:
    with opened(home) as store:
        checked = check_store(store, receipt=read_receipt(receipt) if receipt else None)
        return [str(fault) for fault in checked.faults]


def test_a_migrated_store_is_proven_from_its_migration_on(home: Path) -> None:
    with opened(home) as store:
        checked = check_store(store)
    assert checked.faults == ()
    assert 1 < checked.sealed_from == checked.log_entries - 4
    assert checked.signed_entries == checked.log_entries


@pytest.mark.parametrize(("sql", "fault"), MANIPULATIONS.values(), ids=MANIPULATIONS)
def test_a_manipulation_is_found(home: Path, sql: str, fault: str) -> None:
    assert execute(home, sql) > 0
    assert any(fault in line for line in faults(home)), faults(home)


def test_events_that_are_destroyed_after_their_period_leave_a_proven_store(home: Path) -> None:
    with opened(home) as store:
        with store.writing("anna", NOON) as tx:
            assert destroy_events_before(tx, "2099") > 1
        assert check_store(store).faults == ()


def test_later_work_does_not_hide_a_manipulation(home: Path) -> None:
    """Somebody puts back the rows, sums and log of an earlier moment, and others go on working."""
    execute(home, "CREATE TABLE kept AS SELECT * FROM table_digest WHERE name = 'judgement'")
    with opened(home) as store, store.writing("anna", NOON) as tx:
        decisions.add_judgement(tx, "maker-9", decisions.Verdict.REJECT, "unwanted")
    execute(
        home,
        "DELETE FROM judgement WHERE finding_id = 'maker-9';"
        "DELETE FROM log WHERE seq = (SELECT max(seq) FROM log);"
        "DELETE FROM table_digest WHERE name = 'judgement';"
        "INSERT INTO table_digest SELECT * FROM kept; DROP TABLE kept",
    )
    (fault,) = faults(home)  # all is as it was before; only the receipt outside the database shows it
    assert "was signed and is missing: the log was cut off" in fault
    with opened(home) as store, store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "other work")
    assert "is not the entry of" in str(faults(home))


def test_a_row_and_its_sum_put_back_break_the_chain_of_states(home: Path) -> None:
    execute(home, "CREATE TABLE kept AS SELECT * FROM table_digest WHERE name = 'judgement'")
    with opened(home) as store, store.writing("anna", NOON) as tx:
        decisions.add_judgement(tx, "maker-9", decisions.Verdict.REJECT, "unwanted")
    execute(
        home,
        "DELETE FROM judgement WHERE finding_id = 'maker-9';"
        "DELETE FROM table_digest WHERE name = 'judgement';"
        "INSERT INTO table_digest SELECT * FROM kept; DROP TABLE kept",
    )
    assert "the rows are not those after it" in str(faults(home))
    with opened(home) as store, store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "other work")
    assert "before it, rows were changed outside the log" in str(faults(home))


@pytest.mark.parametrize("content", [None, ""])
def test_a_receipt_that_was_removed_is_missed_until_the_next_change(home: Path, content: str | None) -> None:
    newest = home / NEWEST_FILE
    newest.unlink()
    if content is not None:
        newest.write_text(content)
    (fault,) = faults(home)
    assert fault.startswith("receipt, log-receipt.json: it is missing or empty")
    with opened(home) as store, store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "other work")
    assert faults(home) == []


def test_a_receipt_elsewhere_shows_a_home_that_was_put_back(home: Path, tmp_path: Path) -> None:
    earlier = Path(shutil.copytree(home, tmp_path / "earlier"))
    with opened(home) as store:
        with store.writing("anna", NOON) as tx:
            decisions.open_task(tx, "device-1", "unwanted")
        with store.reading() as connection:
            receipt = store.receipts.make(connection)
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt.statement.to_bytes())
    assert faults(home, file) == []
    assert faults(earlier) == []  # a whole home of an earlier date is consistent
    (fault,) = faults(earlier, file)
    assert fault.startswith("receipt, that was given: entry")
