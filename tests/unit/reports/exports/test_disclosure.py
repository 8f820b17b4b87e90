"""Marks in every field of a device, searched for in the bytes of the files of each level."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pypdf
import pytest
import report_factory
from export_tools import parsed, written

from overzicht.devices import DeviceKind
from overzicht.evidence import Answer, Citation, Confidence, Reason, text
from overzicht.register.merging import Level
from overzicht.reports.exports.disclosure import CELL, disclosed
from overzicht.reports.interface import FORMATS, Format
from overzicht.reports.overview_report import DeviceRow, OverviewReport, SupplierRow
from overzicht.reports.vocabulary import BRANDS_ALONE, SUPPLIERS_LISTED

LEVELED = [form for form, described in FORMATS.items() if described.levels]
NEVER = ("10.99.88.77", "10-99-88-77", "AA:BB:CC:DD:EE:0F", "aabbccddee0f", "SERIAL-MARK", "FIRMWARE-MARK",
         "STATUS-MARK", "REASON-MARK", "CONFLICT-MARK", "FILE-MARK", "HOST-MARK",
         "SUPPLIER-MARK")  # fmt: skip
BELOW_FULL = (
    "LABEL-MARK",
    "SITE-MARK",
    "PLACE-MARK",
    "ORGANISATION-MARK",
    "52.123456",
    "4.654321",
    "2019-03-04",
)
BELOW_MODELS = ("MODEL-MARK", "BRAND-MARK")


def marked(**changes: Any) -> DeviceRow:
    """Return a device with a mark in every field."""
    citation = Citation("inventory", "FILE-MARK.csv", "line 2")
    device = DeviceRow(
        id="device-1", label="LABEL-MARK", organisation="ORGANISATION-MARK", site="SITE-MARK",
        place="PLACE-MARK", address="HOST-MARK.example", brand="BRAND-MARK", model="MODEL-MARK",
        mac="AA:BB:CC:DD:EE:0F", kind=DeviceKind.CAMERA, product_line="", quantity=1,
        bought=date(2019, 3, 4), status="STATUS-MARK", maker_id="morgenster", maker_name="Morgenster Vision",
        undecided=(), confidence=Confidence.HIGH, is_relabelled=True, maker_is_listed=True,
        reasons=(Reason(text("REASON-MARK {mac}", mac="AA:BB:CC:DD:EE:0F"), Confidence.HIGH, (citation,)),),
        conflicts=(text("CONFLICT-MARK"),), citations=(citation,), ip="10.99.88.77", serial="SERIAL-MARK",
        firmware="FIRMWARE-MARK", latitude=52.123456, longitude=4.654321,
    )  # fmt: skip
    return replace(device, **changes)


def words_of(data: bytes) -> str:
    """Return the text of a file: of the pages of a PDF, of the XML in an archive, or the file itself."""
    if data.startswith(b"%PDF-"):
        pages = pypdf.PdfReader(io.BytesIO(data)).pages
        return " ".join(page.extract_text().replace("\0", "") for page in pages)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
    return data.decode()


def report_of(*devices: DeviceRow) -> OverviewReport:
    """Return a report on devices, of which a supplier and a brand alone are in sentences too."""
    names: dict[str, str | int] = {"suppliers": "SUPPLIER-MARK (1)", "brands": "BRAND-MARK", "count": 2}
    return replace(
        report_factory.small_report(),
        devices=devices,
        conclusions=(SUPPLIERS_LISTED.filled(**names), text("CONCLUSION")),
        unknowns=(BRANDS_ALONE.filled(**names),),
        suppliers=(SupplierRow("supplier-mark", "SUPPLIER-MARK", 1, Answer.POSSIBLE, ()),),
    )


@pytest.mark.parametrize("form", LEVELED)
@pytest.mark.parametrize("level", list(Level))
def test_no_level_shows_what_helps_an_attacker(form: Format, level: Level) -> None:
    hidden = {
        Level.FULL: NEVER,
        Level.MODELS: NEVER + BELOW_FULL,
        Level.COUNTS: NEVER + BELOW_FULL + BELOW_MODELS,
    }
    leaking = (
        marked(),
        marked(id="device-2", label="cam-10-99-88-77"),
        marked(id="device-3", label="AABBCCDDEE0F", model="MODEL SERIAL-MARK"),
        marked(id="device-4", site="rack of HOST-MARK.example", place="via 10.99.88.77"),
    )
    data = words_of(written(report_of(*leaking), form, level))
    assert [mark for mark in hidden[level] if mark.casefold() in data.casefold()] == []
    if form is not Format.BODS:
        assert "Morgenster Vision" in data


def test_a_map_has_points_at_full_and_areas_below() -> None:
    report = report_of(
        marked(), marked(id="device-2", latitude=52.1299), marked(id="device-3", latitude=None)
    )
    (first, *_) = parsed(report, Format.GEOJSON, Level.FULL)["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [4.654321, 52.123456]}
    assert first["properties"]["label"] == "LABEL-MARK"
    for level in (None, Level.COUNTS, Level.MODELS):  # without a level a map is for others as well
        collection = parsed(report, Format.GEOJSON, level)
        assert collection["overzicht"]["devices_without_place"] == 1
        by_quantity = {
            feature["properties"]["quantity"]: feature["geometry"] for feature in collection["features"]
        }
        assert by_quantity[1] is None
        (ring,) = by_quantity[2]["coordinates"]
        assert ring == [[4.6, 52.0], [4.8, 52.0], [4.8, 52.2], [4.6, 52.2], [4.6, 52.0]]


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(89.99, 179.99), (-90.0, -180.0), (0.0, 0.0), (90.0, 180.0)]
)
def test_an_area_stays_on_the_globe_and_turns_counterclockwise(latitude: float, longitude: float) -> None:
    report = report_of(marked(latitude=latitude, longitude=longitude))
    (feature,) = parsed(report, Format.GEOJSON)["features"]
    (ring,) = feature["geometry"]["coordinates"]
    assert ring[0] == ring[-1]
    assert all(abs(x) <= 180 and abs(y) <= 90 for x, y in ring)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area >= 0


@pytest.mark.parametrize(
    "place", ["Ambtswoning burgemeester", "Privéadres wethouder", "at home", "thuis", "Dienstwoning 2"]
)
@pytest.mark.parametrize("level", list(Level))
def test_a_device_at_a_home_has_no_place(place: str, level: Level) -> None:
    report = report_of(marked(place=place))
    (feature,) = parsed(report, Format.GEOJSON, level)["features"]
    assert feature["geometry"] is None
    assert place not in json.dumps(feature, ensure_ascii=False)
    assert "SITE-MARK" not in json.dumps(feature)


@pytest.mark.parametrize("place", ["Woningcorporatie De Stad", "Thuishaven", "Home Office building"])
def test_a_place_that_only_sounds_like_a_home_is_shown(place: str) -> None:
    (device,) = disclosed(report_of(marked(place=place)), Level.FULL).devices
    assert device.place == place


@pytest.mark.parametrize("level", list(Level))
def test_levels_keep_the_numbers(level: Level) -> None:
    report = report_factory.with_traces(report_factory.large_report())
    seen = disclosed(report, level, by_area=True)
    assert sum(d.quantity for d in seen.devices) == sum(d.quantity for d in report.devices)
    assert seen.device_count == report.device_count
    assert seen.listed_count == report.listed_count
    assert seen.relabelled_count == report.relabelled_count
    assert seen.unknown_count == report.unknown_count


def test_an_area_is_never_finer_than_its_cell() -> None:
    seen = disclosed(report_factory.with_traces(report_factory.large_report()), Level.MODELS, by_area=True)
    for device in seen.devices:
        assert device.latitude is not None
        assert re.fullmatch(
            r"-?\d+\.[13579]", str(device.latitude)
        )  # half of CELL from a whole number of cells
    assert CELL == 0.2


def test_equal_reports_have_equal_ids_at_every_level() -> None:
    report = report_factory.with_traces(report_factory.large_report())
    turned = replace(report, devices=tuple(reversed(report.devices)))
    for level in (Level.COUNTS, Level.MODELS):
        assert disclosed(report, level).devices == disclosed(turned, level).devices


@pytest.mark.parametrize("level", list(Level))
def test_sentences_keep_numbers_where_they_lose_names(level: Level) -> None:
    report = disclosed(report_of(marked()), level)
    brand = "" if level is Level.COUNTS else " (BRAND-MARK)"
    assert list(map(str, (*report.conclusions, *report.unknowns))) == [
        "CONCLUSION",
        f"2 devices have only a brand{brand}: no maker card or loaded list names their manufacturer.",
    ]
