"""Delimited tables: headers, rows that are no device, bad cells, mappings."""

from datetime import date
from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.sources.inventories import InventoryResult, read_inventory


def read(folder: Path, content: str, **options: object) -> InventoryResult:
    path = folder / "lijst.csv"
    path.write_text(content, encoding="utf-8")
    return read_inventory(path, **options)  # type: ignore[arg-type]


def fields(result: InventoryResult) -> dict[str, str]:
    return {column.column: column.field for column in result.mapping}


def test_a_dutch_table_gives_every_field(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Nr;Locatie;Ruimte;Afdeling;Soort;Merk;Typenummer;Serienummer;MAC-adres;IP-adres;Aankoopdatum;Aantal;"
        "Status;Firmware;Opmerking;Breedtegraad;Lengtegraad;Budget\n"
        "C1;Stadhuis;Hal;FZ;dome;HIK Vision;DS-2CD2143G2-I;VB1;44-19-b6-00-00-01;192.0.2.7;12-03-2019;3;"
        "in gebruik;V5.5;wazig;52,09;5.12;6400\n",
    )
    (sighting,) = result.sightings
    assert dict(sighting.traces) == {
        Trace.BRAND: ("HIK Vision",),
        Trace.MODEL: ("DS-2CD2143G2-I",),
        Trace.SERIAL: ("VB1",),
        Trace.FIRMWARE: ("V5.5",),
        Trace.DESCRIPTION: ("wazig",),
        Trace.MAC: ("44-19-b6-00-00-01",),
    }
    assert (sighting.label, sighting.site, sighting.place, sighting.organisation) == (
        "C1",
        "Stadhuis",
        "Hal",
        "FZ",
    )
    assert (sighting.address, sighting.kind, sighting.status) == ("192.0.2.7", "dome", "in gebruik")
    assert (sighting.bought, sighting.quantity) == (date(2019, 3, 12), 3)
    assert (sighting.latitude, sighting.longitude) == (52.09, 5.12)
    assert dict(sighting.extra) == {"Budget": "6400"}
    assert (result.problems, fields(result)["Budget"]) == ((), "")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Camera Manufacturer", "brand"),
        ("FABRIKANT ", "brand"),
        ("Model No.", "model"),
        ("MAC adres (indien bekend)", "mac"),
        ("In gebruik sinds", "bought"),
        ("Geïnstalleerd", "bought"),
        ("Qty", "quantity"),
        ("Merk / type", "brand_and_model"),
        ("Iets anders", ""),
    ],
)
def test_headers_are_known_whatever_their_dress(tmp_path: Path, header: str, field: str) -> None:
    assert fields(read(tmp_path, f"IP-adres,Soort,{header}\n192.0.2.1,dome,x1\n"))[header.strip()] == field


def test_a_column_type_is_decided_by_its_values(tmp_path: Path) -> None:
    assert fields(read(tmp_path, "Merk;Type\nAxis;P3245-LV\nBosch;NBE-3502\n"))["Type"] == "model"
    assert fields(read(tmp_path, "Merk;Type\nAxis;dome\nBosch;bullet\n"))["Type"] == "kind"
    assert fields(read(tmp_path, "Merk;Model;Type\nAxis;P3245;4K dome 1\n"))["Type"] == "kind"


def test_a_weak_header_waits_for_a_firm_one(tmp_path: Path) -> None:
    both = fields(read(tmp_path, "Company,Brand,Model\nShop,Axis,P3245\n"))
    assert (both["Company"], both["Brand"]) == ("", "brand")
    assert fields(read(tmp_path, "Company,Model\nAxis,P3245\n"))["Company"] == "brand"


