"""Areas and points of a map of sites, in degrees (WGS 84)."""

from dataclasses import dataclass

Position = tuple[float, float]  # longitude, latitude
Ring = tuple[Position, ...]  # its first point is its last


@dataclass(frozen=True, slots=True)
class Area:
    """An area with its name (may be empty) and the rings of its border."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The areas of a file; `sha256` is the hash of the file."""

    file: str
    sha256: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """The counted devices at a site or in an area of a map, and those made by listed manufacturers.

    `id` and `name` are those of the site; empty if the level of detail hides them. `cell` is the width of the
    area in degrees, 0 for a point.
    """

    id: str
    name: str
    position: Position
    total: int
    listed: int
    cell: float = 0
