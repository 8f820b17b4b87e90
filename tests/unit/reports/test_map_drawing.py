"""A map: boundaries from GeoJSON, shades that need no colour, shares in text, nothing fetched."""

from typing import Any

import pytest
from lxml import etree

from overzicht.reports.html.svg import SVG, Caption
from overzicht.reports.map_drawing import (
    JOINED,
    MapDrawing,
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


def test_a_region_has_its_shade_its_label_and_its_share_in_text() -> None:
    values = {
        "C-WEST": RegionValue(0.6, "West: <6> of 10", "60 %"),
        "oost": RegionValue(None, "Oost", reason=JOINED),
    }
    picture = MapDrawing(REGIONS, values).draw(CAPTION)
    assert picture is not None
    drawn = picture.wide
    root = etree.fromstring(drawn)
    paths = list(root.findall(f"{{{SVG}}}path"))
    assert [path.get("fill") for path in paths] == ["url(#m1-wide-joined)", "url(#m1-wide-shade-3)"]
    assert [path.findtext(f"{{{SVG}}}title") for path in paths] == ["Oost", "West: <6> of 10"]
    (label,) = root.findall(f"{{{SVG}}}text")
    assert label.text == "60 %"
    assert float(label.get("x", "")) < 320  # west is left
    assert root.get("role") == "img"
    assert root.get("viewBox") == f"-8 -8 {root.get('width')} {root.get('height')}"
    assert root.findtext(f"{{{SVG}}}title") == "Answers by region"
    assert "http" not in drawn.replace(SVG, "")


def test_on_a_phone_a_share_is_as_large_or_in_small_letters() -> None:
    values = {"west": RegionValue(0.6, "West", "60 %")}
    regions = read_regions(
        collection(*(feature(name, place) for place, name in enumerate(("West", *"abcdef"))))
    )
    picture = MapDrawing(regions, values).draw(CAPTION)
    assert picture is not None
    sizes = [
        [text.get("font-size") for text in etree.fromstring(drawn).iter(f"{{{SVG}}}text")]
        for drawn in (picture.wide, picture.narrow)
    ]
    assert sizes == [["15"], ["11"]]
    assert 'id="m1-narrow-t"' in picture.narrow


def test_a_region_that_is_too_small_has_no_text() -> None:
    wide = feature("Breed", 5)
    wide["geometry"]["coordinates"] = [[[5, 50], [65, 50], [65, 51], [5, 51]]]
    regions = read_regions(collection(wide, feature("Klein", 5)))
    drawn = MapDrawing(regions, {"klein": RegionValue(0.6, "Klein", "60 %")}).draw(CAPTION)
    assert drawn is not None
    assert "<text" not in drawn.wide + drawn.narrow


def test_values_without_a_region_are_named() -> None:
    value = RegionValue(0.6, "label")
    assert MapDrawing(REGIONS, {"West": value, "Noord": value}).missing == ("Noord",)
    assert MapDrawing(REGIONS, {"Noord": value}).draw(CAPTION) is None


def test_each_shade_looks_different_without_colour() -> None:
    fills = [fill_of(RegionValue(share, "")) for share in (0.0, 0.2, 0.4, 0.7, 1.0)]
    assert len({*fills, fill_of(None), fill_of(RegionValue(None, "", reason=JOINED))}) == 7
    assert "m-shade-1" in str(legend_swatch(fills[1], "m"))


def test_nothing_to_draw_is_no_picture() -> None:
    assert MapDrawing((), {}).draw(CAPTION) is None
