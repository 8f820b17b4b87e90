"""A table reads back the same from any encoding, delimiter and line end that programs write."""

import csv
import io
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.evidence.cells import unguarded
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.tables.delimited import DELIMITERS, read_delimited

HEADER = ("Locatie", "Merk", "Typenummer", "Opmerking")
# Western letters with their accents, and everything that delimited text must quote.
ACCENTS = tuple(f"b{accent}" for accent in "éëïöüàèçñ")  # whole words of them are another script
WESTERN = (*"abcdefgh XYZ 0123456789 É€ ;,|\t\"'.-/()&:", *ACCENTS)
UNICODE = (*WESTERN, *"摄像机 камера ğşł")


def cells(signs: Sequence[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(signs), max_size=24).map("".join)


def is_not_guarded(row: Sequence[str]) -> bool:
    """Tell whether no cell has the apostrophe of `guarded`, which reading takes off again."""
    return all(unguarded(cell) == cell for cell in row)


def tables(signs: Sequence[str]) -> st.SearchStrategy[list[list[str]]]:
    row = st.lists(cells(signs), min_size=len(HEADER), max_size=len(HEADER))
    row = row.filter(any).filter(is_not_guarded)
    return st.lists(row, min_size=1, max_size=12)


def written(rows: Sequence[Sequence[str]], delimiter: str, line_end: str, titles: int) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=line_end)
    for number in range(titles):
        writer.writerow([f"Gemeente Voorbeeldstad blad {number}", "", "", ""])
    writer.writerow(HEADER)
    writer.writerows(rows)
    return stream.getvalue()


def on_one_line(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows as they are read: each cell on one line, with single spaces."""
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def read_back(data: bytes) -> list[list[str]]:
    rows = [list(map(str, row.cells)) for row in read_delimited(data, "x.csv").table.rows]
    start = rows.index(list(HEADER))
    return rows[start + 1 :]


layout = st.tuples(st.sampled_from(DELIMITERS), st.sampled_from(["\n", "\r\n", "\r"]), st.integers(0, 3))


@given(tables(UNICODE), layout, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
@settings(max_examples=150)
def test_unicode_tables_read_back_equal(
    rows: list[list[str]], how: tuple[str, str, int], encoding: str
) -> None:
    assert read_back(written(rows, *how).encode(encoding)) == on_one_line(rows)


@given(tables(WESTERN), layout)
@settings(max_examples=150)
def test_windows_tables_read_back_equal(rows: list[list[str]], how: tuple[str, str, int]) -> None:
    assert read_back(written(rows, *how).encode("cp1252")) == on_one_line(rows)


@given(tables([sign for sign in WESTERN if sign != "€"]), layout, st.sampled_from(["utf-16-le", "utf-16-be"]))
@settings(max_examples=80)
def test_utf16_without_a_mark_reads_back_equal(
    rows: list[list[str]], how: tuple[str, str, int], encoding: str
) -> None:
    assert read_back(written(rows, *how).encode(encoding)) == on_one_line(rows)


def test_old_code_pages_are_told_apart_by_the_letters_they_give() -> None:
    text = "Merk;Opmerking\nAxis;geïnstalleerd in café, coördinatie één\n"
    assert [detect_encoding(text.encode(name)) for name in ("cp1252", "cp850", "mac_roman")] == [
        "cp1252",
        "cp850",
        "mac_roman",
    ]


@given(st.binary(max_size=400))
def test_any_bytes_get_an_encoding_that_python_knows(data: bytes) -> None:
    data.decode(detect_encoding(data), errors="replace")