def test_titles_notes_totals_and_repeated_headers_are_no_devices(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Gemeente X;;\nCamera's 2023;;\n;;\nLocatie;Merk;Aantal\nHal;Axis;2\nnog navragen;;\n;;\n"
        "Locatie;Merk;Aantal\nZaal;Bosch;1\nTotaal;;3\n",
    )
    assert [s.site for s in result.sightings] == ["Hal", "Zaal"]
    assert [s.citation.place for s in result.sightings] == ["line 5", "line 9"]
    assert result.records == 4, "two devices, a note and a total"
    assert [str(remark) for remark in result.remarks[1:]] == [
        "1 rows with totals were left out",
        "1 repeated headers were left out",
        "1 rows with a note and nothing else were left out (line 6: nog navragen)",
    ]


def test_a_site_that_begins_like_a_total_is_still_a_device(tmp_path: Path) -> None:
    result = read(tmp_path, "Locatie;Merk;Type\nTotaal kantoor;Axis;P3245\n")
    assert result.sightings[0].site == "Totaal kantoor"


def test_bad_cells_are_reported_by_line_and_kept_and_stop_nothing(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Merk;MAC;Aantal;Aanschaf;IP;Lat\n"
        "Axis;00:40:8C:1G:00:01;veel;31-02-2020;192.0.2.999;95\n"
        "Bosch;00:04:63:00:00:01;2;2019;192.0.2.8;52,1\n",
    )
    assert [problem.place for problem in result.problems] == [
        f"line 2, {name}" for name in ("IP", "MAC", "Aanschaf", "Aantal", "Lat")
    ]
    assert all(problem.fix for problem in result.problems)
    bad, good = result.sightings
    assert bad.values(Trace.BRAND) == ("Axis",)
    assert (bad.quantity, bad.bought, bad.address, bad.latitude) == (1, None, "", None)
    assert set(bad.extra.values()) == {"00:40:8C:1G:00:01", "veel", "31-02-2020", "192.0.2.999", "95"}
    assert (good.values(Trace.MAC), good.quantity, good.bought) == (
        ("00:04:63:00:00:01",),
        2,
        date(2019, 1, 1),
    )


def test_cells_that_say_nothing_are_no_traces_and_no_problems(tmp_path: Path) -> None:
    result = read(tmp_path, "Soort;Merk;Type;MAC;Aantal;Aanschaf\ndome;onbekend;(unknown);n.v.t.;-;[N/A]\n")
    assert (dict(result.sightings[0].traces), result.problems) == ({}, ())


def test_american_dates_are_seen_by_the_whole_column(tmp_path: Path) -> None:
    american = read(tmp_path, "Brand,Installed\nAxis,03/04/2019\nAxis,11/30/2018 08:30:00 AM\n")
    assert [s.bought for s in american.sightings] == [date(2019, 3, 4), date(2018, 11, 30)]
    european = read(tmp_path, "Brand,Installed\nAxis,03/04/2019\nAxis,30/11/2018\n")
    assert [s.bought for s in european.sightings] == [date(2019, 4, 3), date(2018, 11, 30)]


def test_a_given_mapping_goes_first_and_is_shown(tmp_path: Path) -> None:
    content = "Leverancier;Ding;Merk\nAxis;P3245;huismerk\n"
    result = read(tmp_path, content, mapping={"leverancier": "brand", "Ding": "model", "Merk": ""})
    assert dict(result.sightings[0].traces) == {Trace.BRAND: ("Axis",), Trace.MODEL: ("P3245",)}
    assert dict(result.sightings[0].extra) == {"Merk": "huismerk"}
    assert [(c.column, c.field, c.given) for c in result.mapping] == [
        ("Leverancier", "brand", True),
        ("Ding", "model", True),
        ("Merk", "", True),
    ]


def test_wrong_mappings_and_sheets_are_errors(tmp_path: Path) -> None:
    content = "Merk;Type\nAxis;P3245\n"
    with pytest.raises(UnknownNameError, match="field 'maker'"):
        read(tmp_path, content, mapping={"Merk": "maker"})
    with pytest.raises(InputFileError, match="no column 'Fabriek'"):
        read(tmp_path, content, mapping={"Fabriek": "brand"})
    with pytest.raises(UnknownNameError, match="sheet"):
        read(tmp_path, content, sheet="Blad1")


