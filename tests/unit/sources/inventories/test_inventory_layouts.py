"""Lists in other layouts: on their side, in two languages, by state, with counts in words, or twice."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from overzicht.devices import Trace
from overzicht.devices.vocabulary import State, state_in
from overzicht.sources.inventories import InventoryResult, read_inventory
from overzicht.sources.inventories.tables.cell_values import UnreadableValueError, read_quantity
from overzicht.sources.inventories.tables.lexicon import thing_in
from overzicht.sources.inventories.tables.products import products_in, read_product
from overzicht.sources.inventories.tables.vocabulary import vocabulary

Rows = Sequence[Sequence[Any]]
HIK, DOME, BULLET = "Hikvision", "DS-2CD2143G2-I", "DS-2CD2T47G2-L"
DAHUA, TUBE = "Dahua", "IPC-HFW5442E-ZE"
AXIS, MINI, FIX = "Axis", "P3265-LVE", "M3085-V"
LIST: Rows = [
    ["Locatie", "Plek", "Merk", "Type", "Serienummer"],
    ["Noord", "hal", HIK, DOME, "F11111111"],
    ["Noord", "hof", DAHUA, TUBE, "4K06AAAPAC00001"],
    ["Zuid", "dak", AXIS, MINI, "ACCC8E000001"],
]


def book(folder: Path, **sheets: Rows) -> InventoryResult:
    workbook = xlsxwriter.Workbook(str(folder / "lijst.xlsx"))
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name.replace("_", " "))
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    workbook.close()
    return read_inventory(folder / "lijst.xlsx")


def counts(result: InventoryResult) -> tuple[int, int, int]:
    """Devices in use, planned and out of use."""
    by_state = dict.fromkeys((State.IN_USE, State.PLANNED, State.OUT_OF_USE), 0)
    for sighting in result.sightings:
        by_state[state_in(sighting.status) or State.IN_USE] += sighting.quantity
    in_use, planned, out = by_state.values()
    return in_use, planned, out


def doubts(result: InventoryResult) -> str:
    return "\n".join(str(doubt.reason) for doubt in result.doubts)


@pytest.mark.parametrize(
    ("written", "count"),
    [("6 no.", 6), ("x12", 12), ("(4)", 4), ("qty: 5", 5), ("no. 6", 6), ("2 Stück", 2), ("3 toestellen", 3)],
)
def test_a_count_may_have_any_unit_around_it(written: str, count: int) -> None:
    assert read_quantity(written) == count


def test_a_count_with_an_explanation_is_taken_and_told() -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_quantity("4 stuks (1 defect)")
    assert caught.value.partial == 4


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("N° série / Serienr.", "serial"),
        ("Anzahl / Nombre", "quantity"),
        ("Merk|Marque", "brand"),
        ("Merk Marque", "brand"),
        ("N° serie / S/N", "serial"),
    ],
)
def test_a_header_may_say_its_field_in_two_languages(header: str, field: str) -> None:
    assert vocabulary().meanings(header)[0].field == field


def test_words_that_are_no_known_header_stay_unknown() -> None:
    assert not vocabulary().meanings("hal noord")
    assert not vocabulary().meanings("a/b")


@pytest.mark.parametrize(
    ("item", "thing"),
    [("Docking station 14-way", "power"), ("Main d'œuvre pose", "labour"), ("Ladestation", "power")],
)
def test_more_things_are_told_from_devices(item: str, thing: str) -> None:
    assert thing_in(item, names_model=False) == thing


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("withdrawn", State.OUT_OF_USE),
        ("vervangen door Axis", State.OUT_OF_USE),
        ("Déposées", State.OUT_OF_USE),
        ("nog niet in dienst", State.PLANNED),
        ("not yet commissioned", State.PLANNED),
    ],
)
def test_more_states_are_known(status: str, state: State) -> None:
    assert state_in(status) is state


def test_a_count_may_stand_behind_a_product_and_a_cell_may_name_several() -> None:
    assert read_product("Axis P3265-LVE (3x)").count == 3
    assert products_in("2x Axis P3265-LVE + Bosch NDE-8503-R") == ("2x Axis P3265-LVE", "Bosch NDE-8503-R")
    assert products_in("Axis P3265-LVE, wit") == ()


def test_each_product_of_a_cell_is_a_device(tmp_path: Path) -> None:
    rows: Rows = [
        ["Lieu", "Marque et modèle"],
        ["Hall", "2x Hikvision DS-2CD2143G2-I + Axis P3265-LVE"],
        ["Cour", "Dahua IPC-HFW5442E-ZE et Bosch NDE-8503-R"],
        ["Toit", "Axis M3085-V"],
    ]
    result = book(tmp_path, Liste=rows)
    assert [s.quantity for s in result.sightings] == [2, 1, 1, 1, 1]
    assert len({s.citation.place for s in result.sightings}) == 5


@pytest.mark.parametrize(
    "names",
    [
        ("Merk", "Type", "Aantal", "Locatie"),
        ("Hersteller", "Modell", "Anzahl", "Standort"),
        ("Marque", "Modèle", "Quantité", "Site"),
    ],
)
def test_a_table_on_its_side_has_a_device_in_each_column(tmp_path: Path, names: Sequence[str]) -> None:
    brand, model, number, site = names
    rows: Rows = [
        ["", "R1", "R2", "R3"],
        [brand, HIK, DAHUA, AXIS],
        [model, DOME, TUBE, MINI],
        [number, 2, 1, 3],
        [site, "Noord", "Noord", "Zuid"],
    ]
    result = book(tmp_path, Blad1=rows)
    assert counts(result) == (6, 0, 0)
    assert [s.label for s in result.sightings] == ["R1", "R2", "R3"]


@pytest.mark.parametrize("marks", [(2, 1, 1), ("x", "x", "x")])
def test_a_column_for_each_state_counts_or_marks_its_devices(tmp_path: Path, marks: Sequence[Any]) -> None:
    rows: Rows = [
        ["Ort", "Hersteller", "Modell", "In Betrieb", "Bestellt", "Außer Betrieb"],
        ["Halle", HIK, DOME, marks[0], "", ""],
        ["Hof", DAHUA, TUBE, "", marks[1], ""],
        ["Dach", AXIS, MINI, "", "", marks[2]],
    ]
    assert counts(book(tmp_path, Liste=rows)) == (1 if marks[0] == "x" else 2, 1, 1)


def test_numbers_without_a_sum_are_devices_and_are_told(tmp_path: Path) -> None:
    rows: Rows = [
        ["Merk", "Model", "Noord", "Zuid"],
        [HIK, DOME, 2, 1],
        [AXIS, MINI, "", 4],
        [DAHUA, TUBE, 3, ""],
    ]
    result = book(tmp_path, Telling=rows)
    assert counts(result) == (10, 0, 0)
    assert "no column has their sum" in doubts(result)


def test_brands_above_models_are_read_where_the_site_has_its_title_above_too(tmp_path: Path) -> None:
    rows: Rows = [
        ["Schule", HIK, "", AXIS, "Gesamt"],
        ["", DOME, BULLET, MINI, ""],
        ["Nord", 2, 1, 1, 4],
        ["Süd", 3, "", 2, 5],
    ]
    assert counts(book(tmp_path, Zählung=rows)) == (9, 0, 0)


def test_present_and_new_devices_beside_each_other_are_a_plan(tmp_path: Path) -> None:
    rows: Rows = [
        ["HUIDIG", "", "", "", "NIEUW"],
        ["Plek", "Merk", "Type", "", "Plek", "Merk", "Type"],
        ["hal", HIK, DOME, "", "hal", AXIS, MINI],
        ["dak", DAHUA, TUBE, "", "dak", AXIS, FIX],
    ]
    assert counts(book(tmp_path, Plan=rows)) == (2, 2, 0)


def test_one_column_of_numbers_is_of_both_devices_of_a_plan(tmp_path: Path) -> None:
    rows: Rows = [
        ["Lieu", "Nombre", "Marque actuelle", "Modèle actuel", "Nouvelle marque", "Nouveau modèle"],
        ["Hall", 1, HIK, DOME, AXIS, MINI],
        ["Cour", 2, DAHUA, TUBE, AXIS, FIX],
    ]
    assert counts(book(tmp_path, Plan=rows)) == (3, 3, 0)


def test_a_brand_written_once_or_as_a_heading_is_of_the_rows_below(tmp_path: Path) -> None:
    once = [["Merk", "Type", "Plek"], [HIK, DOME, "a"], ["", BULLET, "b"], ["", DOME, "c"], [AXIS, MINI, "d"]]
    once += [["", FIX, "e"]]
    headed = [
        ["Type", "Plek", "Serienr"],
        [HIK],
        [DOME, "a", "F1"],
        [BULLET, "b", "F2"],
        [AXIS],
        [MINI, "c", "A1"],
    ]
    for rows, brands in ((once, [HIK] * 3 + [AXIS] * 2), (headed, [HIK, HIK, AXIS])):
        result = book(tmp_path, Lijst=rows)
        assert [s.values(Trace.BRAND)[0] for s in result.sightings] == brands


def test_a_brand_is_not_carried_to_a_model_of_another_maker(tmp_path: Path) -> None:
    rows: Rows = [
        ["Merk", "Type", "Plek"],
        [AXIS, MINI, "a"],
        ["", DOME, "b"],
        ["", FIX, "c"],
        [AXIS, FIX, "d"],
    ]
    result = book(tmp_path, Lijst=rows)
    assert [bool(s.values(Trace.BRAND)) for s in result.sightings] == [True, False, False, True]


def test_what_a_list_of_places_sums_up_below_is_no_device(tmp_path: Path) -> None:
    rows: Rows = [
        ["Gebäude", "Ort", "Anzahl", "Hersteller", "Modell"],
        ["A", "Flur", 2, HIK, DOME],
        ["A", "Hof", 3, DAHUA, TUBE],
        ["", "Kabel Cat7 (Meter)", 800, "", ""],
        ["", "Wartungsvertrag 2 Jahre", 1, "Securitas", ""],
    ]
    assert counts(book(tmp_path, Liste=rows)) == (5, 0, 0)


def test_what_a_column_of_kinds_calls_a_bracket_is_no_device(tmp_path: Path) -> None:
    rows: Rows = [
        ["Bezeichnung", "Hersteller", "Typ", "Menge"],
        ["Domekamera innen", HIK, DOME, 2],
        ["Bulletkamera", DAHUA, TUBE, 1],
        ["Wandhalter", AXIS, "T91B61", 3],
        ["PoE-Switch 24 Port", "Cisco", "CBS350-24P", 1],
    ]
    assert counts(book(tmp_path, Liste=rows)) == (3, 0, 0)


def test_the_number_of_a_heading_is_no_total_and_another_block_is_not_compared(tmp_path: Path) -> None:
    rows: Rows = [
        ["Nr", "Merk", "Type", "Plek"],
        ["cam 1 t/m 3", HIK, DOME, "hal"],
        ["Totaal Noord: 3 toestellen"],
        ["cam 1", DAHUA, TUBE, "hof"],
        ["Totaal Zuid: 2 toestellen"],
    ]
    said = doubts(book(tmp_path, Lijst=rows))
    assert "Zuid: 2 toestellen” says 2, but the rows add up to 1" in said
    assert "Noord" not in said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ((2019, 2020, 2021), "are dates"),
        ((249.5, 310.75, 499.9), "do not count devices"),
        ((1, 2, 900), "more than all others"),
    ],
)
def test_numbers_that_count_no_devices_are_told(tmp_path: Path, numbers: Sequence[float], said: str) -> None:
    makes = ((HIK, DOME), (DAHUA, TUBE), (AXIS, MINI), (AXIS, FIX))
    rows: Rows = [
        ["Merk", "Type", "Aantal"],
        *([*make, n] for make, n in zip(makes, (*numbers, numbers[0]), strict=True)),
    ]
    assert said in doubts(book(tmp_path, Lijst=rows))


def test_small_numbers_without_a_title_and_nameless_rows_are_told(tmp_path: Path) -> None:
    nameless: Rows = [["Standort", "Hersteller", "Typ", ""], ["A", HIK, DOME, 2], ["B", DAHUA, TUBE, 3]]
    assert "without a title" in doubts(book(tmp_path, Liste=nameless))
    rows: Rows = [
        ["Plek", "Merk", "Type", "Aantal"],
        ["a", HIK, DOME, 1],
        ["b", AXIS, MINI, 2],
        ["opslag", "", "", 7],
    ]
    assert "names no brand" in doubts(book(tmp_path, Lijst=[*rows, ["c", AXIS, FIX, 1]]))


def test_cameras_beside_a_recorder_are_its_own(tmp_path: Path) -> None:
    rows: Rows = [
        ["Naam", "Merk", "Type", "Aantal camera's"],
        ["NVR1", HIK, "DS-7616NI-K2/16P", 12],
        ["NVR2", DAHUA, "NVR5232-16P-4KS2E", 20],
    ]
    result = book(tmp_path, Recorders=rows)
    assert counts(result) == (2, 0, 0)
    assert "cameras of this recorder" in doubts(result)


def test_two_serial_numbers_in_a_cell_are_two_devices(tmp_path: Path) -> None:
    rows: Rows = [
        ["Plek", "Merk", "Type", "Serienummer"],
        ["a", HIK, DOME, "F11111111 / F11111112"],
        ["b", AXIS, MINI, ""],
    ]
    result = book(tmp_path, Lijst=rows)
    assert counts(result) == (3, 0, 0)
    assert "2 serial numbers" in doubts(result)


def test_the_first_row_of_a_table_without_header_is_a_device(tmp_path: Path) -> None:
    rows: Rows = [
        ["hal", HIK, DOME, "F11111111"],
        ["hof", DAHUA, TUBE, "F11111112"],
        ["dak", AXIS, MINI, "ACCC8E000001"],
    ]
    assert counts(book(tmp_path, Blad1=rows)) == (3, 0, 0)


def test_contacts_tasks_and_page_lines_are_no_devices(tmp_path: Path) -> None:
    people = [["Name", "Role", "Phone"], ["D. Whitlock", "manager", "01708"], ["Helpdesk", "alarms", "0344"]]
    tasks = [["Was", "Wer"], ["Zaun streichen", "Meier"], ["Tor ölen", "Schulz"]]
    result = book(tmp_path, Lijst=[*LIST, ["pagina 2 van 2"]], Wie=people, Blatt2=tasks)
    assert counts(result) == (3, 0, 0)


def test_a_dated_list_of_the_same_places_is_an_earlier_one_and_told(tmp_path: Path) -> None:
    old = [
        ["Locatie", "Plek", "Merk / type"],
        ["Noord", "hal", "Axis P3225-LV"],
        ["Zuid", "dak", "Axis M3045-V"],
    ]
    result = book(tmp_path, Camera_lijst=LIST, Lijst_2019=old)
    assert counts(result) == (3, 0, 0)
    assert "left out as earlier" in doubts(result)


def test_a_sheet_called_a_count_is_counted_unless_it_sums_up_the_others(tmp_path: Path) -> None:
    own: Rows = [["School", f"{HIK} {BULLET}", f"{AXIS} {FIX}", "Totaal"], ["A", 4, 2, 6], ["B", 3, 1, 4]]
    assert counts(book(tmp_path, Telling=own, Recorders=LIST)) == (13, 0, 0)
    summed: Rows = [["Merk", "Aantal"], [HIK, 1], [DAHUA, 1], [AXIS, 2]]
    result = book(tmp_path, Lijst=LIST, Per_merk=summed)
    assert counts(result) == (3, 0, 0)
    assert "sums up 4 devices" in doubts(result)


def test_a_sheet_of_orders_is_planned_and_a_sheet_listed_twice_is_told(tmp_path: Path) -> None:
    order: Rows = [["Merk", "Type", "Aantal"], [HIK, BULLET, 2]]
    result = book(tmp_path, Lijst=LIST, Bestelling_2026=order)
    assert counts(result) == (3, 2, 0)
    assert "name of an order" in doubts(result)
    rows: Rows = [row[:4] for row in LIST]
    assert "are also in sheet" in doubts(book(tmp_path, Alle=[*rows, ["Zuid", "hal", AXIS, FIX]], Weer=rows))


def test_a_sheet_of_models_that_is_not_read_is_told(tmp_path: Path) -> None:
    loose = [["Zie hieronder"], [f"{HIK} {DOME}"], [f"{AXIS} {MINI}"]]
    assert "names 2 models" in doubts(book(tmp_path, Lijst=LIST, Diversen=loose))
