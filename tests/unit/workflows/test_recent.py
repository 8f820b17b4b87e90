"""Tests of the matches kept for recent queries."""

from collections.abc import Sequence

import pytest

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.workflows import recent
from overzicht.workflows.recent import RecentMatches


class Asked:
    """A matcher that counts what it is asked; each query has as many matches as its name has letters."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, queries: Sequence[PartyQuery]) -> list[list[PartyMatch]]:
        self.names += [query.names[0] for query in queries]
        return [
            [PartyMatch(query.id, f"r{k}", "un-sc", 1.0, query.names[0]) for k in range(len(query.names[0]))]
            for query in queries
        ]


def query(name: str) -> PartyQuery:
    return PartyQuery(name, (name,))


def test_a_query_is_matched_once_and_answers_stay_in_order() -> None:
    kept, asked = RecentMatches(), Asked()
    first = kept.of([query("ab"), query("c"), query("ab")], ("v1", None), asked)
    again = kept.of([query("c"), query("def")], ("v1", None), asked)
    assert [len(matches) for matches in (*first, *again)] == [2, 1, 2, 1, 3]
    assert asked.names == ["ab", "c", "def"]


@pytest.mark.parametrize("settings", [("v2", None), ("v1", 0.5)])
def test_another_index_or_score_is_matched_again(settings: tuple[object, ...]) -> None:
    kept, asked = RecentMatches(), Asked()
    kept.of([query("ab")], ("v1", None), asked)
    kept.of([query("ab")], settings, asked)
    assert asked.names == ["ab", "ab"]


def test_what_a_caller_does_to_its_answer_does_not_change_the_next_one() -> None:
    kept, asked = RecentMatches(), Asked()
    kept.of([query("ab")], (), asked)[0].clear()
    assert len(kept.of([query("ab")], (), asked)[0]) == 2


def test_the_oldest_are_left_out_at_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST_QUERIES", 3)
    monkeypatch.setattr(recent, "MOST_MATCHES", 6)
    kept, asked = RecentMatches(), Asked()
    for name in ("a", "b", "c", "a", "d"):  # b is the oldest when d comes
        kept.of([query(name)], (), asked)
    kept.of([query("a"), query("b")], (), asked)
    assert asked.names == ["a", "b", "c", "d", "b"]
    kept.of([query("longest")], (), asked)  # more than all that may be kept: it is not kept, nor the others
    kept.of([query("longest"), query("b")], (), asked)
    assert asked.names == ["a", "b", "c", "d", "b", "longest", "longest", "b"]


def test_a_long_batch_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MOST_QUERIES", 1)
    kept, asked = RecentMatches(), Asked()
    for _ in range(2):
        kept.of([query("ab"), query("c")], (), asked)
    assert asked.names == ["ab", "c", "ab", "c"]
