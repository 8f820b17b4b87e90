"""What an installation must have is short; what a part needs beside it is named when it is missing."""

import ast
import io
import sys
import tomllib
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from overzicht.entities.ftm import load_model
from overzicht.errors import EXIT_SETUP, MissingExtraError
from overzicht.sources.inventories.tables.workbook import read_workbook
from overzicht.sources.json_tree import iterate_items

ROOT = Path(__file__).resolve().parents[2]
MOST_CORE = 16
MOST_INSTALLED = 35  # distributions of a core installation, the product not counted


class SmallJson:
    """A file of a list that holds an empty JSON object."""

    filename = "small.json"

    def open(self) -> io.BytesIO:
        return io.BytesIO(b"{}")


def test_the_core_needs_few_libraries() -> None:
    assert len(project()["dependencies"]) <= MOST_CORE


def project() -> dict[str, Any]:
    """Return what pyproject.toml says of the project."""
    content: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(content["project"])


def needed_by(lines: Iterable[str]) -> set[str]:
    """Return the names of all parts that requirements bring, as the metadata of the installed ones say."""
    todo, extras = [Requirement(line) for line in lines], dict[str, set[str]]()
    while todo:
        part = todo.pop()
        name = canonicalize_name(part.name)
        if name in extras and part.extras <= extras[name]:
            continue
        extras.setdefault(name, set()).update(part.extras)
        with suppress(PackageNotFoundError):  # of an extra that is not installed here
            for line in distribution(name).requires or ():
                inner = Requirement(line)
                if inner.marker is None or any(
                    inner.marker.evaluate({"extra": extra}) for extra in ("", *part.extras)
                ):
                    todo.append(inner)
    return set(extras)


def test_a_core_installation_has_few_parts_and_no_type_checker() -> None:
    needed = needed_by(project()["dependencies"])
    assert 20 < len(needed) <= MOST_INSTALLED, sorted(needed)
    assert not needed & {"mypy", "followthemoney", "networkx", "phonenumbers"}


def test_the_source_imports_only_what_the_project_names() -> None:
    """A library that only developers have would stop an installation at its first use."""
    lines = [*project()["dependencies"], *chain(*project()["optional-dependencies"].values())]
    needed = needed_by(lines)
    given = packages_distributions()
    imported = {
        name.partition(".")[0]
        for path in (ROOT / "src").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module])
        if name and not getattr(node, "level", 0)
    }
    foreign = imported - sys.stdlib_module_names - {"overzicht"}
    unnamed = {
        name
        for name in foreign
        if not needed
        & {canonicalize_name(part) for part in given.get(name, (name,))}  # not installed: its name
    }
    assert unnamed == set()
    assert {"numpy", "fastapi"} <= foreign


def test_entities_of_followthemoney_without_the_library_name_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    with pytest.raises(MissingExtraError, match="ftm"):
        load_model()


def test_a_workbook_without_its_reader_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match="office") as refused:
        read_workbook(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old.xls")
    assert refused.value.exit_code == EXIT_SETUP


def test_json_of_gleif_without_its_reader_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ijson", None)
    with pytest.raises(MissingExtraError, match="gleif"):
        list(iterate_items(SmallJson(), "records"))  # type: ignore[arg-type]  # only `open` is used


def test_fetching_without_its_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    monkeypatch.delitem(sys.modules, "overzicht.sources.fetch", raising=False)
    with pytest.raises(MissingExtraError, match="fetch"):
        __import__("overzicht.sources.fetch")
