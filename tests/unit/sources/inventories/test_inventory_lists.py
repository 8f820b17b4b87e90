"""Lists that people and small programs keep: free addresses, names without a title, local cameras."""

import json
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.interface import UnknownInventoryError


def read(folder: Path, content: str, name: str = "lijst.csv") -> InventoryResult:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return read_inventory(path)


def test_an_address_at_which_nothing_answers_is_no_device(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "IP,Ping,Hostname,Naam,Opmerking\n192.0.2.1,2 ms,gw.example,,\n192.0.2.2,[n/a],[n/s],,\n"
        "192.0.2.3,dead,,,\n"
        "192.0.2.4,timeout,,hal-cam,\n192.0.2.5,no,,,wordt vervangen\n192.0.2.6,1 ms,,,\n",
    )
    assert [(s.address, s.label) for s in result.sightings] == [
        ("192.0.2.1", "gw.example"),
        ("192.0.2.4", "hal-cam"),
        ("192.0.2.5", ""),
        ("192.0.2.6", ""),
    ]
    assert [str(row.reason) for row in result.left_out if row.records] == [
        "An address at which nothing answered, not a device"
    ] * 2


def test_a_place_marked_as_free_is_no_device(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Naam;IP-adres;MAC\nhal;192.0.2.1;\nvrij 12;192.0.2.2;\n"
        "Livre3;192.0.2.3;\nvrij;192.0.2.4;ac:cc:8e:00:00:04\n"
        "vrijheidsplein;192.0.2.5;\n",
    )
    assert [s.label for s in result.sightings] == ["hal", "vrij", "vrijheidsplein"]
    assert len([row for row in result.left_out if "marked as free" in str(row.reason)]) == 2


def test_a_point_without_name_at_nought_degrees_is_a_placeholder(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Cameranaam;Soort camera;Lat;Lon;Locatie\nA1;dome;52.1;5.1;Plein\nx;dome;0;0.0;-\n-;ptz;52.2;5.2;-\n",
    )
    assert [(s.label, s.latitude) for s in result.sightings] == [("A1", 52.1), ("", 52.2)]


def test_points_without_another_name_are_called_by_their_place(tmp_path: Path) -> None:
    points = "lat,lon,foto,location\n52.11,5.11,https://example.org/1.jpg,Plein\n52.12,5.12,https://example.org/2.jpg,{}\n"
    assert [s.label for s in read(tmp_path, points.format("Brug"), "cctv.csv").sightings] == ["Plein", "Brug"]
    same = read(tmp_path, points.format("Plein"), "cctv.csv").sightings
    assert [(s.label, s.site) for s in same] == [("", "Plein"), ("", "Plein")]


def test_the_number_of_a_camera_at_the_computer_is_no_address(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "nome,fonte\nCâmera USB,0\nCâmera frente,rtsp://u:p@192.0.2.9/1\nCâmera mesa,/dev/video2\nCâmera fundo,http://192.0.2.10/v\n",
    )
    assert [(s.label, s.address) for s in result.sightings] == [
        ("Câmera USB", ""),
        ("Câmera frente", "192.0.2.9"),
        ("Câmera mesa", ""),
        ("Câmera fundo", "192.0.2.10"),
    ]
    assert result.problems == ()


@pytest.mark.parametrize(("name", "is_proposed"), [("cameras.csv", False), ("lijst.csv", True)])
def test_a_list_without_titles_gives_names_and_addresses(
    name: str, is_proposed: bool, tmp_path: Path
) -> None:
    rows = "Hal links, 192.0.2.1, 80, root, geheim\nHal rechts, 192.0.2.2, 80, root, geheim\n"
    result = read(tmp_path, rows, name)
    assert [(s.label, s.address) for s in result.sightings] == [
        ("Hal links", "192.0.2.1"),
        ("Hal rechts", "192.0.2.2"),
    ]
    assert not any("geheim" in value for s in result.sightings for value in s.extra.values())
    assert (result.proposal is not None) == is_proposed


def test_a_protocol_is_no_model_and_a_unit_of_a_rack_no_place(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "name,ip,model,position,rack\n"
        "hal,192.0.2.1,ONVIF,12,MER 1\nwerf,192.0.2.2,RTSP,14,MER 2\nplein,192.0.2.3,onvif,3,MER 2\n",
    )
    assert [(s.place, s.values(Trace.MODEL)) for s in result.sightings] == [
        ("MER 1", ()),
        ("MER 2", ()),
        ("MER 2", ()),
    ]


