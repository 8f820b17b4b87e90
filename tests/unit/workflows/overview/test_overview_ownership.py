"""Who owns the makers: stakes of cards and of loaded registers side by side, each with its own source."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from functional_tools import run_command
from maker_tools import SOURCE, cards, maker, owner
from store_tools import NOON, put, snapshot_of

from overzicht.devices.card import MakerCard
from overzicht.devices.knowledge import load_maker_cards
from overzicht.entities import Record, Statement
from overzicht.evidence import Confidence
from overzicht.parties.ownership import all_owners, card_stakes, parties_of
from overzicht.reports.overview_report import OverviewReport, OwnershipEdge
from overzicht.store.database import Store
from overzicht.subjects.overview.build import OverviewChoices, make_overview
from overzicht.subjects.overview.findings import findings_of
from overzicht.subjects.overview.listings import Screened, screen_parties
from overzicht.subjects.overview.ownership import (
    gather_stakes,
    ownership_edges,
    regime_rows,
    uncertain_stakes,
)
from overzicht.subjects.screening.lookup import party_lookup
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
        tuple(regime_rows(known, known, stakes, screened, as_of))
    return ownership_edges(stakes, screened, as_of)


def unsure(store: Store, known: dict[str, MakerCard], as_of: date = DAY) -> list[str]:
    with party_lookup(store) as lookup:
        parties = parties_of(known, known, as_of)
        stakes = gather_stakes(parties, known, lookup, as_of)
    return [str(each) for each in uncertain_stakes(stakes, as_of)]


def ends(found: tuple[OwnershipEdge, ...]) -> set[tuple[str, str, float | None]]:
    return {(edge.owner_id, edge.asset_id, edge.min_percent) for edge in found}


def test_a_share_that_is_not_stated_stays_unknown(store: Store) -> None:
    known = cards(maker("lens", owner("fund"), owner("group", min_percent=20, max_percent=25)))
    assert ends(edges(store, known)) == {("fund", "lens", None), ("group", "lens", 20.0)}


def test_a_stake_that_ended_is_not_shown(store: Store) -> None:
    known = cards(maker("lens", owner("fund", since="2019-01-01", until="2021-01-01")))
    assert ends(edges(store, known, date(2020, 1, 1))) == {("fund", "lens", None)}
    assert ends(edges(store, known, date(2021, 1, 1))) == set()


@pytest.mark.parametrize(
    ("day", "sure", "perhaps"),
    [
        (date(2018, 12, 31), set(), []),
        (date(2019, 1, 1), set(), ["fund"]),
        (date(2019, 12, 31), {"fund"}, []),
        (date(2025, 3, 31), {"fund"}, []),
        (date(2025, 4, 1), set(), ["fund", "heir"]),
        (date(2025, 9, 29), set(), ["fund", "heir"]),
        (date(2025, 9, 30), {"heir"}, []),
    ],
)
def test_a_stake_holds_only_on_days_that_its_dates_settle(
    day: date, sure: set[str], perhaps: list[str], store: Store
) -> None:
    fund = owner("fund", since="2019", until="2025-04/2025-09", min_percent=64.9, max_percent=64.9)
    heir = owner("heir", since="2025-04/2025-09", min_percent=64.9, max_percent=64.9)
    known = cards(maker("lens", fund, heir))
    found = edges(store, known, day)
    assert {edge.owner_id for edge in found} == sure
    assert [text.split(" Ltd")[0] for text in unsure(store, known, day)] == perhaps
    assert all("do not show this for the date" in text for text in unsure(store, known, day))
    assert sum(edge.min_percent or 0 for edge in found) <= 100


def test_the_dates_of_a_stake_are_shown_as_the_source_gives_them(store: Store) -> None:
    known = cards(
        maker("lens", owner("fund", since="2019"), owner("heir", since="2020-02", until="2027-01-01"))
    )
    found = {edge.owner_id: (edge.since, edge.until) for edge in edges(store, known)}
    assert found == {"fund": ("2019", ""), "heir": ("2020-02", "2027-01-01")}


def test_a_stake_that_was_only_announced_is_told_and_is_nobodys(store: Store) -> None:
    known = cards(maker("lens", owner("fund", owner("state"), since="2019-01-01", is_announced=True)))
    assert ends(edges(store, known)) == {("state", "fund", None)}
    (fund,) = unsure(store, known)
    assert fund == (
        "fund Ltd may own an unknown share of lens Corporation: A source announces it, and no source "
        "confirms it."
    )
    assert [party.id for party in parties_of(known, known, DAY)] == ["lens"], "nobody above it is asked about"


def test_a_source_of_a_later_day_is_evidence_only_where_it_dates_the_past(store: Store) -> None:
    known = cards(maker("lens", owner("fund"), owner("heir", since="2020-01-01")))  # a source of 6 May 2024
    day = date(2024, 5, 5)
    assert ends(edges(store, known, day)) == {("heir", "lens", None)}
    assert unsure(store, known, day) == [], "a later source without a start tells nothing of the day"
    (finding,) = findings_of(Screened((), (), ()), edges(store, known, day), as_of=day)
    assert [str(reason.text) for reason in finding.reasons] == [
        "stated by A source, dated 2024-05-06, about an earlier date"
    ]
    assert ends(edges(store, known, date(2024, 5, 6))) == {("fund", "lens", None), ("heir", "lens", None)}


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        ({"kind": "filing", "official": True}, Confidence.HIGH),
        ({"official": True}, Confidence.MEDIUM),
        ({}, Confidence.LOW),
    ],
)
def test_the_confidence_of_a_stake_follows_from_its_source(
    source: dict[str, object], confidence: Confidence, store: Store
) -> None:
    sources = {"s": {**SOURCE, **source}}
    (edge,) = edges(store, cards(maker("lens", owner("fund", since="2020"), sources=sources)))
    assert edge.confidence is confidence
    (finding,) = findings_of(Screened((), (), ()), (edge,), as_of=DAY)
    assert finding.confidence is confidence


def test_a_register_proves_more_than_a_copy_of_a_list(store: Store) -> None:
    register = [
        firm("lei-1", "Lens Corporation"),
        firm("lei-2", "Lens Holding"),
        stake("lei-2", "lei-1", "60"),
    ]
    put(store, snapshot_of("gleif", DAY, part="lei2"), register)
    (edge,) = edges(store, cards(maker("lens", names=("Lens Corporation",))))
    assert edge.confidence is Confidence.HIGH


@pytest.mark.parametrize(
    ("day", "asked"), [(date(2018, 12, 31), set()), (date(2019, 12, 31), {"cethik", "cetc"})]
)
def test_only_owners_of_the_day_bring_listings(day: date, asked: set[str]) -> None:
    group = owner("cetc", since="2010-01-01")
    known = cards(maker("lens", owner("cethik", group, since="2019")))
    assert {party.id for party in parties_of(known, known, day)} - {"lens"} == asked
    assert {each.id for each in all_owners(known["lens"], known, day)} == asked
    assert {party.id for party in parties_of(known, known)} == {"lens", "cethik", "cetc"}, "on any day"


@pytest.mark.parametrize("day", [date(2010 + year, 7, 1) for year in range(18)])
def test_owners_on_the_packaged_cards_never_hold_more_than_the_whole(day: date) -> None:
    known = load_maker_cards()
    for card in known.values():
        held: dict[str, dict[str, float]] = {}
        for _, stake_ in card_stakes(card, known, day):
            held.setdefault(stake_.asset, {})[stake_.owner] = float(stake_.share.low)
        assert all(sum(shares.values()) <= 100 for shares in held.values()), card.id


@pytest.mark.parametrize(
    ("day", "owners"),
    [
        (date(2019, 10, 8), {"konica-minolta"}),
        (date(2025, 3, 25), {"konica-minolta"}),
        (date(2025, 6, 1), set()),
        (date(2026, 7, 23), {"certina"}),
    ],
)
def test_mobotix_has_one_parent_at_a_time(day: date, owners: set[str]) -> None:
    known = load_maker_cards()
    assert {owner.id for owner in all_owners(known["mobotix"], known, day)} == owners


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
