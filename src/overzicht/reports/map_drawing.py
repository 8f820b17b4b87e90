"""A map of regions that are shaded by a share; no tile is fetched.

Boundaries are GeoJSON (RFC 7946) that the user loads. A shade is a colour and a pattern, so that it is seen
without colour too. The page shows the same numbers in a table next to the map. The projection is
equirectangular at the middle latitude, which is enough for a country.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import cos, radians
from typing import Any

from lxml import etree
from markupsafe import Markup

from overzicht.reports.html.charts import BLUE, GREY, NARROW, PAPER, Picture
from overzicht.reports.html.svg import SVG, Caption, finish
from overzicht.reports.xml_text import xml_text

Position = tuple[float, float]  # longitude, latitude in degrees
WIDTH, MOST_HEIGHT = 640, 760  # pixels of the wide drawing; `NARROW` is the width of the one for a phone
INK = "#1d2329"
UNKNOWN, JOINED = "unknown", "joined"
SHADES = 5  # from paper to full
STEPS: Mapping[int, int] = {1: 12, 2: 8, 3: 5}  # units between the lines of a shade; 4 is a full colour
LABELS = ((15, 44.0, 18.0), (11, 32.0, 13.0))  # font size, and the least width and height of a region for it
MOST_REGIONS, MOST_POSITIONS = 20_000, 2_000_000
NAMES = ("name", "naam", "statnaam", "gemeentenaam", "provincienaam", "label", "title")
CODES = ("code", "statcode", "id", "identificatie", "gemeentecode", "provinciecode", "tooi")


def path_of(rings: Iterable[Iterable[tuple[float, float]]]) -> str:
    """Return closed rings of points as the path of a drawing."""
    return " ".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in rings)


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region: its code (empty if the file has none), its name, and its rings of longitude and latitude."""

    code: str
    name: str
    rings: tuple[tuple[Position, ...], ...]


@dataclass(frozen=True, slots=True)
class RegionValue:
    """A share of a region from 0 to 1, None if there is none to show; its label; the text on the map."""

    share: float | None
    label: str
    short: str = ""
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
    regions = []
    for feature in features:
        given = _object(feature)
        properties = _object(given.get("properties"))
        written = {str(key).casefold(): value for key, value in properties.items() if value not in (None, "")}
        name = next((str(written[key]) for key in NAMES if key in written), "")
        code = next((str(written[key]) for key in CODES if key in written), str(given.get("id") or ""))
        geometry = _object(given.get("geometry"))
        coordinates = geometry.get("coordinates") or ()
        polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")), ())
        try:
            rings: tuple[tuple[Position, ...], ...] = tuple(
                tuple((float(position[0]), float(position[1])) for position in ring)
                for polygon in polygons
                for ring in polygon
            )
        except (TypeError, ValueError, IndexError, KeyError) as error:
            raise ValueError("a position is not a pair of numbers") from error
        if not all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):
            raise ValueError("the coordinates are not degrees. Export the boundaries in WGS 84 (EPSG:4326)")
        if rings:
            regions.append(MapRegion(code[:120], (name or code)[:300], rings))
    if not regions:
        raise ValueError("no feature is a Polygon or MultiPolygon")
    if sum(len(ring) for region in regions for ring in region.rings) > MOST_POSITIONS:
        raise ValueError(f"it has more than {MOST_POSITIONS} positions. Use simplified boundaries")
    return tuple(sorted(regions, key=lambda region: (region.name, region.code)))


def _object(given: Any) -> dict[str, Any]:
    return given if isinstance(given, dict) else {}


