"""Who owns the makers: stakes of cards and of loaded registers side by side, each with its own source."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from functional_tools import run_command
from maker_tools import cards, maker, owner
from store_tools import NOON, put, snapshot_of

from overzicht.devices.card import MakerCard
from overzicht.entities import Record, Statement
from overzicht.parties.known import parties_of
from overzicht.reports.model import OverviewReport, OwnershipEdge
from overzicht.store.database import Store
from overzicht.workflows.ask import party_lookup
from overzicht.workflows.overview.build import OverviewChoices, make_overview
from overzicht.workflows.overview.listings import screen_parties
from overzicht.workflows.overview.ownership import gather_stakes, ownership_edges, regime_rows
from overzicht.workflows.starter import ensure_starter

DAY = date(2026, 2, 28)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    ensure_starter(opened, actor="tester", at=NOON)
    yield opened
    opened.close()


def firm(record_id: str, name: str) -> Record:
    return Record(record_id, "Company", (Statement("name", name),), f"entry {record_id}")


def stake(owner_id: str, asset_id: str, percentage: str = "") -> Record:
    statements = [Statement("owner", owner_id), Statement("asset", asset_id)]
    statements += [Statement("percentage", percentage)] if percentage else []
    return Record(f"{owner_id}-{asset_id}", "Ownership", tuple(statements), f"stake {owner_id}-{asset_id}")


def edges(store: Store, known: dict[str, MakerCard], as_of: date = DAY) -> tuple[OwnershipEdge, ...]:
    with party_lookup(store) as lookup:
        parties = parties_of(known, known)
        screened = screen_parties(parties, lookup, as_of)
        stakes = gather_stakes(parties, known, lookup, as_of)
        regime_rows(known, known, stakes, screened, as_of)
    return ownership_edges(stakes, screened, as_of)


def ends(found: tuple[OwnershipEdge, ...]) -> set[tuple[str, str, float | None]]:
    return {(edge.owner_id, edge.asset_id, edge.min_percent) for edge in found}


def test_a_share_that_is_not_stated_stays_unknown(store: Store) -> None:
    known = cards(maker("lens", owner("fund"), owner("group", min_percent=20, max_percent=25)))
    assert ends(edges(store, known)) == {("fund", "lens", None), ("group", "lens", 20.0)}


def test_a_stake_that_ended_is_not_shown(store: Store) -> None:
    known = cards(maker("lens", owner("fund", since="2019-01-01", until="2021-01-01")))
    assert ends(edges(store, known, date(2020, 1, 1))) == {("fund", "lens", None)}
    assert ends(edges(store, known, date(2021, 1, 1))) == set()


def test_a_register_that_surely_speaks_of_the_maker_adds_its_owners_up_to_the_top(store: Store) -> None:
    register = [
        firm("lei-1", "Lens Corporation"), firm("lei-2", "Lens Holding"), firm("lei-3", "Top Fund"),
        firm("lei-9", "Lens Daughter"), stake("lei-2", "lei-1", "60"), stake("lei-3", "lei-2"),
        stake("lei-1", "lei-9", "100"),
    ]  # fmt: skip
    put(store, snapshot_of("gleif", DAY, part="lei2"), register)
    found = edges(store, cards(maker("lens", owner("fund"), names=("Lens Corporation",))))
    assert ends(found) == {("fund", "lens", None), ("lei-2", "lens", 60.0), ("lei-3", "lei-2", None)}
    assert {edge.owner_name for edge in found} == {"fund Ltd", "Lens Holding", "Top Fund"}
    (cited,) = [edge.citation for edge in found if edge.owner_id == "lei-2"]
    assert (cited.source, cited.snapshot, cited.place) == ("gleif", "a" * 64, "stake lei-2-lei-1")


def test_a_card_and_a_register_that_say_the_same_stand_side_by_side(store: Store) -> None:
    register = [firm("lei-1", "Lens Corporation"), firm("lei-2", "fund Ltd"), stake("lei-2", "lei-1", "60")]
    put(store, snapshot_of("gleif", DAY, part="lei2"), register)
    known = cards(maker("lens", owner("fund", note="from the card"), names=("Lens Corporation",)))
    found = edges(store, known)
    assert [(edge.owner_id, edge.asset_id) for edge in found] == [("fund", "lens")] * 2
    assert {edge.citation.source: edge.note for edge in found} == {
        "gleif": "",
        "maker-card:lens": "from the card",
    }


def test_a_firm_with_a_similar_name_brings_no_owners(store: Store) -> None:
    register = [firm("lei-1", "Lens Corporation Trading"), firm("lei-2", "Top"), stake("lei-2", "lei-1")]
    put(store, snapshot_of("gleif", DAY, part="lei2"), register)
    assert edges(store, cards(maker("lens", names=("Lens Corporation",)))) == ()


def test_a_circle_in_a_register_ends(store: Store) -> None:
    register = [
        firm("lei-1", "Lens Corporation"),
        firm("lei-2", "B"),
        stake("lei-2", "lei-1"),
        stake("lei-1", "lei-2"),
    ]
    put(store, snapshot_of("gleif", DAY, part="lei2"), register)
    found = edges(store, cards(maker("lens", names=("Lens Corporation",))))
    assert ends(found) == {("lei-2", "lens", None), ("lens", "lei-2", None)}


@pytest.fixture(scope="module")
def full(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the 1260H list, both OFAC sets, the Entity List and answers of GLEIF."""
    home = tmp_path_factory.mktemp("ownership-home")
    lists = shared_data / "lists"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(home))
        for arguments in (
            [lists / "us-1260h/sanctions.csv", lists / "us-ofac/202512-consolidated/cons_prim.csv"],
            [*sorted((lists / "gleif/api-samples/lei_records").glob("direct-parent*.json"))],
            ["--published", "2026-07-23", shared_data / "exportcontrol/us-ear-part-744-2026-07-23.xml"],
        ):
            assert run_command("lists", "add", *arguments).exit_code == 0
    return home


