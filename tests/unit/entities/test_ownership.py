"""Statements, links and paths of ownership."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from overzicht.dates import DateBasis, Holds, LegalDate, Period
from overzicht.entities.ownership import (
    UNKNOWN_SHARE,
    OwnershipGraph,
    OwnershipStatement,
    PathEnd,
    Share,
    combine,
    paths_to,
)
from overzicht.evidence import Citation

DAY = date(2024, 7, 3)
SINCE = Period(LegalDate(date(2020, 1, 1)))


def _owns(owner: str, asset: str, share: Share = UNKNOWN_SHARE, period: Period = SINCE) -> OwnershipStatement:
    return OwnershipStatement(owner, asset, share, period)


def _exact(percent: int) -> Share:
    return Share.exactly(percent)


@pytest.mark.parametrize(("low", "high"), [("-1", "5"), ("6", "5"), ("0", "100.1")])
def test_a_range_must_be_one(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="not a range"):
        Share(Decimal(low), Decimal(high))


def test_shares_multiply_at_both_ends() -> None:
    assert _exact(50).times(_exact(50)) == _exact(25)
    assert _exact(50).times(UNKNOWN_SHARE) == Share(Decimal(0), Decimal(50))


@pytest.mark.parametrize(
    ("shares", "result", "contradicted"),
    [
        ([_exact(40)], _exact(40), False),
        ([_exact(40), UNKNOWN_SHARE], _exact(40), False),
        ([_exact(40), _exact(60)], Share(Decimal(40), Decimal(60)), True),
        (
            [Share(Decimal(25), Decimal(50)), Share(Decimal(40), Decimal(75))],
            Share(Decimal(40), Decimal(50)),
            False,
        ),
        ([_exact(40), _exact(60), _exact(50)], Share(Decimal(40), Decimal(60)), True),
    ],
)
def test_several_statements_on_one_holding(shares: list[Share], result: Share, contradicted: bool) -> None:
    assert combine(shares) == (result, contradicted)


@pytest.mark.parametrize(
    ("period", "stated_on", "expected"),
    [
        (SINCE, None, Holds.YES),
        (Period(), None, Holds.UNKNOWN),
        (Period(), date(2024, 7, 3), Holds.YES),
        (Period(), date(2024, 7, 4), Holds.UNKNOWN),
        (Period(None, LegalDate(date(2024, 7, 3))), date(2020, 1, 1), Holds.NO),
        (Period(LegalDate(date(2020, 1, 1)), LegalDate(date(2024, 7, 4))), None, Holds.YES),
        (
            Period(LegalDate(date(2020, 1, 1)), LegalDate(date(2024, 12, 31), DateBasis.NOT_LATER_THAN)),
            None,
            Holds.UNKNOWN,
        ),
        (Period(LegalDate(date(2025, 1, 1), DateBasis.NOT_LATER_THAN)), None, Holds.UNKNOWN),
    ],
)
def test_when_a_statement_holds(period: Period, stated_on: date | None, expected: Holds) -> None:
    assert OwnershipStatement("a", "b", period=period, stated_on=stated_on).holds_on(DAY) is expected


def test_an_unsure_period_leaves_the_share_between_nothing_and_what_is_stated() -> None:
    graph = OwnershipGraph([_owns("a", "b", _exact(60), Period())])
    (link,) = graph.owners_on("b", DAY)
    assert (link.share, link.is_certain) == (Share(Decimal(0), Decimal(60)), False)


def test_a_sure_statement_beside_an_unsure_one_keeps_its_lower_end() -> None:
    graph = OwnershipGraph([_owns("a", "b", _exact(30)), _owns("a", "b", _exact(60), Period())])
    (link,) = graph.owners_on("b", DAY)
    assert (link.share, link.is_certain) == (Share(Decimal(30), Decimal(60)), True)


def test_links_cite_each_source_once() -> None:
    cited = Citation("gleif", "GLEIF", "record 1")
    rows = [OwnershipStatement("a", "b", period=SINCE, citation=cited) for _ in range(2)]
    (link,) = OwnershipGraph(rows).owners_on("b", DAY)
    assert link.citations == (cited,)


def test_paths_direct_and_indirect_with_shares_and_dates() -> None:
    later = Period(LegalDate(date(2021, 5, 1)), LegalDate(date(2030, 1, 1)))
    graph = OwnershipGraph(
        [
            _owns("top", "mid", _exact(50)),
            _owns("mid", "low", _exact(40), later),
            _owns("top", "low", _exact(10)),
        ],
        ends=["top"],
    )
    paths = paths_to(graph, "low", DAY)
    assert paths.is_complete
    assert [path.parties for path in paths.paths] == [("top", "low"), ("top", "mid", "low")]
    indirect = paths.paths[1]
    assert (indirect.product, indirect.end) == (_exact(20), PathEnd.NOT_OWNABLE)
    assert (indirect.since, indirect.until) == (date(2021, 5, 1), date(2030, 1, 1))


def test_a_circle_is_told_and_not_walked_again() -> None:
    graph = OwnershipGraph([_owns("a", "b"), _owns("b", "a")])
    (path,) = paths_to(graph, "b", DAY).paths
    assert (path.parties, path.end) == (("b", "a", "b"), PathEnd.CYCLE)


def test_an_open_start_leaves_the_start_of_the_path_open() -> None:
    graph = OwnershipGraph([OwnershipStatement("a", "b", stated_on=DAY), _owns("top", "a")])
    (path,) = paths_to(graph, "b", DAY).paths
    assert (path.since, path.until, path.end) == (None, None, PathEnd.NOBODY_STATED)


def test_a_very_long_chain_stops() -> None:
    graph = OwnershipGraph([_owns(str(n + 1), str(n)) for n in range(40)])
    (path,) = paths_to(graph, "0", DAY).paths
    assert (len(path.links), path.end) == (12, PathEnd.TOO_LONG)


def test_a_mesh_of_owners_stays_within_the_limit() -> None:
    layers = [[f"{level}-{n}" for n in range(6)] for level in range(8)]
    rows = [_owns(above, below) for lower, upper in pairwise(layers) for below in lower for above in upper]
    paths = paths_to(OwnershipGraph(rows), "0-0", DAY, max_paths=50)
    assert (len(paths.paths), paths.is_complete) == (50, False)


def test_ancestors_nearest_first() -> None:
    graph = OwnershipGraph([_owns("b", "a"), _owns("c", "b"), _owns("a", "c"), _owns("z", "a")])
    assert graph.ancestors_on("a", DAY) == ("a", "b", "z", "c")
    assert graph.assets == ("a", "b", "c")
