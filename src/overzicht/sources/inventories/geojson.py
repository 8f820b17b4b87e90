"""GeoJSON of OpenStreetMap points: surveillance devices with their tags.

Maker tags are written by volunteers: several spellings, two makers in one value, owners or shops in the
maker's place. They are kept as they stand. Data © OpenStreetMap contributors, ODbL 1.0.
"""

import re
from collections.abc import Mapping
from typing import Any

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.json_values import as_text, load_json
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin, traces_of

TRACES = {
    "manufacturer": Trace.BRAND,
    "brand": Trace.BRAND,
    "camera:manufacturer": Trace.BRAND,
    "camera:brand": Trace.BRAND,
    "model": Trace.MODEL,
    "camera:model": Trace.MODEL,
    "description": Trace.DESCRIPTION,
}
IN_PLACE = {"operator", "surveillance:type", "ref", "name"}


class GeoJsonReader(InventoryReader):
    """Reads the points of a GeoJSON file that are surveillance devices."""

    kind = "geojson"
    title = "GeoJSON of OpenStreetMap surveillance points"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is a collection of features."""
        return re.search(rb'"type"\s*:\s*"FeatureCollection"', sample.head) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per surveillance point; InputFileError when it is no whole collection."""
        document = load_json(origin)
        features = document.get("features") if isinstance(document, dict) else None
        if not isinstance(features, list):
            raise InputFileError(origin.filename, "the collection holds no features", fix="export it again")
        sightings, problems = [], []
        for number, feature in enumerate(features, start=1):
            tags = feature.get("properties") if isinstance(feature, dict) else None
            if not isinstance(tags, dict):
                problems.append(InventoryProblem(f"feature {number}", text("The feature holds no tags")))
            elif _is_device(tags):
                sightings.append(_sighting(origin, f"feature {number}", feature.get("geometry"), tags))
        return InventoryResult(self.kind, origin.snapshot, tuple(sightings), len(features), tuple(problems))


def _is_device(tags: Mapping[str, Any]) -> bool:
    return tags.get("man_made") == "surveillance" or any(
        name == "surveillance:type" or name.startswith("camera:") for name in tags
    )


def _sighting(origin: Origin, place: str, geometry: object, tags: Mapping[str, Any]) -> Sighting:
    fields = {name: as_text(value) for name, value in tags.items()}
    longitude, latitude = _point(geometry)
    return Sighting(
        id=origin.sighting_id(place),
        citation=origin.cite(place),
        traces=traces_of((trace, fields.get(name)) for name, trace in TRACES.items()),
        label=fields.get("ref", "") or fields.get("name", ""),
        organisation=fields.get("operator", ""),
        kind=fields.get("surveillance:type", ""),
        latitude=latitude,
        longitude=longitude,
        extra={n: v for n, v in fields.items() if v and n not in TRACES and n not in IN_PLACE},
    )


def _point(geometry: object) -> tuple[float | None, float | None]:
    """Return (longitude, latitude) in degrees of a Point; (None, None) for anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return None, None
    match geometry.get("coordinates"):
        case [int() | float() as longitude, int() | float() as latitude, *_] if (
            abs(longitude) <= 180 and abs(latitude) <= 90
        ):
            return float(longitude), float(latitude)
    return None, None
