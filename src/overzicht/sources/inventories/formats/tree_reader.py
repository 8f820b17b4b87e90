"""The reader of JSON, YAML and XML of an unknown program. What it guesses is a proposal."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.documents import load_document, starts_as_json, starts_as_sections
from overzicht.sources.inventories.formats.device_lists import (
    STREAM_SCHEMES,
    find_records,
    says_cameras,
    says_devices,
)
from overzicht.sources.inventories.interface import (
    InventoryReader,
    InventoryResult,
    Proposal,
    ReadingOptions,
    UnknownInventoryError,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import Header, check_given
from overzicht.sources.inventories.tables.points import with_labels
from overzicht.sources.inventories.tables.table import RawTable
from overzicht.sources.inventories.tables.table_reader import read_headed
from overzicht.sources.inventories.tables.vocabulary import vocabulary
from overzicht.sources.inventories.xml import starts_as_xml

GUESSED = text("No known format explains this file; its names and values were read as those of a list")
# Names of columns by which a record is about a finding, a port or a person, and not about a device.
_OTHER_RECORDS = re.compile(
    r"(?i)\b(cve|cvss|severity|plugin|finding|vulnerab|template|exploit|email|"
    r"forecast|temperature|licen[cs]e|invoice|price|latency|event|alarm time|release date|download)"
)
_OF_PORTS = re.compile(r"(?i)\b(port|protocol)")
_OF_USERS = re.compile(r"(?i)\b(user|username)")
# In the address of a stream: the number of the channel, without the `01` of Hikvision's first stream.
_CHANNEL = re.compile(r"(?i)(?:channels?|\bch|unicast/c|preview_)[=/_]?0{0,3}(\d{1,3}?)(?:0[1-9])?(?!\d)")
_TELLING = frozenset({"mac", "serial", "address", "brand", "model"})


class TreeReader(InventoryReader):
    """Reads JSON, YAML or XML of an unknown program, if a list in it describes devices."""

    kind = "tree"
    title = "JSON, YAML or XML with a list of devices"
    takes_options = True

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample starts as JSON, XML, TOML or INI, or looks like YAML."""
        is_yaml = sample.filename.lower().endswith((".yml", ".yaml"))
        head = sample.head
        return starts_as_json(head) or starts_as_xml(head) or starts_as_sections(head) or is_yaml

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per record of the lists of devices, as a proposal unless they are beyond doubt.

        Raises UnknownInventoryError for a file without such a list, InputFileError for a torn one.
        """
        check_given(options.mapping)
        document = load_document(origin)
        if document.end is not None and not document.end.is_whole:
            raise InputFileError(
                origin.filename,
                f"the file is torn, and no known format tells its whole records ({document.end.evidence})",
                fix="export it again",
            )
        lists = find_records(document.value, origin.filename, options.mapping)
        if not lists:
            raise UnknownInventoryError(origin.filename, "no list in it has the columns of devices")
        result = read_headed(self.kind, origin, [(table, header) for _, table, header in lists])
        if all(says_cameras(path, table, header, origin.filename) for path, table, header in lists):
            result = replace(result, sightings=with_labels(result.sightings))
            labels = [sighting.label for sighting in result.sightings]
            numbers = [number for sighting in result.sightings if (number := _own_number(sighting))]
            are_named = all(labels) and len(set(labels)) == len(labels) and len(set(numbers)) == len(numbers)
            is_sure = are_named and not _OTHER_RECORDS.search(" ".join(c.column for c in result.mapping))
        else:
            is_of_devices = all(says_devices(path) for path, _, _ in lists)
            is_sure = (len(lists) == 1 or is_of_devices) and is_clear(result, is_of_devices=is_of_devices)
        is_sure = is_sure or (len(lists) == 1 and _are_channels(*lists[0][1:], result))
        where = ", ".join(".".join(path) or "the list" for path, _, _ in lists)
        return replace(result, end=document.end, proposal=None if is_sure else Proposal(GUESSED, where))


def is_clear(result: InventoryResult, *, is_of_devices: bool) -> bool:
    """Return whether nobody can take the records for anything but devices.

    Each has a number of its own that no other has, under names that mean one thing; a network address needs a
    brand or model next to it, or is that of a stream of video, or the name of the list says so
    (`is_of_devices`).
    """
    if speaks_of_others(result):
        return False
    for column in result.mapping:
        if column.sample.startswith(STREAM_SCHEMES):
            continue
        meanings = vocabulary().meanings(column.column)
        if column.field in _TELLING and not (meanings and meanings[0].field == column.field):
            return False
    numbers = [_own_number(sighting) for sighting in result.sightings]
    streams = is_of_devices or any(
        c.field == "address" and c.sample.startswith(STREAM_SCHEMES) for c in result.mapping
    )
    named = (
        streams or s.values(Trace.MAC) or s.values(Trace.BRAND) or s.values(Trace.MODEL)
        for s in result.sightings
    )
    return len(numbers) > 1 and all(numbers) and len(set(numbers)) == len(numbers) and all(named)


def _are_channels(table: RawTable, header: Header, result: InventoryResult) -> bool:
    """Return whether each record is another channel of a recorder, with a name of its own."""
    hosts = header.indexes("address")
    channels = [n for n, name in enumerate(header.names) if name in vocabulary().words["channels"]]
    labels = [sighting.label for sighting in result.sightings]
    rows = [row.texts for row in table.rows[1:]]
    if len(hosts) != 1 or len(rows) != len(labels) or speaks_of_others(result):
        return False
    if channels:
        recorder_channels = {
            (row[hosts[0]], row[channels[0]]) for row in rows if row[hosts[0]] and row[channels[0]]
        }
    elif header.profiles[hosts[0]].share("stream") == 1:
        streams = [row[hosts[0]] for row in rows]
        recorder_channels = {
            (urlsplit(s).hostname or "", match[1]) for s in streams if (match := _CHANNEL.search(s))
        }
    else:
        return False
    return all(labels) and len(set(labels)) == len(labels) == len(recorder_channels) > 1


def speaks_of_others(result: InventoryResult) -> bool:
    """Return whether a column is one of findings, ports, persons or measurements.

    A port is one of the device if each record has another number, and a user if the password is there too.
    """
    names = [column.column.replace("_", " ") for column in result.mapping]
    numbers = [_own_number(sighting) for sighting in result.sightings]
    is_of_one = all(numbers) and len(set(numbers)) == len(numbers)
    has_secret = is_of_one and any(vocabulary().header_has(name, "secrets") for name in names)
    patterns = [_OTHER_RECORDS, *([] if is_of_one else [_OF_PORTS]), *([] if has_secret else [_OF_USERS])]
    return any(pattern.search(name) for name in names for pattern in patterns)


def _own_number(sighting: Sighting) -> str:
    return next(iter((*sighting.values(Trace.MAC), *sighting.values(Trace.SERIAL), sighting.address)), "")
