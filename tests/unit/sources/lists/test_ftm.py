"""FollowTheMoney JSON lines: small invented files, OpenSanctions' own, and the fictional ownership set."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from ownership_tools import graph_of

from overzicht.dates import DateBasis, Holds
from overzicht.entities import Record
from overzicht.entities.owned import OwnedOutcome, owned
from overzicht.entities.ownership import Share, paths_to
from overzicht.law import ownership_regime
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

READER = load_reader("ftm")
PARTY = {
    "id": "NK-1", "caption": "Xylo", "schema": "Company",
    "properties": {"name": ["Xylo  Ltd"], "country": ["cn"]},
    "datasets": ["a_list"], "referents": ["b-2", "a-1"], "target": True, "first_seen": "2020-01-01T00:00:00",
    "last_seen": "2026-04-29T12:00:00", "last_change": "2021-01-01T00:00:00",
}  # fmt: skip
SANCTION = {
    "id": "s-1", "schema": "Sanction", "datasets": ["a_list"],
    "properties": {
        "entity": ["NK-1"], "authority": ["Office"], "program": ["Programme"], "provisions": ["Asset freeze"],
        "startDate": ["2021-03-22"], "reason": ["Because"], "sourceUrl": ["https://example.org/list"],
    },
}  # fmt: skip


def _file(folder: Path, entities: list[Any], name: str = "entities.ftm.json") -> LocalFile:
    path = folder / name
    path.write_text("".join(json.dumps(entity) + "\n" for entity in entities), encoding="utf-8")
    return LocalFile(path)


def _read(file: LocalFile) -> tuple[list[Record], ReadReport, Layout]:
    layout = READER.recognise(file.sample())
    assert layout is not None
    report = ReadReport()
    return list(READER.read(file, layout, report)), report, layout


@pytest.mark.parametrize("order", [[PARTY, SANCTION], [SANCTION, PARTY]])
def test_a_sanction_is_a_listing_of_its_party_wherever_it_stands(tmp_path: Path, order: list[Any]) -> None:
    records, report, layout = _read(_file(tmp_path, order))
    assert layout == Layout("entities-ftm", "a_list")
    assert (report.newest, report.official, report.problems) == (date(2026, 4, 29), False, [])
    party = next(r for r in records if r.schema == "Company")
    sanction = next(r for r in records if r.schema == "Sanction")
    (listing,) = party.listings
    assert (listing.id, listing.measure, listing.programme) == (
        "ftm-s-1",
        "Asset freeze",
        "Office: Programme",
    )
    assert listing.act_address == "https://example.org/list"
    assert listing.period.holds_on(date(2021, 3, 21)) is Holds.NO
    assert listing.period.holds_on(date(2021, 3, 22)) is Holds.YES
    assert (sanction.listings, sanction.first("entity")) == ((), "ftm-NK-1")


def test_statements_and_the_ids_that_were_merged(tmp_path: Path) -> None:
    (record,), report, _ = _read(_file(tmp_path, [PARTY]))
    assert record.id == "ftm-NK-1"
    assert record.statements[0].value == "Xylo Ltd"
    assert record.statements[0].original == "Xylo  Ltd"
    assert record.values("notes") == ("merged from the ids: a-1, b-2",)
    assert report.ignored["first_seen"] == 1


@pytest.mark.parametrize(
    ("dates", "since", "basis", "until"),
    [
        ({"listingDate": ["2021-03-22"]}, date(2021, 3, 22), DateBasis.STATED, None),
        ({"listingDate": ["2025-03-15", "2023-12-18"]}, date(2023, 12, 18), DateBasis.DERIVED, None),
        ({"startDate": ["2021-03"]}, date(2021, 3, 31), DateBasis.NOT_LATER_THAN, None),
        (
            {"startDate": ["2021-03-22"], "endDate": ["2023-01-01"]},
            date(2021, 3, 22),
            DateBasis.STATED,
            date(2023, 1, 1),
        ),
    ],
)
def test_days_of_a_listing(
    tmp_path: Path, dates: dict[str, list[str]], since: date, basis: DateBasis, until: date | None
) -> None:
    sanction = {"id": "s", "schema": "Sanction", "properties": {"entity": ["NK-1"], **dates}}
    records, _, _ = _read(_file(tmp_path, [PARTY, sanction]))
    period = records[0].listings[0].period
    assert period.start is not None
    assert (period.start.day, period.start.basis) == (since, basis)
    assert (period.end.day if period.end else None) == until


def test_a_sanction_without_days_is_a_listing_without_a_start(tmp_path: Path) -> None:
    sanction = {"id": "s", "schema": "Sanction", "properties": {"entity": ["NK-1"], "status": ["Inactive"]}}
    records, report, _ = _read(_file(tmp_path, [PARTY, sanction]))
    (listing,) = records[0].listings
    assert listing.period.start is None
    assert listing.measure == "sanction (status: Inactive)"
    assert report.problems == []


def test_relations_refer_to_the_records_by_their_new_ids(tmp_path: Path) -> None:
    relation = {
        "id": "o",
        "schema": "Ownership",
        "properties": {"owner": ["p"], "asset": ["NK-1"], "percentage": ["60"]},
    }
    records, _, _ = _read(_file(tmp_path, [PARTY, relation]))
    assert (records[1].first("owner"), records[1].first("asset")) == ("ftm-p", "ftm-NK-1")


def test_nested_entities_are_records_of_their_own_once(tmp_path: Path) -> None:
    address = {"id": "addr", "schema": "Address", "properties": {"full": ["Main street 1"]}}
    nested = json.loads(json.dumps(PARTY))
    nested["properties"] |= {"addressEntity": [address], "sanctions": [SANCTION]}
    other = {**PARTY, "id": "NK-2", "properties": {"name": ["Other"], "addressEntity": [address]}}
    records, report, layout = _read(_file(tmp_path, [nested, other], "targets.nested.json"))
    assert layout == Layout("targets-nested", "a_list")
    assert [r.id for r in records] == ["ftm-NK-1", "ftm-addr", "ftm-s-1", "ftm-NK-2"]
    assert [len(r.listings) for r in records] == [1, 0, 0, 0]
    assert records[0].first("addressEntity") == "ftm-addr"
    assert records[0].values("sanctions") == ()
    assert (report.problems, report.ignored["nested again"]) == ([], 1)


@pytest.mark.parametrize(
    ("change", "why", "kept"),
    [
        ({"schema": "Unicorn"}, "no schema 'Unicorn'", False),
        ({"id": ""}, "it has no id", False),
        ({"properties": ["name"]}, "it has no properties", False),
        ({"properties": {"colour": ["red"]}}, "Company has no property colour", True),
        ({"properties": {"name": "Xylo"}}, "name is not a list", True),
        ({"properties": {"name": [7]}}, "name has a value that is not a text", True),
        ({"shoe_size": 44}, "unknown field shoe_size", True),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_kept(
    tmp_path: Path, change: dict[str, Any], why: str, kept: bool
) -> None:
    records, report, _ = _read(_file(tmp_path, [{**PARTY, "id": "NK-0"}, {**PARTY, **change}]))
    (problem,) = report.problems
    assert why in problem.reason
    assert problem.place.startswith("line 2")
    assert len(records) == 1 + kept


def test_a_day_of_a_sanction_that_is_none_is_told_at_its_party(tmp_path: Path) -> None:
    sanction = {**SANCTION, "properties": {**SANCTION["properties"], "startDate": ["2922-03-22"]}}  # type: ignore[dict-item]
    records, report, _ = _read(_file(tmp_path, [PARTY, sanction]))
    assert records[0].listings == ()
    assert "sanction s-1" in report.problems[0].reason
    assert "2922" in report.problems[0].reason


def test_the_same_id_twice_is_told(tmp_path: Path) -> None:
    records, report, _ = _read(_file(tmp_path, [PARTY, PARTY]))
    assert len(records) == 1
    assert "occurs earlier in the file" in report.problems[0].reason


@pytest.mark.parametrize("tail", ['{"id": "x", "schema": "Person", "prop', "\x1a", '{"a": "\udce9"}'])
def test_a_last_line_that_is_cut_off_is_told(tmp_path: Path, tail: str) -> None:
    path = tmp_path / "entities.ftm.json"
    path.write_bytes(json.dumps(PARTY).encode() + b"\n" + tail.encode("utf-8", "surrogateescape"))
    records, report, _ = _read(LocalFile(path))
    assert len(records) == 1
    assert (report.problems[0].place, report.problems[0].reason) == ("line 2", "it is not whole JSON")


def test_a_bomb_of_brackets_is_told(tmp_path: Path) -> None:
    path = tmp_path / "entities.ftm.json"
    path.write_text(json.dumps(PARTY) + "\n" + "[" * 200_000 + "\n", encoding="utf-8")
    records, report, _ = _read(LocalFile(path))
    assert (len(records), len(report.problems)) == (1, 1)


def test_a_delta_is_refused_in_clear_words(tmp_path: Path) -> None:
    file = _file(tmp_path, [{"op": "ADD", "entity": PARTY}], "entities.delta.json")
    with pytest.raises(ListFileRefusedError, match="it is a delta") as caught:
        _read(file)
    assert "entities.delta.json" in str(caught.value)
    assert "entities.ftm.json" in caught.value.fix


@pytest.mark.parametrize(
    "line",
    [
        '{"DATA_SOURCE": "X", "RECORD_ID": "1"}',
        '{"name": "x", "schemata": []}',
        "id,schema,name",
        "",
        "[]",
        '{"id": "x", "schema": "Person"}',
    ],
)
def test_other_layouts_are_not_recognised(tmp_path: Path, line: str) -> None:
    path = tmp_path / "senzing.json"
    path.write_text(line + "\n", encoding="utf-8")
    assert READER.recognise(LocalFile(path).sample()) is None


def test_an_entity_longer_than_the_sample_is_recognised(tmp_path: Path) -> None:
    long = {**PARTY, "properties": {"name": [f"Name {n}" for n in range(20_000)]}}
    _, _, layout = _read(_file(tmp_path, [long]))
    assert layout == Layout("entities-ftm", "entities")


def test_the_card_binds_nobody() -> None:
    card = load_card("ftm")
    assert (card.effect.binds, card.publisher_is_official) == (("nobody",), False)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "part", "entities", "listings", "problems"),
    [
        ("sa_wiki_peps/entities.ftm.json", "sa_wiki_peps_v2", 1565, 0, 301),
        ("yente-fixtures/zala/entities.ftm.json", "entities", 91, 41, 0),
        ("yente-fixtures/parteispenden/entities.ftm.json", "entities", 475, 0, 0),
        ("FICTIONAL-ownership-workshop/ftm.jsonl", "ftm", 81, 17, 0),
        ("yente-fixtures/t1/entities.ftm.json", "eu_fsf", 7, 0, 0),
        ("sa_wiki_peps/targets.nested.json", "wd_persons", 18, 0, 0),
    ],
)
def test_counts_of_the_real_files(
    shared_data: Path, name: str, part: str, entities: int, listings: int, problems: int
) -> None:
    records, report, layout = _read(LocalFile(shared_data / "lists/opensanctions-ftm" / name))
    assert (len(records), layout.part) == (entities, part)
    assert sum(len(record.listings) for record in records) == listings
    assert (
        len(report.problems) == problems
    )  # the file of 1,565 was changed by a third party, outside the vocabulary
    for record in records:
        schema = model.get(record.schema)
        assert schema is not None
        assert all(schema.get(s.prop) is not None for s in record.statements)


@pytest.mark.shared
def test_other_files_beside_them_are_not_taken(shared_data: Path) -> None:
    folder = shared_data / "lists/opensanctions-ftm"
    for name in ("sa_wiki_peps/senzing.json", "sa_wiki_peps/targets.simple.csv", "sa_wiki_peps/index.json",
                 "ua_war_sanctions/targets.simple.csv"):  # fmt: skip
        assert READER.recognise(LocalFile(folder / name).sample()) is None
    delta = LocalFile(folder / "yente-fixtures/t2/20240528014702-pfh/entities.delta.json")
    with pytest.raises(ListFileRefusedError, match="it is a delta"):
        _read(delta)


@pytest.mark.shared
def test_ownership_in_the_fictional_set_as_reckoned_by_hand(shared_data: Path) -> None:
    """2012 is held 60 and 40 by two persons; 2041 whole by one; 2074 half and half; it holds three."""
    day = date(2026, 1, 1)
    path = shared_data / "lists/opensanctions-ftm/FICTIONAL-ownership-workshop/ftm.jsonl"
    records, _, _ = _read(LocalFile(path))
    graph = graph_of(records, stated_on=day)
    assert Counter(record.schema for record in records)["Ownership"] == 8
    assert graph.assets == tuple(f"ftm-corp-filings-org-{n}" for n in (2012, 2041, 2071, 2074, 2141, 2151))

    def shares(asset: str) -> dict[str, Share]:
        return {link.owner[-4:]: link.share for link in graph.owners_on(f"ftm-corp-filings-org-{asset}", day)}

    assert shares("2012") == {"2013": Share.exactly(60), "2014": Share.exactly(40)}
    assert shares("2041") == {"2061": Share.exactly(100)}
    assert shares("2074") == {"2081": Share.exactly(50), "2091": Share.exactly(50)}
    paths = paths_to(graph, "ftm-corp-filings-org-2071", day).paths
    assert [[party[-4:] for party in path.parties] for path in paths] == [
        ["2081", "2074", "2071"],
        ["2091", "2074", "2071"],
    ]
    assert {path.product for path in paths} == {Share(Decimal(0), Decimal(50))}


@pytest.mark.shared
@pytest.mark.parametrize(
    ("asset", "listed", "regime", "outcome"),
    [
        ("2012", ["2013"], "eu", OwnedOutcome.OWNED),  # 60
        ("2012", ["2014"], "eu", OwnedOutcome.NOT_OWNED),  # 40, and a person has the other 60
        ("2012", ["2013"], "uk", OwnedOutcome.OWNED),
        ("2074", ["2081"], "eu", OwnedOutcome.OWNED),  # exactly half, after 3 July 2024
        ("2074", ["2081"], "ofac", OwnedOutcome.OWNED),
        ("2074", ["2081"], "uk", OwnedOutcome.NOT_OWNED),  # more than half is asked
        ("2074", ["2081", "2091"], "uk", OwnedOutcome.NOT_OWNED),  # not added up
        ("2071", ["2081"], "eu", OwnedOutcome.CANNOT_RULE_OUT),  # by 2074, with a share nobody states
        ("2041", ["2061"], "uk", OwnedOutcome.OWNED),  # the whole
    ],
)
def test_who_is_owned_in_the_fictional_set(
    shared_data: Path, asset: str, listed: list[str], regime: str, outcome: OwnedOutcome
) -> None:
    day = date(2026, 1, 1)
    path = shared_data / "lists/opensanctions-ftm/FICTIONAL-ownership-workshop/ftm.jsonl"
    graph = graph_of(_read(LocalFile(path))[0], stated_on=day)
    parties = {f"ftm-corp-filings-person-{n}" for n in listed}
    assert (
        owned(graph, f"ftm-corp-filings-org-{asset}", parties, ownership_regime(regime), day).outcome
        is outcome
    )


@pytest.mark.shared
def test_dated_ownership_of_real_companies(shared_data: Path) -> None:
    """One company bought and sold: half and a half less one from 2015, gone by March and December 2023."""
    records, report, _ = _read(
        LocalFile(shared_data / "lists/opensanctions-ftm/yente-fixtures/zala/entities.ftm.json")
    )
    graph = graph_of(records, stated_on=report.newest)
    assert sum(record.schema == "Ownership" for record in records) == 14
    person, company, second = (
        "ftm-NK-aU5ybkbRFJucf8YMwsJvDw",
        "ftm-NK-iE6m5ryPeTAMZozfECVSL7",
        "ftm-NK-nR5AXM9AVPq4pQaSPSaVam",
    )
    assert graph.owners_on(company, date(2024, 2, 29)) == ()
    (link,) = graph.owners_on(company, date(2024, 3, 1))
    assert (link.owner, link.share) == (person, Share.exactly(100))
    assert graph.owners_on(company, date(2024, 3, 24)) == ()
    shared = {li.owner: li for li in graph.owners_on("ftm-NK-abdzbEBkqyT29GyREbiURZ", date(2026, 4, 29))}
    assert shared[second].share == Share.exactly(49)
    assert {len(li.statements) for owner, li in shared.items() if owner == second} == {2}