@pytest.fixture
def report_on(full: Path, tmp_path: Path) -> Iterator[object]:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Merk;Model\nHikvision;DS-2CD2143G2-I\n", encoding="utf-8")
    opened = Store.open(full)
    ensure_starter(opened, actor="tester", at=NOON)
    yield lambda day: make_overview(opened, [sheet], OverviewChoices(), as_of=day)
    opened.close()


@pytest.mark.shared
@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2021, 6, 2), None),
        (date(2021, 6, 3), ("2021-06-03", "2025-01-07")),
        (date(2025, 1, 6), ("2021-06-03", "2025-01-07")),
        (date(2025, 1, 7), ("2025-01-07", "2026-06-08")),
        (date(2026, 6, 7), ("2025-01-07", "2026-06-08")),
        (date(2026, 6, 8), None),
    ],
)
def test_the_parent_of_hikvision_by_the_1260h_list_stands_in_two_versions_and_is_blank_since(
    report_on: object, day: date, period: tuple[str, str] | None
) -> None:
    report: OverviewReport = report_on(day)  # type: ignore[operator]
    by_list = [
        (edge.since, edge.until)
        for edge in report.ownership
        if edge.citation.source == "us-1260h" and (edge.owner_id, edge.asset_id) == ("cetc", "hikvision")
    ]
    assert by_list == ([period] if period else [])


@pytest.mark.shared
def test_a_listing_of_an_owner_is_never_the_makers_own(report_on: object) -> None:
    report: OverviewReport = report_on(date(2026, 7, 24))  # type: ignore[operator]
    owners = [row for row in report.listings if row.relation == "owner"]
    assert {row.party_id for row in owners} >= {"cetc", "cethik"}
    assert all(row.party_id != row.maker_id == "hikvision" for row in owners)
    assert all(row.party_id == "hikvision" for row in report.listings if row.relation == "maker")


@pytest.mark.shared
def test_a_unified_social_credit_code_joins_where_names_differ(report_on: object) -> None:
    report: OverviewReport = report_on(date(2026, 7, 24))  # type: ignore[operator]
    (ofac,) = [r for r in report.listings if r.list_id == "us-ofac" and r.relation == "maker"]
    assert any("91330000733796106P" in str(reason.text) for reason in ofac.reasons)
    (entity,) = [r for r in report.listings if r.list_id == "us-bis-entity-list" and r.relation == "maker"]
    assert not any("91330000733796106P" in str(reason.text) for reason in entity.reasons)


@pytest.mark.shared
@pytest.mark.parametrize(("day", "outcome"), [(date(2025, 9, 28), "not in force"), (date(2025, 10, 1), None)])
def test_the_rule_of_half_of_the_entity_list_held_only_for_a_while(
    report_on: object, day: date, outcome: str | None
) -> None:
    report: OverviewReport = report_on(day)  # type: ignore[operator]
    (bis,) = [row.outcome for row in report.regimes if (row.maker_id, row.regime) == ("hikvision", "BIS")]
    assert (bis == "not in force") == (outcome == "not in force")