def test_a_table_without_a_known_header_is_refused_with_what_it_says(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="a, b") as caught:
        read(tmp_path, "a;b\n1;2\n")
    assert "mapping" in caught.value.fix


def test_an_open_quote_costs_one_line(tmp_path: Path) -> None:
    rows = "".join(f"Axis;P{n};x\n" for n in range(30))
    result = read(tmp_path, f'Merk;Type;Opmerking\nBosch;NBE;"kapot\n{rows}')
    assert len(result.sightings) == 31
    assert [problem.place for problem in result.problems] == ["line 2"]
    assert result.sightings[0].values(Trace.DESCRIPTION) == ("kapot",)


def test_a_quoted_line_break_stays_one_row(tmp_path: Path) -> None:
    result = read(tmp_path, 'Merk;Opmerking\nAxis;"een\ntwee; drie"\nBosch;x\n')
    assert result.sightings[0].values(Trace.DESCRIPTION) == ("een twee; drie",)
    assert [s.citation.place for s in result.sightings] == ["line 2", "line 4"]
    assert result.problems == ()


def test_rows_wider_or_narrower_than_the_header_are_read(tmp_path: Path) -> None:
    result = read(tmp_path, "Merk;Type;IP\nAxis\nBosch;NBE;192.0.2.1;extra\n")
    assert [s.values(Trace.BRAND) for s in result.sightings] == [("Axis",), ("Bosch",)]
    assert dict(result.sightings[1].extra) == {"column 4": "extra"}


def test_several_macs_in_a_cell_are_all_taken(tmp_path: Path) -> None:
    result = read(tmp_path, "Merk;MAC\nAxis;00408C000001 / 00:40:8C:00:00:02\n")
    assert result.sightings[0].values(Trace.MAC) == ("00408C000001", "00:40:8C:00:00:02")


def test_excels_first_line_with_the_delimiter_is_no_row(tmp_path: Path) -> None:
    result = read(tmp_path, "sep=|\nMerk|Type\nAxis|P3245\n")
    assert [s.citation.place for s in result.sightings] == ["line 3"]


def test_a_json_list_of_records_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "punten.json"
    path.write_text(
        '[{"lat":52.1,"lon":5.1,"brand":"Axis","osmId":7},{"brand":null,"lat":1,"lon":2}]', encoding="utf-8"
    )
    result = read_inventory(path)
    first, second = result.sightings
    assert (first.values(Trace.BRAND), first.latitude, first.extra["osm Id"]) == (("Axis",), 52.1, "7")
    assert (dict(second.traces), second.citation.place) == ({}, "record 2")


def test_values_decide_what_a_header_of_several_meanings_is(tmp_path: Path) -> None:
    table = "Device Type;Address;Physical Address;Location\n{};{};{};Hal\n"
    models = read(tmp_path, table.format("DS-2CD2146G2-ISU", "192.0.2.1", "44:19:B6:00:00:01"))
    assert list(fields(models).values()) == ["model", "address", "mac", "site"]
    streets = read(tmp_path, "Merk;Device Type;Address\nAxis;dome;Plein 1\n")
    assert list(fields(streets).values()) == ["brand", "kind", "site"]


def test_brand_and_model_in_one_column_are_taken_apart(tmp_path: Path) -> None:
    result = read(tmp_path, "Locatie;Merk en type\nHal;Axis P3245-LVE\nWerf;TKH Security / S-54 E\n")
    assert [(s.values(Trace.BRAND), s.values(Trace.MODEL)) for s in result.sightings] == [
        (("Axis",), ("P3245-LVE",)),
        (("TKH Security",), ("S-54 E",)),
    ]


def test_a_header_of_two_rows_is_joined_and_its_counts_are_added(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Locatie;Merk en type;Aantal camera's;;Jaar\n;;binnen;buiten;\n"
        "Stadhuis;Axis P3245-LVE;4;2;2019\nWerf;Dahua IPC-HFW5442E-ZE;0;3;2020\n;;4;5;\n",
    )
    assert [(s.site, s.quantity) for s in result.sightings] == [("Stadhuis", 6), ("Werf", 3)]
    assert [(row.place, str(row.sentence)) for row in result.left_out] == [
        ("line 5", "A total, not a device: “4 5”")
    ]


