"""The suppliers that a column of an inventory or a notice states."""

import pytest

from overzicht.devices import Sighting
from overzicht.evidence import Citation
from overzicht.register.sighting import suppliers_of


@pytest.mark.parametrize(
    ("extra", "suppliers"),
    [
        ({"Leverancier": "Rulven BV"}, ("Rulven BV",)),
        ({"Blad1!Supplier ": "Rulven BV; Nuctech; Rulven BV; "}, ("Rulven BV", "Nuctech")),
        ({"Leverancier": "-", "Opmerking": "Rulven BV"}, ()),
        ({}, ()),
    ],
)
def test_each_supplier_counts_once(extra: dict[str, str], suppliers: tuple[str, ...]) -> None:
    assert (
        suppliers_of(Sighting("s-1", Citation(source="inventory", title="x"), {}, extra=extra)) == suppliers
    )