def test_equipment_on_the_network_is_reported_whatever_its_description_says(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "IP,Naam,Omschrijving\n"
        "192.0.2.1,kern,PoE switch 48 poorten\n192.0.2.2,balie,Computer van de balie\n,,Patchkast 12 HE\n",
    )
    assert [s.label for s in result.sightings] == ["kern", "balie"]


def test_a_last_row_that_a_sign_closes_is_whole_without_a_line_end(tmp_path: Path) -> None:
    rows = 'serial,model,tags\nQ2AA-BBBB-0001,MV12,"a,b-1"\nQ2AA-BBBB-00022,MV22,"c,d-2"'
    assert [s.label for s in read(tmp_path, rows).sightings] == ["", ""]


CHANNELS = {
    "oprit": "rtsp://u:p@192.0.2.9/Streaming/Channels/101",
    "tuin": "rtsp://u:p@192.0.2.9/Streaming/Channels/201",
    "poort": "rtsp://u:p@nvr.example.nl:554/cam/realmonitor?channel=1&subtype=0",
}


@pytest.mark.parametrize(
    ("change", "is_proposed"),
    [
        ({}, False),
        ({"tuin": "rtsp://u:p@192.0.2.9/Streaming/Channels/102"}, True),
        ({"tuin": "rtsp://192.0.2.9/a"}, True),
    ],
)
def test_channels_of_a_recorder_are_cameras_by_their_names(
    change: dict[str, str], is_proposed: bool, tmp_path: Path
) -> None:
    cameras = {name: {"bron": stream, "aan": True} for name, stream in {**CHANNELS, **change}.items()}
    result = read(tmp_path, json.dumps({"opname": {"dagen": 7}, "lenzen": cameras}), "opname.json")
    assert [s.label for s in result.sightings] == list(CHANNELS)
    assert (result.proposal is not None) == is_proposed


@pytest.mark.parametrize(
    ("name", "properties", "is_proposed"),
    [
        ("kaart.geojson", {"naam": "School De Linde", "wijk": "Zuid"}, True),
        ("cctv.geojson", {"naam": "De Linde", "wijk": "Zuid"}, False),
        ("kaart.geojson", {"naam": "De Linde", "soort": "dome"}, False),
        ("kaart.geojson", {"cameranaam": "De Linde", "wijk": "Zuid"}, False),
        ("kaart.geojson", {"naam": "De Linde", "ip": "192.0.2.1"}, False),
    ],
)
def test_features_of_a_map_are_devices_if_something_says_so(
    name: str, properties: dict[str, str], is_proposed: bool, tmp_path: Path
) -> None:
    point = {"type": "Point", "coordinates": [5.1, 52.1]}
    feature = {"type": "Feature", "properties": properties, "geometry": point}
    result = read(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), name)
    assert [s.label for s in result.sightings] == [next(iter(properties.values()))]
    assert (result.proposal is not None) == is_proposed


@pytest.mark.parametrize(
    ("tree", "labels", "is_proposed"),
    [
        (
            {
                "cameras": [
                    {"id": "c1", "name": "Balie", "bron": 0},
                    {"name": "Deur", "bron": "rtsp://192.0.2.1/1"},
                ]
            },
            2,
            False,
        ),
        ({"cameras": [{"name": "Deur", "rtsp_url": "rtsp://192.0.2.1/1"}]}, 1, False),
        (
            {
                "cameras": [
                    {"name": "a", "url": "rtsp://192.0.2.1/1"},
                    {"name": "b", "url": "rtsp://192.0.2.1/2"},
                ]
            },
            2,
            True,
        ),
        ({"cameras": [{"name": "a", "host": "nvr", "channel": n} for n in (1, 2)]}, 1, True),
        ({"cameras": [{"name": f"a{n}", "host": "192.0.2.1", "channel": n} for n in (1, 2)]}, 2, False),
        (
            {"cameras": [{"name": "a", "ip": "192.0.2.1"}], "switches": [{"name": "s", "ip": "192.0.2.2"}]},
            2,
            False,
        ),
        (
            {"cameras": [{"name": "a", "ip": "192.0.2.1"}], "regels": [{"name": "s", "ip": "192.0.2.2"}]},
            2,
            True,
        ),
        ({"hosts": {"hal": {"ansible_host": "192.0.2.1"}, "werf": {"ansible_host": "192.0.2.2"}}}, 2, False),
        ({"regels": {"hal": {"host": "192.0.2.1"}, "werf": {"host": "192.0.2.2"}}}, 2, True),
        (
            {
                "data": [
                    {"cctv": {"plaats": {"locationName": f"Brug {n}", "lat": 52.123 + n, "lon": 5.123}}}
                    for n in (0, 1)
                ]
            },
            2,
            False,
        ),
    ],
)
def test_the_name_of_a_list_says_that_it_is_of_devices(
    tree: dict[str, object], labels: int, is_proposed: bool, tmp_path: Path
) -> None:
    result = read(tmp_path, json.dumps(tree), "lijst.json")
    assert len({s.label for s in result.sightings} - {""}) == labels
    assert (result.proposal is not None) == is_proposed


