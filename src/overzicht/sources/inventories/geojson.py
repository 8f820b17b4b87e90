"""GeoJSON: points of OpenStreetMap with their tags, or features with properties of a municipality's own.

Maker tags of OpenStreetMap are written by volunteers: several spellings, two makers in one value, owners or
shops in the maker's place. They are read as they are. Data © OpenStreetMap contributors, ODbL 1.0.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from overzicht.errors import InputFileError
from overzicht.evidence import Text, text
from overzicht.evidence.account import LeftOut
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.documents import TORN, load_document
from overzicht.sources.inventories.formats.tree import Budget, as_table, flat
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    Proposal,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.assignment import MOST
from overzicht.sources.inventories.tables.header import read_header
from overzicht.sources.inventories.tables.points import POINTS
from overzicht.sources.inventories.tables.table_reader import read_headed
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

TAGS = {  # of OpenStreetMap
    "manufacturer": "brand", "brand": "brand", "camera:manufacturer": "brand", "camera:brand": "brand",
    "model": "model", "camera:model": "model", "description": "description", "operator": "organisation",
    "surveillance:type": "kind", "ref": "label", "name": "label",
}  # fmt: skip
FIRST = 5  # features in which a word that says camera is looked for
POINT = ("point longitude", "point latitude")
OWN_MEMBER = (
    "overzicht"  # of a map that the product wrote; its other properties are conclusions, not evidence
)
OWN = ("label", "organisation", "site", "place", "brand", "model", "kind", "quantity", "bought")


class GeoJsonReader(InventoryReader):
    """Reads the features of a GeoJSON file that are surveillance devices."""

    kind = "geojson"
    title = "GeoJSON of surveillance points (OpenStreetMap or own properties)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is a collection of features."""
        return re.search(rb'"type"\s*:\s*"FeatureCollection"', sample.head) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per device; InputFileError when the file is not a whole collection of devices."""
        loaded = load_document(origin)
        document = loaded.value
        features = document.get("features") if isinstance(document, dict) else None
        if not isinstance(features, list) or not features:
            raise InputFileError(
                origin.filename, "the collection contains no features", fix="export it again"
            )
        torn = tuple(
            InventoryProblem(f"feature {number}", TORN)
            for number, feature in enumerate(features, start=1)
            if id(feature) in loaded.open
        )
        features = features[: len(features) - len(torn)]  # a torn feature is the last one
        own = (f.get("properties") if isinstance(f, dict) else None for f in features)
        tags = {n: t if isinstance(t, dict) and any(t.values()) else None for n, t in enumerate(own, start=1)}
        faults = {number: _fault(values, features[number - 1]) for number, values in tags.items()}
        reports = {n: InventoryProblem(f"feature {n}", fault) for n, fault in faults.items() if fault}
        unread = tuple(problem for n, problem in reports.items() if tags[n] is None)
        problems = tuple(problem for n, problem in reports.items() if tags[n] is not None)
        read = {number: values for number, values in tags.items() if values is not None}
        is_of_osm = any(map(_is_device, read.values()))
        others: tuple[LeftOut, ...] = ()
        if is_of_osm:
            others = tuple(
                LeftOut(f"feature {number}", text("A feature that is not surveillance equipment"))
                for number, values in read.items()
                if not _is_device(values)
            )
            read = {number: values for number, values in read.items() if _is_device(values)}
        points = {
            number: dict(zip(POINT, _point(features[number - 1].get("geometry")), strict=True))
            for number in read
        }
        texts = {number: flat(values, {}, Budget(origin.filename)) for number, values in read.items()}
        table = as_table([(number, {**own, **points[number]}) for number, own in texts.items()], "feature")
        is_ours = isinstance(document.get(OWN_MEMBER), dict)
        fields = TAGS if is_of_osm else {name: name for name in OWN} if is_ours else None
        mapping = (
            {} if fields is None else {plain(name): fields.get(name, "") for name in table.rows[0].texts}
        )
        mapping |= dict(zip(POINT, ("longitude", "latitude"), strict=True))
        header = read_header(table, table.rows[0], mapping)
        if (
            read
            and not is_of_osm
            and {column.field for column in header.mapping} <= {"", "longitude", "latitude"}
        ):
            raise InputFileError(
                origin.filename,
                f"no property describes a device ({', '.join(table.rows[0].texts)[:200]})",
                fix="export the features as CSV and name the columns with --column",
            )
        result = read_headed(self.kind, origin, [(table, header)])
        # what says what is on a map: its title, and names and words of its first features
        words: list[str] = []
        words.append(str(document.get("name", "")))
        for words_own in islice(texts.values(), FIRST):
            words.extend(words_own)
            words.append(" ".join(words_own.values()))
        says_camera = map(vocabulary().says_camera, (origin.filename, *words))
        # a property can be a number, product, address or kind of a device
        kinds = (header.profiles[n].share("kind") for n in header.indexes("kind"))
        names_devices = (
            bool(header.naming_columns or header.indexes("address")) or max(kinds, default=0) >= MOST
        )
        is_known = is_of_osm or is_ours or names_devices or any(says_camera)
        return replace(
            result,
            records=len(features) + len(torn),
            left_out=(*result.left_out, *others),
            unread=(*unread, *torn),
            end=loaded.end,
            problems=(*problems, *result.problems),
            mapping=result.mapping if fields is None else (),
            proposal=None if is_known else Proposal(POINTS, "features"),
        )


def _is_device(tags: Mapping[str, Any]) -> bool:
    return tags.get("man_made") == "surveillance" or any(
        name == "surveillance:type" or name.startswith("camera:") for name in tags
    )


def _fault(tags: Mapping[str, Any] | None, feature: Any) -> Text | None:
    """Return what of a feature could not be read: its tags, or the coordinates of its point."""
    if tags is None:
        return text("The feature holds no tags")
    geometry = feature.get("geometry")
    is_point = isinstance(geometry, dict) and geometry.get("type") == "Point"
    if is_point and not _point(geometry)[0]:
        return text("The coordinates of the point could not be read")
    return None


def _point(geometry: object) -> tuple[str, str]:
    """Return (longitude, latitude) in degrees of a Point; empty texts for anything else."""
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return "", ""
    match geometry.get("coordinates"):
        case [int() | float() as longitude, int() | float() as latitude, *_] if (
            abs(longitude) <= 180 and abs(latitude) <= 90
        ):
            return str(longitude), str(latitude)
    return "", ""
