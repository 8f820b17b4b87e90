"""Numbers of bodies as people write them: ranges, shares, parts of a total, everybody, nobody, unknown."""

import pytest

from overzicht.register.quantities import Quantity
from overzicht.subjects.census.amounts import Amount, read_amount, read_rate

UNKNOWN = (None, None)


@pytest.mark.parametrize(
    ("cell", "least", "most"),
    [
        ("36", 36, 36), ("1.250", 1250, 1250), ("27,233", 27_233, 27_233), ("1 250", 1250, 1250),
        ("1'250", 1250, 1250), ("152.0", 152, 152), ("about 150", 145, 155), ("ca. 5", 4, 6),
        ("circa 800 gemeenten", 750, 850), ("at least 24", 24, None), ("minstens 8", 8, None),
        ("more than 155", 156, None), (">155", 156, None), ("≤ 10", None, 10), ("no more than 10", None, 10),
        ("145-155", 145, 155), ("between 145 and 155", 145, 155), ("tussen 145 en 155", 145, 155),
        ("150+", 150, None), ("150 or so", 145, 155), ("twelve", 12, 12), ("zeven", 7, 7),
        ("39 forces", 39, 39), ("18 fixed + 7 movable", 25, 25), ("20 + 10 + 5 = 36", 36, 36),
        ("none", 0, 0), ("geen enkele gemeente", 0, 0), ("0", 0, 0), ("all", 380, 380),
        ("alle gemeenten", 380, 380), ("all were asked by mail and telephone", 380, 380),
        ("all 345", 345, 345),
        ("all but 3", 377, 377), ("op drie na alle", 377, 377), ("40 %", 151, 153), ("40 procent", 151, 153),
        ("7,54 %", *UNKNOWN), ("39,5 %", 150, 150), ("about 40 %", 133, 171), ("40-45 %", 152, 171),
        ("at least 40 %", 152, 380), ("most", 191, 380), ("half", *UNKNOWN), ("36 of 40", 36, 36),
        ("36 van de 40", 36, 36), ("36/40", 36, 36), ("90 % of 40", 36, 36), ("152 (40 %)", 152, 152),
        ("40 % (152)", 152, 152), ("36 of the 40 (90%)", 36, 36), ("", *UNKNOWN), ("?", *UNKNOWN),
        ("n/a", *UNKNOWN), ("n.v.t.", *UNKNOWN), ("–", *UNKNOWN), ("onbekend", *UNKNOWN),
    ],
)  # fmt: skip
def test_a_cell_is_a_range_among_380(cell: str, least: int | None, most: int | None) -> None:
    amount = read_amount(cell)
    assert amount is not None
    assert amount.among(380) == Quantity(least, most)


@pytest.mark.parametrize(
    "cell",
    [
        "veel", "hundreds", "12,5", "-5", "5k", "no answer", "geen idee", "110 %", "12 is 33 %, 28 is 78 %",
        "27,233 cameras, mean 192", "yes", "12 or 13 %", "1" * 300,
    ],
)  # fmt: skip
def test_what_is_no_clear_number_is_not_read(cell: str) -> None:
    assert read_amount(cell) is None


def test_a_share_or_everybody_of_an_unknown_total_is_unknown() -> None:
    for cell in ("all", "40 %", "all but 3"):
        amount = read_amount(cell)
        assert amount is not None
        assert amount.among(None) == Quantity()
    assert read_amount("36 of 40") == Amount(36, 36, total=40)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [("91 %", "91"), ("91", "91"), ("7,54", "7.54"), ("0.83", "83"), ("0,915", "91.5"), ("half", None),
     ("", None), ("most cameras", None), ("91 per cent", "91")],
)  # fmt: skip
def test_a_published_rate_is_a_percentage(cell: str, rate: str | None) -> None:
    share = read_rate(cell)
    assert (str(share) if share else None) == rate
