"""Files that are no list: every reader looks at them and none breaks."""

from pathlib import Path

import pytest

from overzicht.errors import UnknownNameError
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.registry import (
    READERS,
    WITHOUT_READER,
    NotRecognisedError,
    load_reader,
    recognise,
)

NOT_LISTS = {
    "empty": b"",
    "workbook": b"PK\x03\x04\x14\x00\x06\x00\x08\x00!\x00A7\x82\xcfn\x01\x00\r\x04\x00\x13\x00\r\x00\n",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "table": b"a,b\r\n1,2\r\n",
    "quote": b'"never closed\r\n1,2',
    "xml": b"<other><thing/></other>",
    "cut off xml": b"<?xml version='1.0'?><sdnList",
    "json": b'{"things": []}',
    "zeros": bytes(70_000),
}


@pytest.mark.parametrize("kind", NOT_LISTS)
def test_no_reader_takes_or_breaks_on_a_file_that_is_no_list(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(NOT_LISTS[kind])
    with pytest.raises(NotRecognisedError):
        recognise(LocalFile(path))


def test_each_reader_is_registered_under_its_own_id() -> None:
    read = [list_id for list_id in READERS if list_id not in WITHOUT_READER]
    assert [load_reader(list_id).list_id for list_id in read] == read


@pytest.mark.parametrize("list_id", ["us-1237", "us-uflpa"])
def test_a_list_that_no_reader_reads_has_none_and_refuses_files(list_id: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Name,Clean Name,Alias,Previous Name,Parent Name,Note,Start date,End date,Source Url\n")
    with pytest.raises(UnknownNameError):
        load_reader(list_id)
    with pytest.raises(NotRecognisedError):
        recognise(LocalFile(path), list_id)
