"""Pairs of the rows of a corrected list with those of the list before it."""

from typing import Any

import pytest

from overzicht.devices import Sighting, Trace
from overzicht.devices.device_marks import Mark
from overzicht.evidence import Citation
from overzicht.register.corrections import pair_rows

CAMERA = {"brand": "Axis", "model": "P3245-LV", "site": "Stadhuis", "place": "hal"}


def row(number: int, **fields: Any) -> Sighting:
    names = {"brand": Trace.BRAND, "model": Trace.MODEL, "mac": Trace.MAC, "serial": Trace.SERIAL}
    traces = {names[name]: (fields.pop(name),) for name in list(fields) if name in names}
    citation = Citation(source="inventory", title="a.csv", place=f"row {number}", snapshot="ab")
    return Sighting(id=f"s{number}", citation=citation, traces=traces, **fields)


def pairs(before: list[dict[str, Any]], now: list[dict[str, Any]]) -> dict[int, tuple[int, Mark]]:
    lists = ([row(n, **fields) for n, fields in enumerate(rows)] for rows in (before, now))
    return {n: (pair.before, pair.mark) for n, pair in pair_rows(*lists).items()}


FIRST = {**CAMERA, "label": "CAM-1", "serial": "ACCC8E000001"}


@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({}, Mark.ROW),
        ({"serial": "ACCC8E000099"}, Mark.LABEL),
        ({"place": "kelder", "label": "CAM-7"}, Mark.SERIAL),
        ({"model": "P3265-LV"}, Mark.SERIAL),
        ({"status": "buiten gebruik"}, Mark.LABEL),
        ({"quantity": 3}, Mark.LABEL),
        ({"serial": "ACCC8E000099", "label": "CAM-9"}, None),
        ({"serial": "ACCC8E000099", "place": "kelder"}, None),
    ],
)
def test_a_row_that_is_put_right_has_one_partner(change: dict[str, Any], mark: Mark | None) -> None:
    other = {**CAMERA, "label": "CAM-2", "serial": "ACCC8E000002", "place": "dak"}
    pairing = pairs([other, FIRST], [{**FIRST, **change}, other])
    assert pairing.get(0) == ((1, mark) if mark else None)
    assert pairing[1] == (0, Mark.ROW)


def test_exchanged_serial_numbers_stay_with_their_labels() -> None:
    second = {**FIRST, "label": "CAM-2", "place": "dak", "serial": "ACCC8E000002"}
    swapped = [FIRST | {"serial": second["serial"]}, second | {"serial": FIRST["serial"]}]
    assert pairs([FIRST, second], swapped) == {0: (0, Mark.LABEL), 1: (1, Mark.LABEL)}


def test_equal_rows_without_marks_are_paired_by_their_number() -> None:
    assert pairs([CAMERA] * 3, [CAMERA] * 2) == {0: (0, Mark.ROW), 1: (1, Mark.ROW)}
    assert pairs([CAMERA] * 2, [CAMERA] * 4) == {0: (0, Mark.ROW), 1: (1, Mark.ROW)}


def test_one_cell_of_a_row_without_marks_may_differ_but_not_two() -> None:
    before = [CAMERA, {**CAMERA, "place": "dak"}]
    assert pairs(before, [before[1], {**CAMERA, "place": "zolder"}]) == {0: (1, Mark.ROW), 1: (0, Mark.ROW)}
    assert pairs([CAMERA], [{**CAMERA, "place": "zolder", "model": "M3068-P"}]) == {}
    assert pairs([{"model": "M3068-P"}], [{"model": "P3245-LV"}]) == {}


def test_a_column_whose_values_all_differ_is_the_label() -> None:
    rows = [{**CAMERA, "extra": {"No.": f"K{n}"}} for n in range(3)]
    assert pairs(rows, [rows[2], rows[0]]) == {0: (2, Mark.ROW), 1: (0, Mark.ROW)}
    moved = {**rows[1], "place": "zolder"}
    assert pairs(rows, [rows[0], moved, rows[2]])[1] == (1, Mark.LABEL)
    new = {**CAMERA, "extra": {"No.": "K9"}}
    assert pairs(rows, [rows[0], new]) == {0: (0, Mark.ROW)}  # another number is another device


def test_a_label_that_several_rows_have_tells_nothing_alone() -> None:
    before = [{**CAMERA, "label": "hal", "place": place} for place in ("a", "b")]
    assert pairs(before, [{**CAMERA, "label": "hal", "place": "c", "model": "M3068-P"}]) == {}
