"""The Entity List from the law text: its grammar, invented tables, faults, and the whole part 744."""

import json
from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.dates import DateBasis
from overzicht.sources.interface import ListFileRefusedError, Sample
from overzicht.sources.lists.interface import Layout
from overzicht.sources.lists.registry import load_reader
from overzicht.sources.lists.us_bis_entity_list_entries import citations, parties, split_name

READER = load_reader("us-bis-entity-list")
HEADER = (
    "<TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH><TH>License review<br/>policy</TH>"
    "<TH><strong>Federal Register</strong> citation\n</TH></TR>"
)


def row(entity: str, *, country: str = " ", need: str = "All items", policy: str = "Denial",
        cited: str = "84 FR 54004, 10/9/19.") -> str:  # fmt: skip
    return f"<TR><TD>{country}</TD><TD>{entity}</TD><TD>{need}</TD><TD>{policy}</TD><TD>{cited}\n</TD></TR>"


def write(folder: Path, *rows: str, header: str = HEADER, start: str = "", supplement: int = 4) -> Path:
    path = folder / "part-744.xml"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{start}<DIV5 N="744" TYPE="PART">'
        '<DIV9 N="Supplement No. 6 to Part 744" TYPE="APPENDIX"><TABLE><TR><TD>ARMENIA</TD><TD>Not Ours</TD>'
        "<TD>85 FR 1</TD></TR></TABLE></DIV9>"
        f'<DIV9 N="Supplement No. {supplement} to Part 744" TYPE="APPENDIX"><TABLE>{header}{"".join(rows)}'
        "</TABLE></DIV9></DIV5>",
        encoding="utf-8",
    )
    return path


ALIASED = (
    'Lens Works Co., Ltd., a.k.a., the following two aliases:<br/>—LW; <E T="03">and</E><br/>'
    '—Lens W. Ltd.<br/> <br/> Road 1, Town, China; <E T="03">and</E> Lane 2, Town, China.'
)


def test_an_entry_becomes_a_record(tmp_path: Path) -> None:
    path = write(tmp_path, row(ALIASED, country="CHINA, PEOPLE'S REPUBLIC OF",
                               cited="84 FR 54004, 10/9/19.<br/>85 FR 44161, 7/22/20."))  # fmt: skip
    (record,), report = read_list(READER, path)
    assert report.problems == []
    assert record.names == ("Lens Works Co., Ltd.", "LW", "Lens W. Ltd.")
    assert record.values("address") == ("Road 1, Town, China", "Lane 2, Town, China")
    assert record.values("country") == ("cn",)
    assert record.values("notes") == ("License requirement: All items",)
    (listing,) = record.listings
    assert (listing.measure, listing.programme, listing.reason) == (
        "Entity List",
        "CHINA, PEOPLE'S REPUBLIC OF",
        "Denial",
    )
    assert listing.act == "84 FR 54004, 2019-10-09; 85 FR 44161, 2020-07-22"
    start = listing.period.start
    assert start is not None
    assert (start.day, start.basis) == (date(2019, 10, 9), DateBasis.DERIVED)
    assert "first Federal Register citation" in start.rule


