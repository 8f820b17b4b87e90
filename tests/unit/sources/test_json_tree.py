"""Strict JSON: what is known, ignored, or neither."""

from collections import Counter
from pathlib import Path

import pytest

from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.sources.json_tree import IGNORED, TAKEN, Spec, iterate_items, unknown_fields

SPEC: Spec = {"id": TAKEN, "names": {"text": TAKEN, "lang": IGNORED}, "extra": IGNORED}


def test_known_ignored_and_unknown_fields() -> None:
    ignored: Counter[str] = Counter()
    node = {
        "id": 1,
        "names": [{"text": "a", "lang": "en"}, {"text": "b", "lang": "nl", "script": "x"}],
        "extra": {"deep": [1]},
        "new": {"a": 1},
        "empty": None,
    }
    assert unknown_fields(node, SPEC, ignored) == ("names.script", "new")
    assert ignored == {"names.lang": 2, "extra": 1}


@pytest.mark.parametrize("node", [{"id": {"a": 1}}, {"names": "plain"}, {"id": [{"a": 1}]}])
def test_another_shape_is_unknown(node: object) -> None:
    assert len(unknown_fields(node, SPEC, Counter())) == 1


def _file(tmp_path: Path, text: str) -> LocalFile:
    path = tmp_path / "file.json"
    path.write_text(text, encoding="utf-8")
    return LocalFile(path)


def test_items_come_one_by_one_and_a_fault_names_the_last_good_one(tmp_path: Path) -> None:
    items = iterate_items(_file(tmp_path, '{"a": [1, 2.5, '), "a.item")
    assert next(items) == 1
    assert next(items) == 2.5
    with pytest.raises(ListFileRefusedError, match=r"file\.json, after item 2: not whole JSON"):
        next(items)


@pytest.mark.parametrize(
    ("text", "values"), [('{"d": []}', [[]]), ('{"d": {}}', [{}]), ('{"e": []}', []), ('{"d": 1}', [1])]
)
def test_what_is_at_a_path(tmp_path: Path, text: str, values: list[object]) -> None:
    assert list(iterate_items(_file(tmp_path, text), "d")) == values


def test_what_follows_the_end_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ListFileRefusedError, match="not whole JSON"):
        list(iterate_items(_file(tmp_path, '{"a": []} {"a": [1]}'), "a.item"))
