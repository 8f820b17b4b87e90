"""A file finds its reader, or a clear error."""

import dataclasses
from pathlib import Path

import pytest

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.sources.files import TooLargeError
from overzicht.sources.inventories import UnknownInventoryError, kinds, read_inventory, readers
from overzicht.sources.inventories.origin import Origin


def write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def test_each_kind_has_one_reader_with_a_title() -> None:
    assert len(set(kinds())) == len(readers())
    assert all(reader.title for reader in readers())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brief.txt", "Geachte heer, mevrouw,\nhierbij de camera's.\n"),
        ("page.html", "<html><body>merk;type</body></html>"),
        ("config.json", '{"merk": "Axis", "type": "P3245"}'),
        ("cut.bin", "\x01\x02\x03merk;type\n"),
    ],
)
def test_a_file_that_is_no_inventory_is_refused_with_the_kinds(
    tmp_path: Path, name: str, content: str
) -> None:
    with pytest.raises(UnknownInventoryError) as caught:
        read_inventory(write(tmp_path, name, content))
    assert name in str(caught.value)
    assert "nmap XML" in caught.value.fix


def test_an_absent_an_empty_and_an_unknown_kind_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no such file"):
        read_inventory(tmp_path / "weg.csv")
    with pytest.raises(InputFileError, match="empty"):
        read_inventory(write(tmp_path, "leeg.csv", " \n"))
    with pytest.raises(UnknownNameError, match="kind of inventory"):
        read_inventory(write(tmp_path, "a.csv", "merk;type\nAxis;P3245\n"), kind="csv")


def test_a_mapping_for_something_else_than_a_table_is_an_error(tmp_path: Path) -> None:
    path = write(tmp_path, "scan.txt", "Nmap scan report for 192.0.2.1\nHost is up.\n")
    with pytest.raises(InputFileError, match="mapping"):
        read_inventory(path, mapping={"Merk": "brand"})


def test_the_limit_on_size_is_kept(tmp_path: Path) -> None:
    path = write(tmp_path, "groot.csv", "merk;type\n" + "Axis;P3245\n" * 100)
    with pytest.raises(TooLargeError):
        Origin(path, max_bytes=200).read_bytes()


def test_ids_are_stable_and_differ_by_place_and_bytes(tmp_path: Path) -> None:
    first = write(tmp_path, "a.csv", "merk;type\nAxis;P3245\nAxis;P3245\n")
    again = read_inventory(first).sightings
    assert [s.id for s in again] == [s.id for s in read_inventory(first).sightings]
    assert len({s.id for s in again}) == 2
    other = read_inventory(write(tmp_path, "b.csv", "merk;type\nAxis;P3245\nAxis;P3246\n")).sightings
    assert not {s.id for s in again} & {s.id for s in other}


def test_a_sighting_cites_file_hash_and_place(tmp_path: Path) -> None:
    result = read_inventory(write(tmp_path, "a.csv", "merk;type\nAxis;P3245\n"))
    citation = result.sightings[0].citation
    assert (citation.title, citation.place, citation.snapshot) == ("a.csv", "line 2", result.snapshot.sha256)


def test_results_are_frozen(tmp_path: Path) -> None:
    result = read_inventory(write(tmp_path, "a.csv", "merk;type\nAxis;P3245\n"))
    with pytest.raises(dataclasses.FrozenInstanceError):
        result.records = 3  # type: ignore[misc]