def test_a_row_that_goes_on_belongs_to_the_one_above(tmp_path: Path) -> None:
    inside = (
        '<E T="03">Subordinate institution</E><br/>9th Institute, a.k.a. the following alias:<br/>—Ninth.'
    )
    path = write(tmp_path, row("Lens Academy, Road 1, Minsk.", country="BELARUS"),
                 row(inside, need="", policy="", cited=""), row("Other Works, Lane 2, Minsk."))  # fmt: skip
    rows, report = read_list(READER, path)
    assert report.problems == []
    assert [r.caption for r in rows] == ["Lens Academy", "9th Institute", "Other Works"]
    assert rows[1].values("alias") == ("Ninth",)
    assert "Listed inside the entry of Lens Academy" in rows[1].values("notes")
    assert {r.first("country") for r in rows} == {"by"}


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Lens Works Co., Ltd., Road 1, Town, China", "Lens Works Co., Ltd.", "Road 1, Town, China"),
        ("Lens Technology, 807, Block A, Town, China", "Lens Technology", "807, Block A, Town, China"),
        ("Academy of Lenses, Institute of Glass, 5 Road, Minsk", "Academy of Lenses, Institute of Glass",
         "5 Road, Minsk"),
        ("Jane Doe, Flat 2808, Tower, Hong Kong", "Jane Doe", "Flat 2808, Tower, Hong Kong"),
    ],
)  # fmt: skip
def test_only_commas_part_name_and_address(text: str, name: str, address: str) -> None:
    assert split_name(text) == (name, address)


@pytest.mark.parametrize(
    ("text", "others", "addresses"),
    [
        ("Jane Doe, a.k.a., Jane Roe, 5 Road, Athens", (("a", "Jane Roe"),), ("5 Road, Athens",)),
        ("Jane Doe (a.k.a., Jane Roe and J. Doe), 5 Road, Athens", (("a", "Jane Roe"), ("a", "J. Doe")),
         ("5 Road, Athens",)),
        ("Jane Doe (f.k.a., Jane Roe), a.k.a., the following one alias:\n—J. D. Doe. 5 Road, Athens",
         (("f", "Jane Roe"), ("a", "J. D. Doe")), ("5 Road, Athens",)),
    ],
)  # fmt: skip
def test_other_names_are_told_from_addresses(
    text: str, others: tuple[tuple[str, str], ...], addresses: tuple[str, ...]
) -> None:
    (party,) = parties(text)
    assert (party.name, party.others, party.addresses) == ("Jane Doe", others, addresses)


def test_the_stop_of_a_sentence_is_no_part_of_a_name() -> None:
    text = "Lens Academy\nSubordinate institution\nGlass Electronics.\nSubordinate institution\nLens W. Ltd."
    assert [party.name for party in parties(text)] == ["Lens Academy", "Glass Electronics", "Lens W. Ltd."]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("76 FR 71869, 11/21/11.", ["2011-11-21"]),
        ("77 FR 231164/18/12.", ["2012-04-18"]),
        ("73 FR 54508 9/22/0873 FR 74001, 12/5/08.", ["2008-09-22", "2008-12-05"]),
        ("84 FR 1, 8/27/2085 FR 2, 9/1/20.", ["2020-08-27", "2020-09-01"]),
        ("88 FR FR 12158, 2/27/23.", ["2023-02-27"]),
        ("81 FR 61601 preview citation details, 9/7/16.", ["2016-09-07"]),
        ("64 FR 28909,5/28/99.75 FR 78883,12/17/10.", ["1999-05-28", "2010-12-17"]),
        ("no citation", []),
    ],
)
def test_citations_are_read_as_they_are_misspelt(text: str, days: list[str]) -> None:
    assert [day.isoformat() for _, day in citations(text)] == days


@pytest.mark.parametrize(
    ("entity", "cited", "reason"),
    [
        ("Lens Works, Road 1, Minsk", "none", "no Federal Register citation"),
        ("Lens Works, Road 1, Minsk", "84 FR 54004, 13/9/19.", "cannot read"),
        (" ", "84 FR 54004, 10/9/19.", "names no party"),
    ],
)
def test_faults_are_told_with_the_row(tmp_path: Path, entity: str, cited: str, reason: str) -> None:
    path = write(tmp_path, row("Good Firm, Road 1, Minsk", country="BELARUS"), row(entity, cited=cited))
    rows, report = read_list(READER, path)
    (problem,) = report.problems
    assert problem.place == "row 3"
    assert reason in problem.reason
    assert [r.caption for r in rows] == ["Good Firm"]


