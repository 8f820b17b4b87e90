"""The packaged maker cards: what must be on them, and spellings compared with the registry."""

import csv
import re
from pathlib import Path

import pytest

from overzicht.devices.knowledge import load_knowledge, load_maker_cards
from overzicht.devices.vocabulary import plain

DEEP = (
    "axis",
    "bosch",
    "hanwha-vision",
    "mobotix",
    "teledyne-flir",
    "avigilon",
    "motorola-solutions",
    "pelco",
)


@pytest.mark.parametrize("maker", DEEP)
def test_the_deep_cards_know_names_owners_or_identifiers_and_how_to_recognise(maker: str) -> None:
    card = load_maker_cards()[maker]
    assert card.owners or card.identifiers
    assert card.models or card.lines
    assert len(card.sources) >= 2


@pytest.mark.parametrize(
    ("maker", "owner"),
    [
        ("axis", "canon"),
        ("milestone", "canon"),
        ("avigilon", "motorola-solutions"),
        ("pelco", "motorola-solutions"),
        ("teledyne-flir", "teledyne"),
        ("bosch", "triton"),
        ("mobotix", "certina"),
        ("i-pro", "polaris"),
    ],
)
def test_who_owns_whom(maker: str, owner: str) -> None:
    assert owner in {o.id for o in load_maker_cards()[maker].owners if not o.until}


def test_a_share_is_a_range_or_unknown_and_never_guessed() -> None:
    owners = [owner for card in load_maker_cards().values() for owner in card.owners]
    assert any(owner.min_percent is None for owner in owners)
    for owner in owners:
        if owner.min_percent is not None and owner.max_percent is not None:
            assert owner.min_percent <= owner.max_percent


@pytest.mark.parametrize(
    ("line", "maker"),
    [("Sarix", "pelco"), ("Spectra", "pelco"), ("DINION", "bosch"), ("Wisenet", "hanwha-vision")],
)
def test_product_lines_lead_to_their_maker(line: str, maker: str) -> None:
    match = load_knowledge().brands.find(line)
    assert match is not None
    assert {own.maker_id for own in match.brand.owners} == {maker}


@pytest.mark.shared
def test_mac_registrants_are_spelled_as_registered(shared_data: Path) -> None:
    with (shared_data / "devices" / "oui" / "oui_camera_makers.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        registered = {row["registrant_as_registered"] for row in csv.DictReader(file)}
    unknown = [
        (card.id, registrant.name)
        for card in load_maker_cards().values()
        for registrant in card.mac_registrants
        if registrant.name not in registered
    ]
    assert unknown == []


@pytest.mark.shared
def test_strong_model_rules_hit_own_models_only(shared_data: Path) -> None:
    """The label is the truth where it is a maker's own name; the few other hits are listed one by one."""
    path = shared_data / "devices" / "model-grammar" / "brand_models_2017_part_a.csv"
    with path.open(encoding="utf-8", newline="") as file:
        models = [(row["brand"], row["model"]) for row in csv.DictReader(file)]
    knowledge = load_knowledge()
    own = {
        plain(name): card.id
        for card in knowledge.makers.values()
        for name in [n.name for n in card.names] + [line.name for line in card.lines if line.is_brand]
    }
    hits, false_hits = 0, set()
    for card in knowledge.makers.values():
        for rule in card.models:
            if rule.strength != "high" or rule.needs_brand or rule.label:
                continue
            pattern = re.compile(rule.pattern, re.IGNORECASE)
            for brand, model in models:
                truth = own.get(plain(brand))
                if truth and pattern.match(model):
                    hits += truth == card.id
                    if truth != card.id:
                        false_hits.add((card.id, brand, model))
    assert hits > 3_000
    assert false_hits <= {  # the list files two models of Samsung under VIVOTEK
        ("hanwha-vision", "VIVOTEK", "SND-3080C-CF"),
        ("hanwha-vision", "VIVOTEK", "SND-5080-F"),
    }
