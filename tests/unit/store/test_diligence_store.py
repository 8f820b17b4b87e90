"""Working files in the store: written once, proved against the log, carried over whole."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from store_tools import NOON

from overzicht.errors import UnknownNameError
from overzicht.store.database import Store
from overzicht.store.log import verify_log
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.transfer import export_store, load_store
from overzicht.store.proof.working_files import content_hash
from overzicht.subjects.diligence import records as kept
from overzicht.subjects.diligence.file_entries import DiligenceError, EntryKind
from overzicht.subjects.diligence.records import ENTRY, NewEntry
from overzicht.subjects.diligence.working_file import FileHead

DAY = date(2026, 3, 1)
HEAD = FileHead("stad", "", "Stad", "run-1", DAY, "anna", NOON.isoformat())


@pytest.fixture
def written(store: Store) -> Store:
    with store.writing("anna", NOON) as tx:
        kept.add_file(tx, HEAD)
        kept.add_entry(tx, "stad", NewEntry(EntryKind.MAP, DAY, {"risks": [], "percent": 38.88, "é": "ü"}))
        kept.add_entry(tx, "stad", NewEntry(EntryKind.POLICY, DAY, {"what": "a rule"}))
        kept.add_entry(tx, "stad", NewEntry(EntryKind.WITHDRAWAL, DAY, {"reason": "wrong"}, about=2))
    return store


def test_entries_are_numbered_and_read_back(written: Store) -> None:
    with written.reading() as connection:
        entries = kept.entries_of(connection, ["stad"])["stad"]
        head = kept.get_file(connection, "stad")
    assert [(each.number, each.kind, each.about) for each in entries] == [
        (1, EntryKind.MAP, None), (2, EntryKind.POLICY, None), (3, EntryKind.WITHDRAWAL, 2),
    ]  # fmt: skip
    assert (head.name, head.organisation, head.run, head.day, head.actor) == (
        "Stad",
        "",
        "run-1",
        DAY,
        "anna",
    )


def test_a_file_is_begun_once_and_an_unknown_one_names_those_there_are(written: Store) -> None:
    with pytest.raises(DiligenceError, match="already"), written.writing("anna", NOON) as tx:
        kept.add_file(tx, HEAD)
    with pytest.raises(UnknownNameError, match="known: stad"), written.reading() as connection:
        kept.get_file(connection, "dorp")


def test_everything_stands_in_the_log_and_a_whole_store_has_no_fault(written: Store) -> None:
    checked = check_store(written)
    assert (checked.faults, checked.log_entries) == ((), 4)


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"payload": {"what": "another rule"}}, "its content was changed"),
        ({"day": "2026-01-01"}, "it differs from the log"),
        ({"risk": "own-use:x"}, "it differs from the log"),
    ],
)
def test_a_changed_entry_is_found(written: Store, values: dict[str, object], what: str) -> None:
    with written.engine.begin() as connection:
        connection.execute(update(ENTRY).where(ENTRY.c.number == 2).values(**values))
    fault, rows = check_store(written).faults
    assert str(fault) == f"due diligence, entry stad/2: {what}"
    assert str(rows) == "rows, table diligence_entry: a row was changed outside the log (3 rows)"


def test_an_entry_that_was_taken_out_or_put_in_is_found(written: Store) -> None:
    with written.engine.begin() as connection:
        connection.execute(delete(ENTRY).where(ENTRY.c.number == 3))
    assert str(check_store(written).faults[0]) == "due diligence, entry stad/3: it is missing"
    with written.engine.begin() as connection:
        connection.execute(
            ENTRY.insert().values(
                file_id="stad", number=4, kind="policy", day="2026-03-01", risk="", about=None,
                payload={}, hash=content_hash({}), actor="anna", at="",
            )
        )  # fmt: skip
    assert str(check_store(written).faults[0]) == "due diligence, entry stad/4: it is not in the log"


def test_a_store_is_carried_over_with_its_files(written: Store, tmp_path: Path) -> None:
    export_store(written, tmp_path / "all.zip")
    other = Store.open(tmp_path / "other")
    load_store(other, tmp_path / "all.zip")
    with written.reading() as before, other.reading() as after:
        assert kept.entries_of(after, ["stad"]) == kept.entries_of(before, ["stad"])
        assert kept.all_files(after) == kept.all_files(before)
        verify_log(after)
    assert check_store(other).faults == ()
    other.close()
