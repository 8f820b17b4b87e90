"""The devices for the import forms of NetBox 4.2 or later: one table, or all tables that it needs.

*Columns*: https://github.com/netbox-community/netbox/blob/main/netbox/dcim/forms/bulk_import.py. NetBox
refuses a device whose site, manufacturer, type or role it does not know, so the set holds a table of each,
numbered in the order of import. The manufacturer of a device type is the name on the box, as the inventory
states it; our conclusions are in no table. NetBox has one row for each device: a row of four becomes four.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from overzicht.errors import OverzichtError
from overzicht.identifiers.slug import slug
from overzicht.register.merging import Level
from overzicht.register.terms import LifecycleState
from overzicht.reports.csv_report import csv_lines
from overzicht.reports.exports.device_values import UNKNOWN, uuid_of
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.overview_report import DeviceRow, OverviewReport, Part
from overzicht.reports.tables import Cell
from overzicht.reports.vocabulary import KINDS, word

MOST_DEVICES = 200_000
LONGEST_NAME, LONGEST_SERIAL, LONGEST_WORD = 64, 50, 100  # characters, as its models have them
COLOUR = "9e9e9e"  # of a role, which must have one
INTERFACE = "eth"
STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip file can hold: no clock
DEVICE_COLUMNS = (
    "name", "role", "tenant", "manufacturer", "device_type", "serial", "asset_tag", "status", "site",
    "location", "latitude", "longitude", "comments",
)  # fmt: skip


class TooManyDevicesError(OverzichtError):
    """An overview has more devices than a table with one row for each can hold."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"the overview counts {count:,} devices. A file for NetBox has at most {MOST_DEVICES:,} rows",
            fix="export one organisation at a time, or correct a quantity that is too high",
        )


@dataclass(frozen=True, slots=True)
class NetBoxDevice:
    """A device as NetBox names it: names that are filled, unique and not too long."""

    row: DeviceRow
    name: str
    role: str
    manufacturer: str
    model: str
    site: str
    location: str
    tenant: str

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of the table of devices."""
        row = self.row
        single = row.quantity == 1  # a number or a tag can be of one device only
        if row.part is Part.PLANNED:
            status = "planned"
        elif row.part is Part.OUT_OF_USE:
            status = "inventory"
        else:
            status = "offline" if row.status == LifecycleState.NOT_SEEN.value else "active"
        # what the table has no column for, and what is too long for its column
        lines = (
            ("label", row.label if len(row.label) > LONGEST_NAME else ""),
            ("model", row.model if len(row.model) > LONGEST_WORD else ""),
            ("serial number", row.serial if len(row.serial) > LONGEST_SERIAL or row.quantity > 1 else ""),
            ("MAC address", row.mac),
            ("network address", row.address),
            ("firmware", row.firmware),
            ("status", row.status),
            ("bought", row.bought.isoformat() if row.bought else ""),
            ("one of", str(row.quantity) if row.quantity > 1 else ""),
        )
        comments = "; ".join(f"{name}: {value}" for name, value in lines if value)
        return (
            self.name,
            self.role,
            self.tenant,
            self.manufacturer,
            self.model,
            row.serial[:LONGEST_SERIAL] if single else "",
            row.id[:LONGEST_SERIAL] if single else "",
            status,
            self.site,
            self.location,
            _degrees(row.latitude),
            _degrees(row.longitude),
            comments,
        )


def render_netbox(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield the table of devices; the roles are in the language."""
    del level
    return _csv(DEVICE_COLUMNS, (device.cells for device in _devices(report, words_for(language))))


