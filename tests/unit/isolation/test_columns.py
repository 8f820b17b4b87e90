"""Values of one data class as columns: read back equal, a shared value once, and no more rows than sent."""

import json
from dataclasses import dataclass, field
from datetime import date

import pytest

from overzicht.evidence import Citation, Text, text
from overzicht.isolation import codec
from overzicht.isolation.columns import counted_field, dumped_rows, loaded_rows


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    cited: Citation
    words: Text | None = None
    day: date | None = None
    share: float = 0.0
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    rows: tuple[Row, ...]
    names: tuple[str, ...] = ()


def cited(place: str) -> Citation:
    return Citation(source="inventory", title="a.csv", place=place, snapshot="0" * 64)


ROWS = (
    Row("1", cited("line 2"), text("made by {maker}", maker="Acme"), date(2020, 1, 2), 0.5, {"a": "b\nc"}),
    Row("2", cited("line 3"), day=date(2020, 1, 2)),
    Row("3", cited("line 4"), day=date(2020, 1, 2), extra={"x": "é"}),
)


@pytest.mark.parametrize("rows", [ROWS, ROWS[:1], ROWS[1:2] * 3])
def test_rows_are_read_back_equal(rows: tuple[Row, ...]) -> None:
    content = dumped_rows(Row, rows, codec.dumped)
    assert tuple(loaded_rows(Row, content, codec.loaded)) == rows


def test_a_shared_value_is_sent_and_kept_once() -> None:
    content = dumped_rows(Row, ROWS, codec.dumped)
    assert content.count(b"0" * 64) == 1
    first, second, _ = loaded_rows(Row, content, codec.loaded)
    assert first.cited.snapshot is second.cited.snapshot
    assert first.cited.place != second.cited.place


@pytest.mark.parametrize("count", [0, 1, 5])
def test_a_result_goes_in_pieces(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codec, "ROWS", 2)
    result = Result(tuple((*ROWS, *ROWS)[:count]), ("a", "b"))
    assert codec.joined(Result, codec.pieces(Result, result)) == result


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ([["id", "all"]], [b'"1"']),  # rows that nothing counts
        ([["id", "each"]], [b'["1"]']),  # a field without default
        ([["id", "each"], ["cited", "each"]], [b'["1","2"]', b"[]"]),
        ([["id", "each"], ["other", "all"]], [b'["1"]', b"1"]),
        ([["id", "each"]], []),
        ([["id", "each"], ["cited", "all"]], [b"[1]", b"{}"]),
    ],
)
def test_columns_that_do_not_fit_are_refused(head: list[list[str]], lines: list[bytes]) -> None:
    content = b"\n".join((json.dumps(head).encode(), *lines))
    with pytest.raises((ValueError, KeyError)):
        loaded_rows(Row, content, codec.loaded)


def test_a_sentence_is_a_value_and_not_columns() -> None:
    assert counted_field(Text) == ""
    assert counted_field(Row) == "id"
