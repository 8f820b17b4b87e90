"""Laws of the walk through an entry's text: each question is reached, and each can decide."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from control_lists import list_of, random_draft
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from overzicht.subjects.control_list.classification.interview import walk_entry
from overzicht.subjects.control_list.classification.result import ConditionResult
from overzicht.subjects.control_list.criteria import (
    Criterion,
    Tie,
    criteria_of,
    decide,
    open_leaves,
)
from overzicht.subjects.control_list.model import ControlList
from overzicht.subjects.control_list.sources.list_file import read_control_list

JOINS = ("having all of the following:", "having any of the following:", "as follows:",
         "having two or more of the following:")  # fmt: skip


def answers_for(criterion: Criterion, *, wanted: bool) -> dict[str, bool]:
    """Return answers that make a criterion met, or not met."""
    if criterion.tie is Tie.LEAF:
        return {criterion.key: wanted}
    if criterion.tie is Tie.NOT:
        return answers_for(criterion.parts[0], wanted=not wanted)
    answers: dict[str, bool] = {}
    for place, part in enumerate(criterion.parts):
        if criterion.tie is Tie.ALL:
            value = wanted or place > 0
        else:
            value = wanted and place < (2 if criterion.tie is Tie.TWO_OR_MORE else 1)
        answers |= answers_for(part, wanted=value)
    return answers


def way_to(criterion: Criterion, key: str) -> dict[str, bool] | None:
    """Return answers to all other leaves that leave the decision to `key`; None if it is not in here."""
    if criterion.tie is Tie.LEAF:
        return {} if criterion.key == key else None
    for part in criterion.parts:
        answers = way_to(part, key)
        if answers is None:
            continue
        others = [other for other in criterion.parts if other is not part]
        for place, other in enumerate(others):
            wanted = criterion.tie is Tie.ALL or (criterion.tie is Tie.TWO_OR_MORE and place == 0)
            answers |= answers_for(other, wanted=wanted)
        answers.pop(key, None)
        return answers
    return None


def unreachable(control_list: ControlList) -> Iterator[str]:
    """Yield each criterion that is never asked last, or whose answer changes nothing then."""
    for entry in control_list.entries:
        tree = criteria_of(control_list, entry)
        if tree is None:
            continue
        assert decide(tree, {}) is None
        for key in {leaf.key for leaf in tree.leaves()}:
            answers = way_to(tree, key)
            assert answers is not None
            results = [decide(tree, {**answers, key: value}) for value in (True, False)]
            asked = {leaf.key for leaf in open_leaves(tree, answers)}
            if None in results or results[0] is results[1] or asked != {key}:
                yield key


@settings(max_examples=60)
@given(st.integers(0, 100_000))
def test_every_criterion_of_an_invented_list_is_reached_and_can_decide(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - for invented lists
    draft = random_draft(random)
    for key in draft.rows:
        if key[1] == "provision" and any(other.startswith(f"{key[0]}.") for other, _ in draft.rows):
            draft.rows[key] = f"{draft.rows[key].rstrip(';')}, {random.choice(JOINS)}"
    held = draft.build("2021")
    trees = [tree for entry in held.entries if (tree := criteria_of(held, entry)) is not None]
    pairs = [tie for tree in trees for tie in _ties(tree) if tie.tie is Tie.TWO_OR_MORE]
    assume(all(len(tie.parts) > 1 for tie in pairs))  # "two or more" of one point is never met
    assert list(unreachable(held)) == []


def _ties(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for part in criterion.parts:
        yield from _ties(part)


@pytest.mark.sampled(2)
@pytest.mark.shared
@pytest.mark.parametrize("name", ["annex1-2021.jsonl", "annex1-2025-11-15.raw.json"])
def test_every_entry_of_the_list_is_walked_and_every_criterion_decides(shared_data: Path, name: str) -> None:
    held = read_control_list(shared_data / "exportcontrol" / name).list
    assert list(unreachable(held)) == []
    unused = {entry.path for entry in held.entries if criteria_of(held, entry) is None}
    assert unused == {entry.path for entry in held.entries if not entry.is_used}
    open_ = [walk_entry(held, entry.path, {}).met for entry in held.entries if entry.path not in unused]
    assert set(open_) == {ConditionResult.UNKNOWN}


def test_the_words_of_a_text_tie_its_points() -> None:
    held = list_of(
        ("7A900", "Kettles having all of the following, and specially designed components therefor:"),
        ("7A900.a", "Having any of the following:"),
        ("7A900.a.1", "A lid; or"),
        ("7A900.a.2", "A spout of more than 5 mm;"),
        ("7A900.b", "A handle."),
        ("7A900", "Note: 7A900 does not control toys.", "note"),
    )
    tree = criteria_of(held, held.open("7A900"))
    assert tree is not None
    keys = [leaf.key for leaf in tree.leaves()]
    assert keys == ["7A900", "7A900.a.1", "7A900.a.2", "7A900.b", "7A900+", "7A900#1"]
    kettle = {"7A900": True, "7A900.a.1": False, "7A900.a.2": True, "7A900.b": True}
    assert decide(tree, {**kettle, "7A900#1": False}) is True
    assert decide(tree, {**kettle, "7A900#1": True}) is False
    assert decide(tree, kettle) is None
    assert decide(tree, {"7A900": False, "7A900+": True, "7A900#1": False}) is True
    assert [str(limit) for leaf in tree.leaves() for limit in leaf.thresholds] == ["> 5 mm"]
