"""Lists as people keep them: sheets set aside, ranges, ditto marks, states, things, plans and numbers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from overzicht.devices import Trace
from overzicht.devices.vocabulary import State, state_in
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.tables.lexicon import thing_in
from overzicht.sources.inventories.tables.products import read_product
from overzicht.sources.inventories.tables.ranges import has_plain_ranges, range_in

Rows = Sequence[Sequence[Any]]


def read(folder: Path, *rows: Sequence[Any], **options: Any) -> InventoryResult:
    path = folder / "lijst.csv"
    path.write_text("".join(";".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    return read_inventory(path, **options)


def book(path: Path, sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> Path:
    workbook = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name in hidden:
            sheet.hide()
    workbook.close()
    return path


def models(result: InventoryResult) -> list[tuple[str, int]]:
    return [(sighting.values(Trace.MODEL)[0], sighting.quantity) for sighting in result.sightings]


@pytest.mark.parametrize(
    ("label", "count"),
    [
        ("cam 1 t/m 4", 4),
        ("10 en 11", 2),
        ("1 bis 4", 4),
        ("nr. 3, 5 en 7", 3),
        ("C01–C04", 4),
        ("CAM-001", 1),
    ],
)
def test_a_range_in_a_label_is_so_many_devices(label: str, count: int) -> None:
    numbers = range_in(label)
    assert numbers is not None
    assert numbers.count == count


def test_a_hyphen_is_a_range_only_where_the_numbers_go_on() -> None:
    assert has_plain_ranges(["cam 1", "cam 2-4", "cam 5"])
    assert not has_plain_ranges(["1-1", "1-2", "2-1", "2-2"])


@pytest.mark.parametrize(
    ("written", "brand", "model"),
    [
        ("P3245-LVE van Axis", "Axis", "P3245-LVE"),
        ("Dahua (IPC-HFW2431T-ZS)", "Dahua", "IPC-HFW2431T-ZS"),
        ("4x dome camera Hikvision DS-2CD2143G0-I incl. montage", "Hikvision", "DS-2CD2143G0-I"),
    ],
)
def test_brand_and_model_are_read_from_a_sentence(written: str, brand: str, model: str) -> None:
    product = read_product(written)
    assert (product.brand, product.model) == (brand, model)


@pytest.mark.parametrize(
    ("item", "thing"),
    [
        ("Cameramast 6 m", "pole"),
        ("Milestone cameralicentie", "licence"),
        ("Montage-uren camera's", "labour"),
        ("Kamerahalterung", "bracket"),
        ("mât acier 6 m", "pole"),
        ("camera met beugel", ""),
        ("NVR met 4TB schijf", ""),
        ("wall mount dome camera", ""),
    ],
)
def test_a_thing_is_told_from_a_device_with_it(item: str, thing: str) -> None:
    assert thing_in(item, names_model=False) == thing


def test_a_word_for_in_use_among_others_says_no_state() -> None:
    assert state_in("offerte geplaatst") is None
    assert state_in("hors d'usage") is State.OUT_OF_USE


def test_ditto_marks_repeat_the_cell_above(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Pand", "Plek", "Merk / type", "Status"],
        ["Raadhuis", "hal", "Axis P3245-LVE", "actief"],
        ["", '"', "idem", "gepland"],
    )
    assert models(result) == [("P3245-LVE", 1), ("P3245-LVE", 1)]
    assert [(s.site, s.place) for s in result.sightings] == [("Raadhuis", "hal")] * 2


def test_running_numbers_are_no_quantities_and_are_told(tmp_path: Path) -> None:
    rows = [[n, "hal", "Axis", "P3245-LVE"] for n in range(1, 7)]
    result = read(tmp_path, ["Aantal", "Plek", "Merk", "Type"], *rows)
    assert [s.quantity for s in result.sightings] == [1] * 6
    assert "counts the rows" in str(result.doubts[0].reason)


def test_a_total_that_is_not_the_sum_is_told_and_the_rows_count(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Plek", "Merk", "Type", "Aantal"],
        ["hal", "Axis", "P3245-LVE", 2],
        ["deur", "Axis", "M3086-V", 1],
        ["Subtotaal", "", "", 5],
    )
    (doubt,) = result.doubts
    assert "says 5, but the rows add up to 3" in str(doubt.reason)


def test_one_serial_number_on_two_models_is_told(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Merk", "Type", "Serienummer"],
        ["Axis", "P3245-LVE", "ACCC8E123456"],
        ["Bosch", "NBE-3502", "ACCC8E123456"],
    )
    assert len(result.sightings) == 2
    assert "ACCC8E123456" in str(result.doubts[0].reason)


def test_a_plan_of_replacement_gives_two_devices_a_row(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Pand", "Huidig merk", "Huidig type", "Nieuw merk", "Nieuw type"],
        ["Raadhuis", "Hikvision", "DS-2CD2143G0-I", "Axis", "P3245-LVE"],
        ["Werf", "Dahua", "IPC-HFW2431T-ZS", "blijft", ""],
    )
    assert [(s.values(Trace.MODEL)[0], state_in(s.status)) for s in result.sightings] == [
        ("DS-2CD2143G0-I", None),
        ("IPC-HFW2431T-ZS", None),
        ("P3245-LVE", State.PLANNED),
    ]
    assert result.records == 4


def test_a_table_of_numbers_gives_a_device_for_each_number(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Pand", "Axis P3245-LVE", "Bosch NBE-3502-AL", "Totaal"],
        ["Raadhuis", 2, "-", 2],
        ["Werf", "", 3, 4],
        ["Totaal", 2, 3, 5],
    )
    assert [(s.site, s.quantity) for s in result.sightings] == [("Raadhuis", 2), ("Werf", 3)]
    assert ["says 4" in str(doubt.reason) for doubt in result.doubts] == [True]


def test_two_tables_beside_each_other_are_both_read(tmp_path: Path) -> None:
    names = ["Nr.", "Merk", "Type"]
    result = read(tmp_path, [*names, "", *names], ["B1", "Axis", "P3245-LVE", "", "U1", "Bosch", "NBE-3502"])
    assert [s.label for s in result.sightings] == ["B1", "U1"]
    assert [s.citation.place for s in result.sightings] == ["line 2, column A", "line 2, column E"]


def test_headings_give_the_site_or_the_state_of_the_rows_below(tmp_path: Path) -> None:
    result = read(
        tmp_path,
        ["Plek", "Merk", "Type"],
        ["Raadhuis", "", ""],
        ["hal", "Axis", "P3245-LVE"],
        ["", "", ""],
        ["Gepland", "", ""],
        ["deur", "Axis", "M3086-V"],
    )
    assert [(s.site, state_in(s.status)) for s in result.sightings] == [
        ("Raadhuis", None),
        ("", State.PLANNED),
    ]


def test_hidden_old_and_price_sheets_are_left_out_unless_included(tmp_path: Path) -> None:
    lists = ["Pand", "Merk / type", "Serienummer"]
    path = book(
        tmp_path / "a.xlsx",
        {
            "Camera's": [lists, ["Raadhuis", "Axis P3245-LVE", "ACCC8E111111"]],
            "oud 2019": [lists, ["Werf", "Axis M3086-V", "ACCC8E222222"]],
            "klad": [lists, ["Werf", "Axis M3086-V", "ACCC8E333333"]],
            "Prijslijst": [["Merk / type", "Prijs"], ["Axis P3245-LVE", 500]],
        },
        hidden=["klad"],
    )
    result = read_inventory(path)
    assert models(result) == [("P3245-LVE", 1)]
    assert [(row.include, row.records) for row in result.left_out] == [
        ("sheet:oud 2019", 1),
        ("sheet:klad", 1),
        ("", 1),
    ]
    assert len(read_inventory(path, include=["sheet:oud 2019"]).sightings) == 2
