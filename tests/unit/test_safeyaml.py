"""YAML becomes plain values, and what names a class is refused."""

from datetime import date

import pytest
import yaml

from overzicht.safeyaml import read_yaml


def test_values_are_plain() -> None:
    assert read_yaml("name: Hikvision\nsince: 2019-10-09\nparts: [1, 2.5, true, null]\n") == {
        "name": "Hikvision",
        "since": date(2019, 10, 9),
        "parts": [1, 2.5, True, None],
    }


def test_an_empty_document_is_nothing() -> None:
    assert read_yaml("") is None


@pytest.mark.parametrize(
    "written", ["!!python/object/apply:os.getcwd []", "!!python/name:os.system", "a: [", "{"]
)
def test_a_class_and_what_is_no_yaml_are_refused(written: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(written)
