"""A starter entry and the entry of the loaded list must be one and the same, so that loading replaces it."""

from pathlib import Path

import pytest

from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import WITHOUT_READER, recognise
from overzicht.sources.starter import packaged_starter, starter_records

pytestmark = pytest.mark.shared

FILES = {
    "eu-fsf": ("lists/eu-fsf/RECONSTRUCTED-xinjiang-HR-1_1.xml",),
    "us-1260h": ("lists/us-1260h/sanctions.csv",),
    "us-bis-entity-list": ("exportcontrol/us-ear-part-744-2026-07-23.xml",),
    "us-csl": ("lists/us-csl/202204-consolidated.csv.gz",),
    "us-ofac": ("lists/us-ofac/202107-sdn/sdn.csv", "lists/us-ofac/202512-consolidated/cons_prim.csv"),
    "us-procurement-bans": (
        "lists/us-procurement-bans/fcc_covered_list.csv",
        "lists/us-procurement-bans/section_889.csv",
    ),
}


def loaded(list_id: str, folder: Path) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for place in FILES[list_id]:
        file = LocalFile(folder / place)
        reader, layout = recognise(file, list_id)
        found.update((record.id, record) for record in reader.read(file, layout, ReadReport()))
    return found


@pytest.mark.parametrize("list_id", sorted(FILES))
def test_the_loaded_list_has_the_same_entry_with_the_same_listing(list_id: str, shared_data: Path) -> None:
    whole = loaded(list_id, shared_data)
    for record, _ in starter_records()[list_id]:
        same = whole[record.id]
        assert set(record.names) & set(same.names), record.id
        ours = record.listings[0]
        theirs = {listing.id: listing for listing in same.listings}[ours.id]
        assert (ours.measure, ours.programme) == (theirs.measure, theirs.programme)
        if theirs.period.start is not None and ours.period.start is not None:
            wait = (theirs.period.start.day - ours.period.start.day).days
            # A rule of the Entity List may take effect some days before it is printed.
            assert 0 <= wait <= (7 if list_id == "us-bis-entity-list" else 0), record.id


def test_every_starter_list_that_has_a_reader_is_compared() -> None:
    assert set(FILES) == {list_id for list_id in starter_records() if list_id not in WITHOUT_READER}


@pytest.mark.parametrize("list_id", sorted(FILES))
def test_the_part_of_a_starter_entry_is_that_of_the_file_that_has_it(list_id: str, shared_data: Path) -> None:
    parts: dict[str, str] = {}
    for place in FILES[list_id]:
        file = LocalFile(shared_data / place)
        reader, layout = recognise(file, list_id)
        parts.update((record.id, layout.part) for record in reader.read(file, layout, ReadReport()))
    for entry in packaged_starter()[list_id].entries:
        assert parts[entry.id] == entry.part, entry.id
