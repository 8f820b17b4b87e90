"""A map: boundaries from GeoJSON, shades that need no colour, points by number, nothing fetched."""

from typing import Any

import pytest
from lxml import etree

from overzicht.reports.html.svg import SVG, Caption
from overzicht.reports.map_drawing import (
    JOINED,
    MapDrawing,
    MapPoint,
    RegionValue,
    fill_of,
    legend_swatch,
    read_regions,
)

CAPTION = Caption("m1", "Answers by region", "A table beside the map has the numbers.")


def feature(name: str, west: float, **more: Any) -> dict[str, Any]:
    ring = [[west, 52], [west + 1, 52], [west + 1, 53], [west, 53], [west, 52]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "Feature",
        "properties": {"naam": name, "code": f"c-{name}"},
        "geometry": geometry,
        **more,
    }


def collection(*features: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


REGIONS = read_regions(collection(feature("Oost", 6), feature("West", 5)))


def test_regions_have_a_code_a_name_and_rings() -> None:
    assert [(region.code, region.name, len(region.rings)) for region in REGIONS] == [
        ("c-Oost", "Oost", 1), ("c-West", "West", 1),
    ]  # fmt: skip
    island = {
        "type": "MultiPolygon",
        "coordinates": [[[[4, 52], [4, 53], [5, 53]]], [[[1, 1], [1, 2], [2, 2]]]],
    }
    (region,) = read_regions(collection(feature("Eiland", 5, geometry=island)))
    assert len(region.rings) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "FeatureCollection"),
        (collection(), "Polygon"),
        (collection({"geometry": {"type": "Point", "coordinates": [5, 52]}}), "Polygon"),
        (collection(feature("x", 120_000)), "WGS 84"),
        (collection([], {"geometry": [], "properties": 3}), "Polygon"),
        (collection(feature("x", float("nan"))), "WGS 84"),
        (collection(feature("x", 5, geometry={"type": "Polygon", "coordinates": [[["a", 1]]]})), "pair"),
    ],
)
def test_other_files_are_refused_with_a_reason(data: Any, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_regions(data)


def test_a_region_has_its_shade_and_its_label() -> None:
    values = {"c-West": RegionValue(0.6, "West: <6> of 10"), "Oost": RegionValue(None, "Oost", JOINED)}
    drawn = MapDrawing(REGIONS, values).draw(CAPTION)
    root = etree.fromstring(str(drawn))
    paths = list(root.findall(f"{{{SVG}}}path"))
    assert [path.get("fill") for path in paths] == ["url(#m1-joined)", "url(#m1-shade-3)"]
    assert [path.findtext(f"{{{SVG}}}title") for path in paths] == ["Oost", "West: <6> of 10"]
    assert root.get("role") == "img"
    assert root.findtext(f"{{{SVG}}}title") == "Answers by region"
    assert "http" not in str(drawn).replace(SVG, "")


def test_west_is_left_and_north_is_up() -> None:
    points = (MapPoint(5.1, 52.9, "north-west"), MapPoint(6.9, 52.1, "south-east", 9, is_marked=True))
    root = etree.fromstring(str(MapDrawing(REGIONS, points=points).draw(CAPTION)))
    circle, square = root.find(f"{{{SVG}}}circle"), root.find(f"{{{SVG}}}rect")
    assert circle is not None
    assert square is not None
    assert float(circle.get("cx", "")) < float(square.get("x", ""))
    assert float(circle.get("cy", "")) < float(square.get("y", ""))
    assert float(square.get("width", "")) == 28  # the largest number has the largest mark


def test_each_shade_looks_different_without_colour() -> None:
    fills = [fill_of(RegionValue(share, "")) for share in (0.0, 0.2, 0.4, 0.7, 1.0)]
    assert len({*fills, fill_of(None), fill_of(RegionValue(None, "", JOINED))}) == 7
    assert "m-shade-1" in str(legend_swatch(fills[1], "m"))


def test_nothing_to_draw_is_no_picture() -> None:
    assert MapDrawing(()).draw(CAPTION) is None
