"""Labelled names of makers and bodies: that every line is whole, sourced, balanced and our own.

A pair is a fact: its source names both sides, or (quality DERIVED) one side and the rule in `note` by which
the other was formed (pinyin, another form, a slip of the pen). A subsidiary is another legal entity than its
parent, so such a pair is no match. Quality WEAK marks a true pair that sound and spelling cannot show. Learn
from categories; never tune to one line.
"""

import hashlib
import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from overzicht.devices.knowledge import load_maker_cards
from overzicht.identifiers import lei
from overzicht.sources.starter import starter_records

HERE = Path(__file__).parent
FIELDS = {"id", "query", "target", "schema", "match", "category", "scripts", "quality", "source", "path"}
FIELDS |= {"licence"}
SCHEMATA = {"Company", "Organization", "Person"}
QUALITIES = {"STRONG", "MEDIUM", "WEAK", "DERIVED"}
GLEIF_RECORD = "https://search.gleif.org/#/record/"
CARD = "maker-card:"
# What the word for a script in a character's Unicode name is called here.
SCRIPT_OF_WORD = {
    "CJK": "HAN",
    "KATAKANA-HIRAGANA": "KATAKANA",
    "FULLWIDTH": "LATIN",
    "HALFWIDTH": "KATAKANA",
}


def read_lines(name: str) -> list[dict[str, Any]]:
    """Return the records of a file beside this one, in file order."""
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def lookup_targets() -> list[dict[str, Any]]:
    """Return what the look-ups search in: all maker cards, and the starter records that a look-up names.

    The shape is that of `screen retrieve --targets`: id, schema, names.
    """
    targets: list[dict[str, Any]] = [
        {
            "id": f"{CARD}{card.id}",
            "schema": "Company",
            "names": list(dict.fromkeys(name.name for name in card.names)),
        }
        for card in load_maker_cards().values()
    ]
    wanted = {line["target_id"] for line in read_lines("maker_lookups.jsonl")} - {None}
    for found in starter_records().values():
        targets += [
            {
                "id": record.id,
                "schema": record.schema,
                "names": [name for prop in ("name", "alias") for name in record.values(prop)],
            }
            for record, _ in found
            if record.id in wanted
        ]
    return targets


def scripts_of(name: str) -> str:
    """Return the scripts of a name's letters in the order in which they appear, joined by a plus."""
    words = (unicodedata.name(letter).split(" ")[0] for letter in name if letter.isalpha())
    return "+".join(dict.fromkeys(SCRIPT_OF_WORD.get(word, word) for word in words if word != "MODIFIER"))


@pytest.fixture(scope="module")
def pairs() -> list[dict[str, Any]]:
    return read_lines("maker_pairs.jsonl")


@pytest.fixture(scope="module")
def lookups() -> list[dict[str, Any]]:
    return read_lines("maker_lookups.jsonl")


