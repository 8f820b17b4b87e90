"""Compare two items by control code and parameters, never by description alone.

**What the law says.** Essentially identical parameters or technical characteristics (Article 2(22)).

**What we check.** Whether the items belong to one family: one entry, one group of goods, the software or
technology of an item, or items that no list names. Every parameter of both, converted to one unit and
compared within our tolerance (`tolerances.yaml`). A difference within a family leaves the answer open: only
a person says that the items differ.

**What we cannot see.** Parameters that are not stated, and which of them are essential: an officer decides.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

from overzicht.evidence import Text, text
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.subjects.control_list.path import entry_of, overlap
from overzicht.subjects.control_list.quantity import Quantity, UnitMismatchError, convert, units
from overzicht.subjects.licensing.denial_model import DenialItem
from overzicht.subjects.licensing.gates.acts import families_of
from overzicht.subjects.licensing.model import Item, Parameter
from overzicht.subjects.licensing.numbers import commodity_digits

AnyItem = Item | DenialItem
PLAIN_NUMBER = "1"
SOFTWARE_AND_TECHNOLOGY = frozenset("DE")  # letters of an entry
SAME_PRODUCT_DIGITS = 6  # of a commodity code: the part that all countries share


class Likeness(StrEnum):
    """Whether two things are the same, another, or cannot be told apart."""

    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ItemLikeness:
    """Whether two items are essentially identical, with a sentence per thing compared."""

    likeness: Likeness
    reasons: tuple[Text, ...]


class _Tolerances(StrictModel):
    id: str
    default: Decimal
    by_unit: dict[str, Decimal]


@cache
def _tolerances() -> _Tolerances:
    return packaged_facts(_Tolerances, "overzicht.subjects.licensing", "tolerances.yaml")


def tolerance(unit: str) -> Decimal:
    """Return how far a parameter in this unit may differ, as a part of the larger value (0 to 1)."""
    return _tolerances().by_unit.get(unit, _tolerances().default)


def compare_items(ours: AnyItem, theirs: AnyItem) -> ItemLikeness:
    """Return whether two items are essentially identical; the order affects only the wording.

    Items of one family are never another: a difference leaves the answer open.
    """
    by_code, code_says = _codes(ours, theirs)
    if by_code is Likeness.OTHER:
        return ItemLikeness(Likeness.OTHER, (code_says,))
    own_ours = ours.parameters
    others = {_key(parameter.name): parameter for parameter in theirs.parameters}
    shared = [(own, others[_key(own.name)]) for own in own_ours if _key(own.name) in others]
    answers: list[tuple[Likeness, Text]] = []
    for left, right in shared:
        values = {"name": left.name, "ours": _shown(left), "theirs": _shown(right)}
        unit = left.unit
        if right.unit == unit:
            other = right.value
        else:
            try:
                other = convert(Quantity(right.value, _name(right.unit)), _name(unit)).value
            except UnitMismatchError:
                other = None
        if other is None:
            answers.append(
                (Likeness.UNSURE, text("{name}: {ours} and {theirs} cannot be compared", **values))
            )
            continue
        largest = max(abs(left.value), abs(other))
        if abs(left.value - other) <= largest * tolerance(left.unit):
            answers.append(
                (Likeness.SAME, text("{name}: {ours} and {theirs}, within the tolerance", **values))
            )
            continue
        answers.append((Likeness.OTHER, text("{name}: {ours} and {theirs} differ", **values)))
    reasons = (code_says, *(sentence for _, sentence in answers))
    if not answers:
        return ItemLikeness(Likeness.UNSURE, (*reasons, text("the items have no stated parameter in common")))
    is_same = by_code is Likeness.SAME and {likeness for likeness, _ in answers} == {Likeness.SAME}
    return ItemLikeness(Likeness.SAME if is_same else Likeness.UNSURE, reasons)


def _codes(ours: AnyItem, theirs: AnyItem) -> tuple[Likeness, Text]:
    """Return whether two items belong to one family of products, with the reason."""
    left, right = ours.code, theirs.code
    if left and right:
        return _listed(ours, theirs, left, right)
    if left or right:
        return Likeness.UNSURE, text("only one of the two is listed ({code})", code=left or right or "")
    mine, yours = (commodity_digits(item.commodity_code)[:SAME_PRODUCT_DIGITS] for item in (ours, theirs))
    if not mine or not yours or mine == yours:
        return Likeness.SAME, text("neither is listed; compared by parameters alone")
    return Likeness.UNSURE, text("different products: {ours} and {theirs}", ours=mine, theirs=yours)


def _listed(ours: AnyItem, theirs: AnyItem, left: str, right: str) -> tuple[Likeness, Text]:
    codes = {"ours": left, "theirs": right}
    if overlap(left, right):
        return Likeness.SAME, text("control code {ours} and {theirs}", **codes)
    if entry_of(left) == entry_of(right):
        return Likeness.UNSURE, text("different provisions of one entry: {ours} and {theirs}", **codes)
    if families_of(ours) & families_of(theirs):
        return Likeness.UNSURE, text("acts name them in one group of goods: {ours} and {theirs}", **codes)
    if left[0] == right[0] and not SOFTWARE_AND_TECHNOLOGY.isdisjoint((left[1], right[1])):
        return Likeness.UNSURE, text(
            "software or technology of the same category: {ours} and {theirs}", **codes
        )
    return Likeness.OTHER, text("different control entries: {ours} and {theirs}", **codes)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _shown(parameter: Parameter) -> str:
    return f"{parameter.value} {_name(parameter.unit)}".strip()


def _name(unit: str) -> str:
    return "" if unit == PLAIN_NUMBER else units().get(unit, unit)
