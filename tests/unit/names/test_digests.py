"""An extension is older than its sources if they do something else, and not if only their layout changed."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from overzicht.names import compiled
from overzicht.names.digests import code_digest, text_digest

SOURCE = (
    '"""A module."""\nLIMIT = 3\n\n\ndef first(names):\n    """Return it."""\n    return max(names)[:LIMIT]\n'
)
NAME = "overzicht.names.tried"


@pytest.mark.parametrize(
    "changed",
    [
        f"# A remark.\n{SOURCE}",
        SOURCE.replace("\n\n\n", "\n\n\n\n"),
        SOURCE.replace('    """Return it."""\n', ""),
        SOURCE.replace("A module", "Another word"),
        SOURCE.replace("max(names)[:LIMIT]", "max(\n        names,\n    )[:LIMIT]  # fmt: skip"),
    ],
)
def test_a_change_of_layout_or_words_is_no_change_of_the_code(changed: str) -> None:
    assert text_digest(changed.encode()) != text_digest(SOURCE.encode())
    assert code_digest(changed.encode()) == code_digest(SOURCE.encode())


@pytest.mark.parametrize(
    "changed",
    [
        SOURCE.replace("3", "4"),
        SOURCE.replace("max", "min"),
        SOURCE.replace("(names):", "(names: list[str]):"),
        SOURCE.replace("LIMIT = 3", "LIMIT = '3'"),
    ],
)
def test_a_change_of_the_code_is_one(changed: str) -> None:
    assert code_digest(changed.encode()) != code_digest(SOURCE.encode())


def _state(folder: Path, monkeypatch: pytest.MonkeyPatch, source: str | None, **built: str) -> str:
    """Return what is said of an extension that was made with digests of a module `tried`."""
    machine = ModuleType("machine")
    vars(machine).update(
        DIGESTS={NAME: text_digest(SOURCE.encode())},
        CODE_DIGESTS=built or {NAME: code_digest(SOURCE.encode())},
    )
    if source is not None:
        path = folder.joinpath(*NAME.split(".")).with_suffix(".py")
        path.parent.mkdir(parents=True)
        path.write_text(source, encoding="utf-8")
    monkeypatch.setitem(sys.modules, "overzicht.names.machine", machine)
    monkeypatch.setattr(compiled, "_ROOT", folder)
    monkeypatch.delenv("OVERZICHT_INTERPRETED", raising=False)
    found, problem = compiled._machine()
    assert (found is machine) is (problem == "")
    monkeypatch.setattr(compiled, "_MACHINE", found)
    monkeypatch.setattr(compiled, "_PROBLEM", problem)
    return compiled.engine_state()


@pytest.mark.parametrize("source", [SOURCE, f"{SOURCE}\n# The end.\n", None])
def test_the_engine_runs_if_only_layout_changed_or_no_sources_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str | None
) -> None:
    assert _state(tmp_path, monkeypatch, source) == "the compiled engine"


def test_an_older_engine_is_told_with_the_module_and_the_command_that_builds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = _state(tmp_path, monkeypatch, SOURCE.replace("3", "4"))
    assert f"the compiled engine is older than {NAME}" in said
    assert "a hundred times slower" in said
    assert "`python setup.py build_ext --inplace`" in said


def test_an_engine_that_knows_no_code_of_a_changed_module_is_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is older" in _state(tmp_path, monkeypatch, f"{SOURCE}\n", other="0")


def test_the_sources_run_where_a_test_asks_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_INTERPRETED", "1")
    assert compiled._machine() == (None, "")
    monkeypatch.setattr(compiled, "_MACHINE", None)
    monkeypatch.setattr(compiled, "_PROBLEM", "")
    assert compiled.engine_state().endswith("as OVERZICHT_INTERPRETED asks")
