"""The map of sites: boundaries that a user loads, and the devices of each site at a level of detail."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection

from overzicht.errors import InputFileError
from overzicht.evidence.actor import Actor
from overzicht.isolation import Limits, in_child
from overzicht.register.merging import Level
from overzicht.reports.exports.disclosure import CELL, area_centre, is_home
from overzicht.reports.map_drawing import MapRegion, read_regions
from overzicht.reports.site_map import SitePoint
from overzicht.sources.files import LocalFile
from overzicht.store.database import Store, reading
from overzicht.store.register.devices import DeviceFilter
from overzicht.store.register.positions import Placed, placed_devices
from overzicht.store.service_settings import set_setting, setting

SETTING = "map boundaries"
MAX_BYTES = 50_000_000
STEPS = 1_500  # of the larger side of the map: finer points cannot be seen


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The regions of a file; `sha256` is the hash of the file."""

    file: str
    sha256: str
    regions: tuple[MapRegion, ...]


@in_child(Limits(seconds=30))
def read_boundaries(path: Path) -> Boundaries:
    """Return the regions of a GeoJSON file, simplified to what a map shows; InputFileError if it has none."""
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        content = stream.read()
    try:
        regions = _regions(content)
    except (ValueError, RecursionError) as error:
        raise InputFileError(
            path.name,
            f"the boundaries cannot be read: {error}",
            fix="export polygons as GeoJSON in WGS 84 (longitude and latitude in degrees)",
        ) from error
    positions = [position for region in regions for ring in region.rings for position in ring]
    sides = [max(axis) - min(axis) for axis in zip(*positions, strict=True)]
    step = max(sides) / STEPS or 1 / STEPS
    # each with its points on a grid, each place once in a row; those too small to see are left out
    simple: list[MapRegion] = []
    for region in regions:
        rings = []
        for ring in region.rings:
            grid = [(round(round(x / step) * step, 6), round(round(y / step) * step, 6)) for x, y in ring]
            points = [point for point, _ in groupby(grid)]
            if len(set(points)) > 2:
                rings.append(tuple(points))
        if rings:
            simple.append(replace(region, rings=tuple(rings)))
    return Boundaries(path.name, hashlib.sha256(content).hexdigest(), tuple(simple))


def _regions(content: bytes) -> tuple[MapRegion, ...]:
    try:
        data = json.loads(content)
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON from line {error.lineno} on") from error
    except UnicodeDecodeError as error:
        raise ValueError("it is not text in UTF-8") from error
    return read_regions(data)


def load_boundaries(store: Store, path: Path, actor: Actor) -> None:
    """Store the areas of a GeoJSON file for the map, in place of earlier ones."""
    boundaries = asdict(read_boundaries(path))
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, SETTING, boundaries)


@reading
def stored_boundaries(connection: Connection) -> Boundaries | None:
    """Return the areas of the map; None if none were loaded."""
    value = setting(connection, SETTING, None)
    if value is None:
        return None
    regions = (
        MapRegion(
            region["code"], region["name"], tuple(tuple((x, y) for x, y in ring) for ring in region["rings"])
        )
        for region in value["regions"]
    )
    return Boundaries(value["file"], value["sha256"], tuple(regions))


def map_points(connection: Connection, filters: DeviceFilter, level: Level | None = None) -> list[SitePoint]:
    """Return the sites with coordinates, or at a level for others what that level shows.

    A site is at the mean of its devices. Below `full`, devices are counted in cells of `CELL` degrees without
    names. At every level for others, devices at a home are left out.
    """
    placed = placed_devices(connection, filters)
    if level is None:
        return list(_sites(placed))
    shown = [device for device in placed if not is_home(device.label, device.site, device.place)]
    if level is Level.FULL:
        return list(_sites(shown))
    cells: dict[tuple[float, float], list[Placed]] = {}
    for device in shown:
        cell = area_centre(device.longitude), area_centre(device.latitude)
        cells.setdefault(cell, []).append(device)
    points: list[SitePoint] = []
    for position, devices in sorted(cells.items()):
        total = sum(device.quantity for device in devices)
        points.append(SitePoint("", "", position, total, _listed(devices), CELL))
    return points


def _sites(placed: Iterable[Placed]) -> Iterator[SitePoint]:
    for (site_id, name), group in groupby(placed, lambda device: (device.site_id, device.site)):
        devices = list(group)
        total = sum(device.quantity for device in devices)
        longitude = sum(device.longitude * device.quantity for device in devices) / total
        latitude = sum(device.latitude * device.quantity for device in devices) / total
        position = round(longitude, 6), round(latitude, 6)
        yield SitePoint(site_id, name, position, total, _listed(devices))


def _listed(devices: Iterable[Placed]) -> int:
    return sum(device.quantity for device in devices if device.is_listed)
