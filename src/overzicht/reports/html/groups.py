"""Many devices in one document: devices with the same data are grouped, with their sites.

No browser opens a page with a hundred thousand devices. Above `ENTRIES_SHOWN` rows it shows groups, each
with its reasons once, and says how much of them it leaves out and which forms of the report have every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from overzicht.reports.html.view import site_name
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import DeviceRow, OverviewReport, PlaceRow

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
    groups: dict[tuple[object, ...], _Gathered] = {}
    for device in report.devices:
        known = _known_of(device)
        if known not in groups:
            groups[known] = _Gathered(device)
        groups[known].add(device)
    ordered = sorted(groups.values(), key=_order)
    left_out = ordered[ENTRIES_SHOWN:]
    entries: list[DeviceGroup] = []
    for gathered in ordered[:ENTRIES_SHOWN]:
        sites = sorted(gathered.sites.items(), key=lambda pair: (-pair[1].count, pair[0]))
        other_sites = sites[SITES_SHOWN:]
        entries.append(
            DeviceGroup(
                gathered.first,
                gathered.count,
                tuple(
                    SiteShare(site_name(name, words), site.count, site.labels, site.rows - len(site.labels))
                    for name, site in sites[:SITES_SHOWN]
                ),
                len(other_sites),
                sum(site.count for _, site in other_sites),
            )
        )
    return DeviceGroups(
        tuple(entries),
        len(left_out),
        sum(gathered.count for gathered in left_out),
    )


@dataclass(slots=True)
class _AtSite:
    """The devices of a group at one site, and the first labels."""

    count: int = 0
    rows: int = 0
    labels: tuple[str, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """The devices of a group so far; only the first is held."""

    first: DeviceRow
    count: int = 0
    sites: dict[str, _AtSite] = field(default_factory=dict)

    def add(self, device: DeviceRow) -> None:
        """Count a device."""
        self.count += device.quantity
        site = self.sites.setdefault(device.site, _AtSite())
        site.count += device.quantity
        site.rows += 1
        if len(site.labels) < LABELS_SHOWN:
            site.labels += (device.label or device.address or device.id,)


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


def _order(gathered: _Gathered) -> tuple[bool, int, str, str, str]:
    first = gathered.first
    return (not first.maker_is_listed, -gathered.count, first.brand, first.model, first.id)
