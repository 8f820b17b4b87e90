"""Columns of pairs of records: counted by hand on names of rare words, which each weigh 1."""

from dataclasses import replace

import pytest

from overzicht.screening.records.agreement import BODY_KIND, PERSON_KIND, Dates
from overzicht.screening.records.features import RECORD_NAMES, record_columns
from overzicht.screening.records.party_record import PartyRecord

NUMBER = ("leiCode", "529900AXTG9RNXDTOE94")


def company(*names: str) -> PartyRecord:
    return PartyRecord(schema="Company", names=names)


def columns(left: PartyRecord, right: PartyRecord) -> dict[str, float]:
    row = record_columns([(left, right)])[0][0]
    return dict(zip(RECORD_NAMES, map(float, row), strict=True))


ONE = company("Rulven Tarrow")
TWO = company("Rulven Tarrow", "Mosken Works")
OTHER = company("Rulven Tarrow", "Ostmark Ferry")
EIGHT = company(*(f"Rulven{a}ard Tarrow{a}ist" for a in "bcdfghjk"))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (ONE, ONE, {"names_met": 1, "less_share_met": 1, "equal_names": 1, "fewest_names": 1}),
        (ONE, TWO, {"names_met": 1, "less_share_met": 1 / 2, "more_share_met": 1, "most_names": 2}),
        (TWO, OTHER, {"names_met": 1, "less_share_met": 1 / 2, "more_share_met": 1 / 2, "equal_names": 1}),
        (TWO, OTHER, {"shared_weight": 2, "shared_of_less": 1 / 2, "shared_of_both": 2 / 6}),
        (ONE, TWO, {"shared_weight": 2, "shared_of_less": 1, "shared_of_both": 2 / 4, "rarest_shared": 1}),
        (ONE, company("Mosken Ferry"), {"shared_weight": 0, "rarest_shared": 0, "equal_names": 0}),
        (EIGHT, EIGHT, {"names_met": 4, "fewest_names": 6, "most_names": 8, "equal_names": 3}),
        (EIGHT, EIGHT, {"shared_weight": 5, "shared_of_both": 1}),
        (company("Plant 7 Rulven"), company("Plant 7 Rulven"), {"numbers_in_names": 1, "rarest_shared": 1}),
        (company("Plant 7 Rulven"), company("Plant Rulven"), {"numbers_in_names": -1}),
        (company("Plant 7 Rulven"), company("Plant 8 Rulven"), {"numbers_in_names": -2}),
        (ONE, ONE, {"numbers_in_names": 0}),
    ],
)
def test_names_are_counted_in_either_order(
    left: PartyRecord, right: PartyRecord, expected: dict[str, float]
) -> None:
    for pair in ((left, right), (right, left)):
        row = columns(*pair)
        assert {name: row[name] for name in expected} == pytest.approx(expected)


def test_a_second_name_agrees_only_if_it_is_another_on_both_sides() -> None:
    swapped = company(*reversed(TWO.names))
    assert columns(TWO, swapped)["second_names"] > 1
    assert columns(TWO, OTHER)["second_names"] < 0
    one = columns(ONE, TWO)
    assert one["second_names"] == one["best_names"] == one["more_agreeing_side"] > 1
    assert one["less_agreeing_side"] == pytest.approx((one["best_names"] + other_evidence()) / 2, abs=1e-4)
    assert columns(TWO, swapped)["first_names"] < 0 < columns(TWO, TWO)["first_names"]


def other_evidence() -> float:
    """Return the evidence of the names of ONE and TWO that are different names."""
    return columns(ONE, company("Mosken Works"))["best_names"]


def test_a_weak_name_counts_for_less_and_is_not_a_strong_one() -> None:
    weak = replace(ONE, names=("Mosken Works",), weak_names=ONE.names)
    plain, less = columns(ONE, ONE), columns(ONE, weak)
    assert less["best_names"] == pytest.approx(plain["best_names"] - 1.5, abs=1e-4)
    assert less["best_strong_names"] == pytest.approx(other_evidence(), abs=1e-4)


def test_characters_are_not_compared_with_a_reading_of_others() -> None:
    characters = company("青蕨光学")
    assert columns(characters, characters)["equal_names"] == 1
    assert columns(characters, company("Qingjue Guangxue"))["best_names"] > 0


def test_facts_are_columns_of_their_own() -> None:
    left = replace(
        ONE,
        birth_dates=("1966-08-17",),
        countries=("nl",),
        addresses=("Main Street 1",),
        identifiers=(NUMBER,),
    )
    row = columns(left, left)
    assert (row["kind"], row["kinds_differ"], row["dates"]) == (BODY_KIND, 0, Dates.SAME_DAY)
    assert (row["countries"], row["addresses"], row["numbers_shared"], row["numbers_clash"]) == (1, 1, 1, 0)
    other = replace(left, countries=("cn",), identifiers=(("leiCode", "3003000T24CMHQ382Y71"),))
    assert (columns(left, other)["countries"], columns(left, other)["numbers_clash"]) == (-1, 1)
    person = PartyRecord(schema="Person", names=ONE.names)
    assert columns(person, ONE)["kinds_differ"] == 1
    assert columns(person, replace(ONE, schema="LegalEntity"))["kind"] == PERSON_KIND
    assert columns(person, replace(ONE, schema="LegalEntity"))["kinds_differ"] == 0


def test_records_without_names_have_no_evidence() -> None:
    row = columns(company(), ONE)
    assert row["best_names"] == row["less_agreeing_side"] == -8
    assert (row["names_met"], row["shared_weight"], row["name_query_covered"]) == (0, 0, 0)
