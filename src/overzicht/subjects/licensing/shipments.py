"""Quantities written off per shipment, and what is left of each line of a licence.

A shipment is never deleted. A reversal with a reason gives its quantity back. No line goes below zero.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Text, text
from overzicht.subjects.licensing.model import Application


class ShipmentError(OverzichtError):
    """A shipment does not fit the licence; nothing was written off."""

    def __init__(self, case_id: str, reason: Text, fix: str) -> None:
        sentence = text("case {id}, shipment: {reason}", id=case_id, reason=reason)
        super().__init__(str(sentence), fix=fix)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Shipment:
    """A quantity of a line that left under a licence; `document` is its customs or transport document.

    `reversed_on` is None as long as it counts.
    """

    number: int
    line: int
    amount: Decimal
    unit: str
    document: str
    shipped_on: date
    by: str
    reversed_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Licensed quantity of a line, and the quantity that was written off, both in `unit`."""

    line: int
    unit: str
    licensed: Decimal
    written_off: Decimal

    @property
    def left(self) -> Decimal:
        """The quantity that may still be shipped; 0 or more."""
        return self.licensed - self.written_off


def balances(case: Application, shipments: Iterable[Shipment]) -> tuple[Balance, ...]:
    """Return the balance of every line of a case, in its order."""
    counted = [shipment for shipment in shipments if shipment.reversed_on is None]
    return tuple(
        Balance(
            item.line,
            item.quantity.unit,
            item.quantity.amount,
            sum((shipment.amount for shipment in counted if shipment.line == item.line), Decimal(0)),
        )
        for item in case.items
    )


def check_shipment(case: Application, shipments: Sequence[Shipment], shipment: Shipment) -> None:
    """Raise ShipmentError unless a line of the case has this quantity left, in the same unit."""
    for item in case.items:
        if item.line == shipment.line:
            break
    else:
        raise UnknownNameError(
            "line of the licence", str(shipment.line), tuple(str(item.line) for item in case.items)
        )
    left = next(balance.left for balance in balances(case, shipments) if balance.line == item.line)
    if not shipment.amount.is_finite() or shipment.amount <= 0:
        reason = text("{amount} is not a quantity above zero", amount=str(shipment.amount))
        raise ShipmentError(case.id, reason, "give the quantity that left, for example 5")
    if _folded(shipment.unit) != _folded(item.quantity.unit):
        reason = text(
            "line {line} is licensed in {unit}, not in {other}",
            line=item.line,
            unit=item.quantity.unit,
            other=shipment.unit,
        )
        raise ShipmentError(case.id, reason, "convert the quantity to the unit of the licence")
    if shipment.amount > left:
        reason = text(
            "line {line} has {left} {unit} left, not {amount}",
            line=item.line,
            left=str(left),
            unit=item.quantity.unit,
            amount=str(shipment.amount),
        )
        raise ShipmentError(case.id, reason, "ship less, or apply for another licence")


def check_reversal(case_id: str, shipments: Iterable[Shipment], number: int, reason: str) -> None:
    """Raise unless a shipment of this number counts, and the reversal has a reason."""
    counted = tuple(str(shipment.number) for shipment in shipments if shipment.reversed_on is None)
    if str(number) not in counted:
        raise UnknownNameError("shipment that counts", str(number), counted)
    if not reason.strip():
        raise ShipmentError(case_id, text("a reversal needs a reason"), "give it with --reason")


def _folded(unit: str) -> str:
    return " ".join(unit.split()).casefold()
