"""Random devices, written in the form of another program, are the same devices when our reader reads them."""

import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import report_factory
from export_tools import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.devices import DeviceKind, Sighting, Trace
from overzicht.devices.device_marks import mac_addresses
from overzicht.evidence import Confidence
from overzicht.register.merging import Level
from overzicht.reports.i18n import Language
from overzicht.reports.interface import FORMATS, Format
from overzicht.reports.overview_report import DeviceRow, OverviewReport, Part
from overzicht.sources.inventories.registry import read_inventory

Identity = tuple[str, ...]
MODELS = ("DS-2CD2146G2-ISU", "IPC-HFW5442E-ZE", "Q6135-LE", "HSD820H2-E", "DS-7616NI-K2/16P")
BRANDS = ("Hikvision", "Dahua", "Axis Communications", "Siqura", "Hanwha Vision")
words = st.text(string.ascii_letters, min_size=3, max_size=9).map(str.title)
hexes = st.integers(1, 0xFFFFFF).map(lambda number: f"{number:06X}")


@st.composite
def devices(draw: st.DrawFn, number: int) -> DeviceRow:
    mac = draw(hexes)
    pairs = ":".join(mac[start : start + 2] for start in (0, 2, 4))
    sign = draw(st.sampled_from(("", "-1e ", "@", "+", "Hal, noord; ")))
    place = draw(words)
    return DeviceRow(
        id=f"device-{number}", label=f"{draw(st.sampled_from(('CAM', '=CAM', 'é-CAM')))}-{number:03}",
        organisation=f"Gemeente {draw(words)}", site=f"Gebouw {draw(words)}", place=f"{sign}{place} A",
        address=f"10.1.{draw(st.integers(0, 255))}.{draw(st.integers(1, 254))}",
        brand=draw(st.sampled_from(BRANDS)), model=draw(st.sampled_from(MODELS)),
        mac=draw(st.sampled_from((f"44:19:B6:{pairs}", ""))),
        kind=draw(st.sampled_from((DeviceKind.CAMERA, DeviceKind.RECORDER, DeviceKind.ACCESS_CONTROL))),
        product_line="", quantity=1, bought=date(2020, 1, draw(st.integers(1, 28))), status="active",
        maker_id="morgenster", maker_name="Morgenster Vision", undecided=(), confidence=Confidence.HIGH,
        is_relabelled=True, maker_is_listed=True, reasons=(), conflicts=(), citations=(),
        serial=f"SN{draw(hexes)}Z{number}", firmware=f"V5.{number}.1", part=Part.DEVICE,
        latitude=draw(st.integers(-8999, 8999)) / 100, longitude=draw(st.integers(-17999, 17999)) / 100,
    )  # fmt: skip


@st.composite
def reports(draw: st.DrawFn) -> OverviewReport:
    count = draw(st.integers(2, 5))
    rows = tuple(draw(devices(number)) for number in range(1, count + 1))
    return replace(report_factory.empty_report(), devices=rows)


def of_row(device: DeviceRow) -> dict[str, str]:
    return {
        "label": device.label, "organisation": device.organisation,
        "site": device.site, "place": device.place,
        "address": device.address, "brand": device.brand, "model": device.model, "serial": device.serial,
        "mac": device.mac, "firmware": device.firmware, "latitude": str(device.latitude),
        "longitude": str(device.longitude), "bought": str(device.bought),
    }  # fmt: skip


def of_sighting(seen: Sighting) -> dict[str, str]:
    texts = {name: getattr(seen, name) for name in ("label", "organisation", "site", "place", "address")}
    traces = {
        t.value: ", ".join(seen.values(t)) for t in (Trace.BRAND, Trace.MODEL, Trace.SERIAL, Trace.FIRMWARE)
    }
    return {
        **texts, **traces, "mac": ", ".join(mac_addresses(seen)), "latitude": str(seen.latitude),
        "longitude": str(seen.longitude), "bought": str(seen.bought),
    }  # fmt: skip


PLACED = {"label", "organisation", "site", "place", "brand", "model"}
NUMBERED = PLACED | {"serial"}
ALL = NUMBERED | {"address", "mac", "firmware", "bought"}
CASES = (
    (Format.CYCLONEDX, Language.EN, None, ALL),
    (Format.TOPDESK, Language.NL, None, ALL),
    (Format.TOPDESK, Language.EN, None, ALL),
    (Format.NETBOX, Language.NL, None, NUMBERED | {"latitude", "longitude"}),
    (Format.GEOJSON, Language.EN, Level.FULL, PLACED | {"latitude", "longitude", "bought"}),
)


@pytest.mark.parametrize(("form", "lang", "level", "fields"), CASES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(report=reports())
def test_devices_come_back_as_they_were(
    form: Format,
    lang: Language,
    level: Level | None,
    fields: set[str],
    report: OverviewReport,
    tmp_path: Path,
) -> None:
    path = tmp_path / f"devices{FORMATS[form].ending}"
    path.write_bytes(written(report, form, level, lang))
    result = read_inventory(path)
    assert not result.problems
    expected = [{name: of_row(device)[name] for name in fields} for device in report.devices]
    sightings = [{name: of_sighting(seen)[name] for name in fields} for seen in result.sightings]
    assert sorted(map(str, map(sorted, (pairs.items() for pairs in sightings)))) == sorted(
        map(str, map(sorted, (pairs.items() for pairs in expected)))
    )


@pytest.mark.parametrize("form", [Format.CYCLONEDX, Format.TOPDESK, Format.NETBOX, Format.GEOJSON])
@pytest.mark.parametrize("level", [None, Level.COUNTS])
def test_a_conclusion_never_comes_back_as_evidence(form: Format, level: Level | None, tmp_path: Path) -> None:
    if level is not None and not FORMATS[form].levels:
        return
    rows = tuple(
        replace(device, brand="", model=f"Typ {number}", maker_name="Hikvision", maker_id="hikvision",
                confidence=Confidence.HIGH, reasons=())
        for number, device in enumerate(report_factory.small_report().devices)
    )  # fmt: skip
    path = tmp_path / f"devices{FORMATS[form].ending}"
    path.write_bytes(written(replace(report_factory.small_report(), devices=rows), form, level, "nl"))
    result = read_inventory(path)
    assert result.sightings
    for seen in result.sightings:
        assert "Hikvision" not in " ".join(value for values in seen.traces.values() for value in values)
