"""Many devices in one document: devices with the same data are grouped, with their sites.

No browser opens a page with a hundred thousand devices. Above `ENTRIES_SHOWN` rows it shows groups, each
with its reasons once, and says how much of them it leaves out and which forms of the report have every row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from overzicht.grouping import by_key
from overzicht.reports.html.view import site_name
from overzicht.reports.i18n import Words
from overzicht.reports.model import DeviceRow, OverviewReport, PlaceRow

ENTRIES_SHOWN = 2_000  # devices one by one, else groups of them; places; records that could not be read
SITES_SHOWN = 12  # of a group
LABELS_SHOWN = 4  # of a group at a site


@dataclass(frozen=True, slots=True)
class SiteShare:
    """The devices of a group at one site: quantities added, the first labels, and how many rows follow."""

    name: str
    count: int
    labels: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class DeviceGroup:
    """Devices with the same data. `first` has the data of all of them, except place and names.

    `count` adds quantities. `spots` are the sites with most of them; `more_sites` and `more_devices` are left
    out of these.
    """

    first: DeviceRow
    count: int
    spots: tuple[SiteShare, ...]
    more_sites: int
    more_devices: int


@dataclass(frozen=True, slots=True)
class DeviceGroups:
    """The groups that the page shows, and how many more there are with how many devices."""

    groups: tuple[DeviceGroup, ...]
    more_groups: int
    more_devices: int


def grouped(report: OverviewReport, words: Words) -> DeviceGroups | None:
    """Return the devices in groups, those of listed makers first, then the largest; None for few devices."""
    if len(report.devices) <= ENTRIES_SHOWN:
        return None
    groups = by_key((_known_of(device), device) for device in report.devices)
    ordered = sorted(groups.values(), key=_order)
    left_out = ordered[ENTRIES_SHOWN:]
    return DeviceGroups(
        tuple(_group(devices, words) for devices in ordered[:ENTRIES_SHOWN]),
        len(left_out),
        sum(map(_total, left_out)),
    )


def largest_places(places: Sequence[PlaceRow]) -> tuple[Sequence[PlaceRow], int]:
    """Return the places that the page lists, and how many it leaves out: all in order, or those with most."""
    if len(places) <= ENTRIES_SHOWN:
        return places, 0
    by_size = sorted(places, key=lambda place: (-place.devices, place.site))
    return by_size[:ENTRIES_SHOWN], len(places) - ENTRIES_SHOWN


_known_of = attrgetter(
    "brand",
    "model",
    "kind",
    "product_line",
    "maker_id",
    "undecided",
    "confidence",
    "is_relabelled",
    "maker_is_listed",
    "reasons",
    "conflicts",
    "part",
    "firmware",
    "vulnerabilities",
)


def _order(devices: Sequence[DeviceRow]) -> tuple[bool, int, str, str, str]:
    first = devices[0]
    return (not first.maker_is_listed, -_total(devices), first.brand, first.model, first.id)


def _total(devices: Iterable[DeviceRow]) -> int:
    return sum(device.quantity for device in devices)


def _group(devices: Sequence[DeviceRow], words: Words) -> DeviceGroup:
    by_site = by_key((device.site, device) for device in devices)
    sites = sorted(by_site.items(), key=lambda pair: (-_total(pair[1]), pair[0]))
    left_out = sites[SITES_SHOWN:]
    return DeviceGroup(
        devices[0],
        _total(devices),
        tuple(_spot(site_name(name, words), rows) for name, rows in sites[:SITES_SHOWN]),
        len(left_out),
        sum(_total(rows) for _, rows in left_out),
    )


def _spot(name: str, devices: Sequence[DeviceRow]) -> SiteShare:
    labels = tuple(device.label or device.address or device.id for device in devices[:LABELS_SHOWN])
    return SiteShare(name, _total(devices), labels, len(devices) - len(labels))
