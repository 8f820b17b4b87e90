"""Suggested merges: kept once, judged like findings, and joined only while a confirmation stands."""

from store_tools import NOON

from overzicht.evidence import Confidence, Reason, text
from overzicht.store.database import Store
from overzicht.store.decisions import Verdict, add_judgement, standing, withdraw_judgement
from overzicht.store.sameparty import StoredMerge, confirmed, has_merge, judged_merges, keep_merges

WHY = (Reason(text("the same words: {words}", words="arvo"), strength=Confidence.HIGH),)
MERGE = StoredMerge("same-0123456789ab", ("un-sc", "un-1"), ("uk", "uk-1"), 0.91, WHY)
OTHER = StoredMerge("same-ba9876543210", ("un-sc", "un-2"), ("uk", "uk-2"), 0.82, WHY)


def test_a_merge_is_kept_once_as_it_was_first_shown(store: Store) -> None:
    with store.writing("tester", NOON) as tx:
        assert keep_merges(tx, [MERGE, OTHER]) == 2
    with store.writing("tester", NOON) as tx:
        assert keep_merges(tx, [StoredMerge(MERGE.id, MERGE.first, MERGE.second, 0.5, ())]) == 0
        add_judgement(tx, MERGE.id, Verdict.UNSURE, "not yet")
    with store.reading() as connection:
        assert has_merge(connection, MERGE.id)
        assert not has_merge(connection, "same-000000000000")
        ((kept, judgements),) = judged_merges(connection)
    assert kept == MERGE
    assert [each.reason for each in judgements] == ["not yet"]


def test_the_newest_judgement_that_stands_counts(store: Store) -> None:
    def holds() -> list[tuple[str, str]]:
        with store.reading() as connection:
            return [(merge.id, judgement.reason) for merge, judgement in confirmed(connection)]

    with store.writing("tester", NOON) as tx:
        keep_merges(tx, [MERGE])
        add_judgement(tx, MERGE.id, Verdict.CONFIRM, "one address")
    assert holds() == [(MERGE.id, "one address")]
    with store.writing("tester", NOON) as tx:
        rejected = add_judgement(tx, MERGE.id, Verdict.REJECT, "another town")
    assert holds() == []
    with store.writing("tester", NOON) as tx:
        withdraw_judgement(tx, rejected)
    assert holds() == [(MERGE.id, "one address")]


def test_nothing_stands_where_nothing_was_judged() -> None:
    assert standing([]) is None
