"""The field that is suggested for a column that was not used fits its values."""

import pytest

from overzicht.sources.inventories.tables.shapes import Profile
from overzicht.sources.inventories.tables.suggestions import suggestion


def profile(*values: str) -> Profile:
    return Profile(values, len(values))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("44:19:B6:00:00:01", "44:19:B6:00:00:02"), "mac"),
        (("10.0.0.1", "10.0.0.2"), "address"),
        (("2019-03-12", "2020-04-13"), "bought"),
        (("V5.4.1 build 190101", "V5.5.0 build 200101"), "firmware"),
        (("Hikvision", "Axis", "Hikvision"), "brand"),
        (("camera", "recorder", "camera"), "kind"),
        (("C123456789", "C223456789", "C323456789"), "serial"),
        (("hal noord", "hal noord", "kelder", "kelder"), "place"),
        (("Balie links", "Balie rechts", "Achterdeur"), "label"),
        (("ja", "nee", "deels", "ja", "nee"), "description"),
    ],
)
def test_the_values_decide(values: tuple[str, ...], field: str) -> None:
    assert suggestion({"Veld": profile(*values)}, ()) == ("Veld", field)


def test_the_first_column_that_fits_is_named_and_a_field_is_given_once() -> None:
    columns = {"Volgnummer": profile("1", "2", "3"), "Switch": profile("10.0.0.1"), "Merk?": profile("Axis")}
    assert suggestion(columns, ("address",)) == ("Merk?", "brand")
    assert suggestion({"Volgnummer": profile("1", "2", "3")}, ()) == ("Volgnummer", "description")
