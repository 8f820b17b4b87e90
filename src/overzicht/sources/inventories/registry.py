"""The kinds of inventory that can be read, and the way from a file to its reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

from overzicht.composition import Slot
from overzicht.devices.knowledge import load_knowledge
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import TooLargeError
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.dahua import DahuaReader
from overzicht.sources.inventories.answers.isapi import IsapiReader
from overzicht.sources.inventories.answers.onvif import OnvifReader
from overzicht.sources.inventories.documents import starts_as_json
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.ending import with_end
from overzicht.sources.inventories.formats.format_reader import (
    FormatReader,
    TextReader,
    format_readers,
)
from overzicht.sources.inventories.formats.tree_reader import GUESSED, TreeReader, speaks_of_others
from overzicht.sources.inventories.geojson import GeoJsonReader
from overzicht.sources.inventories.identity import of_other_records
from overzicht.sources.inventories.interface import (
    InventoryReader,
    InventoryResult,
    NoDeviceError,
    Proposal,
    ReadingOptions,
    UnknownInventoryError,
)
from overzicht.sources.inventories.nmap.scan_reader import NmapTextReader, NmapXmlReader
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.snmp.walk_reader import SnmpReader
from overzicht.sources.inventories.sql_copy import starts_as_dump
from overzicht.sources.inventories.switches.switch_reader import SwitchReader, begins_with_prompt
from overzicht.sources.inventories.tables.json_list import is_json_list
from overzicht.sources.inventories.tables.points import read_points
from overzicht.sources.inventories.tables.row_roles import SURROUNDINGS
from overzicht.sources.inventories.tables.table_reader import TableReader
from overzicht.sources.inventories.tables.web_page import is_web_page
from overzicht.sources.inventories.xml import starts_as_xml

LIMITS = Limits()
ADDED: Slot[tuple[InventoryReader, ...]] = Slot("inventory readers")

ANY_PROGRAM = (TableReader(), TreeReader(), TextReader())


@cache
def readers() -> tuple[InventoryReader, ...]:
    """Return the readers in the order of recognition: the kinds that say what they are first, tables last."""
    return (
        *format_readers(),
        NmapXmlReader(),
        NmapTextReader(),
        SnmpReader(),
        IsapiReader(),
        DahuaReader(),
        OnvifReader(),
        SwitchReader(),
        GeoJsonReader(),
        *chain.from_iterable(ADDED.added()),
        *ANY_PROGRAM,
    )


def kinds() -> tuple[str, ...]:
    """Return the names of the kinds, in the order in which they are tried."""
    return tuple(reader.kind for reader in readers())


def recognise_inventory(path: Path) -> InventoryReader:
    """Return the reader for a file; UnknownInventoryError when none fits."""
    sample = _sample(path)
    for reader in readers():
        if _can_read(reader, sample) and reader.recognise(sample):
            return reader
    raise UnknownInventoryError(path.name)


def _can_read(reader: InventoryReader, sample: Sample) -> bool:
    """Return whether a reader may be asked: JSON, XML, SQL and PDF are not text, however little is there."""
    head = sample.head
    if head.lstrip()[:5] == b"%PDF-":
        return False
    if starts_as_dump(head):
        return isinstance(reader, FormatReader) and bool(reader.described.dump)
    if not (starts_as_json(head) or starts_as_xml(head)):
        return True
    if isinstance(reader, TableReader):
        return is_json_list(head) or is_web_page(head)
    is_lines = isinstance(reader, FormatReader) and reader.described.engine == "lines"
    if isinstance(reader, SwitchReader):
        return begins_with_prompt(head)
    return not (is_lines or isinstance(reader, TextReader))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChoices:
    """Options of a person for reading inventories: headers, sheet and kind of tables.

    `include` names what the readers leave out by themselves; `accept_reading` accepts proposed readings.
    """

    mapping: tuple[tuple[str, str], ...] = ()
    sheet: str = ""
    kind: str = ""
    include: tuple[str, ...] = ()
    accept_reading: bool = False

    def read(self, path: Path) -> InventoryResult:
        """Return what `read_inventory` makes of a file by these choices."""
        return read_inventory(
            path,
            mapping=dict(self.mapping),
            sheet=self.sheet or None,
            kind=self.kind or None,
            include=self.include,
            accept=self.accept_reading,
        )


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
    if kind is None:
        reader = recognise_inventory(path)
    else:
        for reader in readers():
            if reader.kind == kind:
                break
        else:
            raise UnknownNameError("kind of inventory", kind, kinds())
    options = ReadingOptions(dict(mapping or {}), sheet or "", frozenset(include))
    if (options.mapping or options.sheet) and not reader.takes_options:
        raise InputFileError(
            path.name,
            f"a mapping or sheet was given, but the file was read as: {reader.title}",
            fix="leave them out, or say with the kind that it is a table",
        )
    try:
        # what a reader makes of a file; of a table without columns of devices its points on a map
        try:
            result = reader.read(Origin(path), options)
            is_guess = isinstance(reader, TextReader) or (
                isinstance(reader, TableReader)
                and is_json_list(_sample(path).head)
                and speaks_of_others(result)
            )
            proposal = result.proposal or (Proposal(GUESSED, "the text") if is_guess else None)
            if isinstance(reader, TableReader) and not options.mapping:
                result = of_other_records(result)
            result = replace(result, proposal=proposal)
        except TooLargeError:
            raise
        except InputFileError:
            is_table = isinstance(reader, TableReader) and not options.mapping
            points = read_points(reader.kind, Origin(path), options) if is_table else None
            if points is None:
                raise
            result = points
    except NoDeviceError:
        other = None if kind else _read_otherwise(path, reader, options)
        if other is None:
            raise
        result = other
    others = any(row.records and row.reason not in SURROUNDINGS for row in result.left_out)
    can_be_empty = reader.may_be_empty or result.kind.startswith("nmap-")
    if not (can_be_empty or result.sightings or others or result.problems or result.unread):
        raise NoDeviceError(path.name, reader.title)
    result = with_end(result, Origin(path))
    return replace(result, proposal=None) if accept or options.mapping else result


def _read_otherwise(path: Path, reader: InventoryReader, options: ReadingOptions) -> InventoryResult | None:
    """Return what a reader for any program makes of a file in which its own format has no record.

    It is a proposal, whatever the reader says: the marks of the format were those of something else.
    """
    sample = _sample(path)
    for other in ANY_PROGRAM if isinstance(reader, FormatReader) else ():
        if _can_read(other, sample) and other.recognise(sample):
            try:
                result = other.read(Origin(path), options)
            except InputFileError:
                continue
            if result.sightings:
                proposal = result.proposal or Proposal(GUESSED, result.sightings[0].citation.place)
                return replace(result, proposal=proposal)
    return None


def _sample(path: Path) -> Sample:
    sample = Origin(path).file.sample()
    return Sample(sample.filename, as_utf8(sample.head))
