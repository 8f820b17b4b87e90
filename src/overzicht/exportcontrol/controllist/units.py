"""Conversions between units, by the unit library `pint` (extra `control`), loaded when first needed."""

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from overzicht.errors import EXIT_INPUT, MissingExtraError, OverzichtError
from overzicht.exportcontrol.controllist.quantity import Quantity, unit_facts, units

if TYPE_CHECKING:
    import pint


class UnitMismatchError(OverzichtError):
    """A quantity cannot be compared with a limit: another kind of unit, or one that we do not know."""

    exit_code = EXIT_INPUT
    slug = "unit-mismatch"

    def __init__(self, given: Quantity, expected: str, reason: str) -> None:
        super().__init__(
            f"{given} cannot be given in {expected or 'a bare number'}: {reason}",
            fix=f"give the value in {expected or 'a bare number'} or a unit of the same kind",
        )


@cache
def registry() -> "pint.UnitRegistry[Any]":
    """Return the unit library with the units of the trade defined; MissingExtraError without `pint`."""
    try:
        import pint  # noqa: PLC0415 - loaded late: the core runs without it
    except ImportError as error:
        raise MissingExtraError("comparing quantities with units", "control") from error
    made: pint.UnitRegistry[Any] = pint.UnitRegistry(
        non_int_type=Decimal, autoconvert_offset_to_baseunit=True
    )
    for line in unit_facts().definitions:
        made.define(line)
    return made


def convert(quantity: Quantity, unit: str) -> Quantity:
    """Return the quantity in another unit of the same kind.

    Raises UnitMismatchError when the units are of different kinds or unknown, MissingExtraError without pint.
    """
    if quantity.unit == unit:
        return quantity
    library = registry()
    import pint  # noqa: PLC0415 - here since `registry` did not raise

    try:
        given = library.Quantity(quantity.value, _known(quantity.unit))
        value = Decimal(str(given.to(_known(unit)).magnitude))
    except (pint.PintError, AssertionError, ValueError) as error:
        raise UnitMismatchError(quantity, unit, str(error)) from error
    return Quantity(value, unit, quantity.is_doubtful)


def is_same_amount(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities are the same amount in whatever unit; False for different kinds."""
    if left.unit == right.unit:
        return left.value == right.value
    try:
        return convert(left, right.unit).value == right.value
    except UnitMismatchError:
        return False


def read_quantity(text: str) -> Quantity:
    """Return a quantity that a person wrote, such as `9 Hz` or `8.7 µm` (point or comma for decimals).

    Raises UnitMismatchError if it is not a number with a known unit.
    """
    number, _, unit = text.strip().partition(" ")
    try:
        value = Decimal(number.replace(",", "."))
    except ArithmeticError as error:
        raise UnitMismatchError(Quantity(Decimal(0), text), "", "not a number with a unit") from error
    return Quantity(value, _known(unit.strip()))


def _known(unit: str) -> str:
    if not unit:
        return ""
    name = units().get(unit)
    if name is None:
        raise UnitMismatchError(Quantity(Decimal(0), unit), unit, f"the unit {unit!r} is not known")
    return name
