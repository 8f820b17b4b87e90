"""The kinds of inventory that can be read, and the way from a file to its reader."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from overzicht.devices import Sighting
from overzicht.devices.knowledge import load_knowledge
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.isolation import Limits, in_child
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.dahua import DahuaReader
from overzicht.sources.inventories.answers.isapi import IsapiReader
from overzicht.sources.inventories.answers.onvif import OnvifReader
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.formats.reader import FormatReader, TextReader, TreeReader, format_readers
from overzicht.sources.inventories.geojson import GeoJsonReader
from overzicht.sources.inventories.interface import (
    InventoryReader,
    InventoryResult,
    NoDeviceError,
    ReadingOptions,
    UnknownInventoryError,
)
from overzicht.sources.inventories.nmap.reader import NmapTextReader, NmapXmlReader
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.reader import SURROUNDINGS, TableReader
from overzicht.sources.inventories.tenders.readers import NOTICE_READERS

LIMITS = Limits()

# The order is the order of recognition: the kinds that say what they are first, tables last.
READERS: tuple[InventoryReader, ...] = (
    *format_readers(),
    NmapXmlReader(),
    NmapTextReader(),
    IsapiReader(),
    DahuaReader(),
    OnvifReader(),
    GeoJsonReader(),
    *NOTICE_READERS,
    *(ANY_PROGRAM := (TableReader(), TreeReader(), TextReader())),
)


def kinds() -> tuple[str, ...]:
    """Return the names of the kinds, in the order in which they are tried."""
    return tuple(reader.kind for reader in READERS)


def recognise_inventory(path: Path) -> InventoryReader:
    """Return the reader for a file; UnknownInventoryError when none fits."""
    sample = _sample(path)
    for reader in READERS:
        if reader.recognise(sample):
            return reader
    raise UnknownInventoryError(path.name)


@in_child(LIMITS, first=load_knowledge)
def read_inventory(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    sheet: str | None = None,
    kind: str | None = None,
    include: Iterable[str] = (),
    accept: bool = False,
) -> InventoryResult:
    """Return the sightings and problems of an inventory, whatever its kind.

    `mapping` gives fields to headers of a table (an empty field keeps the column as it is), `sheet` limits a
    workbook to one sheet, `kind` skips recognition. `include` names what the reader leaves out by itself.
    `accept` or a mapping turns a proposed reading into a reading. Raises UnknownInventoryError when nothing
    fits, UnknownNameError for an unknown kind, sheet or field, InputFileError for a file that cannot be used.
    """
    reader = _reader(path, kind)
    options = ReadingOptions(dict(mapping or {}), sheet or "", frozenset(include))
    if (options.mapping or options.sheet) and not reader.takes_options:
        raise InputFileError(
            path.name,
            f"a mapping or sheet was given, but the file was read as: {reader.title}",
            fix="leave them out, or say with the kind that it is a table",
        )
    try:
        result = reader.read(Origin(path), options)
        error = None
    except InputFileError as raised:
        result, error = None, raised
    if result is None or not any(_names_something(seen, reader) for seen in result.sightings):
        result = (None if kind else _read_otherwise(path, reader, options)) or result
    if result is None:
        raise error or UnknownInventoryError(path.name)
    others = any(row.records and row.reason not in SURROUNDINGS for row in result.left_out)
    can_be_empty = reader in NOTICE_READERS or result.kind.startswith("nmap-")
    if not (can_be_empty or result.sightings or others or result.problems or result.unread):
        raise NoDeviceError(path.name, reader.title)
    return replace(result, proposal=None) if accept or options.mapping else result


def _names_something(sighting: Sighting, reader: InventoryReader) -> bool:
    """Return whether a record says what the device is; a kind that its format gives to all says nothing."""
    is_stated = not (isinstance(reader, FormatReader) and "kind" in reader.described.constants)
    return bool(sighting.traces or sighting.address or sighting.label or (is_stated and sighting.kind))


def _read_otherwise(path: Path, reader: InventoryReader, options: ReadingOptions) -> InventoryResult | None:
    """Return what a reader for any program finds in a file in which its own reader found no device."""
    if not isinstance(reader, FormatReader):
        return None
    sample = _sample(path)
    for other in ANY_PROGRAM:
        if other.recognise(sample):
            try:
                result = other.read(Origin(path), options)
            except InputFileError:
                continue
            if any(_names_something(seen, other) for seen in result.sightings):
                return result
    return None


def _sample(path: Path) -> Sample:
    sample = Origin(path).file.sample()
    return Sample(sample.filename, as_utf8(sample.head))


def _reader(path: Path, kind: str | None) -> InventoryReader:
    if kind is None:
        return recognise_inventory(path)
    for reader in READERS:
        if reader.kind == kind:
            return reader
    raise UnknownNameError("kind of inventory", kind, kinds())
