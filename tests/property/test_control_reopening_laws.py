"""Whatever is edited in a list, exactly the open records that cite an edited place are re-opened.

What to expect comes from the generator's own account of its edits, never from our comparison.
"""

import random as chance
from copy import deepcopy

import pytest
from control_lists import edit, is_touched, random_citations, random_draft
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.subjects.control_list.citing import CitingRecord, reopenings
from overzicht.subjects.control_list.diff import WITHOUT_EFFECT, Change, ChangeKind, compare_lists
from overzicht.subjects.control_list.path import parse_path


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.integers(0, 6))
def test_what_is_reopened_is_what_cites_an_edited_place(seed: int, edits: int) -> None:
    random = chance.Random(seed)  # noqa: S311 - for examples
    draft = random_draft(random)
    before = draft.build("2021")
    cited = list(random_citations(random, draft.paths(), 12))
    edited = deepcopy(draft)
    for _ in range(edits):
        edit(edited, random)
    after = edited.build("2025-11-15")
    expected = {record for record, path, is_open in cited if is_open and is_touched(path, edited.touched)}

    comparison = compare_lists(before, after)
    records = [CitingRecord(record, "licence", parse_path(path), is_open) for record, path, is_open in cited]
    assert {each.record_id for each in reopenings(comparison, records)} == expected
    assert comparison.touched == edited.touched


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_a_list_compared_with_itself_shows_nothing(seed: int) -> None:
    draft = random_draft(chance.Random(seed))  # noqa: S311 - for examples
    assert compare_lists(draft.build("2021"), draft.build("2025-11-15")).changes == ()


@settings(max_examples=100)
@given(st.integers(0, 2**32), st.integers(1, 6))
def test_going_back_touches_the_same_provisions(seed: int, edits: int) -> None:
    random = chance.Random(seed)  # noqa: S311 - for examples
    draft = random_draft(random)
    edited = deepcopy(draft)
    for _ in range(edits):
        edit(edited, random)
    there = compare_lists(draft.build("2021"), edited.build("2025-11-15"))
    back = compare_lists(edited.build("2025-11-15"), draft.build("2021"))
    assert there.touched == back.touched


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_only_changes_of_marks_and_signs_touch_nothing(kind: ChangeKind) -> None:
    touched = Change(kind, parse_path("6A003.b"), "a", "b").touched
    assert touched == (() if kind in WITHOUT_EFFECT else ("6A003.b",))
