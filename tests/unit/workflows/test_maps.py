"""Boundaries for a map, of GeoJSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from overzicht.errors import InputFileError
from overzicht.subjects.register.maps import read_boundaries

SQUARE = [[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.1], [5.0, 52.0]]


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def feature(kind: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def test_polygons_are_areas_with_their_names_and_points_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "g.geojson"
    path.write_text(
        collection(
            feature("Polygon", [SQUARE], Naam="Centrum"),
            feature("MultiPolygon", [[SQUARE], [SQUARE]], statnaam="Noord"),
            feature("Point", [5.0, 52.0], naam="punt"),
        )
    )
    boundaries = read_boundaries(path)
    assert [(area.name, len(area.rings)) for area in boundaries.regions] == [("Centrum", 1), ("Noord", 2)]
    ring = boundaries.regions[0].rings[0]
    assert ring[0] == ring[-1]
    assert all(abs(x - given[0]) < 0.001 for (x, _), given in zip(ring, SQUARE, strict=True))


def test_points_closer_than_a_map_shows_are_one(tmp_path: Path) -> None:
    fine = [[5.0 + step / 1e7, 52.0] for step in range(2_000)]
    path = tmp_path / "g.geojson"
    path.write_text(collection(feature("Polygon", [[*fine, *SQUARE[1:]]])))
    assert len(read_boundaries(path).regions[0].rings[0]) < 20


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("[1, 2]", "boundaries cannot be read"),
        ("{", "boundaries cannot be read"),
        (collection(feature("Point", [5.0, 52.0])), "no feature is a Polygon"),
        (collection(feature("Polygon", [[[155000, 463000], [155100, 463000], [155100, 463100]]])), "degrees"),
        (collection(feature("Polygon", [[[float("nan"), 52.0], [5.1, 52.0], [5.1, 52.1]]])), "degrees"),
        (collection(feature("Polygon", [["x"]])), "boundaries cannot be read"),
        (collection({"type": "Feature", "properties": None, "geometry": None}), "no feature is a Polygon"),
    ],
)
def test_what_is_no_map_is_refused_with_its_reason(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "g.geojson"
    path.write_text(content)
    with pytest.raises(InputFileError, match=fault):
        read_boundaries(path)
