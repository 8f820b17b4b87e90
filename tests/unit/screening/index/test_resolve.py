"""Entries are one party by numbers, names and decisions; different numbers keep equal names apart."""

import numpy as np
import pytest

from overzicht.screening.index.resolve import DECISION, MOST_OF_ONE_NAME, NAME, Links, key_of, resolve


def groups(*parties: list[tuple[str, str]]) -> list[list[int]]:
    """Return the resolved parties of some link keys, each as the numbers of its entries."""
    keys = [[key_of(kind, value) for kind, value in links] for links in parties]
    at = np.cumsum([0, *map(len, keys)]).astype(np.int64)
    resolved = resolve(Links(at, np.array([key for row in keys for key in row], np.uint64)))
    members: dict[int, list[int]] = {}
    for party in resolved.order.tolist():
        members.setdefault(int(resolved.root[party]), []).append(party)
    return sorted(members.values())


def test_a_shared_number_or_name_joins_and_nothing_else_does() -> None:
    assert groups(
        [("leiCode", "A")], [(NAME, "lens corp")], [("leiCode", "A"), (NAME, "lens corp")], [(NAME, "other")]
    ) == [[0, 1, 2], [3]]


def test_entries_without_links_stay_alone() -> None:
    assert groups([], [], [(NAME, "x y")]) == [[0], [1], [2]]
    assert groups() == []


def test_different_numbers_of_one_kind_keep_equal_names_apart() -> None:
    one, other = [("uscCode", "1"), (NAME, "lens corp")], [("uscCode", "2"), (NAME, "lens corp")]
    assert groups(one, other) == [[0], [1]]
    assert groups(one, [("leiCode", "2"), (NAME, "lens corp")]) == [[0, 1]]


def test_a_name_does_not_carry_a_number_past_another_number() -> None:
    one, nameless, other = (
        [("uscCode", "1"), (NAME, "lens corp")],
        [(NAME, "lens corp")],
        [("uscCode", "2"), (NAME, "lens corp")],
    )
    assert groups(one, nameless, other) == [[0, 1], [2]]


def test_a_decision_joins_what_numbers_keep_apart() -> None:
    assert groups([("uscCode", "1"), (DECISION, "m")], [("uscCode", "2"), (DECISION, "m")]) == [[0, 1]]


def test_a_name_that_very_many_entries_share_identifies_none() -> None:
    assert len(groups(*[[(NAME, "city bank")]] * MOST_OF_ONE_NAME)) == 1
    assert len(groups(*[[(NAME, "city bank")]] * (MOST_OF_ONE_NAME + 1))) == MOST_OF_ONE_NAME + 1


@pytest.mark.parametrize("kind", ["imoNumber", "innCode", "leiCode", "ogrnCode", "uscCode"])
def test_a_number_of_each_kind_joins_and_keeps_apart(kind: str) -> None:
    one, other = [(kind, "1"), (NAME, "lens corp")], [(kind, "2"), (NAME, "lens corp")]
    assert groups(one, other, [(kind, "1")]) == [[0, 2], [1]]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError, match="registrationNumber"):
        key_of("registrationNumber", "1")
