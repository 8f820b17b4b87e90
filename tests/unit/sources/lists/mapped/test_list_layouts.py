"""Lists in layouts of many kinds, invented, each read by a mapping that the reference alone explains."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from mapping_tools import Layout, layouts, read_layout

from overzicht.reports.catalogue import reworded

LAYOUTS = layouts()
MOST_LINES = 30


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.filename)
def test_a_list_is_read_by_its_mapping(tmp_path: Path, layout: Layout) -> None:
    lines, report = read_layout(layout, tmp_path)
    assert report.problems == []
    read = [asdict(line) for line in lines]
    assert len(read) == len(layout.parties)
    for line, wanted in zip(read, layout.parties, strict=True):
        assert {key: line[key] for key in wanted} == wanted


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.filename)
def test_every_record_is_accounted_for(tmp_path: Path, layout: Layout) -> None:
    _, report = read_layout(layout, tmp_path)
    account = report.account
    assert account is not None
    left_out = sum(group.count for group in account.left_out.values())
    assert account.read == account.parties + account.merged + left_out + len(report.problems)
    assert account.unread == {}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.filename)
def test_a_mapping_is_short(layout: Layout) -> None:
    assert len([line for line in layout.mapping.splitlines() if line.strip()]) <= MOST_LINES


def _problems(tmp_path: Path, content: str, mapping: str, filename: str = "list.csv") -> Any:
    layout = Layout(filename, content.encode(), mapping, ())
    return read_layout(layout, tmp_path)


@pytest.mark.parametrize("last", ["Totaal,2,", "Total: 2,,", "合計,2,"])
def test_a_row_of_totals_is_left_out(tmp_path: Path, last: str) -> None:
    mapping = "fields: {name: Name, countries: Country, record_id: No}"
    lines, report = _problems(tmp_path, f"No,Name,Country\n1,Acme,nl\n2,Total,fr\n{last}\n", mapping)
    assert [line.name for line in lines] == ["Acme", "Total"]
    assert report.account is not None
    assert {reason: group.count for reason, group in report.account.left_out.items()} == {
        "a row of totals": 1
    }


def test_the_sign_for_the_end_of_a_text_shows_its_end(tmp_path: Path) -> None:
    lines, report = _problems(tmp_path, "No,Name\n1,Acme\n2,-0- \n\x1a\n", "fields: {name: [Name, No]}")
    assert [line.name for line in lines] == ["Acme", "2"]
    assert report.account is not None
    assert (report.account.end, report.account.read) == ("its end mark 0x1A", 2)


def test_a_record_without_name_is_unread_and_says_what_it_has(tmp_path: Path) -> None:
    lines, report = _problems(
        tmp_path, "Name,Country\nAcme,nl\n,be\n", "fields: {name: Name, countries: Country}"
    )
    assert [line.name for line in lines] == ["Acme"]
    (problem,) = report.problems
    assert problem.place == "line 3"
    assert "fields.name" in problem.fix
    assert "Country" in problem.fix


def test_values_that_cannot_be_read_are_counted_with_key_place_and_fix(tmp_path: Path) -> None:
    content = "Name,Born,Land,Kind\nAnn,12/25/1970,Atlantis,goblin\n"
    mapping = "fields: {name: Name, birth: Born, countries: Land, kind: Kind}"
    lines, report = _problems(tmp_path, content, mapping)
    assert (lines[0].birth, lines[0].countries, lines[0].kind) == ((), (), "")
    unread = report.account.unread
    assert set(unread) == {"fields.birth", "fields.countries", "fields.kind"}
    assert "line 2: '12/25/1970'" in unread["fields.birth"].examples[0]
    assert "order: month" in unread["fields.birth"].examples[0]
    assert "map: {Atlantis: nl}" in unread["fields.countries"].examples[0]


def test_a_missing_column_is_refused_with_those_that_are_there(tmp_path: Path) -> None:
    from overzicht.sources.lists.mapped.parse import MappingError  # noqa: PLC0415

    with pytest.raises(MappingError) as caught:
        _problems(tmp_path, "Name,Alias\nAcme,A\n", "fields: {name: Name, aliases: Aliases}")
    assert caught.value.key == "fields.aliases"
    assert "did you mean 'Alias'" in caught.value.fix
    assert reworded(caught.value.fix).startswith("bedoelt u 'Alias'? De kolommen van de tabel: ")


def test_the_fields_that_a_mapping_leaves_out_are_counted(tmp_path: Path) -> None:
    _, report = _problems(
        tmp_path, "Name,Colour\nAcme,red\nBeta,\n", "fields: {name: Name, notes: {from: Note, optional: yes}}"
    )
    assert report.ignored == {"Colour": 1}


def test_the_same_row_twice_is_one_party_and_another_with_its_number_is_unread(tmp_path: Path) -> None:
    content = "No,Name\n1,Acme\n1,Acme\n1,Beta\n"
    lines, report = _problems(tmp_path, content, "fields: {name: Name, record_id: No}")
    assert [line.name for line in lines] == ["Acme"]
    assert report.account.merged == 1
    assert "group" in report.problems[0].reason


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        ('[{"n": "Acme"}, {"n": "Be', "list.json"),
        ("<l><p><n>Acme</n></p><p>", "list.xml"),
        ("", "list.csv"),
        ("PK\x03\x04", "list.xlsx"),
    ],
)
def test_a_file_that_fails_its_end_is_refused(tmp_path: Path, content: str, filename: str) -> None:
    from overzicht.errors import OverzichtError  # noqa: PLC0415

    with pytest.raises(OverzichtError) as caught:
        _problems(tmp_path, content, "fields: {name: n}", filename)
    assert filename in caught.value.message


def test_a_torn_row_is_unread_and_a_missing_end_mark_refuses(tmp_path: Path) -> None:
    from overzicht.sources.interface import ListFileRefusedError  # noqa: PLC0415

    lines, report = _problems(tmp_path, "Name,Country\nAcme,nl\nBet", "fields: {name: Name}")
    assert [line.name for line in lines] == ["Acme"]
    assert "2 are expected" in report.problems[0].reason
    with pytest.raises(ListFileRefusedError, match="END"):
        _problems(tmp_path, "Name\nAcme\n", "end: END\nfields: {name: Name}")
    _, report = _problems(
        tmp_path, "Name\nAcme\nEND of 1 names\n", "end: '/END of (\\d+)/'\nfields: {name: Name}"
    )
    assert report.account.end.startswith("its end mark")
    assert report.account.stated == 1


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    from overzicht.sources.interface import ListFileRefusedError  # noqa: PLC0415

    bomb = '<!DOCTYPE l [<!ENTITY a "x">]><l><p><n>&a;</n></p><p><n>b</n></p></l>'
    with pytest.raises(ListFileRefusedError, match="document type"):
        _problems(tmp_path, bomb, "fields: {name: n}", "list.xml")


def test_json_with_several_groups_names_them(tmp_path: Path) -> None:
    from overzicht.sources.lists.mapped.parse import MappingError  # noqa: PLC0415

    content = json.dumps({"persons": [{"n": "A"}], "firms": [{"n": "B"}, {"n": "C"}]})
    with pytest.raises(MappingError) as caught:
        _problems(tmp_path, content, "fields: {name: n}", "list.json")
    assert "persons (1), firms (2)" in caught.value.fix
