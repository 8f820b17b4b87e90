"""The account of a file: sums that hold, and records by reason."""

import pytest

from overzicht.evidence import text
from overzicht.evidence.account import (
    MOST_EXAMPLES,
    AccountError,
    Example,
    LeftOut,
    RecordAccount,
    Unread,
    grouped_by_reason,
)

TOTAL = text("A total, not a device")


def test_sums_that_hold_are_an_account() -> None:
    not_devices = grouped_by_reason([LeftOut("row 9", TOTAL, "Totaal 3")])
    account = RecordAccount(5, 2, 1, not_devices, (Unread("row 4", text("The row is cut off")),))
    assert (account.read, account.apart) == (5, 1)


@pytest.mark.parametrize(("read", "devices", "merged"), [(3, 2, 0), (1, 2, 0), (2, 3, -1)])
def test_sums_that_do_not_hold_are_refused(read: int, devices: int, merged: int) -> None:
    with pytest.raises(AccountError):
        RecordAccount(read, devices, merged)


def test_records_are_counted_by_reason_with_examples_and_titles_are_none() -> None:
    sheet = text("Sheet “{name}” is hidden and is not counted", name="oud")
    rows = [LeftOut(f"row {n}", TOTAL, f"Totaal {n}") for n in range(8)]
    rows += [
        LeftOut("row 90", TOTAL, records=0),
        LeftOut("sheet 'oud'", sheet, records=12, include="sheet:oud"),
    ]
    totals, hidden = grouped_by_reason(rows)
    assert (totals.reason, totals.count, len(totals.examples)) == (TOTAL, 8, MOST_EXAMPLES)
    assert totals.examples[0] == Example("row 0", "Totaal 0")
    assert (hidden.count, hidden.include, hidden.examples) == (12, "sheet:oud", (Example("sheet 'oud'", ""),))
