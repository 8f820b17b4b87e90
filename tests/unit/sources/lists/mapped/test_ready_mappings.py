"""The mappings that ship with the product, each on a small invented file in the real layout."""

import json
from pathlib import Path
from typing import Any

import pytest

from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.mapped.parse import read_mapping
from overzicht.sources.lists.mapped.party_reader import read_records
from overzicht.sources.lists.mapped.preview import PartyLine
from overzicht.sources.lists.mapped.ready import ready_names, ready_text, titles_of

MOST_LINES = 30


def previewed(tmp_path: Path, name: str, content: str | bytes, filename: str) -> list[PartyLine]:
    """Return the parties of a file by a ready mapping; nothing of it may stay unread."""
    path = tmp_path / filename
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = ReadReport()
    mapping = read_mapping(ready_text(name), f"{name}.yml")
    lines = [PartyLine.of(party) for party, _ in read_records(LocalFile(path), mapping, report)]
    assert report.problems == []
    assert report.account is not None
    assert report.account.unread == {}
    left_out = sum(group.count for group in report.account.left_out.values())
    assert report.account.read == report.account.parties + report.account.merged + left_out
    return lines


@pytest.mark.parametrize("name", ready_names())
def test_a_ready_mapping_is_short_and_has_a_title(name: str) -> None:
    lines = [line for line in ready_text(name).splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= MOST_LINES
    assert all(titles_of(name))


def test_senzing_in_lists_flat_and_as_features(tmp_path: Path) -> None:
    entities: list[dict[str, Any]] = [
        {
            "RECORD_ID": "1",
            "RECORD_TYPE": "PERSON",
            "NAMES": [
                {"NAME_TYPE": "PRIMARY", "NAME_FULL": "Ann Example"},
                {"NAME_TYPE": "ALIAS", "NAME_FULL": "A. Example"},
            ],
            "DATES": [{"DATE_OF_BIRTH": "1972-03-04"}],
            "COUNTRIES": [{"NATIONALITY": "fr"}],
            "IDENTIFIERS": [
                {"OTHER_ID_TYPE": "OPEN_SANCTIONS", "OTHER_ID_NUMBER": "1"},
                {"PASSPORT_NUMBER": "P9988776"},
            ],
        },
        {
            "RECORD_ID": "2",
            "RECORD_TYPE": "PERSON",
            "NAME_FIRST": "Bob",
            "NAME_LAST": "Sample",
            "DATE_OF_BIRTH": "1965",
            "NATIONALITY": "BE",
        },
        {
            "RECORD_ID": "3",
            "FEATURES": [
                {"RECORD_TYPE": "ORGANIZATION"},
                {"NAME_TYPE": "PRIMARY", "NAME_ORG": "Example Works"},
                {"NAME_TYPE": "AKA", "NAME_ORG": "EW"},
                {"LEI_NUMBER": "5493001KJTIIGC8Y1R12"},
            ],
        },
    ]
    as_lines = "".join(json.dumps(entity) + "\n" for entity in entities)
    for content, filename in ((as_lines, "entities.jsonl"), (json.dumps(entities), "entities.json")):
        ann, bob, works = previewed(tmp_path, "senzing", content, filename)
        assert (ann.name, ann.aliases, ann.kind) == ("Ann Example", ("A. Example",), "person")
        assert (ann.birth, ann.countries, ann.ids) == (("1972-03-04",), ("fr",), ("P9988776",))
        assert (bob.name, bob.birth, bob.countries, bob.record_id) == ("Bob Sample", ("1965",), ("be",), "2")
        assert (works.name, works.aliases, works.kind) == ("Example Works", ("EW",), "organisation")
        assert works.numbers == (("lei", "5493001KJTIIGC8Y1R12"),)


def test_targets_simple_splits_cells_but_not_what_is_quoted_in_them(tmp_path: Path) -> None:
    content = (
        "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset\n"
        'X-1,Company,Acme,"""Acme; Sons"";ACME Ltd",,cn;hk,"1 Road, Town",91330000733796106P;4711000,'
        '"Some ban - 2021",,,set\n'
        "X-2,Person,Ann Example,,1970-01-02;1971,nl,,,,,,set\n"
    )
    acme, ann = previewed(tmp_path, "targets-simple", content, "targets.simple.csv")
    assert (acme.aliases, acme.kind, acme.countries) == (("Acme; Sons", "ACME Ltd"), "company", ("cn", "hk"))
    assert acme.ids == ("91330000733796106P", "4711000")
    assert (ann.kind, ann.birth, ann.record_id) == ("person", ("1970-01-02", "1971"), "X-2")


def test_statements_are_gathered_by_party(tmp_path: Path) -> None:
    rows = [
        ("Q1", "name", "Person", "Ann Example"),
        ("Q1", "alias", "Person", "A. Example"),
        ("Q1", "birthDate", "Person", "1970-01-02"),
        ("R1", "person", "Occupancy", "Q1"),
        ("Q2", "name", "Company", "Acme"),
        ("Q2", "jurisdiction", "Company", "cn"),
        ("Q1", "nationality", "Person", "nl"),
    ]
    content = "canonical_id,entity_id,prop,schema,value,dataset\n" + "".join(
        f"{key},{key},{prop},{schema},{value},set\n" for key, prop, schema, value in rows
    )
    ann, acme = previewed(tmp_path, "statements", content, "statements.csv")
    assert (ann.name, ann.aliases, ann.birth, ann.countries) == (
        "Ann Example",
        ("A. Example",),
        ("1970-01-02",),
        ("nl",),
    )
    assert (acme.name, acme.kind, acme.countries, acme.record_id) == ("Acme", "company", ("cn",), "Q2")


def test_followthemoney_entities_in_an_array(tmp_path: Path) -> None:
    entities = [
        {
            "id": "a",
            "schema": "Vessel",
            "properties": {"name": ["Star", "STAR 1"], "imoNumber": ["IMO9123456"]},
        },
        {"id": "b", "schema": "Address", "properties": {"full": ["1 Road"]}},
    ]
    (star,) = previewed(tmp_path, "ftm-json", json.dumps(entities), "entities.json")
    assert (star.name, star.aliases, star.kind) == ("Star", ("STAR 1",), "ship")
    assert star.numbers == (("imo", "9123456"),)


SECO = """<?xml version="1.0"?><swiss-sanctions-list list-type="whole-list" date="2026-08-15">
<sanctions-program ssid="1"><program-name lang="ger">Beispiel</program-name>
<program-name lang="eng">Example measures</program-name>
<sanctions-set ssid="77" lang="eng">Annex 1</sanctions-set>
</sanctions-program>
<target ssid="10"><sanctions-set-id>77</sanctions-set-id><individual sex="male"><identity main="true">
<name name-type="primary-name" quality="good">
<name-part order="1" name-part-type="family-name"><value>Muster</value>
<spelling-variant lang="RUS" script="CYRL">Мустер</spelling-variant></name-part>
<name-part order="2" name-part-type="given-name"><value>Hans</value>
<spelling-variant lang="RUS" script="CYRL">Ганс</spelling-variant></name-part></name>
<name name-type="alias" quality="good">
<name-part order="1" name-part-type="whole-name"><value>H. M.</value></name-part></name>
<day-month-year day="3" month="4" year="1960"/>
<nationality><country iso-code="RU">Russia</country></nationality>
<identification-document document-type="passport"><number>N1234567</number></identification-document>
</identity><justification>Invented.</justification></individual>
<modification modification-type="listed" effective-date="2022-03-04"/></target>
<target ssid="11"><sanctions-set-id>77</sanctions-set-id><object object-type="vessel"><identity main="true">
<name name-type="primary-name"><name-part order="1"><value>Meerstern</value></name-part></name>
</identity></object>
<modification modification-type="de-listed" effective-date="2024-05-06"/>
<modification modification-type="listed" effective-date="2023-01-02"/></target></swiss-sanctions-list>
"""


def test_the_swiss_list(tmp_path: Path) -> None:
    hans, ship = previewed(tmp_path, "ch-seco", SECO, "seco.xml")
    assert (hans.name, hans.aliases, hans.kind) == ("Muster Hans", ("H. M.", "Мустер Ганс"), "person")
    assert (hans.birth, hans.countries, hans.listed) == (("1960-04-03",), ("ru",), "2022-03-04")
    assert (hans.programme, hans.numbers) == ("Example measures", (("passport", "N1234567"),))
    assert (ship.kind, ship.listed, ship.until) == ("ship", "2023-01-02", "2024-05-06")


def test_the_end_users_of_meti(tmp_path: Path) -> None:
    content = (
        "外国ユーザーリスト,,,,\n"
        '"No.","国名、地域名\nCountry or Region","企業名、組織名\nCompany or Organization",'
        '"別名\nAlso Known As",'
        '"懸念区分\nType of WMD"\n'
        '1,"中国\nChina",Example Optics (例光学),"・EO Institute\n・Example Opt.","生物、化学\n"\n'
        '2,"イラン\nIran",Sample Industries,,核\n'
    )
    optics, sample = previewed(tmp_path, "jp-meti", content, "eul.csv")
    assert optics.name == "Example Optics"
    assert optics.aliases == ("例光学", "EO Institute", "Example Opt.")
    assert (optics.countries, sample.countries, sample.record_id) == (("cn",), ("ir",), "2")


def test_the_firms_of_the_world_bank(tmp_path: Path) -> None:
    firms = [
        {
            "SUPP_ID": 1,
            "SUPP_TYPE_CODE": "F",
            "SUPP_NAME": "ACME BUILDERS *12",
            "SUPP_ADDR": "1 ROAD",
            "SUPP_CITY": "TOWN",
            "ADD_SUPP_INFO": "(a.k.a. ACME CONSTRUCTION)",
            "COUNTRY_NAME": "Kenya",
            "DEBAR_FROM_DATE": "2020-02-01",
            "DEBAR_TO_DATE": "2030-01-31",
            "DEBAR_REASON": "Fraud",
            "INELIGIBLY_STATUS": "",
        },
        {
            "SUPP_ID": 2,
            "SUPP_TYPE_CODE": "I",
            "SUPP_NAME": "MS. ANN EXAMPLE",
            "SUPP_ADDR": "",
            "SUPP_CITY": "",
            "ADD_SUPP_INFO": "",
            "COUNTRY_NAME": "Peru",
            "DEBAR_FROM_DATE": "2019-05-06",
            "DEBAR_TO_DATE": "2999-12-31",
            "DEBAR_REASON": "",
            "INELIGIBLY_STATUS": "Permanent",
        },
    ]
    acme, ann = previewed(tmp_path, "world-bank", json.dumps({"response": {"ZPROCSUPP": firms}}), "wb.json")
    assert (acme.name, acme.aliases, acme.countries) == ("ACME BUILDERS", ("ACME CONSTRUCTION",), ("ke",))
    assert (acme.listed, acme.until) == ("2020-02-01", "2030-01-31")
    assert (ann.kind, ann.listed, ann.until) == ("person", "2019-05-06", "")


def test_the_operators_of_edes_as_its_service_answers(tmp_path: Path) -> None:
    rows = [
        {
            "ecOpName": "Acme NV * Acme SA",
            "ecOpAddress": "1 Road",
            "ecOpCountryCode": "BE",
            "ecOpCountryName": "Belgium",
            "from": 1612137600000,
            "to": 1706745600000,
            "typeLabel": "Exclusion",
            "grounds": "Fraud",
            "comments": None,
        }
    ]
    content = ")]}',\n" + json.dumps({"content": rows, "totalElements": 1})
    (acme,) = previewed(tmp_path, "eu-edes", content, "edes.json")
    assert (acme.name, acme.aliases, acme.countries) == ("Acme NV", ("Acme SA",), ("be",))
    assert (acme.listed, acme.until) == ("2021-02-01", "2024-02-01")


def test_the_french_register(tmp_path: Path) -> None:
    def detail(kind: str, *values: str) -> str:
        inner = "".join(f"<Valeur>{value}</Valeur>" for value in values)
        return f"<RegistreDetail><TypeChamp>{kind}</TypeChamp>{inner}</RegistreDetail>"

    person = (
        "<PublicationDetail><IdRegistre>7</IdRegistre><Nature>Personne physique</Nature><Nom>EXEMPLE</Nom>"
        + detail("PRENOM", "<Prenom>Anne</Prenom>")
        + detail("ALIAS", "<Alias>A. Exemple</Alias>", "<Alias>Annie</Alias>")
        + detail("DATE_DE_NAISSANCE", "<Jour/><Mois>3</Mois><Annee>1971</Annee>")
        + "</PublicationDetail>"
    )
    ship = (
        "<PublicationDetail><IdRegistre>8</IdRegistre><Nature>Navire</Nature><Nom>ETOILE</Nom>"
        + detail("NUMERO_OMI", "<NumeroOMI>IMO 9123456</NumeroOMI>")
        + "</PublicationDetail>"
    )
    content = f"<Publications><DatePublication>2026-07-11</DatePublication>{person}{ship}</Publications>"
    anne, etoile = previewed(tmp_path, "fr-gels", content, "gels.xml")
    assert (anne.name, anne.aliases, anne.birth) == ("Anne EXEMPLE", ("A. Exemple", "Annie"), ("1971-03",))
    assert (etoile.kind, etoile.numbers) == ("ship", (("imo", "9123456"),))


def test_wallets_and_an_own_list(tmp_path: Path) -> None:
    (wallet,) = previewed(tmp_path, "wallets", '["1BoatSLRHtKNngkdXEeobR76b53LETtpyT"]', "wallets.json")
    assert (wallet.kind, wallet.ids) == ("wallet", ("1BoatSLRHtKNngkdXEeobR76b53LETtpyT",))
    (acme,) = previewed(tmp_path, "own-list", "Name;Alias;Until\nAcme Ltd;Acme; \n", "own.csv")
    assert (acme.name, acme.aliases, acme.until) == ("Acme Ltd", ("Acme",), "")


def test_the_table_of_the_world_bank_that_its_page_exports(tmp_path: Path) -> None:
    content = (
        "World Bank Listing of Ineligible Firms,,,,,,\n"
        "Firm Name,Additional Firm Info,Address,Country,Ineligibility Period From Date,"
        "Ineligibility Period To Date,Grounds\n"
        "ACME *3,(a.k.a. ACME 2),1 Road,Kenya,01-FEB-2020,Ongoing,Fraud\n"
    )
    (acme,) = previewed(tmp_path, "world-bank-table", content, "wb.csv")
    assert (acme.name, acme.aliases, acme.listed, acme.until) == ("ACME", ("ACME 2",), "2020-02-01", "")
