"""Facts that follow from other facts, as a technical note of the list defines them."""

from decimal import Decimal

from overzicht.errors import EXIT_INPUT, OverzichtError
from overzicht.evidence import Citation
from overzicht.exportcontrol.classification.item import Item, ItemFact
from overzicht.exportcontrol.classification.vocabulary import Derivation, vocabulary
from overzicht.exportcontrol.controllist.quantity import Quantity, convert

TOLERANCE = Decimal("0.05")  # data sheets round: 128 lanes of 32.75 Gb/s are sold as 4.2 Tb/s
DIGITS = Decimal("0.0001")


class ContradictoryFactsError(OverzichtError):
    """Stated facts do not agree with each other, or with what follows from them."""

    exit_code = EXIT_INPUT
    slug = "contradictory-facts"

    def __init__(self, item: str, name: str, reason: str) -> None:
        super().__init__(
            f"{item}, {name}: contradictory facts: {reason}",
            fix="find out which holds and correct the other, or leave the doubtful one out",
        )


def with_derived(item: Item) -> Item:
    """Return the item with the facts that follow from its own; ContradictoryFactsError on disagreement."""
    _check_orders(item)
    for name, spec in vocabulary().facts.items():
        if spec.derived is None:
            continue
        derived = _derive(item, name, spec.derived, spec.unit)
        if derived is None:
            continue
        stated = item.facts.get(name)
        if stated is None:
            item = item.with_fact(derived)
        elif not _agree(_amount(stated), _amount(derived)):
            reason = (
                f"stated as {stated.shown} ({stated.citation.title}), "
                f"but {derived.shown} follows from {derived.reading}"
            )
            raise ContradictoryFactsError(item.id, name, reason)
    return item


def _check_orders(item: Item) -> None:
    for order in vocabulary().orders:
        low, high = item.facts.get(order.low), item.facts.get(order.high)
        if low is not None and high is not None and _amount(low) > _amount(high):
            reason = f"{order.low} ({low.shown}) lies above {order.high} ({high.shown})"
            raise ContradictoryFactsError(item.id, order.low, reason)


def _derive(item: Item, name: str, how: Derivation, unit: str) -> ItemFact | None:
    inputs = [item.facts.get(part) for pair in how.pairs for part in pair]
    known = [fact for fact in inputs if fact is not None]
    if len(known) < len(inputs):
        return None
    values = [_pair(how.by, item.facts[first], item.facts[second], unit) for first, second in how.pairs]
    if any(value is None for value in values):
        return None
    value = min(value for value in values if value is not None)
    shown = f"{value.quantize(DIGITS).normalize():f} {unit}".rstrip()
    reading = ", ".join(f"{fact.name} = {fact.shown}" for fact in known)
    citation = Citation(source="eu-dual-use", title=how.note, place=how.at)
    return ItemFact(name, Quantity(value, unit), shown, citation, reading)


def _pair(by: str, first: ItemFact, second: ItemFact, unit: str) -> Decimal | None:
    left, right = _amount(first), _amount(second)
    if by == "lesser_ratio" and right == 0:
        return None
    value = left * right if by == "product" else left / right
    given = first.value.unit if isinstance(first.value, Quantity) else ""
    return convert(Quantity(value, given), unit).value


def _agree(left: Decimal, right: Decimal) -> bool:
    return abs(left - right) <= TOLERANCE * max(left, right)


def _amount(fact: ItemFact) -> Decimal:
    if not isinstance(fact.value, Quantity):
        raise TypeError(fact.name)
    return fact.value.value
