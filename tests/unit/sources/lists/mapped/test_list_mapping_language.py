"""The language of mappings: what it refuses, and with which words."""

import pytest

from overzicht.reports.catalogue import reworded
from overzicht.sources.lists.mapped.card import card_of
from overzicht.sources.lists.mapped.expressions import names_in
from overzicht.sources.lists.mapped.parse import MappingError, read_mapping

HEAD = "id: acme\ntitle: Own list\npublisher: Acme\neffect: dealing ban\n"


@pytest.mark.parametrize(
    ("text", "key", "fix"),
    [
        ("", "", "id: my-list"),
        ("- a", "", "id: my-list"),
        ("a: [", "", "between quotes"),
        ("title: x\n", "fields", "fields:"),
        (f"{HEAD}fields: {{nme: Name}}", "fields.nme", "did you mean 'name'"),
        (f"{HEAD}fields: {{name: {{form: Name}}}}", "fields.name.form", "did you mean 'from'"),
        (f"{HEAD}fields: {{name: Name}}\nrecord: csv", "record", "did you mean 'records'"),
        (f"{HEAD}fields: {{kind: person}}", "fields.name", "name: Name"),
        (f"{HEAD}fields: {{name: 'a[b'}}", "fields.name", "quote"),
        (f"{HEAD}fields: {{name: {{from: Name, match: '(a+)+'}}}}", "fields.name.match", ""),
        (f"{HEAD}fields: {{name: {{from: Name, order: up}}}}", "fields.name.order", "month"),
        (f"{HEAD}fields: {{name: Name}}\nnumbers: {{shoe: Size}}", "numbers.shoe", "passport"),
        (
            f"{HEAD}fields: {{name: Name}}\nproperties: {{birthplace: POB}}",
            "properties.birthplace",
            "birthPlace",
        ),
        (f"{HEAD}fields: {{name: Name}}\nrecords: {{format: pdf}}", "records.format", "csv"),
        (
            f"{HEAD}fields: {{name: Name}}\nrecords: {{pivot: {{property: p, value: v}}}}",
            "records.group",
            "column",
        ),
        (f"{HEAD}fields: {{name: Name}}\nbounds: {{min: 9, max: 3}}", "bounds", "min"),
        (HEAD.replace("dealing ban", "wishes") + "fields: {name: Name}", "effect", "asset freeze"),
        (HEAD.replace("acme", "My List") + "fields: {name: Name}", "id", "small letters"),
        (f"{HEAD}use: nothing\nfields: {{name: Name}}", "use", "senzing"),
        (f"{HEAD}fields: {{name: Name, name: Other}}", "", ""),
        (f"{HEAD}address: acme\nfields: {{name: Name}}", "address", "https://"),
    ],
)
def test_a_wrong_mapping_names_its_key_and_what_to_write(text: str, key: str, fix: str) -> None:
    with pytest.raises(MappingError) as caught:
        read_mapping(text, "own.yml")
    assert caught.value.key == key
    assert "own.yml" in caught.value.message
    assert fix in caught.value.fix
    assert reworded(caught.value.message) != caught.value.message
    assert reworded(caught.value.fix) != caught.value.fix


def test_texts_of_a_mapping_stay_as_they_are_written() -> None:
    mapping = read_mapping(f"{HEAD}fields: {{name: no, record_id: 007, programme: '=2021-01-02'}}", "own.yml")
    (name,) = mapping.fields["name"]
    assert name.paths[0].written == "no"
    assert mapping.fields["record_id"][0].paths[0].written == "007"


def test_a_path_with_a_condition_may_lack_its_quotes() -> None:
    mapping = read_mapping(f"{HEAD}fields: {{name: names/name[@type=main], kind: person}}", "own.yml")
    assert mapping.fields["name"][0].paths[0].written == "names/name[@type=main]"


def test_a_mapping_may_start_from_a_ready_one() -> None:
    mapping = read_mapping(f"{HEAD}use: targets-simple\nfields: {{programme: dataset}}", "own.yml")
    assert (mapping.header.id, mapping.header.licence[:5]) == ("acme", "CC BY")
    assert mapping.fields["programme"][0].paths[0].written == "dataset"
    assert "aliases" in mapping.fields
    assert read_mapping(mapping.text, "stored") == read_mapping(mapping.text, "stored")
    assert read_mapping(mapping.text, "own.yml").fields.keys() == mapping.fields.keys()


def test_the_card_has_the_effect_and_whom_it_binds() -> None:
    from datetime import date  # noqa: PLC0415

    text = HEAD.replace("dealing ban", "debarment") + "binds: [nl, suppliers of Acme]\nfields: {name: Name}"
    card = card_of(read_mapping(text, "own.yml"), date(2026, 7, 1))
    assert (card.effect.kind, card.effect.binds) == ("procurement ban", ("nl", "others"))
    assert "suppliers of Acme" in card.effect.summary
    assert card.is_listing


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("HUAWEI (a.k.a. Hua; f.k.a. Foo Ltd)", [("", "HUAWEI"), ("alias", "Hua"), ("previous", "Foo Ltd")]),
        (
            "Agency (X), a.k.a., the following two aliases: -Agentura; and -AG",
            [("", "Agency (X)"), ("alias", "Agentura"), ("alias", "AG")],
        ),
        (
            "国際量子（別称、ロシア量子及び RQC）",
            [("", "国際量子"), ("alias", "ロシア量子"), ("alias", "RQC")],
        ),
        ("X Co., Ltd. (and two aliases: A; and B)", [("", "X Co., Ltd."), ("alias", "A"), ("alias", "B")]),
        ("Plain Works (PW)", [("", "Plain Works (PW)")]),
    ],
)
def test_other_names_in_the_text_of_a_name(text: str, names: list[tuple[str, str]]) -> None:
    assert list(names_in(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(A.K.A.: SUN GROUP)", [("alias", "SUN GROUP")]),
        ("(F.K.A.: OLD SUN S.A.; A.K.A.: SUN)", [("previous", "OLD SUN S.A"), ("alias", "SUN")]),
        ("formerly Moon Ltd", [("previous", "Moon Ltd")]),
        ("Merged with a.k.a. Star", [("alias", "Star")]),
        ("Moved to another town (2019)", []),
    ],
)
def test_a_remark_gives_only_the_names_behind_their_words(text: str, names: list[tuple[str, str]]) -> None:
    assert list(names_in(text, is_named=False)) == names
