"""The declaration of an operation, apart from the doors that follow from it."""

from datetime import date
from inspect import signature
from pathlib import Path
from typing import Annotated

import pytest
from ask_tools import ask

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import text
from overzicht.kit.ask import READER
from overzicht.kit.operation import (
    ALL,
    LAST_PAGE,
    OPERATIONS,
    CheckedPart,
    Operation,
    Paging,
    Param,
    Part,
    Route,
    kind_of,
    operation,
    operation_named,
    param_of,
)
from overzicht.reports.i18n import words_for
from overzicht.store.accounts import Role
from overzicht.store.database import Store
from overzicht.store.decisions import TaskView
from overzicht.subjects.register import tasks
from overzicht.web.form_views import form_of

DAY = date(2026, 3, 1)


def sample(
    count: int,
    *,
    day: Annotated[date | None, Param("Day.", text("Due date"))] = None,
    name: str | None = None,
    one: str | int = 1,
) -> None:
    """Do nothing."""


def test_a_page_of_a_sequence_counts_all() -> None:
    assert Paging(2, 2).part("abcde") == Part(("c", "d"), 5)
    assert ALL.part("abcde") == Part(tuple("abcde"), 5)


def test_a_page_of_stored_records_keeps_the_problems_of_the_whole_list() -> None:
    problem = OverzichtError("row 9 cannot be read")
    assert CheckedPart.of(Paging(1, 2).part("abc"), [problem]) == CheckedPart(("a", "b"), 3, (problem,))


def test_the_type_of_a_parameter_is_without_its_words_and_without_none() -> None:
    kinds = {name: kind_of(each) for name, each in signature(sample).parameters.items()}
    assert kinds == {"count": int, "day": date, "name": str, "one": str | int}
    assert param_of(signature(sample).parameters["day"]).help == "Day."
    assert param_of(signature(sample).parameters["name"]) == Param()


def test_only_what_reads_is_dated() -> None:
    declared = {each.name: each.is_dated for each in OPERATIONS[tasks.__name__]}
    assert declared == {
        "tasks": True, "show": True, "open_task": False, "change": False, "close": False, "reopen": False,
    }  # fmt: skip


def test_an_operation_is_found_by_its_name() -> None:
    found = operation_named("overzicht.subjects.register.tasks.close")
    assert isinstance(found, Operation)
    assert (found.name, list(found.parameters), found.result) == (
        "close",
        ["number", "outcome"],
        TaskView,
    )


def test_a_declared_function_is_still_the_function() -> None:
    def plain(_ask: object) -> int:
        return 7

    assert operation(Route("GET /seven", READER))(plain) is plain
    assert OPERATIONS.pop(__name__)[0].function is plain


def test_a_view_is_of_the_result_or_of_each_item_of_a_list() -> None:
    class Length:
        of = staticmethod(len)

    def plain(_ask: object) -> list[str]:
        return ["a", "bc"]

    operation(view=Length)(plain)
    declared = OPERATIONS.pop(__name__)[0]
    assert declared.shown(["a", "bc"]) == [1, 2]
    assert declared.shown("abc") == 3


def test_the_last_page_has_no_next() -> None:
    assert [Paging(page, 2).following(3) for page in (1, 2)] == [2, None]
    assert Paging(LAST_PAGE, 1).following(2 * LAST_PAGE) is None


def test_a_form_has_the_fields_of_its_operation() -> None:
    form = form_of(words_for("nl"), "register.tasks.change", {"owner": "Bo", "due": DAY}, number=3)
    assert (form.action, form.button) == ("/tasks/3/assign", "Opslaan")
    assert [(each.name, each.type, each.value) for each in form.fields] == [
        ("owner", "text", "Bo"),
        ("due", "date", "2026-03-01"),
    ]
    with pytest.raises(LookupError, match="without a form"):
        form_of(words_for("en"), "register.tasks.tasks")


def test_what_may_not_be_seen_is_missing(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    reader = ask(store, DAY, role=Role.READER)
    assert not reader.may_change("somewhere")
    with pytest.raises(PermissionError, match="lacks the role editor"):
        reader.check_changes("somewhere")
    with pytest.raises(UnknownNameError, match="there is no task '7'"), reader.hiding("task", 7):
        reader.check_seen(None, "subject", "x")
    store.close()