def test_the_same_row_twice_is_a_problem(tmp_path: Path) -> None:
    twice = row("Lens Works, Road 1, Minsk", country="BELARUS")
    rows, report = read_list(READER, write(tmp_path, twice, twice))
    assert len(rows) == 1
    assert "occurs twice" in report.problems[0].reason


def test_one_name_at_two_addresses_is_two_records(tmp_path: Path) -> None:
    first = row("Lens Works, Road 1, Minsk", country="BELARUS")
    rows, report = read_list(READER, write(tmp_path, first, row("Lens Works, Lane 2, Brest")))
    assert (len(rows), report.problems) == (2, [])
    assert_sound(rows, "us-bis-entity-list")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            {"start": '<!DOCTYPE DIV5 [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'},
            "document type",
        ),
        ({"header": HEADER.replace("Entity", "Party")}, "not the table's official header"),
        ({"supplement": 7}, "no table in Supplement No. 4"),
    ],
)
def test_a_document_that_is_not_the_official_one_is_refused(
    tmp_path: Path, changes: dict[str, str], reason: str
) -> None:
    path = write(tmp_path, row(ALIASED, country="BELARUS"), **changes)  # type: ignore[arg-type]
    with pytest.raises(ListFileRefusedError, match=rf"part-744\.xml.*{reason}"):
        read_list(READER, path)


def test_a_document_cut_off_or_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, row(ALIASED, country="BELARUS"))
    whole = path.read_bytes()
    for damaged in (whole[:-30], whole.replace(b"Lens Works", "Lens Süd".encode("cp1252"))):
        path.write_bytes(damaged)
        with pytest.raises(ListFileRefusedError, match="not whole XML"):
            read_list(READER, path)


def test_other_documents_are_not_recognised() -> None:
    assert READER.recognise(Sample("a.xml", b'<DIV5 N="744" TYPE="PART"><HEAD>')) == Layout("ecfr-xml")
    for head in (b'<DIV5 N="745" TYPE="PART">', b'{"entities": []}', b"", b"Country,Entity\n"):
        assert READER.recognise(Sample("a.xml", head)) is None


@pytest.mark.shared
def test_the_whole_of_part_744(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "exportcontrol/us-ear-part-744-2026-07-23.xml")
    assert report.problems == []
    assert_sound(rows, "us-bis-entity-list")
    own = [r for r in rows if not r.place.endswith("inside")]
    oracle = [
        json.loads(text)
        for text in (shared_data / "exportcontrol/us-entity-list-2026-07-23.jsonl").read_text().splitlines()
    ]
    assert len(own) == len(oracle) == 3_411
    for record, expected in zip(own, oracle, strict=True):
        assert record.listings[0].programme == expected["country"]
        start = "".join(filter(str.isalnum, record.caption))[:12]
        assert "".join(filter(str.isalnum, expected["entity"])).startswith(start), record.caption
    (hytera,) = named(rows, "Hytera Communications Limited")
    assert str(hytera.listings[0].period.start) == "2024-08-27 (derived)"
    assert not named(rows, "Hytera Communications Corporation")
    assert not named(rows, "Hytera Communications Corporation Limited")
    zte = [r.caption for r in rows if any("zte" in name.lower().split() for name in r.names)]
    assert zte == ["ZTE Parsian"]
    (tiandy,) = named(rows, "Tiandy Technologies")
    assert tiandy.caption == "Tianjin Tiandi Weiye Technologies Co., Ltd."
    assert named(rows, "Hangzhou Hikvision Digital Technology Co., Ltd.") == named(rows, "Hikvision")
    assert named(rows, "Zhejiang Uniview Technologies Co., Ltd.")


@pytest.mark.shared
def test_somebody_elses_json_of_the_list_is_not_recognised(shared_data: Path) -> None:
    path = shared_data / "lists/us-bis-entity-list/20251108-entity-list.json"
    assert READER.recognise(Sample(path.name, path.read_bytes()[:65_536])) is None