def test_several_tables_below_each_other_each_have_their_header(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Locatie;Merk;Type\nHal;Axis;P3245-LVE\n;;\nNaam;IP-adres;MAC-adres;Merk\n"
        "CAM-2;192.0.2.2;44:19:B6:00:00:02;Hikvision\n",
    )
    assert [(s.site, s.label, s.address) for s in result.sightings] == [
        ("Hal", "", ""),
        ("", "CAM-2", "192.0.2.2"),
    ]


def test_a_row_that_leaves_the_site_empty_has_the_site_above(tmp_path: Path) -> None:
    result = read(tmp_path, "Adres;Merk;Type;Aantal\nDijk 2;Axis;P3245;4\n;Bosch;NBE-3502;1\n;;;5\n")
    assert [s.site for s in result.sightings] == ["Dijk 2", "Dijk 2"]


def test_a_table_without_a_header_is_read_by_its_values(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "CAM-1;Hikvision;DS-2CD2146G2-ISU;192.0.2.1;44:19:B6:00:00:01\n"
        "CAM-2;Axis;P3245-LVE;192.0.2.2;AC:CC:8E:00:00:02\n",
    )
    assert list(fields(result).values()) == ["label", "brand", "model", "address", "mac"]
    assert [s.citation.place for s in result.sightings] == ["line 1", "line 2"]


def test_unused_columns_are_reported_by_name_and_secrets_are_not_kept(tmp_path: Path) -> None:
    result = read(tmp_path, "Merk;Type;Budget;Wachtwoord;Leeg\nAxis;P3245;6400;geheim;\n")
    (report,) = result.unused
    assert "“Budget”, “Wachtwoord”." in str(report.reason)
    assert dict(result.sightings[0].extra) == {"Budget": "6400"}


def test_numbers_of_rows_and_addresses_of_gateways_are_not_the_devices_own(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Index;Device Type;IPv4 Address;IPv4 Gateway\n1;NVR;192.0.2.5;192.0.2.1\n2;IPC;192.0.2.6;192.0.2.1\n",
    )
    assert fields(result) == {
        "Index": "",
        "Device Type": "kind",
        "IPv4 Address": "address",
        "IPv4 Gateway": "",
    }


def test_group_addresses_and_the_program_itself_are_left_out(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        "Naam;IP-adres;MAC-adres\ncam;192.0.2.5;44:19:B6:00:00:01\n;224.0.0.251;01-00-5e-00-00-fb\nprobe;127.0.0.1;\n",
    )
    assert [s.label for s in result.sightings] == ["cam"]
    assert [row.place for row in result.left_out] == ["line 3", "line 4"]


def test_a_row_of_very_many_columns_is_refused_and_names_the_limit(tmp_path: Path) -> None:
    header = ",".join(["Merk", "Type", *(f"c{number}" for number in range(60_000))])
    with pytest.raises(InputFileError, match="60,002 columns; the limit is 1,000"):
        read(tmp_path, f"{header}\nHikvision,DS-2CD2042WD-I\n")


def test_empty_columns_at_the_end_of_a_table_count_for_nothing(tmp_path: Path) -> None:
    read_back = read(tmp_path, f"Merk,Type{',' * 16_000}\nHikvision,DS-2CD2042WD-I{',' * 16_000}\n")
    assert len(read_back.sightings) == 1


def test_a_sheet_of_many_tables_is_read_and_of_very_many_refused(tmp_path: Path) -> None:
    tables = "Merk,Type,Serienummer\nHikvision,DS-2CD2042WD-I,1\nBrand,Model,Serial number\nAxis,P3245-LV,2\n"
    assert len(read(tmp_path, tables * 20).sightings) == 40
    with pytest.raises(InputFileError, match="a sheet has more than 100 tables"):
        read(tmp_path, tables * 200)
