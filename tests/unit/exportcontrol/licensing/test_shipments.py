"""Quantities written off: never below zero, in the unit of the licence, and given back by a reversal."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from licensing_tools import application

from overzicht.errors import UnknownNameError
from overzicht.subjects.licensing.shipments import (
    Shipment,
    ShipmentError,
    balances,
    check_reversal,
    check_shipment,
)

DAY = date(2026, 5, 4)
LICENCE = application()


def shipment(amount: str, *, number: int = 1, line: int = 1, unit: str = "pieces") -> Shipment:
    return Shipment(number, line, Decimal(amount), unit, "26NL1", DAY, "A. Officer")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (shipment("20.01"), "line 1 has 20 pieces left, not 20.01"),
        (shipment("0"), "0 is not a quantity above zero"),
        (shipment("-1"), "-1 is not a quantity above zero"),
        (shipment("NaN"), "NaN is not a quantity above zero"),
        (shipment("1", unit="kg"), "line 1 is licensed in pieces, not in kg"),
    ],
)
def test_a_shipment_that_does_not_fit_is_refused(entry: Shipment, reason: str) -> None:
    with pytest.raises(ShipmentError, match=reason):
        check_shipment(LICENCE, (), entry)


def test_another_line_is_named() -> None:
    with pytest.raises(UnknownNameError, match="line of the licence '2'"):
        check_shipment(LICENCE, (), shipment("1", line=2))


def test_a_unit_is_compared_without_capitals_and_double_spaces() -> None:
    check_shipment(LICENCE, (), shipment("20", unit=" Pieces"))


def test_only_a_shipment_that_counts_is_reversed_and_with_a_reason() -> None:
    reversed_one = replace(shipment("5"), reversed_on=DAY, reason="returned")
    with pytest.raises(UnknownNameError):
        check_reversal("DE-0001", (reversed_one,), 1, "twice")
    with pytest.raises(ShipmentError, match="a reversal needs a reason"):
        check_reversal("DE-0001", (shipment("5"),), 1, " ")


@given(st.lists(st.tuples(st.decimals(-5, 25, places=2), st.booleans()), max_size=12))
def test_no_order_of_shipments_and_reversals_leaves_less_than_nothing(
    steps: list[tuple[Decimal, bool]],
) -> None:
    kept: list[Shipment] = []
    for amount, is_reversed in steps:
        entry = shipment(str(amount), number=len(kept) + 1)
        try:
            check_shipment(LICENCE, kept, entry)
        except ShipmentError:
            continue
        kept.append(replace(entry, reversed_on=DAY) if is_reversed else entry)
        (balance,) = balances(LICENCE, kept)
        assert Decimal(0) <= balance.left <= balance.licensed == Decimal(20)
        assert balance.left == 20 - sum(s.amount for s in kept if s.reversed_on is None)
