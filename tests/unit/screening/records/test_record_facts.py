import pytest

from overzicht.screening.records.agreement import (
    ANY_KIND,
    BODY_KIND,
    PERSON_KIND,
    SHIP_KIND,
    Dates,
    addresses_agreement,
    countries_agreement,
    dates_agreement,
    kind_of_record,
    kinds_agree,
)


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("1966-08-17", "1966-08-17", Dates.SAME_DAY),
        ("1966-08", "1966-08-17", Dates.SAME_MONTH),
        ("1966-03-05", "1966-05-03", Dates.SWAPPED),
        ("1966", "1966-08-17", Dates.SAME_YEAR),
        ("1966-01-01", "1966-08-17", Dates.SAME_YEAR),  # the first of January stands for the year
        ("1966-08-17", "1966-09-17", Dates.OTHER_DAY),
        ("1966-08-17", "1967-08-17", Dates.NEIGHBOURING_YEARS),
        ("1966-08-17", "1968-08-17", Dates.NEIGHBOURING_YEARS),
        ("1966-08-17", "1969-08-17", Dates.APART),
        ("1966-08", "1966-08", Dates.SAME_MONTH),
        ("1966-08", "1966-09-17", Dates.OTHER_DAY),
        ("1966", "1966", Dates.SAME_YEAR),
        ("1966-01-02", "1966-08-17", Dates.OTHER_DAY),
        ("1966", "1971", Dates.APART),
        ("1966", "1976", Dates.APART),
        ("1966", "1977", Dates.FAR_APART),
        ("about 1966", "1966", Dates.UNKNOWN),
    ],
)
def test_birth_dates(one: str, two: str, found: Dates) -> None:
    assert dates_agreement([one], [two]) == found == dates_agreement([two], [one])


def test_the_best_of_several_dates_counts_and_none_is_unknown() -> None:
    assert dates_agreement(["1950", "1966-08-17"], ["1966-08-17"]) == Dates.SAME_DAY
    assert dates_agreement([], ["1966"]) == Dates.UNKNOWN


def test_countries_agree_differ_or_are_unknown() -> None:
    assert countries_agreement(["ru", "cy"], ["CY"]) == 1
    assert countries_agreement(["uk"], ["gb"]) == 1
    assert countries_agreement(["ua-cri"], ["ua"]) == 1
    assert countries_agreement(["ru"], ["cn"]) == -1
    assert countries_agreement([], ["cn"]) == 0


def test_addresses_share_words() -> None:
    one, two = "Sky Tower, No. 523, Pasdaran Ave, Tehran", "523 Pasdaran Avenue, Téhran, Iran"
    assert addresses_agreement([one], [two]) >= 0.6
    assert addresses_agreement([one], ["Main Street 1, Springfield"]) == 0
    assert addresses_agreement(["Iran"], ["Iran"]) < 0.5  # one word is no address
    assert addresses_agreement([], [two]) == 0
    assert addresses_agreement(["Sky Bay 5"], ["sky bay 6 of it"]) == pytest.approx(2 / 3)
    assert addresses_agreement(["Elm St 1"], ["Elm St 1"]) == pytest.approx(2 / 3)  # two letters are no word


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ("Person", PERSON_KIND),
        ("Company", BODY_KIND),
        ("Vessel", SHIP_KIND),
        *((schema, ANY_KIND) for schema in ("LegalEntity", "Thing", "Asset", "")),
    ],
)
def test_kinds(schema: str, kind: int) -> None:
    assert kind_of_record(schema) == kind


def test_a_legal_entity_may_be_a_person_and_never_a_ship() -> None:
    assert kinds_agree(ANY_KIND, PERSON_KIND)
    assert not kinds_agree(ANY_KIND, SHIP_KIND)
    assert not kinds_agree(PERSON_KIND, BODY_KIND)
