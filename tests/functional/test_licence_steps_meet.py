"""Two officers at once: a step is checked against the case as it is under the lock of the store."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from licensing_tools import changed, raw, write

from overzicht.store.database import Store

CASE = "DE-0001"
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
    """Let a command of another officer finish between the start of the next command and its lock."""

    def arrange(*other: str) -> None:
        writing, others = Store.writing, [other]

        def after_another(store: Store, *given: Any) -> Any:
            if others:
                done = _licence(*others.pop())
                assert done.exit_code == 0, done.stderr
            return writing(store, *given)

        monkeypatch.setattr(Store, "writing", after_another)

    return arrange


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize(
    ("before", "other", "step", "reason"),
    [
        (None, ASK, ASK, "the applicant was asked already"),
        (ASK, RECEIVED, RECEIVED, "no request to the applicant is open"),
        (None, DECIDE, EXTEND, "it is denied"),
        (None, DECIDE, ASK, "it is denied"),
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
