"""Public statements on an organisation's equipment, and contradictions between them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.register.quantities import Quantity


@dataclass(frozen=True, slots=True)
class StatementKey:
    """Compared parts of a statement: organisation, maker ids, kind, quantity, date."""

    number: int
    organisation: str
    makers: frozenset[str]
    kind: str
    quantity: Quantity
    stated_on: date


def contradictions(statements: Sequence[StatementKey]) -> dict[int, tuple[int, ...]]:
    """Return for each statement the others that cannot also be true, by number.

    Statements are compared within one organisation, kind of device and month. Two contradict each other if
    they are about the same makers and no number fits both, or if one counts a part of the makers of the other
    and the part is larger than the whole. Statements of two newsrooms on `131 Hikvision` and `at least 134
    Hikvision or Dahua` do not exclude each other by number: `may_differ` names such pairs.
    """
    return _pairs(statements, _excludes)


def may_differ(statements: Sequence[StatementKey]) -> dict[int, tuple[int, ...]]:
    """Return for each statement the others with another number for overlapping makers, by number.

    A person should look at these: both may be true, because one may count more than the other.
    """
    return _pairs(statements, _overlaps)


def _pairs(
    statements: Sequence[StatementKey], test: Callable[[StatementKey, StatementKey], bool]
) -> dict[int, tuple[int, ...]]:
    conflicts: dict[int, list[int]] = {statement.number: [] for statement in statements}
    by_group: dict[tuple[str, str, int, int], list[StatementKey]] = {}
    for statement in statements:
        by_group.setdefault(
            (statement.organisation, statement.kind, statement.stated_on.year, statement.stated_on.month), []
        ).append(statement)
    for group in by_group.values():
        for left in group:
            conflicts[left.number] += [
                right.number for right in group if right.number != left.number and test(left, right)
            ]
    return {number: tuple(sorted(others)) for number, others in sorted(conflicts.items())}


def _excludes(left: StatementKey, right: StatementKey) -> bool:
    if left.makers and left.makers == right.makers:
        return left.quantity.excludes(right.quantity)
    return _part_is_larger(left, right) or _part_is_larger(right, left)


def _part_is_larger(part: StatementKey, whole: StatementKey) -> bool:
    if not part.makers or not part.makers < whole.makers:
        return False
    least, most = part.quantity.at_least, whole.quantity.at_most
    return least is not None and most is not None and least > most


def _overlaps(left: StatementKey, right: StatementKey) -> bool:
    is_counted = any((left.quantity.at_least, left.quantity.at_most)) and any(
        (right.quantity.at_least, right.quantity.at_most)
    )
    is_same = left.quantity == right.quantity
    return is_counted and bool(left.makers & right.makers) and not is_same and not _excludes(left, right)