def test_zones_of_cameras_are_no_cameras(tmp_path: Path) -> None:
    tree = {"camera_settings": {"zones": [{"name": "a", "x": 1}, {"name": "b", "x": 2}]}}
    with pytest.raises(UnknownInventoryError):
        read(tmp_path, json.dumps(tree), "lijst.json")


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("camera_id,location,status\nC1,Hal,active\nC2,Werf,active\n", 2),
        ("camera_id,location,status\nC1,Hal,active\nC1,Hal,offline\n", 0),  # states of a camera in time
        ("camera,count\nC1,532\nC2,10\n", 0),
        ("camera,location,plate,time\nC1,Hal,AA-11,10:00\nC2,Werf,BB-22,10:05\n", 0),
    ],
)
def test_a_title_that_says_camera_makes_rows_cameras(rows: str, count: int, tmp_path: Path) -> None:
    if count:
        assert len(read(tmp_path, rows).sightings) == count
    else:
        with pytest.raises(InputFileError):
            read(tmp_path, rows)


TOML = """bind = "0.0.0.0"
[[cameras]]
name = "Hal"
address = "192.0.2.1:9000"
[[cameras]]
name = "Werf"
address = "192.0.2.2:9000"
"""
INI = """; twee camera's
[camera-1]
naam = Hal
ip: 192.0.2.1
wachtwoord = x%y

[camera-2]
naam = Werf
ip: 192.0.2.2
"""


@pytest.mark.parametrize(
    ("name", "content"), [("neolink.toml", TOML), ("opname.ini", INI), ("opname.cfg", INI)]
)
def test_sections_of_toml_and_ini_are_a_list(name: str, content: str, tmp_path: Path) -> None:
    result = read(tmp_path, content, name)
    assert [(s.label, s.address) for s in result.sightings] == [("Hal", "192.0.2.1"), ("Werf", "192.0.2.2")]
    assert result.proposal is None


def test_sections_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="not valid INI"):
        read(tmp_path, INI.replace("camera-2", "camera-1"), "opname.ini")


@pytest.mark.parametrize(
    ("records", "is_proposed"),
    [
        (
            [
                {"naam": f"cam{n}", "ip": f"192.0.2.{n}", "port": 554, "username": "x", "password": "y"}
                for n in (1, 2)
            ],
            False,
        ),
        ([{"naam": f"cam{n}", "ip": f"192.0.2.{n}", "username": "x"} for n in (1, 2)], True),  # who was where
        ([{"naam": f"svc{n}", "ip": "192.0.2.1", "port": n} for n in (80, 554)], True),
    ],
)
def test_a_port_and_the_account_of_a_device_are_its_own(
    records: list[dict[str, object]], is_proposed: bool, tmp_path: Path
) -> None:
    result = read(tmp_path, json.dumps(records), "lijst.json")
    assert (result.proposal is not None) == is_proposed


def test_a_catalogue_of_cameras_is_no_list_of_devices_without_asking(tmp_path: Path) -> None:
    cameras = [
        {"name": "P3245", "brand": "Axis", "price": 900},
        {"name": "X1", "brand": "Bosch", "price": 500},
    ]
    assert read(tmp_path, json.dumps({"cameras": cameras}), "lijst.json").proposal is not None


def test_a_line_that_is_switched_off_is_a_note(tmp_path: Path) -> None:
    names = ("hal", "#werf", "# poort", "plein", "#12", "hof", "brug")
    rows = "name,ip\n" + "".join(f"{name},192.0.2.{n}\n" for n, name in enumerate(names, start=1))
    assert [s.label for s in read(tmp_path, rows).sightings] == ["hal", "plein", "#12", "hof", "brug"]
