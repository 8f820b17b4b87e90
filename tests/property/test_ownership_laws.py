"""Laws of the ownership test that hold for every graph: more never comes out as less, names do not matter."""

from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.dates import LegalDate, Period
from overzicht.entities.owned import Owned, OwnedOutcome, owned
from overzicht.entities.ownership import OwnershipGraph, OwnershipStatement, Share, paths_to
from overzicht.law import ownership_regime

PARTIES = ["a", "b", "c", "d", "e", "f"]
ASSET = "c"
DAYS = [date(2024, 7, 2), date(2024, 7, 3), date(2025, 10, 1)]
ORDER = {OwnedOutcome.NOT_OWNED: 0, OwnedOutcome.CANNOT_RULE_OUT: 1, OwnedOutcome.OWNED: 2}
SINCE = Period(LegalDate(date(2000, 1, 1)))

percents = st.sampled_from([Decimal(n) for n in (0, 1, 10, 25, 30, 49, 50, 51, 60, 75, 100)])
shares = st.tuples(percents, percents).map(lambda ends: Share(min(ends), max(ends)))
statements = st.builds(
    OwnershipStatement,
    owner=st.sampled_from(PARTIES),
    asset=st.sampled_from(PARTIES),
    share=shares,
    period=st.just(SINCE),
)
graphs = st.lists(statements, max_size=9)
listings = st.frozensets(st.sampled_from(PARTIES), max_size=3)
regimes = st.sampled_from(["eu", "uk", "ofac"])
days = st.sampled_from(DAYS)


def _ask(rows: list[OwnershipStatement], listed: frozenset[str], regime: str, day: date) -> Owned:
    return owned(OwnershipGraph(rows), ASSET, listed, ownership_regime(regime), day)


@settings(max_examples=200)
@given(graphs, listings, regimes, days, shares)
def test_an_unlisted_owner_more_never_makes_owned(
    rows: list[OwnershipStatement], listed: frozenset[str], regime: str, day: date, share: Share
) -> None:
    before = _ask(rows, listed, regime, day)
    after = _ask([*rows, OwnershipStatement("new", ASSET, share, SINCE)], listed, regime, day)
    assert ORDER[after.outcome] <= ORDER[before.outcome]


@settings(max_examples=200)
@given(graphs, listings, regimes, days, st.data())
def test_a_larger_share_of_a_listed_owner_never_comes_out_as_less(
    rows: list[OwnershipStatement], listed: frozenset[str], regime: str, day: date, data: st.DataObject
) -> None:
    mine = [n for n, row in enumerate(rows) if row.owner in listed]
    if not mine:
        return
    chosen = rows[data.draw(st.sampled_from(mine))]
    low = max(chosen.share.low, data.draw(percents))
    more = Share(low, max(low, chosen.share.high))
    grown = [
        OwnershipStatement(row.owner, row.asset, more, row.period) if row is chosen else row for row in rows
    ]
    assert ORDER[_ask(grown, listed, regime, day).outcome] >= ORDER[_ask(rows, listed, regime, day).outcome]


@settings(max_examples=100)
@given(graphs, listings, regimes, days, st.permutations(PARTIES))
def test_other_ids_change_nothing(
    rows: list[OwnershipStatement], listed: frozenset[str], regime: str, day: date, order: list[str]
) -> None:
    new = dict(zip(PARTIES, order, strict=True))
    renamed = [OwnershipStatement(new[r.owner], new[r.asset], r.share, r.period) for r in rows]
    one = _ask(rows, listed, regime, day)
    other = owned(
        OwnershipGraph(renamed),
        new[ASSET],
        {new[party] for party in listed},
        ownership_regime(regime),
        day,
    )
    assert (one.outcome, one.share, len(one.paths)) == (other.outcome, other.share, len(other.paths))


@settings(max_examples=100)
@given(graphs, listings, regimes, days, st.randoms())
def test_the_order_of_statements_changes_nothing(
    rows: list[OwnershipStatement], listed: frozenset[str], regime: str, day: date, random: Random
) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    one, other = _ask(rows, listed, regime, day), _ask(shuffled, listed, regime, day)
    assert (one.outcome, one.share) == (other.outcome, other.share)
    assert [str(r.text) for r in one.reasons] == [str(r.text) for r in other.reasons]


@settings(max_examples=100)
@given(graphs, listings, days)
def test_one_more_listed_party_never_comes_out_as_less_where_holdings_add_up(
    rows: list[OwnershipStatement], listed: frozenset[str], day: date
) -> None:
    for party in PARTIES:
        more = _ask(rows, listed | {party}, "eu", day)
        assert ORDER[more.outcome] >= ORDER[_ask(rows, listed, "eu", day).outcome]


@settings(max_examples=100)
@given(graphs, days)
def test_paths_enter_nobody_twice_and_end(rows: list[OwnershipStatement], day: date) -> None:
    for path in paths_to(OwnershipGraph(rows), ASSET, day).paths:
        below = path.parties[1:]
        assert len(set(below)) == len(below)
        assert path.parties[-1] == ASSET
        assert 0 <= path.product.low <= path.product.high <= 100
