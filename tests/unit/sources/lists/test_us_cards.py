"""The cards of the American lists: what each does and whom it binds, which is never a municipality."""

from pathlib import Path

import pytest
import yaml
from followthemoney import model

import overzicht.sources.lists
from overzicht.sources.lists.card import ListCard
from overzicht.sources.lists.us_features import labels

FOLDER = Path(overzicht.sources.lists.__file__).parent
LISTS = ("us_1260h", "us_bis_dpl", "us_bis_entity_list", "us_csl", "us_ofac", "us_procurement_bans")


@pytest.mark.parametrize("name", LISTS)
def test_the_card_is_whole(name: str) -> None:
    card = ListCard.model_validate(yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")))
    assert card.id == name.replace("_", "-")
    assert card.addresses or card.by_hand
    assert card.oddities
    for effect in card.effects:
        assert effect.source in card.sources
        assert not {"eu", "nl", "un-members"} & set(effect.binds), (
            "no American list binds a Dutch municipality"
        )
        assert effect.summary_nl != effect.summary
    for expectation in card.expect:
        for schema, expected in expectation.schemata.items():
            assert model.get(schema) is not None
            assert expected.min <= expected.max


def test_labels_name_properties_that_exist() -> None:
    known = {name for schema in model for name in schema.properties}
    for label, properties in labels().items():
        assert set(properties) <= known, label
