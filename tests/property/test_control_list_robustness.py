"""Whatever a file or a question holds, the answer is a list or a clear refusal, and it comes soon."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from control_lists import list_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.errors import OverzichtError
from overzicht.sources.files import TooLargeError
from overzicht.subjects.control_list.diff import compare_lists
from overzicht.subjects.control_list.path import NotAControlPathError, parse_path
from overzicht.subjects.control_list.quantity import read_thresholds
from overzicht.subjects.control_list.references import unfold
from overzicht.subjects.control_list.search import SearchIndex
from overzicht.subjects.control_list.sources import list_file as reader
from overzicht.subjects.control_list.sources.definitions import read_definitions
from overzicht.subjects.control_list.sources.list_file import read_control_list

SECONDS = 5  # far more than any of these needs, far less than a pattern that runs away
RUNS = ("; ", ";", "and ", "Note: ", "'", '"a" ', "1 ", "10 -8 ", "a. ", "7A900.a. to ", "(", "°C ")
paths = st.from_regex(r"7A90[01](\.[ab12]){0,3}", fullmatch=True)
words = st.text(st.sampled_from("abc .,;:'\"0123456789°µ×-()\n%Noteand"), max_size=60)
notes = words.map(lambda text: f"Note: {text}")
kinds = st.sampled_from(["provision", "note", "technical_note", "nb"])
rows = st.builds(
    lambda path, kind, text, moved: {"entry": path[:5], "path": path, "kind": kind, "text": text, **moved},
    paths, kinds, st.one_of(words, notes), st.sampled_from([{}, {"moved": "yes"}]),
)  # fmt: skip
files = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False)


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "annex-2021.jsonl"
    path.write_bytes(content)
    return path


@files
@given(st.lists(rows, min_size=1, max_size=25))
def test_any_rows_in_the_known_form_can_be_used(tmp_path: Path, data: list[dict[str, Any]]) -> None:
    content = "".join(f"{_json(row)}\n" for row in data).encode()
    held = read_control_list(_file(tmp_path, content), force=True).list
    assert {provision.path.split(".")[0] for provision in held.by_path.values()} <= {"7A900", "7A901"}
    assert compare_lists(held, held).changes == ()
    for path in held.by_path:
        assert unfold(held, path).provision.path == path


@files
@given(
    st.one_of(
        st.binary(max_size=300), st.binary(max_size=200).map(lambda b: b'{"path": "7A900", "kind":' + b)
    )
)
def test_any_bytes_are_refused_clearly(tmp_path: Path, content: bytes) -> None:
    for read in (read_control_list, read_definitions):
        with pytest.raises(OverzichtError):
            read(_file(tmp_path, content))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_gives_thresholds_and_a_path_or_a_refusal(text: str) -> None:
    for threshold in read_thresholds(text):
        assert threshold.quantity.value == threshold.quantity.value.normalize()
    with suppress(NotAControlPathError):
        assert parse_path(parse_path(text)) == parse_path(text)


@settings(max_examples=100)
@given(st.text(max_size=80))
def test_any_question_is_answered(question: str) -> None:
    index = SearchIndex(list_of(("7A900", "Infrared cameras of any kind;"), ("7A901", "Kettles.")))
    assert len(index.search(question)) <= 2
    index.close()


@pytest.mark.parametrize("unit", RUNS)
def test_no_text_makes_a_pattern_run_away(tmp_path: Path, unit: str) -> None:
    text = unit * (20_000 // len(unit))
    start = time.perf_counter()
    for kind in ("provision", "note", "technical_note"):
        row = {"entry": "7A900", "path": "7A900", "kind": kind, "text": text}
        held = read_control_list(_file(tmp_path, _json(row).encode()), force=True).list
        compare_lists(held, list_of(("7A900", f"x {text}")))
        unfold(held, "7A900")
        read_thresholds(text)
    assert time.perf_counter() - start < SECONDS


def test_a_file_past_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 50)
    row = {"entry": "7A900", "path": "7A900", "kind": "provision", "text": "x" * 100}
    with pytest.raises(TooLargeError):
        read_control_list(_file(tmp_path, json.dumps(row).encode()), force=True)
