"""Files of own lists, read in a child process: their records, or their parties before they are stored."""

from collections.abc import Generator, Iterator
from dataclasses import fields
from pathlib import Path

from overzicht.entities import Record
from overzicht.isolation import stream_in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.mapped.parse import read_mapping
from overzicht.sources.lists.mapped.party_reader import read_records
from overzicht.sources.lists.mapped.preview import PartyLine
from overzicht.sources.lists.registry import READING


def read_mapped(path: Path, mapping: str, mapping_name: str, report: ReadReport) -> Iterator[Record]:
    """Yield the records of a file of an own list, and fill the report."""
    read = yield from mapped_records(path, mapping, mapping_name)
    for field in fields(report):
        setattr(report, field.name, getattr(read, field.name))


@stream_in_child(READING)
def mapped_records(path: Path, mapping: str, mapping_name: str) -> Generator[Record, None, ReadReport]:
    """Yield the records of a file of an own list; returns the report."""
    report = ReadReport()
    for _, record in read_records(LocalFile(path), read_mapping(mapping, mapping_name), report):
        yield record
    return report


@stream_in_child(READING)
def preview(path: Path, mapping: str, mapping_name: str) -> Generator[PartyLine, None, ReadReport]:
    """Yield the parties of a file by a mapping, a line each; returns the report."""
    report = ReadReport()
    for party, _ in read_records(LocalFile(path), read_mapping(mapping, mapping_name), report):
        yield PartyLine.of(party)
    return report
