"""The outcome of each record of a section: devices, rows of a device seen before, no devices, unread."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import combined
from overzicht.evidence import Text, text
from overzicht.evidence.account import LeftOut
from overzicht.grouping import by_key
from overzicht.identifiers import mac
from overzicht.sources.inventories.formats.text_lines import MAC
from overzicht.sources.inventories.identity import UNIDENTIFIED
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.switches.commands import commands
from overzicht.sources.inventories.switches.recognition import (
    Section,
    has_run_together,
    identifies,
    identities,
    value_of,
)
from overzicht.sources.inventories.switches.templates import Reading, Row, Template
from overzicht.sources.inventories.tables.products import product_in
from overzicht.sources.inventories.tables.row_roles import LEFT_OUT

OWN = text("The switch's own address, not a device of the list")
SILENT = text("The row has no MAC address: nothing shows that a device answered at this address")
PART = text("A part of a device: a module, power supply, fan or transceiver")
UNEXPLAINED = text("The template that reads the rest of this text does not explain this line")
UNNAMED = text("What stands for the name is neither a name nor an address in a usual form")
FIRST = text("No row says that it is the chassis; the first row was read as the device")
OTHER = text("A part of a device, or the stack that the devices make up together")
CLIENT = text("The client identifier is not a MAC address; the device is known by its network address alone")
TOGETHER = text("The columns of the line run into each other, so that its name was not read")
UNFINISHED = text("The record is not complete, so that its values may belong to another device")
_ADDRESS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
_WORDS = re.compile(r"[A-Za-z]{3}")  # capabilities in words, not in letters of a legend
_WHOLE = frozenset({"SYSTEM_SERIAL", "SERIAL", "CHASSIS_SERIAL_NUMBER"})  # values of whole devices alone
_SHOWN = frozenset(
    {"brand", "model", "serial", "firmware", "mac", "description", "label", "place", "address"}
)
_OCTETS = re.compile(r"[0-9A-Fa-f]{2}(?: [0-9A-Fa-f]{2}){5}")  # with spaces, as names of neighbours
_TRACES = {
    "brand": Trace.BRAND,
    "model": Trace.MODEL,
    "serial": Trace.SERIAL,
    "firmware": Trace.FIRMWARE,
    "mac": Trace.MAC,
    "description": Trace.DESCRIPTION,
}


@dataclass(slots=True)
class Outcomes:
    """The account of the sections read so far; each record is in a list, or counted in `merged`."""

    sightings: list[Sighting] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unread: list[InventoryProblem] = field(default_factory=list)
    problems: list[InventoryProblem] = field(default_factory=list)
    doubts: list[InventoryProblem] = field(default_factory=list)
    merged: int = 0

    def add(self, origin: Origin, section: Section, template: Template, reading: Reading) -> None:
        """Take what a template made of a section; lines with an address that no record has are reported."""
        words = dict(section.lines)
        if template.kind == "parts":
            # the first row of a list of parts that no row of a chassis heads, unless that row is a part
            rows = [row for row in reading.rows if identities(row)]
            if not rows or any(map(_is_chassis, rows)):
                device = None
            else:
                name, description = (" ".join(rows[0].values.get(key, ())) for key in ("NAME", "DESCR"))
                parts = commands().parts
                is_part = name and (
                    parts.part_name.search(name) or parts.part_description.search(description)
                )
                device = None if is_part else rows[0]
        else:
            device = None
        if device is not None:
            self.doubts.append(InventoryProblem(f"line {device.lines[0]}", FIRST))
        for row in (single for whole in reading.rows for single in _members(whole, template, words)):
            place, shown = f"line {row.lines[0]}", " ".join(words[row.lines[0]].split())[:200]
            reason = None if row is device else _reason_left_out(row, template)
            if reason is not None and (row.is_whole or identities(row)):
                self.left_out.append(LeftOut(place, reason, shown))
            elif reason is None:
                self._add_device(origin, row, template, is_table=reading.is_table)
        self._add_lines(section, template, reading)

    def _add_device(self, origin: Origin, row: Row, template: Template, *, is_table: bool) -> None:
        place = f"line {row.lines[0]}"
        if _OCTETS.fullmatch(value_of(row, "label")) and not value_of(row, "address"):
            self.unread.append(InventoryProblem(place, UNNAMED))
            return
        if not (row.is_whole or value_of(row, "mac") or value_of(row, "serial")):
            self.unread.append(InventoryProblem(place, UNFINISHED))
            return
        values = {name: value_of(row, name) for name in commands().fields}
        if (address := mac.normalize(values["mac"])) is not None and _is_group(address, row, template):
            values["mac"] = ""
        if template.kind == "parts" and values["serial"]:
            values["label"] = ""  # the name of its place in the list, such as "Chassis"
        if not values["serial"] and (named := commands().named_serial.fullmatch(values["label"])):
            values["label"], values["serial"] = named[1], named[2]
        brand, product = product_in(values["model"]) if values["model"] and not values["brand"] else ("", "")
        if brand and product:
            values["brand"], values["model"] = brand, product
        used = {value for name, value in values.items() if value and name in _SHOWN}
        rest = {name: ", ".join(matches) for name, matches in row.values.items() if not set(matches) <= used}
        sighting = Sighting(
            id=origin.sighting_id(place),
            citation=origin.cite(place),
            traces=traces_of((trace, values[name]) for name, trace in _TRACES.items()),
            label=values["label"],
            place=values["place"],
            address=values["address"],
            kind=values["kind"] if _WORDS.search(values["kind"]) else "",
            extra={name.lower().replace("_", " "): matches[:500] for name, matches in rest.items()},
        )
        if is_table and has_run_together(row):
            sighting = replace(sighting, label="")
            self.problems.append(InventoryProblem(place, TOGETHER))
        if template.kind == "addresses" and not value_of(row, "mac"):
            self.problems.append(InventoryProblem(place, CLIENT))
        self.sightings.append(sighting)

    def _add_lines(self, section: Section, template: Template, reading: Reading) -> None:
        """Record the lines that no record explains: all of a table, and those with an address elsewhere."""
        refused, passed, is_table = set(reading.refused), set(reading.passed), reading.is_table
        if template.kind == "devices":  # such an answer tells much that is not the device
            is_table = False
            refused = {number for number, line in section.lines if number in refused and identifies(line)}
        first = min((row.lines[0] for row in reading.rows), default=0)
        if is_table:
            inside = frozenset[int]()
        else:
            # the numbers of the lines that belong to a record: up to the next one or an empty line
            inside_numbers = {n for row in reading.rows for n in range(row.lines[0], row.lines[-1] + 1)}
            for number, line in section.lines:
                if number - 1 in inside_numbers and line.strip():
                    inside_numbers.add(number)
            inside = frozenset(inside_numbers)
        given = _macs(value for row in reading.rows for values in row.values.values() for value in values)
        for number, line in section.lines:
            is_title = number < first and not _ADDRESS.search(line)
            is_missed = is_table and number in passed and not is_title
            is_lost = number not in inside and not _macs([line]) <= given
            if number in refused or is_missed or is_lost:
                self._leave_or_miss(number, line, template, is_title=is_title)

    def _leave_or_miss(self, number: int, line: str, template: Template, *, is_title: bool) -> None:
        """Record a line outside the records: a group or own address, a title above the list, or unread."""
        matches = _macs([line])
        place, shown = f"line {number}", " ".join(line.split())[:200]
        if matches and all(mac.is_group_address(address) for address in matches):
            self.left_out.append(LeftOut(place, LEFT_OUT["group address"], shown))
        elif matches and template.kind == "addresses" and commands().own.line.search(line):
            self.left_out.append(LeftOut(place, OWN, shown))
        elif is_title and not matches:
            self.left_out.append(LeftOut(place, LEFT_OUT["title"], shown, records=0))
        else:
            self.unread.append(InventoryProblem(place, UNEXPLAINED))

    def merge(self) -> None:
        """Join the records of one device: its numbers and addresses are equal, or they have only its name.

        Rows of one MAC address and several network addresses stay apart: a router answers for others.
        """
        # the numbers and the address of a device in one form; empty if it has none
        numbers: list[str] = []
        for sighting in self.sightings:
            macs = [mac.normalize(value) or "" for value in sighting.values(Trace.MAC)]
            numbers.append(" ".join(filter(None, (*macs, *sighting.values(Trace.SERIAL), sighting.address))))
        of_name = by_key(
            (s.label.casefold(), own) for s, own in zip(self.sightings, numbers, strict=True) if own
        )
        keys = []
        for sighting, own in zip(self.sightings, numbers, strict=True):
            name = sighting.label.casefold()
            known = set(of_name.get(name, ())) if name else set()
            keys.append(own or (known.pop() if len(known) == 1 else name) or sighting.id)
        groups = by_key(zip(keys, self.sightings, strict=True))
        self.merged = len(self.sightings) - len(groups)
        self.sightings = [combined(same) for same in groups.values()]


def _members(row: Row, template: Template, words: Mapping[int, str]) -> Iterator[Row]:
    """Yield a row for each member of a stack, of a row with the serial numbers of all; the row if it has one.

    The n-th serial number goes with the n-th of each other list of as many values.
    """
    lists = {name: tuple(dict.fromkeys(values)) for name, values in row.values.items()}
    name = next((name for name in commands().fields["serial"] if len(lists.get(name, ())) > 1), "")
    if template.kind != "devices" or not name:
        yield row
        return
    for index, serial in enumerate(lists[name]):
        number = next((n for n in row.lines if serial in words[n]), row.lines[0])
        values = {
            key: (own[index],) if len(own) == len(lists[name]) else own
            for key, own in lists.items()
            if len(own) == 1 or len(own) == len(lists[name])
        }
        yield replace(row, values=values, lines=(number,))


def _reason_left_out(row: Row, template: Template) -> Text | None:
    """Return why a record is not a device; None for a device."""
    if template.kind == "parts":
        return None if _is_chassis(row) else PART
    own = commands().own
    if template.kind == "addresses":
        address = mac.normalize(value_of(row, "mac"))
        values = [value for name in own.values for value in row.values.get(name, ())]
        if address is None and not value_of(row, "client"):
            return SILENT
        if address is not None and _is_group(address, row, template):
            return LEFT_OUT["group address"]
        has_own = any(own.pattern.fullmatch(re.sub(r"\(\w\)$", "", value)) for value in values)
        if has_own and not value_of(row, "address"):
            return OWN
    others = commands().others
    if template.kind == "devices" and any(
        others.pattern.fullmatch(value) for name in others.values for value in row.values.get(name, ())
    ):
        return OTHER
    return None if identities(row) else UNIDENTIFIED


def _is_group(address: mac.Mac, row: Row, template: Template) -> bool:
    """Return whether the address of a row belongs to a group, unless the row shows a host."""
    group = commands().group
    if not mac.is_group_address(address) or group.always.match(address.replace(":", "")):
        return mac.is_group_address(address)
    words = [value for name in group.types for value in row.values.get(name, ())]
    is_learned = any(group.learned.fullmatch(word) for word in words)
    return not (
        is_learned
        or template.kind == "neighbours"
        or value_of(row, "address")
        or group.hosts.search(template.name)
    )


def _is_chassis(row: Row) -> bool:
    parts = commands().parts
    if not row.values.keys().isdisjoint(_WHOLE):
        return True  # a list of whole devices
    name = " ".join(row.values.get("NAME", ()))
    description = " ".join((*row.values.get("DESCR", ()), *row.values.get("DESCRIPTION", ())))
    if parts.part_name.search(name):
        return False
    if parts.chassis.search(name):
        return True
    return bool(parts.chassis.search(description)) and not parts.part_description.search(description)


def _macs(texts: Iterable[str]) -> frozenset[mac.Mac]:
    matches = (mac.normalize(match[0]) for value in texts for match in MAC.finditer(value))
    return frozenset(filter(None, matches))