@dataclass(frozen=True)
class MapDrawing:
    """A map to draw: regions, and the value of some of them by name or code in any case of letters."""

    regions: Sequence[MapRegion]
    values: Mapping[str, RegionValue]
    width: int = WIDTH

    @cached_property
    def _by_key(self) -> Mapping[str, RegionValue]:
        return {key.casefold(): value for key, value in self.values.items()}

    @cached_property
    def _frame(self) -> tuple[float, float, float, float]:
        """The west and north side, and the units of a degree in either direction."""
        positions = [position for region in self.regions for ring in region.rings for position in ring]
        west, east = min(x for x, _ in positions), max(x for x, _ in positions)
        south, north = min(y for _, y in positions), max(y for _, y in positions)
        narrow = max(cos(radians((south + north) / 2)), 0.01)
        wide, high = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
        scale = min(self.width / wide, MOST_HEIGHT / high)
        return west, north, scale * narrow, scale

    def _place(self, position: Position) -> tuple[float, float]:
        west, north, per_x, per_y = self._frame
        return round((position[0] - west) * per_x, 1), round((north - position[1]) * per_y, 1)

    def _path(self, ring: Sequence[Position]) -> Sequence[Position]:
        """Return the places of a ring, without repeats at the size of the drawing."""
        return list(dict.fromkeys(map(self._place, ring)))

    def key_of(self, region: MapRegion) -> str | None:
        """Return the key of the value of a region: its code, else its name; None without one."""
        keys = (region.code.casefold(), region.name.casefold())
        return next(filter(self._by_key.__contains__, keys), None)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The keys of values without a region on the map, in order."""
        drawn = set(map(self.key_of, self.regions))
        return tuple(key for key in self.values if key.casefold() not in drawn)

    def draw(self, caption: Caption) -> Picture | None:
        """Return the map for a page, or None if no value has a region."""
        if len(self.missing) == len(self.values):
            return None
        wide = self.svg(replace(caption, id=f"{caption.id}-wide"))
        return Picture(wide, replace(self, width=NARROW).svg(replace(caption, id=f"{caption.id}-narrow")))

    def svg(self, caption: Caption) -> Markup:
        """Return the map as SVG, as wide as `width`."""
        root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
        root.append(_patterns())
        drawn = [(region, list(map(self._path, region.rings))) for region in self.regions]
        places = [place for _, rings in drawn for ring in rings for place in ring]
        wide, high = max(x for x, _ in places), max(y for _, y in places)
        root.set("viewBox", f"-8 -8 {wide + 16:g} {high + 16:g}")
        root.set("width", f"{wide + 16:g}")  # a page must not enlarge a narrow country
        root.set("height", f"{high + 16:g}")
        labels: list[etree._Element] = []
        for region, rings in drawn:
            key = self.key_of(region)
            value = None if key is None else self._by_key[key]
            path = etree.SubElement(root, f"{{{SVG}}}path", {"d": path_of(rings), "fill": fill_of(value)})
            path.set("fill-rule", "evenodd")
            path.set("stroke", GREY)
            etree.SubElement(path, f"{{{SVG}}}title").text = xml_text(value.label if value else region.name)
            if value is not None and value.short:
                # in the middle of its longest ring, unless that is too small for it
                ring = max(rings, key=len)
                west, east = min(x for x, _ in ring), max(x for x, _ in ring)
                north, south = min(y for _, y in ring), max(y for _, y in ring)
                size = next((s for s, w, h in LABELS if east - west >= w and south - north >= h), None)
                if size is None:
                    continue
                middle = {"x": f"{(west + east) / 2:g}", "y": f"{(north + south) / 2 + size / 3:g}"}
                style = {
                    "text-anchor": "middle",
                    "font-size": str(size),
                    "fill": INK,
                    "stroke": PAPER,
                    "stroke-width": "4",
                    "paint-order": "stroke",
                    "stroke-linejoin": "round",
                }
                label = etree.Element(f"{{{SVG}}}text", middle | style)
                label.text = xml_text(value.short)
                labels.append(label)
        root.extend(labels)
        return finish(root, caption, role="img")


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
    root = etree.Element(
        f"{{{SVG}}}svg", {"viewBox": "0 0 36 18", "width": "36", "height": "18"}, nsmap={None: SVG}
    )
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
