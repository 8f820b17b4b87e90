"""The values of cells, one by one."""

from datetime import date, datetime

import pytest

from overzicht.sources.inventories.tables.cell_values import (
    DayOrder,
    UnreadableValueError,
    read_address,
    read_bought,
    read_coordinate,
    read_macs,
    read_quantity,
)
from overzicht.sources.inventories.tables.table import cell_text


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (datetime(2019, 3, 12, 9, 30), date(2019, 3, 12)),  # noqa: DTZ001 - a cell knows no zone
        (date(2019, 3, 12), date(2019, 3, 12)),
        (43536.0, date(2019, 3, 12)),
        ("43536", date(2019, 3, 12)),
        (2019.0, date(2019, 1, 1)),
        ("2019", date(2019, 1, 1)),
        ("mrt 2019", date(2019, 3, 1)),
        ("mrt. '19", date(2019, 3, 1)),
        ("maart 2019", date(2019, 3, 1)),
        ("Mar-19", date(2019, 3, 1)),
        ("12 maart 2019", date(2019, 3, 12)),
        ("12-mrt-2019", date(2019, 3, 12)),
        ("12-03-2019", date(2019, 3, 12)),
        ("12/3/19", date(2019, 3, 12)),
        ("12.03.2019 00:00:00", date(2019, 3, 12)),
        ("2019-03-12T10:00:00", date(2019, 3, 12)),
        ("2019/3/2", date(2019, 3, 2)),
        ("20190312", date(2019, 3, 12)),
        ("03-2019", date(2019, 3, 1)),
        ("2019-03", date(2019, 3, 1)),
        ("Q3 2019", date(2019, 7, 1)),
        ("ca. 2019", date(2019, 1, 1)),
        ("1-1-98", date(1998, 1, 1)),
    ],
)
def test_days_are_read_in_the_forms_that_people_use(cell: str, day: date) -> None:
    assert read_bought(cell, DayOrder()) == day


@pytest.mark.parametrize(
    "cell",
    ["31-02-2020", "voorjaar 2018", "12-03-2202", "1900", "29-02-2019", "13-13-2019", "smrt 2019", "9" * 400],
)
def test_days_that_are_none_are_refused(cell: str) -> None:
    with pytest.raises(UnreadableValueError):
        read_bought(cell, DayOrder())


@pytest.mark.parametrize(
    ("cell", "number"), [(3.0, 3), ("3", 3), ("3x", 3), ("2 stuks", 2), ("12 camera's", 12), (1, 1)]
)
def test_quantities_are_whole_numbers_from_one(cell: str, number: int) -> None:
    assert read_quantity(cell) == number


@pytest.mark.parametrize(
    ("cell", "partial"),
    [("veel", None), (0, None), (-2, None), (2.5, None), ("2 of 3", None), ("2000000", None), ("ca. 4", 4),
     ("minstens 134", 134), ("10+", 10)],
)  # fmt: skip
def test_other_quantities_are_refused_with_the_bound_where_there_is_one(
    cell: str, partial: int | None
) -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_quantity(cell)
    assert caught.value.partial == partial


@pytest.mark.parametrize(
    "value",
    [
        "00:40:8C:00:00:01",
        "00-40-8c-00-00-01",
        "00408C000001",
        "0040.8c00.0001",
        "00408C-000001",
        "00 40 8C 00 00 01",
    ],
)
def test_mac_addresses_are_known_in_each_notation(value: str) -> None:
    assert read_macs(value) == (value,)


@pytest.mark.parametrize(
    "value", ["00:40:8C:00:00", "00:40:8C:1G:00:01", "zie sticker", "1.2E+11", "0040-8C:00:00:01"]
)
def test_other_texts_are_no_mac_address(value: str) -> None:
    with pytest.raises(UnreadableValueError):
        read_macs(value)


def test_what_is_left_of_a_bad_list_of_macs_is_kept() -> None:
    with pytest.raises(UnreadableValueError) as caught:
        read_macs("00:40:8C:00:00:01, 00:40")
    assert caught.value.partial == ("00:40:8C:00:00:01",)


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("http://192.0.2.7:8000/login", "192.0.2.7"),
        ("192.0.2.7 (vast)", "192.0.2.7"),
        ("2001:DB8::1", "2001:db8::1"),
        ("[2001:db8::1]:80", "2001:db8::1"),
        ("cam-01.voorbeeldstad.example", "cam-01.voorbeeldstad.example"),
    ],
)
def test_network_addresses_are_taken_from_what_stands_around_them(value: str, address: str) -> None:
    assert read_address(value) == address


@pytest.mark.parametrize("value", ["192.0.2.999", "zie sticker", "192.0.2", "192,0,2,1", "??/", "12"])
def test_other_texts_are_no_network_address(value: str) -> None:
    with pytest.raises(UnreadableValueError):
        read_address(value)


def test_coordinates_are_degrees_with_comma_or_point() -> None:
    assert (read_coordinate("52,09", 90), read_coordinate(-97.5, 180)) == (52.09, -97.5)
    for cell in ("95", "noord", "nan", "inf"):
        with pytest.raises(UnreadableValueError):
            read_coordinate(cell, 90)


def test_cells_are_shown_as_a_person_reads_them() -> None:
    cells = [None, " a\n b ", 12.0, 1.5, True, date(2019, 3, 12), datetime(2019, 3, 12), 1e20]  # noqa: DTZ001
    assert [cell_text(cell) for cell in cells] == [
        "",
        "a b",
        "12",
        "1.5",
        "true",
        "2019-03-12",
        "2019-03-12",
        "1e+20",
    ]
