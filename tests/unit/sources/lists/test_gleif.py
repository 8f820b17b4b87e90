"""GLEIF: golden copies and API answers, invented small ones and the real files."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from ownership_tools import graph_of

from overzicht.dates import DateBasis
from overzicht.entities import Record
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.lists.registry import load_card, load_reader

CHILD, PARENT = "3003000T24CMHQ382Y71", "21380068P1DRHMJ8KU70"
READER = load_reader("gleif")


def _value(text: str, **attributes: str) -> dict[str, str]:
    return {"$": text, **{f"@{name.replace('__', ':')}": value for name, value in attributes.items()}}


def _lei_record(**entity: Any) -> dict[str, Any]:
    address = {
        "@xml:lang": "zh",
        "FirstAddressLine": _value("阡陌路555号"),
        "City": _value("杭州"),
        "Region": _value("CN-ZJ"),
        "Country": _value("CN"),
        "PostalCode": _value("310051"),
    }
    return {
        "LEI": _value(CHILD),
        "Entity": {
            "LegalName": _value("虚构科技股份有限公司", xml__lang="zh"),
            "OtherEntityNames": {
                "OtherEntityName": [
                    _value(
                        "Fictional Technology Co., Ltd.",
                        type="ALTERNATIVE_LANGUAGE_LEGAL_NAME",
                        xml__lang="en",
                    ),
                    _value("旧名有限公司", type="PREVIOUS_LEGAL_NAME", xml__lang="zh"),
                ]
            },
            "TransliteratedOtherEntityNames": {
                "TransliteratedOtherEntityName": [
                    _value("xu gou ke ji", type="AUTO_ASCII_TRANSLITERATED_LEGAL_NAME", xml__lang="zh")
                ]
            },
            "LegalAddress": address,
            "HeadquartersAddress": address,
            "RegistrationAuthority": {
                "RegistrationAuthorityID": _value("RA000092"),
                "RegistrationAuthorityEntityID": _value("91330000733796106P"),
            },
            "LegalJurisdiction": _value("CN"),
            "EntityCategory": _value("GENERAL"),
            "LegalForm": {"EntityLegalFormCode": _value("ECAK")},
            "EntityStatus": _value("ACTIVE"),
            "EntityCreationDate": _value("2001-11-30T00:00:00+08:00"),
            **entity,
        },
        "Registration": {
            "RegistrationStatus": _value("LAPSED"),
            "LastUpdateDate": _value("2024-05-04T00:00:00Z"),
            "ManagingLOU": _value(PARENT),
        },
        "Extension": None,
    }


def _relation(
    kind: str = "IS_DIRECTLY_CONSOLIDATED_BY", status: str = "ACTIVE", **changes: Any
) -> dict[str, Any]:
    node = {"NodeIDType": _value("LEI")}
    relation = {
        "StartNode": {"NodeID": _value(CHILD), **node},
        "EndNode": {"NodeID": _value(PARENT), **node},
        "RelationshipType": _value(kind),
        "RelationshipPeriods": {
            "RelationshipPeriod": [
                {"StartDate": _value("2018-04-10T00:00:00Z"), "PeriodType": _value("RELATIONSHIP_PERIOD")},
                {
                    "StartDate": _value("2022-01-01T00:00:00Z"),
                    "EndDate": _value("2022-12-31T00:00:00Z"),
                    "PeriodType": _value("ACCOUNTING_PERIOD"),
                },
            ]
        },
        "RelationshipStatus": _value(status),
        **changes,
    }
    registration = {
        "RegistrationStatus": _value("PUBLISHED"),
        "LastUpdateDate": _value("2024-01-02T00:00:00Z"),
        "ValidationSources": _value("FULLY_CORROBORATED"),
    }
    return {"RelationshipRecord": {"Relationship": relation, "Registration": registration}}


def _exception(reason: str = "NATURAL_PERSONS") -> dict[str, Any]:
    return {
        "LEI": _value(CHILD),
        "ExceptionCategory": _value("DIRECT_ACCOUNTING_CONSOLIDATION_PARENT"),
        "ExceptionReason": [_value(reason)],
    }


def _file(folder: Path, name: str, data: Any) -> LocalFile:
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return LocalFile(path)


def _read(file: LocalFile) -> tuple[list[Record], ReadReport, Layout]:
    layout = READER.recognise(file.sample())
    assert layout is not None
    report = ReadReport()
    return list(READER.read(file, layout, report)), report, layout


WHOLE = "20240505-0000-gleif-goldencopy-{}-golden-copy.json"


def test_a_level_1_record(tmp_path: Path) -> None:
    (record,), report, layout = _read(_file(tmp_path, WHOLE.format("lei2"), {"records": [_lei_record()]}))
    assert layout == Layout("golden-copy-lei2", "lei2")
    assert (report.published, report.complete, report.problems) == (date(2024, 5, 5), True, [])
    assert (record.id, record.schema) == (f"gleif-{CHILD}", "Company")
    named = [(s.prop, s.value, s.lang) for s in record.statements if "ame" in s.prop or "lias" in s.prop]
    assert named == [
        ("name", "虚构科技股份有限公司", "zho"),
        ("alias", "Fictional Technology Co., Ltd.", "eng"),
        ("previousName", "旧名有限公司", "zho"),
        ("weakAlias", "xu gou ke ji", "zho"),
    ]
    assert record.first("leiCode") == CHILD
    assert record.first("registrationNumber") == record.first("uscCode") == "91330000733796106P"
    assert record.first("jurisdiction") == "cn"
    assert record.values("address") == ("阡陌路555号, 310051, 杭州, CN-ZJ, CN",)
    assert record.first("incorporationDate") == "2001-11-30"
    assert "LEI registration: LAPSED" in record.values("notes")
    assert report.ignored["Registration.ManagingLOU"] == 1
    assert not record.listings


@pytest.mark.parametrize("number", ["91330000733796106Q", "330000000022087", ""])
def test_a_number_that_is_no_credit_code_stays_a_number(tmp_path: Path, number: str) -> None:
    authority = {
        "RegistrationAuthorityID": _value("RA000092"),
        "RegistrationAuthorityEntityID": _value(number),
    }
    data = {"records": [_lei_record(RegistrationAuthority=authority)]}
    (record,), _, _ = _read(_file(tmp_path, WHOLE.format("lei2"), data))
    assert (record.first("registrationNumber"), record.values("uscCode")) == (number, ())


def test_a_founding_before_1800_becomes_a_note(tmp_path: Path) -> None:
    data = {"records": [_lei_record(EntityCreationDate=_value("1694-07-27T00:00:00Z"))]}
    (record,), _, _ = _read(_file(tmp_path, WHOLE.format("lei2"), data))
    assert record.values("incorporationDate") == ()
    assert "created: 1694-07-27T00:00:00Z" in record.values("notes")


def test_a_successor_and_a_fund_manager_are_told(tmp_path: Path) -> None:
    entity = {
        "SuccessorEntity": {"SuccessorLEI": _value(PARENT), "SuccessorEntityName": _value("Next NV")},
        "AssociatedEntity": {"@type": "FUND_FAMILY", "AssociatedEntityName": _value("Family BV")},
        "EntityExpirationDate": _value("2020-01-02T00:00:00Z"),
        "EntityExpirationReason": _value("CORPORATE_ACTION"),
    }
    (record,), report, _ = _read(_file(tmp_path, WHOLE.format("lei2"), {"records": [_lei_record(**entity)]}))
    assert report.problems == []
    assert f"succeeded by: {PARENT} Next NV" in record.values("notes")
    assert "associated entity (FUND_FAMILY): Family BV" in record.values("notes")
    assert record.first("dissolutionDate") == "2020-01-02"


def test_a_relationship_is_ownership_without_a_share(tmp_path: Path) -> None:
    (record,), report, layout = _read(_file(tmp_path, WHOLE.format("rr"), {"relations": [_relation()]}))
    assert layout == Layout("golden-copy-rr", "rr")
    assert report.problems == []
    assert (record.schema, record.id) == ("Ownership", f"gleif-rr-{CHILD}-direct-{PARENT}")
    assert (record.first("owner"), record.first("asset")) == (f"gleif-{PARENT}", f"gleif-{CHILD}")
    assert record.values("percentage") == ()
    assert record.first("startDate") == "2018-04-10"
    assert record.values("endDate") == ()
    (link,) = graph_of([record]).owners_on(f"gleif-{CHILD}", date(2018, 4, 10))
    assert link.share.is_unknown
    assert graph_of([record]).owners_on(f"gleif-{CHILD}", date(2018, 4, 9)) == ()


def test_an_inactive_relationship_has_ended_by_its_last_update(tmp_path: Path) -> None:
    data = {"relations": [_relation(status="INACTIVE")]}
    (record,), _, _ = _read(_file(tmp_path, WHOLE.format("rr"), data))
    end = record.statements[0].period.end
    assert end is not None
    assert (end.day, end.basis) == (date(2024, 1, 2), DateBasis.NOT_LATER_THAN)
    graph = graph_of([record])
    assert graph.owners_on(f"gleif-{CHILD}", date(2024, 1, 2)) == ()
    assert not graph.owners_on(f"gleif-{CHILD}", date(2023, 1, 1))[0].is_certain


def test_a_branch_is_a_link_and_no_ownership(tmp_path: Path) -> None:
    data = {"relations": [_relation("IS_INTERNATIONAL_BRANCH_OF"), _relation("IS_FUND-MANAGED_BY")]}
    records, report, _ = _read(_file(tmp_path, WHOLE.format("rr"), data))
    assert [(r.schema, r.first("role")) for r in records] == [
        ("UnknownLink", "international branch of"),
        ("UnknownLink", "fund managed by"),
    ]
    assert report.problems == []


def test_a_void_registration_is_counted_and_left_out(tmp_path: Path) -> None:
    relation = _relation()
    relation["RelationshipRecord"]["Registration"]["RegistrationStatus"] = _value("ANNULLED")
    records, report, _ = _read(_file(tmp_path, WHOLE.format("rr"), {"relations": [relation]}))
    assert (records, report.ignored["void registrations"]) == ([], 1)


def test_an_exception_says_that_the_parent_is_not_given(tmp_path: Path) -> None:
    (record,), report, layout = _read(_file(tmp_path, WHOLE.format("repex"), {"exceptions": [_exception()]}))
    assert layout == Layout("golden-copy-repex", "repex")
    assert report.problems == []
    assert (record.schema, record.first("entity")) == ("Note", f"gleif-{CHILD}")
    assert record.first("description").startswith("direct parent not given: natural persons control it")


def test_a_delta_is_a_part_of_its_own_and_incomplete(tmp_path: Path) -> None:
    file = _file(tmp_path, "20240505-0000-gleif-goldencopy-lei2-intra-day.json", {"records": [_lei_record()]})
    _, report, layout = _read(file)
    assert (layout.part, report.complete, report.published) == ("lei2-delta", False, date(2024, 5, 5))
    assert "delta" in report.remarks[0]


@pytest.mark.parametrize(
    ("kind", "items", "why"),
    [
        ("records", [_lei_record(EntityCategory=_value("ALIEN"))], "unknown category 'ALIEN'"),
        ("records", [_lei_record(Colour=_value("red"))], "unknown field Entity.Colour"),
        ("records", [{**_lei_record(), "LEI": _value("3003000T24CMHQ382Y72")}], "is not a LEI"),
        ("records", [{"LEI": _value(CHILD), "Entity": {}}], "it has no Registration"),
        ("records", [{"LEI": _value(CHILD), "Entity": [1]}], "unknown field Entity"),
        ("records", [_lei_record(), _lei_record()], "occurs earlier in the file"),
        (
            "records",
            [_lei_record(OtherEntityNames={"OtherEntityName": [_value("X", type="NICKNAME")]})],
            "unknown kind of name 'NICKNAME'",
        ),
        ("relations", [_relation("IS_FRIEND_OF")], "unknown kind of relationship"),
        (
            "relations",
            [_relation(StartNode={"NodeID": _value(CHILD), "NodeIDType": _value("ISIN")})],
            "a node is not a LEI but ISIN",
        ),
        (
            "relations",
            [
                _relation(
                    RelationshipPeriods={
                        "RelationshipPeriod": {
                            "StartDate": _value("2922-01-01T00:00:00Z"),
                            "PeriodType": _value("RELATIONSHIP_PERIOD"),
                        }
                    }
                )
            ],
            "the year 2922",
        ),
        ("exceptions", [_exception("BECAUSE")], "unknown reason BECAUSE"),
    ],
)
def test_what_is_not_understood_is_told_with_its_record(
    tmp_path: Path, kind: str, items: list[Any], why: str
) -> None:
    part = {"records": "lei2", "relations": "rr", "exceptions": "repex"}[kind]
    _, report, _ = _read(_file(tmp_path, WHOLE.format(part), {kind: items}))
    (problem,) = report.problems
    assert why in problem.reason
    assert problem.place.startswith(f"record {len(items)}")


@pytest.mark.parametrize("cut", [60, 900])
def test_a_file_cut_off_is_refused_with_its_name(tmp_path: Path, cut: int) -> None:
    text = json.dumps({"records": [_lei_record()]})
    file = _file(tmp_path, WHOLE.format("lei2"), text[:-cut])
    with pytest.raises(ListFileRefusedError, match="not whole JSON") as caught:
        _read(file)
    assert "golden-copy.json, after item 0" in str(caught.value)


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    path = tmp_path / WHOLE.format("lei2")
    path.write_bytes(json.dumps({"records": [_lei_record()]}).encode().replace(b"Fictional", b"Fiction\xe9l"))
    with pytest.raises(ListFileRefusedError, match="not whole JSON"):
        _read(LocalFile(path))


@pytest.mark.parametrize(
    "text",
    ['{"records": [{"lei": "x"}]}', "[]", "", '{"meta": {"goldenCopy": {}}, "data": []}', "LEI,Legal Name\n"],
)
def test_other_layouts_are_not_recognised(tmp_path: Path, text: str) -> None:
    assert READER.recognise(_file(tmp_path, "some.json", text).sample()) is None


def test_an_answer_of_the_api_is_a_part_of_its_own(tmp_path: Path) -> None:
    entry = {
        "type": "reporting-exceptions",
        "id": f"{CHILD}|0",
        "attributes": {
            "lei": CHILD,
            "category": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
            "reason": "NON_PUBLIC",
            "reference": None,
        },
    }
    data = {"meta": {"goldenCopy": {"publishDate": "2025-05-15T00:00:00Z"}}, "data": entry}
    (record,), report, layout = _read(_file(tmp_path, "one.json", data))
    assert layout == Layout("api-repex", "repex-answer-one")
    assert (report.published, report.complete) == (date(2025, 5, 15), False)
    assert record.id == f"gleif-repex-{CHILD}-ultimate"


def test_the_card_is_a_register_that_binds_nobody() -> None:
    card = load_card("gleif")
    assert not card.is_listing
    assert (card.effect.kind, card.effect.binds) == ("register", ("nobody",))


def _assert_in_vocabulary(records: list[Record]) -> None:
    for record in records:
        schema = model.get(record.schema)
        assert schema is not None
        assert all(schema.get(s.prop) is not None for s in record.statements), record


@pytest.mark.shared
def test_the_official_delta_of_5_may_2024(shared_data: Path) -> None:
    path = shared_data / "lists/gleif/20240505-0000-gleif-goldencopy-lei2-intra-day.json"
    records, report, layout = _read(LocalFile(path))
    assert (len(records), report.problems) == (577, [])
    assert layout.part == "lei2-delta"
    assert Counter(r.schema for r in records) == {"Company": 547, "LegalEntity": 28, "PublicBody": 2}
    _assert_in_vocabulary(records)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("folder", "schema", "entries"),
    [("lei_records", None, 87), ("relationships", "Ownership", 65), ("reporting_exceptions", "Note", 5)],
)
def test_answers_of_the_api(shared_data: Path, folder: str, schema: str | None, entries: int) -> None:
    found: list[Record] = []
    for path in sorted((shared_data / "lists/gleif/api-samples" / folder).glob("*.json")):
        records, report, _ = _read(LocalFile(path))
        assert report.problems == []
        assert not report.complete
        found.extend(records)
    assert len(found) == entries
    assert schema is None or {record.schema for record in found} == {schema}
    _assert_in_vocabulary(found)


@pytest.mark.shared
def test_direct_and_ultimate_parents_of_one_company(shared_data: Path) -> None:
    folder = shared_data / "lists/gleif/api-samples/relationships"
    records = [
        record
        for path in sorted(folder.glob("*parent-relationship_549300YX4S1LLSMK2627.json"))
        for record in _read(LocalFile(path))[0]
    ]
    (link,) = graph_of(records).owners_on("gleif-549300YX4S1LLSMK2627", date(2025, 5, 15))
    assert link.owner == "gleif-HWUPKR0MPOU8FGXBT394"
    assert link.share.is_unknown
    assert sorted(s.kind for s in link.statements) == [
        "direct accounting consolidation",
        "ultimate accounting consolidation",
    ]


@pytest.mark.shared
def test_tables_of_a_third_party_and_other_answers_are_not_recognised(shared_data: Path) -> None:
    folder = shared_data / "lists/gleif"
    others = [
        *folder.glob("*.csv"),
        *folder.glob("api-samples/isins/*"),
        *folder.glob("api-samples/entity_*/*"),
    ]
    assert len(others) == 9
    assert all(READER.recognise(LocalFile(path).sample()) is None for path in others)
