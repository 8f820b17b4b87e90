"""Brand and model in the name of a device."""

import pytest

from overzicht.sources.inventories.tables.products import product_in


@pytest.mark.parametrize(
    ("label", "product"),
    [
        ("HIKVISION-1", ("HIKVISION", "")),  # the first of several, not a model
        ("Axis 211", ("Axis", "211")),
        ("Hal [Bosch NDE-5503]", ("Bosch", "NDE-5503")),
        ("axis-accc8e112233.example.org", ("axis", "")),
        ("Parkeergarage 3", ("", "")),
    ],
)
def test_a_name_of_a_device_names_a_product(label: str, product: tuple[str, str]) -> None:
    assert product_in(label) == product
