"""A map as a picture that stands alone: regions shaded by a value, and points; no tile is fetched.

Boundaries are GeoJSON (RFC 7946) that the user loads. A shade is a colour and a pattern, so that it is seen
without colour too. The page shows the same numbers in a table next to the map. The projection is
equirectangular at the middle latitude, which is enough for a country.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from math import cos, radians
from typing import Any

from lxml import etree
from markupsafe import Markup

from overzicht.reports.html.svg import SVG, Caption, finish

Position = tuple[float, float]  # longitude, latitude in degrees
WIDTH, MOST_HEIGHT = 640, 760  # units of the drawing, which scales with the page
BLUE, RED, GREY, LINE, PAPER = "#2f5d8a", "#a3294a", "#767f88", "#dcd9d2", "#fdfcfa"
UNKNOWN, JOINED = "unknown", "joined"
SHADES = 5  # from paper to full
STEPS: Mapping[int, int] = {1: 12, 2: 8, 3: 5}  # units between the lines of a shade; 4 is a full colour
POINT_RADIUS = (4.0, 14.0)  # of the smallest and the largest number
MOST_REGIONS, MOST_POSITIONS = 20_000, 2_000_000
NAMES = ("name", "naam", "statnaam", "gemeentenaam", "provincienaam", "label", "title")
CODES = ("code", "statcode", "id", "identificatie", "gemeentecode", "provinciecode", "tooi")


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region: its code (empty if the file has none), its name, and its rings of longitude and latitude."""

    code: str
    name: str
    rings: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A number at a point; `is_marked` points are red squares, others blue circles."""

    longitude: float
    latitude: float
    label: str
    number: int = 1
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class RegionValue:
    """A value between 0 and 1 of a region, and its label; None if there is none to show, and why."""

    share: float | None
    label: str
    reason: str = UNKNOWN


def read_regions(data: Any) -> tuple[MapRegion, ...]:
    """Return the regions of a GeoJSON feature collection, by name; ValueError states what is wrong.

    Features without an area, such as points, are left out.
    """
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise ValueError("it is not a GeoJSON FeatureCollection")  # noqa: TRY004 - the content is wrong
    if len(features) > MOST_REGIONS:
        raise ValueError(f"it has {len(features)} features; the most is {MOST_REGIONS}")
    regions = [region for region in map(_region, features) if region.rings]
    if not regions:
        raise ValueError("no feature is a Polygon or MultiPolygon")
    if sum(len(ring) for region in regions for ring in region.rings) > MOST_POSITIONS:
        raise ValueError(f"it has more than {MOST_POSITIONS} positions. Use simplified boundaries")
    return tuple(sorted(regions, key=lambda region: (region.name, region.code)))


def _region(feature: Any) -> MapRegion:
    given = _object(feature)
    properties = _object(given.get("properties"))
    written = {str(key).casefold(): value for key, value in properties.items() if value not in (None, "")}
    name = next((str(written[key]) for key in NAMES if key in written), "")
    code = next((str(written[key]) for key in CODES if key in written), str(given.get("id") or ""))
    geometry = _object(given.get("geometry"))
    coordinates = geometry.get("coordinates") or ()
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")), ())
    try:
        rings = tuple(_ring(ring) for polygon in polygons for ring in polygon)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise ValueError("a position is not a pair of numbers") from error
    if not all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):
        raise ValueError("the coordinates are not degrees. Export the boundaries in WGS 84 (EPSG:4326)")
    return MapRegion(code[:120], (name or code)[:300], rings)


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


def _ring(ring: Any) -> tuple[Position, ...]:
    return tuple((float(position[0]), float(position[1])) for position in ring)


@dataclass(frozen=True)
class MapDrawing:
    """A map to draw: regions, the value of some of them by name or code, and points on it."""

    regions: Sequence[MapRegion]
    values: Mapping[str, RegionValue] = field(default_factory=dict)
    points: Sequence[MapPoint] = ()

    @cached_property
    def _frame(self) -> tuple[float, float, float, float]:
        """The west and north side, and the units of a degree in either direction."""
        positions = list(self._positions())
        west, east = min(x for x, _ in positions), max(x for x, _ in positions)
        south, north = min(y for _, y in positions), max(y for _, y in positions)
        narrow = max(cos(radians((south + north) / 2)), 0.01)
        wide, high = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
        scale = min(WIDTH / wide, MOST_HEIGHT / high)
        return west, north, scale * narrow, scale

    def _positions(self) -> Iterator[Position]:
        rings = chain.from_iterable(region.rings for region in self.regions)
        return chain(chain.from_iterable(rings), ((p.longitude, p.latitude) for p in self.points))

    def _place(self, position: Position) -> tuple[float, float]:
        west, north, per_x, per_y = self._frame
        return round((position[0] - west) * per_x, 1), round((north - position[1]) * per_y, 1)

    def value_of(self, region: MapRegion) -> RegionValue | None:
        """Return the value of a region by its code, else by its name; None without one."""
        return self.values.get(region.code) if region.code in self.values else self.values.get(region.name)

    def draw(self, caption: Caption) -> Markup | None:
        """Return the map as SVG for a page, or None if there is nothing to draw."""
        if next(self._positions(), None) is None:
            return None
        root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
        places = [self._place(position) for position in self._positions()]
        wide, high = max(x for x, _ in places), max(y for _, y in places)
        root.set("viewBox", f"-8 -8 {wide + 16:g} {high + 16:g}")
        root.append(_patterns())
        for region in self.regions:
            value = self.value_of(region)
            path = etree.SubElement(root, f"{{{SVG}}}path", d=" ".join(map(self._path, region.rings)))
            path.set("fill", fill_of(value))
            path.set("fill-rule", "evenodd")
            path.set("stroke", GREY)
            _title(path, value.label if value else region.name)
        for point in sorted(self.points, key=lambda point: (-point.number, point.label)):
            root.append(self._point(point))
        return finish(root, caption, role="img")

    def _path(self, ring: Sequence[Position]) -> str:
        """Return a ring as a path, without repeats of a position at the size of the drawing."""
        places = list(dict.fromkeys(map(self._place, ring)))
        return "M" + "L".join(f"{x:g} {y:g}" for x, y in places) + "Z"

    def _point(self, point: MapPoint) -> etree._Element:
        x, y = self._place((point.longitude, point.latitude))
        most = max(own.number for own in self.points)
        least_radius, most_radius = POINT_RADIUS
        radius = least_radius + (most_radius - least_radius) * (point.number / most if most else 0) ** 0.5
        if point.is_marked:
            side = {"x": x - radius, "y": y - radius, "width": 2 * radius, "height": 2 * radius}
            mark = etree.Element(f"{{{SVG}}}rect", {name: f"{size:.1f}" for name, size in side.items()})
        else:
            round_ = {"cx": x, "cy": y, "r": radius}
            mark = etree.Element(f"{{{SVG}}}circle", {name: f"{size:.1f}" for name, size in round_.items()})
        mark.set("fill", RED if point.is_marked else BLUE)
        mark.set("fill-opacity", "0.75")
        mark.set("stroke", PAPER)
        _title(mark, point.label)
        return mark


def fill_of(value: RegionValue | None) -> str:
    """Return the filling of a value: paper for 0, then lines that are nearer, then the full colour.

    >>> fill_of(RegionValue(0.0, "none")), fill_of(RegionValue(0.3, "30 %"))
    ('#fdfcfa', 'url(#shade-2)')
    """
    if value is None or value.share is None:
        return f"url(#{JOINED if value and value.reason == JOINED else UNKNOWN})"
    shade = shade_of(value.share)
    return {0: PAPER, SHADES - 1: BLUE}.get(shade, f"url(#shade-{shade})")


def shade_of(share: float) -> int:
    """Return the shade of a share: 0 for nothing, then a quarter each; 4 above three quarters."""
    return 0 if share <= 0 else min(SHADES - 1, int(share * (SHADES - 1)) + 1)


def legend_swatch(fill: str, identifier: str) -> Markup:
    """Return a small picture of a filling, for the legend in the page, which names it."""
    root = etree.Element(f"{{{SVG}}}svg", {"viewBox": "0 0 36 18", "width": "36", "height": "18"},
                         nsmap={None: SVG})  # fmt: skip
    root.append(_patterns())
    etree.SubElement(root, f"{{{SVG}}}rect", x="1", y="1", width="34", height="16", fill=fill, stroke=GREY)
    return finish(root, Caption(identifier, "", ""), role="presentation")


def _patterns() -> etree._Element:
    """Return the definitions of the shades, of unknown regions (dots) and of joined ones (crossed lines)."""
    definitions = etree.Element(f"{{{SVG}}}defs")
    for shade, step in STEPS.items():
        _lines(definitions, f"shade-{shade}", step, BLUE, [f"M0 {step}L{step} 0"])
    _lines(definitions, JOINED, 10, GREY, ["M0 10L10 0", "M0 0L10 10"])
    dots = _pattern(definitions, UNKNOWN, 8)
    etree.SubElement(dots, f"{{{SVG}}}circle", cx="4", cy="4", r="1", fill=GREY)
    return definitions


def _lines(parent: etree._Element, name: str, step: int, colour: str, paths: Iterable[str]) -> None:
    pattern = _pattern(parent, name, step)
    for path in paths:
        etree.SubElement(pattern, f"{{{SVG}}}path", {"d": path, "stroke": colour, "stroke-width": "2"})


def _pattern(parent: etree._Element, name: str, step: int) -> etree._Element:
    size = {"width": str(step), "height": str(step)}
    pattern = etree.SubElement(
        parent, f"{{{SVG}}}pattern", {"id": name, "patternUnits": "userSpaceOnUse"} | size
    )
    etree.SubElement(pattern, f"{{{SVG}}}rect", size | {"fill": PAPER})
    return pattern


def _title(element: etree._Element, content: str) -> None:
    etree.SubElement(element, f"{{{SVG}}}title").text = content
