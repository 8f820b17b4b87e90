"""Entries walked from their text: met, not met or open, by the answers of a person and by the rules."""

from collections.abc import Mapping

from overzicht.errors import InputFileError
from overzicht.evidence import Citation
from overzicht.subjects.control_list.classification.result import (
    ConditionResult,
    CriterionResult,
    EntryResult,
    ItemAnswer,
)
from overzicht.subjects.control_list.criteria import (
    Criterion,
    criteria_of,
    decide,
    open_leaves,
)
from overzicht.subjects.control_list.model import ControlList
from overzicht.subjects.control_list.path import ControlPath, entry_of
from overzicht.subjects.control_list.quantity import UnitMismatchError, convert, read_quantity


def walk_entry(
    control_list: ControlList,
    path: str,
    answers: Mapping[str, ItemAnswer],
    decided: Mapping[ControlPath, bool] | None = None,
) -> EntryResult:
    """Return an entry of a list walked with these answers; `decided` are results of rules by provision.

    Raises UnknownNameError if the list has no such entry, InputFileError for an answer that names no
    criterion of the entry or a quantity that cannot be compared.
    """
    entry = control_list.open(entry_of(path))
    tree = criteria_of(control_list, entry)
    if tree is None:
        return EntryResult(entry.path, entry.text, ConditionResult.NOT_MET)
    leaves = {leaf.key: leaf for leaf in tree.leaves()}
    own = {key: answer for key, answer in answers.items() if entry_of(key) == entry.path}
    unknown = sorted(set(own) - set(leaves))
    if unknown:
        reason = f"{unknown[0]} is not a criterion of {entry.path} in the list of {control_list.version.name}"
        raise InputFileError("answers", reason, fix=f"print them: overzicht control interview {entry.path}")
    known = {key: is_true(leaves[key], answer) for key, answer in own.items()}
    results = {f"={place}": met for place, met in (decided or {}).items() if entry_of(place) == entry.path}
    met = _as_result(True if True in results.values() else decide(tree, {**known, **results}))
    needed = (
        frozenset(leaf.key for leaf in open_leaves(tree, {**known, **results}))
        if met is ConditionResult.UNKNOWN
        else frozenset()
    )
    criteria = tuple(
        CriterionResult(
            leaf.key,
            leaf.path,
            leaf.words,
            leaf.thresholds,
            _as_result(known.get(leaf.key)),
            leaf.key in needed,
            own.get(leaf.key),
        )
        for leaf in leaves.values()
    )
    return EntryResult(entry.path, entry.text, met, criteria)


def without_text(
    path: ControlPath, answers: Mapping[str, ItemAnswer], decided: Mapping[ControlPath, bool]
) -> EntryResult:
    """Return the result of an entry whose text is not loaded: decided by a rule, or as a whole, or open."""
    of_rules = {place: met for place, met in decided.items() if entry_of(place) == path}
    answer = answers.get(path)
    if True in of_rules.values():
        met: bool | None = True
    elif of_rules.get(path) is False or (answer is not None and answer.value is False):
        met = False
    else:
        met = None
    return EntryResult(path, "", _as_result(met))


def is_true(leaf: Criterion, answer: ItemAnswer) -> bool:
    """Return whether an answer meets a criterion; InputFileError if its quantity cannot be compared."""
    if isinstance(answer.value, bool):
        return answer.value
    limits = leaf.thresholds
    fix = "answer yes or no"
    if not limits:
        raise InputFileError("answers", f"{leaf.key} has no limit to compare {answer.shown} with", fix=fix)
    try:
        amounts = [convert(answer.value, limit.quantity.unit).value for limit in limits]
    except UnitMismatchError as error:
        reason = f"{leaf.key} has limits of different kinds ({', '.join(map(str, limits))})"
        raise InputFileError("answers", reason, fix=fix) from error
    pairs = zip(limits, amounts, strict=True)
    return all(limit.comparison.holds(amount, limit.quantity.value) for limit, amount in pairs)


def answer_of(key: str, value: object, unit: str, citation: Citation) -> ItemAnswer | None:
    """Return the answer of a person, or None for *unknown*; UnitMismatchError for an unknown unit."""
    match value:
        case "unknown" | "?" | "" | None:
            return None
        case True | "yes":
            return ItemAnswer(key, True, "yes", citation)
        case False | "no":
            return ItemAnswer(key, False, "no", citation)
        case _:
            shown = f"{value} {unit}".strip()
            return ItemAnswer(key, read_quantity(shown), shown, citation)


def _as_result(met: bool | None) -> ConditionResult:
    if met is None:
        return ConditionResult.UNKNOWN
    return ConditionResult.MET if met else ConditionResult.NOT_MET