def test_each_pair_has_the_fields_of_the_format(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs:
        assert set(pair) - {"note"} == FIELDS, pair
        assert all(isinstance(pair[field], str) and pair[field] for field in set(pair) - {"match"}), pair
        assert isinstance(pair["match"], bool)
        assert pair["schema"] in SCHEMATA
        assert pair["quality"] in QUALITIES
        assert pair["licence"] == "EUPL-1.2"


def test_names_are_clean(pairs: list[dict[str, Any]]) -> None:
    for name in (pair[side] for pair in pairs for side in ("query", "target")):
        assert name == name.strip()
        assert name == unicodedata.normalize("NFC", name)
        assert name.isprintable()


def test_ids_follow_from_the_names(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs:
        text = f"{pair['query']}|{pair['target']}"
        assert pair["id"] == hashlib.blake2b(text.encode(), digest_size=6).hexdigest(), text
    assert [pair["id"] for pair in pairs] == sorted({pair["id"] for pair in pairs})


def test_no_pair_stands_twice_not_even_turned_round(pairs: list[dict[str, Any]]) -> None:
    counted = Counter(tuple(sorted((pair["query"], pair["target"]))) for pair in pairs)
    assert [names for names, times in counted.items() if times > 1] == []
    assert [pair for pair in pairs if pair["query"] == pair["target"]] == []


def test_both_labels_are_there_in_like_number(pairs: list[dict[str, Any]]) -> None:
    matches = sum(pair["match"] for pair in pairs)
    assert min(matches, len(pairs) - matches) >= 100
    assert 0.45 <= matches / len(pairs) <= 0.55


def test_a_category_has_one_label_and_more_than_a_few_pairs(pairs: list[dict[str, Any]]) -> None:
    labels = {(pair["category"], pair["match"]) for pair in pairs}
    assert len(labels) == len({category for category, _ in labels})
    assert min(Counter(pair["category"] for pair in pairs).values()) >= 5
    assert {"maker:subsidiary", "maker:sister", "maker:lookalike"} <= {pair["category"] for pair in pairs}


def test_scripts_follow_from_unicode(pairs: list[dict[str, Any]]) -> None:
    for pair in pairs:
        assert pair["scripts"] == f"{scripts_of(pair['query'])}>{scripts_of(pair['target'])}", pair


def test_each_pair_names_a_source_that_a_reader_can_open(pairs: list[dict[str, Any]]) -> None:
    addresses: dict[str, set[str]] = {}
    for pair in pairs:
        assert pair["path"].startswith(("https://", "http://")), pair
        assert not any(sign.isspace() for sign in pair["path"]), pair
        addresses.setdefault(pair["source"], set()).add(pair["path"])
    assert [key for key, paths in addresses.items() if len(paths) > 1 and key != "gleif"] == []
    for path in addresses["gleif"]:
        assert path.startswith(GLEIF_RECORD)
        assert lei.normalize(path.removeprefix(GLEIF_RECORD)) == path.removeprefix(GLEIF_RECORD), path


def test_a_pair_from_a_maker_card_cites_the_source_of_that_card(pairs: list[dict[str, Any]]) -> None:
    cards = load_maker_cards()
    from_cards = [pair for pair in pairs if pair["source"].startswith("card:")]
    assert from_cards
    for pair in from_cards:
        _, card, source = pair["source"].split(":")
        assert pair["path"] == str(cards[card].sources[source].address), pair


def test_a_derived_pair_says_by_which_rule(pairs: list[dict[str, Any]]) -> None:
    derived = [pair for pair in pairs if pair["quality"] == "DERIVED"]
    assert [pair for pair in derived if not pair.get("note")] == []
    assert len(derived) < len(pairs) / 4


def test_whom_a_card_keeps_apart_no_pair_brings_together(pairs: list[dict[str, Any]]) -> None:
    apart = {(other.name, name.name) for card in load_maker_cards().values()
             for other in card.not_the_same_as for name in card.names}  # fmt: skip
    assert [pair for pair in pairs if pair["match"] and (pair["query"], pair["target"]) in apart] == []
    kept_apart = {pair["query"] for pair in pairs if not pair["match"]}
    assert {name for name, _ in apart} - kept_apart == set()


@pytest.mark.shared
def test_no_line_is_copied_from_the_reference_data(pairs: list[dict[str, Any]], shared_data: Path) -> None:
    with (shared_data / "screening/pairs-dev.jsonl").open(encoding="utf-8") as lines:
        theirs = [json.loads(line) for line in lines]
    known = {tuple(sorted((pair["query"], pair["target"]))) for pair in theirs}
    assert len(known) > 7000
    assert [p for p in pairs if tuple(sorted((p["query"], p["target"]))) in known] == []
    assert {pair["id"] for pair in theirs} & {pair["id"] for pair in pairs} == set()


def test_each_lookup_asks_for_a_target_that_exists_or_for_none(lookups: list[dict[str, Any]]) -> None:
    ids = {target["id"] for target in lookup_targets()}
    assert len(lookups) >= 80
    assert len({line["query"] for line in lookups}) == len(lookups)
    for line in lookups:
        assert set(line) == {"query", "schema", "target_id"}
        assert line["schema"] in SCHEMATA
        assert line["target_id"] is None or line["target_id"] in ids, line
    assert sum(line["target_id"] is None for line in lookups) >= 20


def test_no_lookup_is_the_name_of_another_target(lookups: list[dict[str, Any]]) -> None:
    targets = lookup_targets()
    holders: dict[str, set[str]] = {}
    for target in targets:
        assert target["names"], target
        for name in target["names"]:
            holders.setdefault(name.casefold(), set()).add(target["id"])
    for line in lookups:
        assert holders.get(line["query"].casefold(), set()) <= {line["target_id"]}, line
