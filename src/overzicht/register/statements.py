"""Public statements on an organisation's equipment, and which of them cannot all be true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.register.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a statement: whose equipment, of which makers (ids), what kind, how many, when."""

    number: int
    organisation: str
    makers: frozenset[str]
    kind: str
    quantity: Quantity
    said: date


def contradictions(statements: Sequence[Said]) -> dict[int, tuple[int, ...]]:
    """Return for each statement the others that cannot be true beside it, by number.

    Statements are compared within one organisation, kind of device and month. Two contradict each other when
    they are of the same makers and no number fits both, or when one counts a part of the makers of the other
    and the part is larger than the whole. Statements of two newsrooms on `131 Hikvision` and `at least 134
    Hikvision or Dahua` do not exclude each other by number: `may_differ` names such pairs.
    """
    return _pairs(statements, _excludes)


def may_differ(statements: Sequence[Said]) -> dict[int, tuple[int, ...]]:
    """Return for each statement the others that count overlapping makers in another number, by number.

    These are to be asked about: both may hold, for one may count more than the other.
    """
    return _pairs(statements, _overlaps)


def _pairs(statements: Sequence[Said], test: Callable[[Said, Said], bool]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {each.number: [] for each in statements}
    by_group: dict[tuple[str, str, int, int], list[Said]] = {}
    for each in statements:
        by_group.setdefault((each.organisation, each.kind, each.said.year, each.said.month), []).append(each)
    for group in by_group.values():
        for one in group:
            found[one.number] += [
                other.number for other in group if other.number != one.number and test(one, other)
            ]
    return {number: tuple(sorted(others)) for number, others in sorted(found.items())}


def _excludes(one: Said, other: Said) -> bool:
    if one.makers and one.makers == other.makers:
        return one.quantity.excludes(other.quantity)
    return _part_is_larger(one, other) or _part_is_larger(other, one)


def _part_is_larger(part: Said, whole: Said) -> bool:
    """Whether the part counts more, at the least, than the whole at the most."""
    if not part.makers or not part.makers < whole.makers:
        return False
    least, most = part.quantity.at_least, whole.quantity.at_most
    return least is not None and most is not None and least > most


def _overlaps(one: Said, other: Said) -> bool:
    is_counted = any((one.quantity.at_least, one.quantity.at_most)) and any(
        (other.quantity.at_least, other.quantity.at_most)
    )
    is_same = one.quantity == other.quantity
    return is_counted and bool(one.makers & other.makers) and not is_same and not _excludes(one, other)
