"""Long sequences are packed, and read as if they were not."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from overzicht.isolation import codec, packing
from overzicht.isolation.packed import Packed, opened
from overzicht.isolation.packing import Packing


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    rows: Sequence[Row]


ROWS = tuple(Row(f"row {number}", number % 3) for number in range(11))


@pytest.fixture(autouse=True)
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_UNPACKED", 4)
    monkeypatch.setattr(packing, "ROWS", 3)


def packed(count: int) -> Sequence[Row]:
    collected = Packing(Row)
    for row in ROWS[:count]:
        collected.append(row)
    return collected.values()


@pytest.mark.parametrize("count", [0, 1, 4, 5, 6, 7, 11])
def test_all_values_come_back_in_order(count: int) -> None:
    values = packed(count)
    assert isinstance(values, Packed) == (count > 4)
    assert (len(values), tuple(values), tuple(values)) == (count, ROWS[:count], ROWS[:count])
    assert [values[number] for number in range(count)] == list(ROWS[:count])
    assert tuple(values[:3]) == ROWS[:count][:3]
    assert tuple(values[2:-1:2]) == ROWS[:count][2:-1:2]
    with pytest.raises(IndexError):
        values[count]


def test_packed_values_of_a_result_stay_packed_on_their_way() -> None:
    sent = Result(packed(11))
    received = codec.joined(Result, codec.pieces(Result, sent))
    assert isinstance(received.rows, Packed)
    assert tuple(received.rows) == ROWS


@pytest.mark.parametrize("content", [b"", b"x", b"\x78\x01broken", b'[["id","each"]]\n["a"]'])
def test_what_is_not_packed_columns_is_refused(content: bytes) -> None:
    parts = [("rows", codec.packed_rows(Row, ROWS[:2])), ("rows", content)]
    with pytest.raises(ValueError, match=r"the rows|some rows|Expecting"):
        codec.joined(Result, iter(parts))


def test_a_bomb_of_packed_columns_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("overzicht.isolation.packed.LARGEST_BATCH", 1000)
    with pytest.raises(ValueError, match="too long"):
        opened(codec.packed_rows(Row, [Row("x" * 5000)]))
