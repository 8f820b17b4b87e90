"""Boundaries for a map: the polygons of a GeoJSON file (RFC 7946), for example of municipalities."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.register.geography import Area, Boundaries, Position, Ring
from overzicht.sources.files import LocalFile

MAX_BYTES = 50_000_000
MOST_AREAS = 2_000
STEPS = 1_500  # of the larger side of the map: finer points cannot be seen
LONGEST_NAME = 200
NAMES = ("name", "naam", "statnaam", "gemeentenaam", "wijknaam", "buurtnaam", "label", "title")


@in_child(Limits(seconds=30))
def read_boundaries(path: Path) -> Boundaries:
    """Return the areas of a file, simplified to what a map shows.

    :raises InputFileError: If the file is not GeoJSON, has no polygon, or its coordinates are not degrees.
    """
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        content = stream.read()
    try:
        features = json.loads(content)["features"]
        shapes = [(_name(feature), list(_rings(feature))) for feature in features]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputFileError(
            path.name,
            "it is not a GeoJSON collection of features",
            fix="export polygons as GeoJSON in WGS 84 (longitude and latitude in degrees)",
        ) from error
    shapes = [(name, rings) for name, rings in shapes if rings]
    if not shapes:
        raise InputFileError(
            path.name,
            "no feature is a polygon",
            fix="export polygons as GeoJSON in WGS 84 (longitude and latitude in degrees)",
        )
    if len(shapes) > MOST_AREAS:
        raise InputFileError(path.name, f"it has {len(shapes)} areas", fix=f"use at most {MOST_AREAS} areas")
    points = [point for _, rings in shapes for ring in rings for point in ring]
    if not all(abs(x) <= 180 and abs(y) <= 90 for x, y in points):
        raise InputFileError(
            path.name,
            f"the coordinates {points[0]} are not degrees",
            fix="export polygons as GeoJSON in WGS 84 (longitude and latitude in degrees)",
        )
    step = max(_side(points, 0), _side(points, 1)) / STEPS or 1 / STEPS
    areas = [Area(name, tuple(_simplified(rings, step))) for name, rings in shapes]
    return Boundaries(
        path.name, hashlib.sha256(content).hexdigest(), tuple(area for area in areas if area.rings)
    )


def _name(feature: Any) -> str:
    properties = {key.lower(): value for key, value in (feature.get("properties") or {}).items()}
    return next((str(properties[key])[:LONGEST_NAME] for key in NAMES if properties.get(key)), "")


def _rings(feature: Any) -> Iterator[list[Position]]:
    geometry = feature.get("geometry") or {}
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates if kind == "MultiPolygon" else []
    for polygon in polygons:
        for ring in polygon:
            yield [(float(x), float(y)) for x, y, *_ in ring]


def _side(points: list[Position], axis: int) -> float:
    values = [point[axis] for point in points]
    return max(values) - min(values)


def _simplified(rings: list[list[Position]], step: float) -> Iterator[Ring]:
    """Yield the rings with their points on a grid, each place once in a row; too small a ring is left out."""
    for ring in rings:
        points: list[Position] = []
        for x, y in ring:
            point = round(round(x / step) * step, 6), round(round(y / step) * step, 6)
            if not points or points[-1] != point:
                points.append(point)
        if len(set(points)) > 2:
            yield tuple(points)
