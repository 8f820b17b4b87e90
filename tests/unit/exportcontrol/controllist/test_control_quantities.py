"""Numbers with units as the list writes them: decimal comma, thin spaces, flattened powers, comparisons."""

import sys
from decimal import Decimal

import pytest

from overzicht.errors import MissingExtraError
from overzicht.subjects.control_list import quantity as units_module
from overzicht.subjects.control_list.quantity import (
    Comparison,
    Quantity,
    UnitMismatchError,
    convert,
    is_same_amount,
    read_quantity,
    read_thresholds,
    registry,
    unit_facts,
)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("exceeding 110 GHz", ["> 110 GHz"]),
        ("a speed exceeding 1 000 000 frames/s", ["> 1000000 frame/s"]),
        ("exceeding 10 nm but not exceeding 30\u2009000 nm", ["> 10 nm", "<= 30000 nm"]),
        ("equal to or less than 9 Hz", ["<= 9 Hz"]),
        ("less (better) than 50 ns", ["< 50 ns"]),
        ("better than 50 ns", ["< 50 ns"]),
        ("not less than 3 kg", [">= 3 kg"]),
        ("a length of 4 m or more", [">= 4 m"]),
        ("8 μs or less", ["<= 8 µs"]),
        ("exceeding 70 Weighted TeraFLOPS (WT)", ["> 70 WT"]),
        ("2,5 mrad", ["2.5 mrad"]),
        ("from 8 000 to 14 000 nm", [">= 8000 nm", "<= 14000 nm"]),
        ("between 75 mm and 650 mm diameter", [">= 75 mm", "<= 650 mm"]),
        ("below 218 K (-55 °C)", ["< 218 K", "-55 degC"]),
        ("below 218 K (- 55°C), as follows", ["< 218 K", "-55 degC"]),
        ("less (better) than - 150 dBm/Hz", ["< -150 dBm/Hz"]),
        ("from 2 kg - 5 kg", ["5 kg"]),
        ("greater than or equal to 56 m3/s when", [">= 56 m^3/s"]),
        ("below 228 K (-45°C) or above 358 K", ["< 228 K", "-45 degC", "> 358 K"]),
        ("greater than or equal to 600 μW at", [">= 600 µW"]),
        ("more than 12 elements", ["> 12 element"]),
        ("8-12 GHz", ["12 GHz"]),
    ],
)
def test_quantities_are_read_with_their_comparison(text: str, read: list[str]) -> None:
    assert [str(threshold) for threshold in read_thresholds(text)][-len(read) :] == read


@pytest.mark.parametrize(
    "text",
    ["specified in 6A003.a.3. to 6A003.a.5.", "butanediol (CAS 110-63-4)", "Note 3 to 5A002", "UF6", ""],
)
def test_codes_and_names_are_no_quantities(text: str) -> None:
    assert read_thresholds(text) == ()


@pytest.mark.parametrize(
    ("text", "value", "is_doubtful"),
    [
        ("more than 4 × 106 pixels", Decimal(4_000_000), False),  # after the sign a power is certain
        ("1,14 x 10-3 cm2", Decimal("0.00114"), False),
        ("2 x 10 8 Hz", Decimal(200_000_000), False),
        ("exceeding 108 Hz", Decimal(108), True),  # 10⁸ or 108: nobody can tell from the text
        ("less than 10-14 J", Decimal("1e-14"), True),
        ("101,325 kPa", Decimal("101.325"), True),  # a decimal comma or grouped thousands
        ("0,325 kPa", Decimal("0.325"), False),
        ("exceeding 100 Hz", Decimal(100), False),
    ],
)
def test_flattened_powers_are_guarded(text: str, value: Decimal, is_doubtful: bool) -> None:
    (threshold,) = read_thresholds(text)
    assert threshold.quantity.value == value
    assert threshold.quantity.is_doubtful is is_doubtful


def test_a_doubtful_number_shows_that_it_is() -> None:
    assert str(read_thresholds("exceeding 108 Hz")[0]) == "> 108? Hz"


def test_every_unit_of_the_table_is_one_of_the_unit_library() -> None:
    library = registry()
    for name in unit_facts().spellings:
        library.parse_units("percent" if name == "percent" else name)


@pytest.mark.parametrize(
    ("given", "unit", "value"),
    [
        (Quantity(Decimal("1.5"), "m"), "mm", Decimal(1500)),
        (Quantity(Decimal("8.7"), "µm"), "nm", Decimal(8700)),
        (Quantity(Decimal("3.5"), "GSPS"), "MSPS", Decimal(3500)),
        (Quantity(Decimal(70), "WT"), "WT", Decimal(70)),
    ],
)
def test_amounts_are_converted(given: Quantity, unit: str, value: Decimal) -> None:
    assert convert(given, unit) == Quantity(value, unit)


def test_different_kinds_are_not_compared() -> None:
    with pytest.raises(UnitMismatchError, match="cannot be given in kg"):
        convert(Quantity(Decimal(1), "m"), "kg")
    with pytest.raises(UnitMismatchError, match="not known"):
        convert(Quantity(Decimal(1), "m"), "furlongs per fortnight")
    assert not is_same_amount(Quantity(Decimal(1), "m"), Quantity(Decimal(1), "kg"))
    assert is_same_amount(Quantity(Decimal(1), "m"), Quantity(Decimal(100), "cm"))


def test_a_person_may_write_comma_or_point() -> None:
    assert read_quantity("8,7 µm") == read_quantity("8.7 μm") == Quantity(Decimal("8.7"), "µm")
    with pytest.raises(UnitMismatchError, match="not a number"):
        read_quantity("about nine")


def test_comparisons_hold_at_and_beside_the_limit() -> None:
    nine = Decimal(9)
    assert Comparison.AT_MOST.holds(nine, nine)
    assert not Comparison.BELOW.holds(nine, nine)
    assert Comparison.AT_LEAST.holds(nine, nine)
    assert not Comparison.ABOVE.holds(nine, nine)
    with pytest.raises(ValueError, match="stated"):
        Comparison.STATED.holds(nine, nine)


def test_without_the_unit_library_the_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pint", None)
    units_module.registry.cache_clear()
    try:
        with pytest.raises(MissingExtraError, match="the extra 'control'"):
            convert(Quantity(Decimal(1), "m"), "mm")
        assert convert(Quantity(Decimal(1), "m"), "m").unit == "m"  # one unit needs no library
    finally:
        units_module.registry.cache_clear()