def render_netbox_set(report: OverviewReport, language: Language, level: Level | None) -> bytes:
    """Return a zip file of all tables, in the order of import."""
    del level
    devices = tuple(_devices(report, words_for(language)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, columns, rows) in enumerate(_tables(devices), start=1):
            member = zipfile.ZipInfo(f"{number:02}-{name}.csv", STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, "".join(_csv(columns, rows)))
    return stream.getvalue()


def _csv(columns: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    yield from csv_lines([columns], mark="")
    yield from csv_lines(rows, mark="")


def _devices(report: OverviewReport, words: Words) -> Iterator[NetBoxDevice]:
    count = sum(row.quantity for row in report.devices)
    if count > MOST_DEVICES:
        raise TooManyDevicesError(count)
    names = _Names()
    nothing = words.say(KINDS[UNKNOWN])
    for row in report.devices:
        for _ in range(row.quantity):
            yield NetBoxDevice(
                row=row,
                name=names.of(row.label or row.id),
                role=words.say(word(KINDS, row.kind))[:LONGEST_WORD],
                manufacturer=row.brand[:LONGEST_WORD] or nothing,
                model=row.model[:LONGEST_WORD] or nothing,
                site=row.site[:LONGEST_WORD] or nothing,
                location=row.place[:LONGEST_WORD],
                tenant=row.organisation[:LONGEST_WORD],
            )


class _Names:
    """Names that no two devices share, whatever the case: a repeated label gets a number."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._last: Counter[str] = Counter()

    def of(self, label: str) -> str:
        name = label[:LONGEST_NAME]
        while name.casefold() in self._used:
            self._last[label] += 1
            ending = f" ({self._last[label] + 1})"
            name = f"{label[: LONGEST_NAME - len(ending)]}{ending}"
        self._used.add(name.casefold())
        return name


def _degrees(value: float | None) -> Cell:
    return None if value is None else round(value, 6)  # NetBox keeps six decimals


Rows = Iterable[tuple[Cell, ...]]


def _tables(devices: Sequence[NetBoxDevice]) -> Iterator[tuple[str, Sequence[str], Rows]]:
    """Yield name, columns and rows of each table, in the order of import."""
    places = {(device.site, device.location): None for device in devices if device.location}
    types = {(device.manufacturer, device.model): None for device in devices}
    place_slugs = _slugs(place for _, place in places)
    type_slugs = _slugs(" ".join(names) for names in types)
    yield "tenants", ("name", "slug"), _named(device.tenant for device in devices)
    yield (
        "sites",
        ("name", "slug", "status"),
        ((*cells, "active") for cells in _named(device.site for device in devices)),
    )
    yield (
        "locations",
        ("site", "name", "slug", "status"),
        ((site, place, place_slugs[place], "active") for site, place in places),
    )
    yield "manufacturers", ("name", "slug"), _named(device.manufacturer for device in devices)
    yield (
        "device-types",
        ("manufacturer", "model", "slug", "u_height"),
        ((maker, model, type_slugs[f"{maker} {model}"], 0) for maker, model in types),
    )
    yield (
        "device-roles",
        ("name", "slug", "color", "vm_role"),
        ((*cells, COLOUR, "false") for cells in _named(device.role for device in devices)),
    )
    yield "devices", DEVICE_COLUMNS, (device.cells for device in devices)
    networked = [
        device for device in devices if device.row.quantity == 1 and (device.row.mac or device.row.ip)
    ]
    yield (
        "interfaces",
        ("device", "name", "type"),
        (
            (device.name, f"{INTERFACE}{number}", "other")
            for device in networked
            for number in range(max(1, len(_split(device))))
        ),
    )
    yield (
        "mac-addresses",
        ("mac_address", "device", "interface", "is_primary"),
        (
            (mac, device.name, f"{INTERFACE}{number}", "true")
            for device in networked
            for number, mac in enumerate(_split(device))
        ),
    )
    # with the length of a prefix for one host, which NetBox requires
    hosts = (
        (device, f"{device.row.ip}/{ip_address(device.row.ip).max_prefixlen}")
        for device in networked
        if device.row.ip
    )
    yield (
        "ip-addresses",
        ("address", "status", "device", "interface", "is_primary"),
        ((address, "active", device.name, f"{INTERFACE}0", "true") for device, address in hosts),
    )


def _named(names: Iterable[str]) -> Rows:
    return ((name, short) for name, short in _slugs(names).items() if name)


def _slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug by name; names that only signs or capitals tell apart get the start of a UUID as well."""
    by_name = {name: slug(name) for name in names}
    uses = Counter(by_name.values())
    return {
        name: short if short and uses[short] == 1 else f"{short}-{uuid_of(name)[:8]}".lstrip("-")
        for name, short in by_name.items()
    }


def _split(device: NetBoxDevice) -> Sequence[str]:
    return device.row.mac.split(", ") if device.row.mac else ()
