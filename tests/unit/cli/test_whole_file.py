"""A file is written whole or not at all, also where it is written piece by piece."""

from pathlib import Path
from typing import BinaryIO

import pytest

from overzicht.cli.output import whole_file, write_whole
from overzicht.errors import InputFileError, MissingExtraError


def test_the_file_is_there_when_all_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "report.json"
    with whole_file(path) as stream:
        stream.write(b"one ")
        assert not path.exists()
        stream.write(b"two")
    assert path.read_bytes() == b"one two"
    assert [each.name for each in path.parent.iterdir()] == ["report.json"]


def written_halfway(stream: BinaryIO) -> None:
    stream.write(b"half")
    raise MissingExtraError("a report in Excel's format", "office")


def test_a_fault_halfway_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write_whole(path, b"the report of yesterday")
    with pytest.raises(MissingExtraError), whole_file(path) as stream:
        written_halfway(stream)
    assert path.read_bytes() == b"the report of yesterday"
    assert [each.name for each in tmp_path.iterdir()] == ["report.xlsx"]


def test_a_disk_that_is_full_is_a_message(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    with pytest.raises(InputFileError, match="cannot be written here"), whole_file(path):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
