"""Two officers at once: a step is checked against the case as it is under the lock of the store."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from functional_tools import answer_questions, run_command
from licensing_tools import changed, raw, write
from store_tools import company, put, snapshot_of

from overzicht.store import schema
from overzicht.store.database import Store

CASE = "DE-0001"
CRITERIA = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"
DAY = ("--as-of", "2026-03-27")
ASK = ("supplement", CASE, "--until", "2026-04-10", "--reason", "the certificate", *DAY)
RECEIVED = ("supplement", CASE, "--received", *DAY)
EXTEND = ("extend", CASE, "2026-07-01", "--reason", "more work", *DAY)
DECIDE = ("decide", CASE, "denied", "--reason", "criterion 2", "--by", "C. Chief", *DAY)
FACT = ("fact", CASE, "military_end_use", "yes", "--source", "letter", *DAY)
ASSESS = ("assess", CASE, "--by", "A. Other", *DAY)
WITHDRAW = ("decide", CASE, "withdrawn", "--reason", "asked", "--by", "B. Other", *DAY)


def _licence(*arguments: str | Path) -> Any:
    return run_command("licence", *arguments)


@pytest.fixture
def case(own_home: Path, tmp_path: Path) -> None:
    data = changed(raw("camera"), issuing_state="NL", located_in="NL")
    first = ("--as-of", "2026-03-20")
    assert _licence("new", write(tmp_path, "x.yaml", data), *first).exit_code == 0
    assert _licence("submit", CASE, *first).exit_code == 0
    assert _licence("assess", CASE, *first).exit_code == 0


@pytest.fixture
def between(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the work of another person finish between the start of the next command and its lock.

    The work is a licence command, or a function of the store. `locks` of the next command come before it.
    """

    def arrange(*other: Any, locks: int = 0) -> None:
        writing, steps = Store.writing, [*(lambda _: None for _ in range(locks)), _work(*other)]

        def after_another(store: Store, *given: Any) -> Any:
            if steps:
                step, later = steps[0], steps[1:]
                steps.clear()  # the work takes the lock too
                step(store)
                steps.extend(later)
            return writing(store, *given)

        monkeypatch.setattr(Store, "writing", after_another)

    return arrange


def _work(*other: Any) -> Callable[[Store], None]:
    if callable(other[0]):
        given: Callable[[Store], None] = other[0]
        return given

    def command(_: Store) -> None:
        done = _licence(*other)
        assert done.exit_code == 0, done.stderr

    return command


def _load_list(store: Store) -> None:
    """Load a version of a list that names the end-user of the case."""
    listed = [company("u1", "Vostochnyy Glaz LLC", since=date(2026, 3, 1))]
    put(store, snapshot_of("un-sc", date(2026, 3, 19)), listed)


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("before", "other", "step", "reason"),
    [
        (None, ASK, ASK, "the applicant was asked already"),
        (ASK, RECEIVED, RECEIVED, "no request to the applicant is open"),
        (None, DECIDE, EXTEND, "the case is denied"),
        (None, DECIDE, ASK, "the case is denied"),
        (None, EXTEND, EXTEND, "2026-07-01 is not after 2026-07-01"),
        (None, ASSESS, DECIDE, "was changed while this step was checked"),
        (None, WITHDRAW, ASSESS, "was changed while this step was checked"),
        (None, FACT, DECIDE, "was changed while this step was checked"),
    ],
)
def test_a_step_sees_what_another_officer_just_recorded(
    before: tuple[str, ...] | None, other: tuple[str, ...], step: tuple[str, ...], reason: str,
    between: Callable[..., None],
) -> None:  # fmt: skip
    if before is not None:
        assert _licence(*before).exit_code == 0
    between(*other)
    second = _licence(*step)
    assert (second.exit_code, reason in second.stderr) == (10, True), second.stderr


@pytest.fixture
def granted(case: None) -> None:
    first, chief = ("--as-of", "2026-03-20"), ("--reason", "weighed", "--by", "C. Chief")
    assert _licence("assess", CASE, "--criteria", CRITERIA, *first).exit_code == 0
    answer_questions(CASE, *first)
    done = _licence("decide", CASE, "granted", *chief, *first)
    assert done.exit_code == 0, done.stderr


@pytest.mark.usefixtures("granted")
@pytest.mark.parametrize(
    ("step", "locks"),
    [(("export", CASE), 0), (("ship", CASE, "1", "2", "pieces", "--document", "26NL001"), 1)],
)
def test_nothing_leaves_on_a_list_that_was_just_loaded(
    step: tuple[str, ...], locks: int, between: Callable[..., None]
) -> None:
    between(_load_list, locks=locks)
    done = _licence(*step, *DAY)
    assert (done.exit_code, "a list changed after the screening" in done.stderr) == (10, True), done.output
    office = json.loads(_licence("show", CASE, "--json", *DAY).stdout)["office"]
    assert office["shipments"] == []


@pytest.mark.usefixtures("case")
def test_two_screenings_at_once_open_one_task(own_home: Path, between: Callable[..., None]) -> None:
    store = Store.open(own_home, at=datetime(2026, 3, 20, 12, tzinfo=UTC))
    _load_list(store)
    store.close()
    between("screen", CASE, *DAY)
    assert _licence("screen", CASE, *DAY).exit_code == 0
    tasks = run_command("tasks", "list", "--all", "--as-of", "2099-01-01").stdout
    assert tasks.count("is listed on a binding list") == 1, tasks


def test_a_screening_of_a_replaced_draft_is_not_stored(
    own_home: Path, tmp_path: Path, between: Callable[..., None]
) -> None:
    assert _licence("new", write(tmp_path, "x.yaml", raw("camera")), *DAY).exit_code == 0
    other = write(tmp_path, "y.yaml", changed(raw("camera"), remarks="another remark"))
    between("new", other, "--replace", *DAY)
    screened = _licence("screen", CASE, *DAY)
    assert (screened.exit_code, "was changed" in screened.stderr) == (10, True), screened.output


@pytest.mark.usefixtures("case")
def test_no_document_is_attached_to_a_case_that_was_just_removed(
    tmp_path: Path, between: Callable[..., None]
) -> None:
    def remove(store: Store) -> None:
        with store.writing("ann", datetime(2026, 3, 27, 12, tzinfo=UTC)) as tx:
            for table, column in ((schema.licence_event, "case_id"), (schema.licence_case, "id")):
                tx.delete(table, table.c[column] == CASE)

    document = tmp_path / "certificate.pdf"
    document.write_bytes(b"%PDF-1.4 invented")
    between(remove)
    attached = _licence("attach", CASE, document, "--kind", "end-use-certificate", *DAY)
    assert (attached.exit_code, "licence case" in attached.stderr) == (11, True), attached.output
