"""Loading of maker cards and relabelling statements."""

from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from normality import ascii_text
from unit_devices import make_card, make_statements

from overzicht.devices import knowledge
from overzicht.devices.knowledge import Knowledge, build, load_knowledge, load_maker_cards, load_relabelling
from overzicht.errors import PackagedFactError


def test_the_packaged_cards_load_and_are_cached() -> None:
    loaded = load_knowledge()
    assert loaded is load_knowledge()
    assert set(loaded.makers) == {card.id for card in load_maker_cards().values()}


def test_stored_cards_are_those_of_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read = load_maker_cards(files("overzicht.devices") / "makers")
    for what in ("made", "stored"):
        knowledge._packaged_cards.cache_clear()
        assert load_maker_cards() == read, what
    assert len(list(tmp_path.rglob("maker-cards-*"))) == 1


def test_stored_forms_of_names_are_those_of_the_library() -> None:
    made = knowledge._made_cards()
    assert made.ascii["海康威视"] == "hai kang wei shi"
    assert {name: ascii_text(name) for name in made.ascii} == made.ascii
    names = {own.name for card in made.cards.values() for own in card.names}
    names |= {line.name for card in made.cards.values() for line in card.lines}
    assert {name for name in names if not name.isascii()} <= made.ascii.keys()
    assert names <= made.short.keys()
    assert made.short["Zhejiang Dahua Technology Co., Ltd."] == "zhejiang dahua technology"


def test_a_card_file_is_named_after_its_id(tmp_path: Path) -> None:
    card = make_card("kestrel").model_dump(mode="json", by_alias=True)
    (tmp_path / "falcon.yml").write_text(yaml.safe_dump(card), encoding="utf-8")
    with pytest.raises(PackagedFactError, match=r"makers/falcon\.yml, id: its id is 'kestrel'"):
        load_maker_cards(tmp_path)


def test_a_wrong_card_names_file_and_place(tmp_path: Path) -> None:
    card = make_card("kestrel").model_dump(mode="json", by_alias=True)
    card["country"] = "Netherlands"
    (tmp_path / "kestrel.yml").write_text(yaml.safe_dump(card), encoding="utf-8")
    with pytest.raises(PackagedFactError, match=r"kestrel\.yml, country: "):
        load_maker_cards(tmp_path)


def test_a_file_that_is_no_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "kestrel.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(PackagedFactError, match=r"kestrel\.yml: it is not YAML"):
        load_maker_cards(tmp_path)
    with pytest.raises(PackagedFactError, match=r"kestrel\.yml: it is not YAML"):
        load_relabelling(tmp_path)


def test_two_cards_with_one_id_are_refused() -> None:
    with pytest.raises(PackagedFactError, match="two cards have this id"):
        build([make_card("kestrel"), make_card("kestrel")], {})


def test_a_missing_source_key_is_refused_with_its_place() -> None:
    card = make_card("kestrel", lines=[{"name": "Harrier", "source": "nowhere"}])
    with pytest.raises(PackagedFactError, match=r"kestrel\.yml, lines\[0\]: there is no source 'nowhere'"):
        build([card], {})


def test_a_statement_on_an_unknown_maker_is_refused() -> None:
    with pytest.raises(PackagedFactError, match=r"invented\.yml, s-0: there is no maker card 'falcon'"):
        build([make_card("kestrel")], make_statements({"brand": "Badge", "maker": "falcon"}))


def test_a_pattern_that_does_not_compile_is_refused(tmp_path: Path) -> None:
    card = make_card("kestrel").model_dump(mode="json", by_alias=True)
    card["fingerprints"] = [{"trace": "banner", "pattern": "(", "source": next(iter(card["sources"]))}]
    (tmp_path / "kestrel.yml").write_text(yaml.safe_dump(card), encoding="utf-8")
    with pytest.raises(PackagedFactError, match=r"fingerprints\.0.*the pattern '\(' does not compile"):
        load_maker_cards(tmp_path)


def test_one_registrant_on_two_cards_is_refused() -> None:
    cards = [
        make_card(name, mac_registrants=[{"name": "Osprey Vision AB"}]) for name in ("osprey", "kestrel")
    ]
    with pytest.raises(PackagedFactError, match="is also a registrant of osprey"):
        build(cards, {})


def test_registrants_know_whether_they_prove_a_maker(invented: Knowledge) -> None:
    proves = {fact.fact.name: fact.proves_maker for fact in invented.registrants.values()}
    assert proves["Osprey Vision AB"]
    assert not proves["Badge Inc"]


def test_a_maker_that_also_relabels_has_blocks_that_prove_nothing() -> None:
    cards = [make_card("osprey", mac_registrants=[{"name": "Osprey AB"}]), make_card("kestrel")]
    statement = {"brand": "Osprey", "maker": "kestrel", "models": ["Q"]}
    knowledge = build(cards, make_statements(statement))
    assert not knowledge.registrants["osprey ab"].proves_maker
    hint = build(cards, make_statements({**statement, "relation": "shared_firmware"}))
    assert hint.registrants["osprey ab"].proves_maker
