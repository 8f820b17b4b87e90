"""Rows of the Entity List: which items, and which review policy for which American number."""

import json
from collections import Counter
from pathlib import Path

import pytest

from overzicht.dates import Holds
from overzicht.subjects.licensing.entity_list_rows import Clause, Policy, read_row

ALL = "For all items subject to the EAR. (See § 744.11 of the EAR)"
MIXED = (
    "Case-by-case review for ECCNs 1A004.c and 1D003, and for EAR99 items described in the Note to "
    "ECCN 1A995; case-by-case review for items against disease; "
    "and presumption of denial for all other items subject to the EAR"
)
EXCEPT = (
    "Policy of denial for all items subject to the EAR apart from food and medicine designated as EAR99, "
    "which will be reviewed on a case-by-case basis."
)


@pytest.mark.parametrize(
    ("policy", "eccn", "expected"),
    [
        ("Presumption of denial", "6A003", Policy.PRESUMPTION_OF_DENIAL),
        ("Presumption of denial", "", Policy.PRESUMPTION_OF_DENIAL),
        (MIXED, "1A004.c", Policy.CASE_BY_CASE),
        (MIXED, "1A004.d", Policy.PRESUMPTION_OF_DENIAL),
        (MIXED, "1D003", Policy.CASE_BY_CASE),
        (MIXED, "6A003.b.4.b", Policy.PRESUMPTION_OF_DENIAL),
        (EXCEPT, "6A003", Policy.POLICY_OF_DENIAL),
        (EXCEPT, "EAR99", Policy.POLICY_OF_DENIAL),
        (EXCEPT, "", Policy.POLICY_OF_DENIAL),
        (MIXED, "EAR99", Policy.PRESUMPTION_OF_DENIAL),
        (MIXED, "1A995", Policy.PRESUMPTION_OF_DENIAL),
        ("Case-by-case for all items listed on the CCL. Presumption of approval for EAR99 items.", "EAR99",
         Policy.PRESUMPTION_OF_APPROVAL),
        ("Presumption of approval for EAR99; case-by-case review for all items on the CCL", "6A003",
         Policy.CASE_BY_CASE),
        ("Case-by-case basis", "6A003", Policy.CASE_BY_CASE),
        ("See § 744.3(d) of this part", "6A003", Policy.SEE_ROW),
        ("Presumption of denial except case-by-case for items not described in ECCN 3B001.a.4", "3B001.a.4",
         Policy.PRESUMPTION_OF_DENIAL),
    ],
)  # fmt: skip
def test_policy_for_an_item(policy: str, eccn: str, expected: Policy) -> None:
    clause = read_row(ALL, policy).policy_for(eccn)
    assert clause is not None
    assert clause.policy is expected


SUPPLEMENT = "For items on the CCL and EAR99 items listed in supplement no. 7 to part 746 of the EAR"


@pytest.mark.parametrize(
    ("requirement", "eccn", "expected"),
    [
        (ALL, "EAR99", Holds.YES),
        (ALL, "", Holds.YES),
        (SUPPLEMENT, "6A003.b.4.b", Holds.YES),
        (SUPPLEMENT, "EAR99", Holds.UNKNOWN),  # the supplement names only some of these
        (SUPPLEMENT, "", Holds.UNKNOWN),
        ("For all items subject to the EAR when used in projects specified in § 746.8(a)(4) of the EAR",
         "6A003", Holds.UNKNOWN),
        (f"{ALL}, except for EAR99-designated technology for the repair of aircraft", "EAR99", Holds.UNKNOWN),
        ("For 1A004.c and 1D003", "1D003", Holds.YES),
        ("For 1A004.c and 1D003", "6A003", Holds.UNKNOWN),
        ("Presumption of denial", "6A003", Holds.UNKNOWN),
    ],
)  # fmt: skip
def test_whether_a_row_requires_a_licence(requirement: str, eccn: str, expected: Holds) -> None:
    assert read_row(requirement, "").requires_licence(eccn) is expected


def test_a_row_can_name_a_licence_exception() -> None:
    words = f"{ALL} This license requirement may be overcome by License Exception GOV under § 740.11(b)(2)"
    assert read_row(words, "").allows_exception
    assert not read_row(ALL, "").allows_exception


def test_without_a_number_a_row_that_tells_numbers_apart_gives_no_answer() -> None:
    assert read_row(ALL, MIXED).policy_for("") is None
    assert read_row(ALL, "").policy_for("6A003") is None


def test_items_described_in_words_are_left_to_a_person() -> None:
    assert [clause.words for clause in read_row(ALL, MIXED).worded] == [
        "Case-by-case EAR99 items described in the Note to ECCN 1A995",
        "case-by-case review for items against disease; and",
    ]
    (food,) = read_row(ALL, EXCEPT).worded
    assert (food.policy, food.words) == (
        Policy.CASE_BY_CASE,
        "case-by-case food and medicine designated as EAR99",
    )


@pytest.mark.shared
def test_every_row_of_the_real_list_gives_clauses(shared_data: Path) -> None:
    path = shared_data / "exportcontrol" / "us-entity-list-2026-07-23.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    read = [read_row(row["licence_requirement"], row["review_policy"]) for row in rows]
    assert len(read) == 3411
    plain = [one for one in read if [c.policy for c in one.clauses] == [Policy.PRESUMPTION_OF_DENIAL]]
    assert len(plain) == 2160
    assert Counter(one.is_for_all_items for one in read)[True] == 3391
    assert all(one.clauses for one in read if one.review_policy)
    required = Counter(one.requires_licence("EAR99") for one in read)
    assert (required[Holds.YES], required[Holds.UNKNOWN]) == (3305, 106)
    assert Counter(one.requires_licence("6A003") for one in read)[Holds.YES] == 3305 + 19
    assert Counter(one.allows_exception for one in read)[True] == 13
    camera = Counter(_group(one.review_policy, one.policy_for("EAR99")) for one in read)
    assert camera["1A995", Policy.PRESUMPTION_OF_DENIAL] == 66
    assert camera["food", Policy.POLICY_OF_DENIAL] == 573
    assert camera["approval", Policy.PRESUMPTION_OF_APPROVAL] == 24
    assert sum(count for (group, _), count in camera.items() if group) == 66 + 573 + 24


def _group(policy: str, clause: Clause | None) -> tuple[str, Policy | None]:
    marks = {"1A995": "1A995", "food": "food and medicine", "approval": "resumption of approval"}
    group = next((name for name, words in marks.items() if words in policy), "")
    return group, clause.policy if clause else None
