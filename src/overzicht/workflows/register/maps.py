"""The map of sites: boundaries that a user loads, and the devices of each site at a level of detail."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.register.geography import Area, Boundaries, MapPoint
from overzicht.register.merging import Level
from overzicht.reports.exports.disclosure import CELL, area_centre, is_home
from overzicht.sources.boundaries import read_boundaries
from overzicht.store.database import Store, reading
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.positions import Placed, placed_devices
from overzicht.store.service_settings import set_setting, setting

SETTING = "map boundaries"


def load_boundaries(store: Store, path: Path, actor: Actor) -> Boundaries:
    """Store the areas of a GeoJSON file for the map, in place of earlier ones."""
    boundaries = read_boundaries(path)
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, SETTING, asdict(boundaries))
    return boundaries


@reading
def stored_boundaries(connection: Connection) -> Boundaries | None:
    """Return the areas of the map; None if none were loaded."""
    value = setting(connection, SETTING, None)
    if value is None:
        return None
    areas = (
        Area(area["name"], tuple(tuple((x, y) for x, y in ring) for ring in area["rings"]))
        for area in value["areas"]
    )
    return Boundaries(value["file"], value["sha256"], tuple(areas))


def map_points(connection: Connection, filters: DeviceFilter, level: Level | None = None) -> list[MapPoint]:
    """Return the sites with coordinates, or at a level for others what that level shows.

    A site is at the mean of its devices. Below `full`, devices are counted in cells of `CELL` degrees without
    names. At every level for others, devices at a home are left out.
    """
    placed = placed_devices(connection, filters)
    if level is None:
        return list(_sites(placed))
    shown = [device for device in placed if not is_home(device.label, device.site, device.place)]
    return list(_sites(shown) if level is Level.FULL else _cells(shown))


def _sites(placed: Iterable[Placed]) -> Iterator[MapPoint]:
    for (site_id, name), group in groupby(placed, lambda device: (device.site_id, device.site)):
        devices = list(group)
        total = sum(device.quantity for device in devices)
        longitude = sum(device.longitude * device.quantity for device in devices) / total
        latitude = sum(device.latitude * device.quantity for device in devices) / total
        position = round(longitude, 6), round(latitude, 6)
        yield MapPoint(site_id, name, position, total, _listed(devices))


def _cells(placed: Iterable[Placed]) -> Iterator[MapPoint]:
    cells: dict[tuple[float, float], list[Placed]] = {}
    for device in placed:
        cell = area_centre(device.longitude), area_centre(device.latitude)
        cells.setdefault(cell, []).append(device)
    for position, devices in sorted(cells.items()):
        total = sum(device.quantity for device in devices)
        yield MapPoint("", "", position, total, _listed(devices), CELL)


def _listed(devices: Iterable[Placed]) -> int:
    return sum(device.quantity for device in devices if device.is_listed)
