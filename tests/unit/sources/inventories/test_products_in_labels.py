"""Brand and model in the name of a device."""

import pytest

from overzicht.sources.inventories.tables.products import brand_in_products, product_in


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


@pytest.mark.parametrize(
    ("products", "brand"),
    [
        (["Hikvision IPCam control port"], "Hikvision"),
        (["Hikvision IPCam control port", "Axis camera httpd"], ""),  # which of them it is, is not known
        (["nginx"], ""),
        ([], ""),
    ],
)
def test_words_of_a_scanner_name_one_brand_or_none(products: list[str], brand: str) -> None:
    assert brand_in_products(products) == brand
