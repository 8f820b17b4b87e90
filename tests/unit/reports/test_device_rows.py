"""The rows of very many devices are packed, and are the same rows in the same order."""

import random
from dataclasses import replace

import pytest
import report_factory

from overzicht.isolation.packed import Packed
from overzicht.reports import device_rows
from overzicht.reports.device_rows import in_order


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_rows, "MOST_UNPACKED", 10)
    monkeypatch.setattr(device_rows, "RUN", 7)
    monkeypatch.setattr(device_rows, "BATCH", 3)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("count", [0, 1, 10, 11, 25, 90])
def test_rows_come_by_site_place_label_and_id(count: int) -> None:
    report = report_factory.with_traces(report_factory.report(count))
    rows = list(report.devices)
    random.Random(count).shuffle(rows)  # noqa: S311 - the same order each time
    expected = sorted(rows, key=lambda row: (row.site, row.place, row.label, row.id))
    ordered = in_order(rows)
    assert isinstance(ordered, Packed) == (count > 10)
    assert (len(ordered), list(ordered), list(ordered)) == (count, expected, expected)
    assert [ordered[n] for n in range(count)] == expected
    assert list(ordered[-3:]) == expected[-3:]
    with pytest.raises(IndexError):
        ordered[count]


@pytest.mark.usefixtures("few")
def test_rows_share_their_reasons() -> None:
    first, *others = report_factory.report(30).devices
    rows = in_order([first, *(replace(row, reasons=first.reasons) for row in others)])
    assert len({id(row.reasons) for row in rows}) == 1
