"""Correlation tables of commodity codes: their columns, their codes, and what is refused."""

from pathlib import Path

import pytest

from overzicht.errors import OverzichtError
from overzicht.subjects.control_list.sources.correlation import read_correlation


def written(folder: Path, content: str) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content.encode("utf-8"))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_codes_and_provisions_are_read_by_column(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ("\ufeffDescription", "CN_code", "Control code"),
        ("cameras", "8525 89 00", "6A003.b 6A203"),
        ("more", "8525.89.00", "6A003.b / 8A002"),
        ("", "", ""),
    ]
    path = written(tmp_path, "\n".join(delimiter.join(row) for row in rows))
    assert read_correlation(path) == {"85258900": ("6A003.b", "6A203", "8A002")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("a,b\n1,2\n", "commodity code"),
        ("CN code,remarks\n8525,x\n", "provision of the control list"),
        ("CN code,control code\n", "no row"),
        ("CN code,control code\nabc,6A003\n", "row 2: 'abc'"),
        ("CN code,control code\n8525,camera\n", "row 2: '8525'"),
        ("", "commodity code"),
    ],
)
def test_another_table_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(OverzichtError, match=reason):
        read_correlation(written(tmp_path, content))


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"CN code,control code\n8525,6A003 \xe9\n")
    with pytest.raises(OverzichtError, match="UTF-8"):
        read_correlation(path)
