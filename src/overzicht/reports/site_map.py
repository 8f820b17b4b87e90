"""A map of sites as one drawing: boundaries, a disc per site, and in it the part of listed manufacturers.

Nothing is fetched: the boundaries are those that a user has loaded. The map is plate carrée at its middle
latitude, which is true enough for a municipality or a country.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from overzicht.evidence import text
from overzicht.reports.html.charts import BLUE, GREY, NARROW, PAPER, RED, WIDE, Picture
from overzicht.reports.html.svg import SVG, Caption, finish, hatch
from overzicht.reports.i18n import Words
from overzicht.reports.map_drawing import INK, MapRegion, Position, path_of
from overzicht.reports.xml_text import xml_text

TALLEST, MARGIN = 640, 30  # pixels
SMALLEST, LARGEST = 5.0, 26.0  # radius of a disc in pixels
LEAST_DEGREES = 0.01  # so that one site is not the whole map
LETTER, LINE = 7.2, 17  # width and height of a letter of a label, in pixels
SUNK = "#f4f2ed"


@dataclass(frozen=True, slots=True)
class SitePoint:
    """The counted devices at a site or in a square of a map, and those made by listed manufacturers.

    `id` and `name` are those of the site; empty if the level of detail hides them. `cell` is the width of the
    square in degrees, 0 for a site.
    """

    id: str
    name: str
    position: Position
    total: int
    listed: int
    cell: float = 0


Link = Callable[[SitePoint], str]
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


@dataclass(frozen=True, slots=True)
class _Frame:
    """Turns degrees into pixels."""

    west: float
    north: float
    scale: float  # pixels per degree of latitude
    stretch: float  # degrees of latitude per degree of longitude
    width: int
    height: float

    def place(self, position: Position) -> tuple[float, float]:
        x = MARGIN + (position[0] - self.west) * self.scale * self.stretch
        return round(x, 1), round(MARGIN + (self.north - position[1]) * self.scale, 1)


def site_map(
    points: Sequence[SitePoint], areas: Sequence[MapRegion], day: date, words: Words, link: Link | None = None
) -> Picture | None:
    """Return the map; None if there is neither a site nor an area. `link` gives the address of a site."""
    positions = [point.position for point in points]
    positions += [corner for area in areas for ring in area.rings for corner in ring]
    if not positions:
        return None
    title = words.text("Map of the sites on {day}", day=day)
    meaning = text("A larger disc has more devices. The inner disc is the share of listed manufacturers.")
    by_size = sorted(points, key=lambda point: (-point.total, point.name))
    most = max((point.total for point in points), default=1)
    drawings = []
    for name, width in (("wide", WIDE), ("narrow", NARROW)):
        west, east = min(x for x, _ in positions), max(x for x, _ in positions)
        south, north = min(y for _, y in positions), max(y for _, y in positions)
        stretch = max(math.cos(math.radians((south + north) / 2)), 0.05)
        wide, tall = max((east - west) * stretch, LEAST_DEGREES), max(north - south, LEAST_DEGREES)
        scale = min((width - 2 * MARGIN) / wide, (TALLEST - 2 * MARGIN) / tall)
        spare = (width - 2 * MARGIN) / scale - (east - west) * stretch
        edges = west - spare / 2 / stretch, (south + north) / 2 + tall / 2
        frame = _Frame(*edges, scale, stretch, width, tall * scale + 2 * MARGIN)
        drawing = _Drawing(frame, most)
        for area in areas:
            drawing.add_area(area)
        for point in by_size:
            drawing.add_point(point, words, link)
        for point in by_size:
            drawing.add_label(point)
        hatch(drawing.root, RED, PAPER)
        caption = Caption(f"fig-map-{name}", title, words.say(meaning))
        drawings.append(finish(drawing.root, caption, role="group"))
    return Picture(*drawings)


class _Drawing:
    """The picture in the making; `most` is the number of devices of the largest disc."""

    def __init__(self, frame: _Frame, most: int) -> None:
        self._frame, self._most = frame, most
        self._labels: list[Box] = []
        size = {"width": str(frame.width), "height": str(round(frame.height))}
        box = f"0 0 {frame.width} {round(frame.height)}"
        self.root = etree.Element(f"{{{SVG}}}svg", {"viewBox": box} | size, nsmap={None: SVG})

    def add_area(self, area: MapRegion) -> None:
        path = path_of(map(self._frame.place, ring) for ring in area.rings)
        shape = _add(self.root, "path", d=path, fill=SUNK, stroke=GREY, stroke_width=1, fill_rule="evenodd")
        if area.name:
            _add(shape, "title", area.name)

    def add_point(self, point: SitePoint, words: Words, link: Link | None) -> None:
        """Draw a disc, or a square for an area; the inner one has the share of listed manufacturers."""
        counts = {"total": point.total, "listed": point.listed}
        template = text("{name}: devices {total}, made by a listed manufacturer {listed}")
        what = words.say(template.filled(name=point.name or "–", **counts))
        parent = _add(self.root, "a", href=link(point), aria_label=what) if link else _add(self.root, "g")
        _add(parent, "title", what)
        x, y = self._frame.place(point.position)
        share = math.sqrt(point.listed / point.total) if point.total else 0
        if point.cell:
            tall = point.cell * self._frame.scale
            wide = tall * self._frame.stretch
            for colour, part in ((BLUE, 1.0), (RED, share)):
                corner = {"x": round(x - wide * part / 2, 1), "y": round(y - tall * part / 2, 1)}
                size = {"width": round(wide * part, 1), "height": round(tall * part, 1)}
                _add(parent, "rect", **corner, **size, fill=colour, fill_opacity=0.75)
            _add(
                parent, "text", str(point.total), x=x, y=y + 5, text_anchor="middle", fill=PAPER, font_size=15
            )
            return
        radius = self._radius(point)
        _add(parent, "circle", cx=x, cy=y, r=radius, fill=BLUE, stroke=PAPER, stroke_width=1.5)
        if share:
            _add(parent, "circle", cx=x, cy=y, r=round(radius * share, 1), fill=RED)

    def add_label(self, point: SitePoint) -> None:
        """Write the name next to its disc, on the first side where it covers no other name; else nowhere."""
        if not point.name:
            return
        x, y = self._frame.place(point.position)
        away, wide = self._radius(point) + 4, len(point.name) * LETTER
        for anchor, left in (("start", x + away), ("end", x - away - wide)):
            box = (left, y - LINE / 2, left + wide, y + LINE / 2)
            is_covered = any(
                box[0] <= other[2] and other[0] <= box[2] and box[1] <= other[3] and other[1] <= box[3]
                for other in self._labels
            )
            if left < 0 or box[2] > self._frame.width or is_covered:
                continue
            self._labels.append(box)
            start = {"x": round(left if anchor == "start" else left + wide, 1), "y": round(y + 5, 1)}
            _add(
                self.root,
                "text",
                point.name,
                **start,
                text_anchor=anchor,
                fill=INK,
                font_size=14,
                aria_hidden="true",
            )
            return

    def _radius(self, point: SitePoint) -> float:
        return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(point.total / self._most), 1)


def _add(parent: etree._Element, name: str, content: object = "", **attributes: object) -> etree._Element:
    values = {key.replace("_", "-"): xml_text(str(value)) for key, value in attributes.items()}
    element = etree.SubElement(parent, f"{{{SVG}}}{name}", values)
    element.text = xml_text(str(content)) or None
    return element
