"""Reading a list file in a test: records and report at once, and the checks every list must pass."""

from pathlib import Path

from followthemoney import model

from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ListReader, ReadReport


def read_list(reader: ListReader, path: Path) -> tuple[list[Record], ReadReport]:
    """Return the records and the report; fails when the reader does not recognise the file."""
    source, report = LocalFile(path), ReadReport()
    layout = reader.recognise(source.sample())
    assert layout is not None, f"{path.name} is not recognised"
    return list(reader.read(source, layout, report)), report


def assert_sound(records: list[Record], list_id: str) -> None:
    """Check what holds for each record: own id, known schema and properties, listings of this list."""
    ids = [record.id for record in records]
    assert len(ids) == len(set(ids)), "two records share an id"
    for record in records:
        schema = model.get(record.schema)
        assert schema is not None
        unknown = {s.prop for s in record.statements} - set(schema.properties)
        assert not unknown, f"{record.id}: {record.schema} has no {unknown}"
        assert all(s.value == s.value.strip() and s.value for s in record.statements), record.id
        assert record.id.startswith(f"{list_id}-")
        assert record.place
        assert all(listing.list_id == list_id and listing.measure for listing in record.listings)
    listing_ids = [listing.id for record in records for listing in record.listings]
    assert len(listing_ids) == len(set(listing_ids)), "two listings share an id"


def named(records: list[Record], name: str) -> list[Record]:
    """Return the records that carry exactly this name, main or other."""
    return [record for record in records if name in record.names]
