"""First and last days of what a source states on a brand."""

from datetime import date

import pytest
from pydantic import ValidationError
from unit_devices import make_card, make_statements

from overzicht.devices.traces.brand import first_day, last_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2021-02", date(2021, 2, 1), date(2021, 2, 28)),
        ("2020-05-17", date(2020, 5, 17), date(2020, 5, 17)),
    ],
)
def test_a_year_or_a_month_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (first_day(text), last_day(text)) == (first, last)


def test_a_card_states_its_schema_and_a_brand_has_two_letters() -> None:
    schemata = [make_card("kestrel", **fields).schema_ for fields in ({}, {"schema": "Organization"})]
    assert schemata == ["Company", "Organization"]
    assert make_statements({"brand": "LG", "maker": "kestrel"})["invented"].statements[0].brand == "LG"
    with pytest.raises(ValidationError):
        make_statements({"brand": "L", "maker": "kestrel"})
