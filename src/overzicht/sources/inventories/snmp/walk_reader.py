"""The reader of a walk: all lines of one agent are one device.

The file is what `snmpwalk` prints, or a record of an agent (`.snmprec`: `object|type|value`).
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.identifiers import mac
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.formats.text_lines import text_lines
from overzicht.sources.inventories.interface import InventoryReader, InventoryResult, ReadingOptions
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.tables.cell_values import OWN_ADDRESS
from overzicht.sources.inventories.tables.products import product_in

SYSTEM_OBJECT = "1.3.6.1.2.1.1.2"
INTERFACE_MAC, ADDRESS_PORT = "1.3.6.1.2.1.2.2.1.6.", "1.3.6.1.2.1.4.20.1.2."
DEVICE_TYPE, DEVICE_WORDS = "1.3.6.1.2.1.25.3.2.1.2.", "1.3.6.1.2.1.25.3.2.1.3."
IP_ADDRESS = "64"  # the type of an address in a record of an agent
ENTERPRISES = "1.3.6.1.4.1."
_RECORD = re.compile(r"\.?(?P<object>1(?:\.\d+){5,})\|(?P<type>\d+)(?P<hex>x?)[^|]*\|(?P<value>.*)")
_WALK = re.compile(
    r"(?P<name>\.?(?:1|iso)(?=\.)|[A-Za-z][\w-]*::[A-Za-z][\w-]*)(?P<rest>(?:\.\d+)*+)\S* = "
    r"(?:(?P<type>[A-Za-z][\w-]*(?: [A-Za-z]+)?): ?)?(?P<value>.*)"
)
_NOTHING = re.compile(
    r"(?i)<private>|\(?none\)?|unknown|not (?:set|specified|available)|no such .*|n/?a|0+|-+|\s*"
)


class _Objects(BaseModel):
    """Contents of `objects.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: dict[str, str]
    fields: dict[str, tuple[str, ...]]
    makers: dict[int, str]


@cache
def _objects() -> _Objects:
    content = files("overzicht.sources.inventories.snmp").joinpath("objects.yml").read_text("utf-8")
    return _Objects.model_validate(read_packaged_yaml(content))


class SnmpReader(InventoryReader):
    """Reads the walk of one agent."""

    kind = "snmp"
    title = "walk of an SNMP agent (snmpwalk, snmprec)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether most of the first lines are objects with their values."""
        lines = [line for line in sample.head.decode("utf-8", errors="replace").splitlines()[:40] if line]
        objects = [line for line in lines if _RECORD.match(line) or _WALK.match(line)]
        return len(objects) * 2 > len(lines) and any(
            "1.3.6.1." in o or "::" in o or "iso." in o for o in objects
        )

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return the sighting of the agent; InputFileError when it says nothing of itself."""
        # each object by its number with its value; lines of other forms are left out
        lines = text_lines(origin)
        values: list[tuple[str, str]] = []
        names = _objects().names
        for line in lines:
            if match := _RECORD.match(line):
                value = match["value"].strip()
                is_address = match["type"] == IP_ADDRESS
                values.append(
                    (match["object"], _from_hex(value, is_address=is_address) if match["hex"] else value)
                )
            elif match := _WALK.match(line):
                name = match["name"].removeprefix(".")
                if number := "1" if name == "1" else names.get(name):
                    value = match["value"].strip().strip('"').strip()
                    is_hex = (match["type"] or "").lower().startswith("hex")
                    values.append((f"{number}{match['rest']}", _from_hex(value) if is_hex else value))
        known = {
            name: [value for number in numbers for value in _below(values, number)]
            for name, numbers in _objects().fields.items()
        }
        macs = [
            value for value in known["mac"] if (n := mac.normalize(value)) and not mac.is_group_address(n)
        ]
        ports = (name.removeprefix(ADDRESS_PORT) for name, _ in values if name.startswith(ADDRESS_PORT))
        stated = known["address"] or list(ports)  # the number of an interface is under its address
        addresses = [value for value in stated if not OWN_ADDRESS.match(value)]
        if len(set(addresses)) > 1:  # the only one on the interface of the MAC address
            interfaces = [name.removeprefix(INTERFACE_MAC) for name, value in values if value in macs[:1]]
            own = {n for n, value in values if value in interfaces and n.startswith(ADDRESS_PORT)}
            addresses = [address for address in addresses if f"{ADDRESS_PORT}{address}" in own]
        brand, model = _product(values, known)
        first = {name: next(iter(stated), "") for name, stated in known.items()}
        sighting = Sighting(
            id=origin.sighting_id("agent"),
            citation=origin.cite("agent"),
            traces=traces_of(
                [
                    (Trace.BRAND, brand),
                    (Trace.MODEL, model),
                    (Trace.SERIAL, first["serial"]),
                    (Trace.FIRMWARE, first["firmware"]),
                    *((Trace.MAC, value) for value in macs[:1]),
                    (Trace.DESCRIPTION, first["description"]),
                ]
            ),
            label=first["label"],
            site=first["site"],
            address=addresses[0] if len(set(addresses)) == 1 else "",
        )
        if not (sighting.traces or sighting.label):
            raise InputFileError(
                origin.filename,
                f"the {len(values)} objects in it do not say what the device is",
                fix="walk the whole agent: snmpwalk -v2c HOST 1.3.6.1",
            )
        return InventoryResult(self.kind, origin.snapshot, (sighting,), 1)


def _from_hex(value: str, *, is_address: bool = False) -> str:
    """Return six bytes as a MAC address, other bytes as the text that they are; else the value itself.

    The four bytes of an object of addresses are an IPv4 address.
    """
    digits = re.sub(r"[\s:]", "", value)
    if is_address and re.fullmatch(r"[0-9A-Fa-f]{8}", digits):
        return ".".join(map(str, bytes.fromhex(digits)))
    if len(digits) == 12:
        return digits
    try:
        content = bytes.fromhex(digits).decode("utf-8")
    except ValueError:
        return value
    return content.strip("\0 \r\n") if content.isprintable() else value


def _below(values: Sequence[tuple[str, str]], number: str) -> list[str]:
    """Return the values of an object and of those below it that say something, in order."""
    return [
        value
        for name, value in values
        if (name == number or name.startswith(f"{number}.")) and not _NOTHING.fullmatch(value)
    ]


def _product(values: Sequence[tuple[str, str]], known: dict[str, list[str]]) -> tuple[str, str]:
    """Return brand and model: as objects state them, else as the description or a maker's number shows."""
    described = [
        part.strip() for text in (*known["description"], *known["device"]) for part in text.split(";")
    ]
    named = next((product for part in described if (product := product_in(part))[0]), ("", ""))
    brand = next(iter(known["brand"]), "") or named[0]
    if not brand:
        # the maker whose number the agent or an object in the walk has; empty for none or two
        identity = _below(values, SYSTEM_OBJECT)
        numbers = [value.replace("SNMPv2-SMI::enterprises.", ENTERPRISES).lstrip(".") for value in identity]
        numbers = [number.replace("iso.", "1.") for number in numbers] or [name for name, _ in values]
        makers = {
            maker
            for number in numbers
            if number.startswith(ENTERPRISES)
            and (maker := _objects().makers.get(int(number.removeprefix(ENTERPRISES).split(".")[0])))
        }
        brand = makers.pop() if len(makers) == 1 else ""
    if known["model"]:
        return brand, known["model"][0]
    model = named[1].split(",")[0]
    if not model:
        printers = [
            name.removeprefix(DEVICE_TYPE)
            for name, value in values
            if name.startswith(DEVICE_TYPE) and value.endswith(("hrDevicePrinter", ".25.3.1.5"))
        ]
        model = next((words for n in printers for words in _below(values, f"{DEVICE_WORDS}{n}")), "")
    if not model and len(described) == 1 and re.fullmatch(r"(?=\S*\d)[A-Z][\w./-]{3,30}", described[0]):
        model = described[0]  # the whole description is a model number
    return brand, model
