"""Every real input of the reference data: how many records, sightings and problems, and what they say."""

from collections import Counter
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory

pytestmark = pytest.mark.shared


@pytest.fixture
def devices(shared_data: Path) -> Path:
    return shared_data / "devices"


def counts(result: InventoryResult) -> tuple[str, int, int, int]:
    return result.kind, result.records, len(result.sightings), len(result.problems)


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("inputs-dahua-dhip/dhip_ipc_hdw5421s.json", ("dahua-dhip", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-2CD2146G2-ISU.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-2CD2386G2-IU.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-2CD2532F-IWS.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-2TD1228-2-QA.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-7608NXI-I2.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/DS-7616NI-Q2.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/deviceInfo_ipc1.xml", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-isapi-hikvision/iDS-7204HUHI-M1.json", ("hikvision-isapi", 1, 1, 0)),
        ("inputs-nmap/jovision_two_hosts.nmap.txt", ("nmap-text", 2, 2, 0)),
        ("inputs-nmap/lan_device_scanner_malformed.xml", ("nmap-xml", 12, 11, 2)),
        ("inputs-nmap/libnmap_full_sudo5.xml", ("nmap-xml", 4, 4, 0)),
        ("inputs-nmap/phage_2016-04-01-0645.xml", ("nmap-xml", 55, 40, 0)),
        ("inputs-onvif/device_general_N864A6.json", ("onvif", 1, 1, 0)),
        ("inputs-onvif/getdeviceinformation_ipcam_gm8135.xml", ("onvif", 1, 1, 0)),
        ("inputs-onvif/onvif_discovery_scopes.json", ("onvif", 4, 4, 0)),
        ("inputs-onvif/probematch_ipcam_631GA.xml", ("onvif", 1, 1, 0)),
        ("inputs-osm/deflock_us_alpr_part_a.json", ("table", 3860, 3860, 0)),
        ("inputs-osm/osm_surveillance_with_maker_part_a.geojson", ("geojson", 3583, 3583, 0)),
        ("inputs-registers/austin_traffic_cameras_2018.csv", ("table", 512, 512, 0)),
        ("inputs-registers/nc_agency_alpr_survey_20240430.csv", ("table", 121, 121, 0)),
        ("inputs-registers/public_body_statements.csv", ("table", 14, 13, 4)),
    ],
)
def test_each_real_input_gives_what_is_in_it(
    devices: Path, file: str, expected: tuple[str, int, int, int]
) -> None:
    result = read_inventory(devices / file)
    assert counts(result) == expected
    assert len({s.id for s in result.sightings}) == len(result.sightings)
    assert {s.citation.snapshot for s in result.sightings} == {result.snapshot.sha256}


def test_austin_gives_makers_places_and_american_dates(devices: Path) -> None:
    result = read_inventory(devices / "inputs-registers/austin_traffic_cameras_2018.csv")
    brands = Counter(value for s in result.sightings for value in s.values(Trace.BRAND))
    assert {name: brands[name] for name in ("Sarix", "Spectra Enhanced", "Advidia", "Axis")} == {
        "Sarix": 255, "Spectra Enhanced": 99, "Advidia": 52, "Axis": 10,
    }  # fmt: skip
    assert sum(not s.values(Trace.BRAND) for s in result.sightings) == 96
    camera = next(s for s in result.sightings if s.label == "539")
    assert str(camera.bought) == "2017-11-03"
    assert (camera.latitude, camera.longitude) == (30.2664337, -97.7555389)
    assert camera.extra["IP Comm Status"] == "ONLINE"


def test_the_damaged_scan_says_how_many_hosts_stand_before_the_fault(devices: Path) -> None:
    result = read_inventory(devices / "inputs-nmap/lan_device_scanner_malformed.xml")
    first = result.problems[0]
    assert first.place == "line 373"
    assert "Hosts before the fault: 10; hosts read in all, each by itself: 11" in str(first.reason)
    assert [problem.place for problem in result.unread] == ["host 11 (192.168.33.18)"]


def test_the_guesses_of_a_scan_stay_guesses(devices: Path) -> None:
    result = read_inventory(devices / "inputs-nmap/libnmap_full_sudo5.xml")
    naming = [t for s in result.sightings for t, vs in s.traces.items() if any("AXIS" in v for v in vs)]
    assert set(naming) <= {Trace.OS_GUESS}


def test_the_answers_keep_what_the_makers_filled_in(devices: Path) -> None:
    (dahua,) = read_inventory(devices / "inputs-dahua-dhip/dhip_ipc_hdw5421s.json").sightings
    assert dahua.values(Trace.BRAND) == ("Dahua", "Private")
    (thermal,) = read_inventory(devices / "inputs-isapi-hikvision/DS-2TD1228-2-QA.json").sightings
    assert (thermal.values(Trace.BRAND), thermal.values(Trace.MODEL)) == ((), ("DS-2TD1228-2-QA",))
    flir = read_inventory(devices / "inputs-onvif/onvif_discovery_scopes.json").sightings[1]
    assert flir.values(Trace.MAC) == ("00-1b-d8-80-cd-6c",)


def test_sensors_without_make_or_model_are_refused_with_the_way_out(devices: Path) -> None:
    with pytest.raises(InputFileError, match="not a kind of inventory"):
        read_inventory(devices / "inputs-registers/bgt_sensor_den_haag.gml")
