import pytest

from overzicht.screening.records.numbers import Agreement, agreement, is_placeholder, numbers_of

LEI, USCC, IMO, INN, OGRN = (
    "529900AXTG9RNXDTOE94",
    "91310000694176165T",
    "9079092",
    "6161021690",
    "1026102899228",
)


def agree(one: list[tuple[str, str]], two: list[tuple[str, str]]) -> Agreement:
    found = agreement(numbers_of(one), numbers_of(two))
    assert found == agreement(numbers_of(two), numbers_of(one))
    return found


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("imoNumber", f"IMO {IMO}"), ("imoNumber", IMO)),
        (("imoNumber", f"imo no. {IMO}"), ("imoNumber", IMO)),
        (("ogrnCode", OGRN), ("registrationNumber", OGRN)),
        (("innCode", INN), ("taxNumber", INN)),
        (("uscCode", USCC), ("registrationNumber", USCC.lower())),
        (("leiCode", LEI), ("leiCode", f" {LEI} ")),
    ],
)
def test_a_checked_number_is_the_same_however_it_is_written(
    one: tuple[str, str], two: tuple[str, str]
) -> None:
    assert agree([one], [two]).level == 4


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        (("passportNumber", "N 011612445"), ("passportNumber", "N011612445"), 3),
        (("passportNumber", "A-374184"), ("idNumber", "A374184"), 2),
        (("passportNumber", "R00005943, South Sudan"), ("passportNumber", "R00005943"), 1),
        (("passportNumber", "Diplomatic Passport D014433"), ("passportNumber", "D014433"), 1),
        (("passportNumber", "SE011252"), ("passportNumber", "011252"), 1),
        (("registrationNumber", "57622 (Uraba)"), ("registrationNumber", "57622"), 0),  # too short for a part
        (("passportNumber", "issued on 31 May 2005"), ("passportNumber", "issued on 31 May 2005"), 0),
        (("idNumber", "123456"), ("idNumber", "123456"), 0),  # a keyboard's row is no number
        (("idNumber", "0000000"), ("idNumber", "0000000"), 0),
        (("idNumber", "unknown"), ("idNumber", "unknown"), 0),
        (("gazette", "75782730"), ("gazette", "75782730"), 0),  # a publication, of many parties
    ],
)
def test_numbers_without_a_checksum(one: tuple[str, str], two: tuple[str, str], level: int) -> None:
    assert agree([one], [two]).level == level


def test_a_number_of_no_party_leaves_the_others() -> None:
    one = [("gazette", "75782730"), ("leiCode", LEI)]
    assert agree(one, one[1:]) == agree(one[1:], one[1:]) == Agreement(4, (LEI,))


def test_all_equal_numbers_are_shared() -> None:
    one = [("leiCode", LEI), ("passportNumber", "N011612445"), ("idNumber", "A374184")]
    assert agree(one, [*one[:2], ("idNumber", "B999184")]).shared == (LEI, "N011612445")
    assert agree(one[1:], [*one[1:2], ("idNumber", "B999184")]).shared == ("N011612445",)


def test_other_numbers_of_a_kind_that_names_one_party_clash() -> None:
    assert agree([("imoNumber", IMO)], [("imoNumber", "9331153")]).clashing == ("imoNumber",)
    for kind in ("dunsCode", "cikCode", "okpoCode", "permId", "mmsi", "brightQueryId"):
        assert agree([(kind, "53-400-5153")], [(kind, "53-400-5656")]).clashing == (kind,)
    assert agree([("passportNumber", "53-400-5153")], [("passportNumber", "53-400-5656")]).clashing == ()


def test_all_equal_numbers_are_named() -> None:
    more = [("innCode", INN), ("passportNumber", "R00005943")]
    assert agree(more, more).shared == (INN, "R00005943")
    assert agree(more[1:], more[1:]).shared == ("R00005943",)
    part = agree([("passportNumber", "R00005943, South Sudan")], [("idNumber", "Card R00005943")])
    assert (part.level, part.shared) == (1, ("R00005943",))
    assert agree([("passportNumber", "SE011252")], [("idNumber", "011252")]).shared == ("011252",)


def test_a_shared_number_outweighs_others_that_differ() -> None:
    one = [("innCode", INN), ("ogrnCode", OGRN)]
    found = agree(one, [("innCode", INN), ("ogrnCode", "1137746585855")])
    assert (found.level, found.clashing, found.shared) == (4, (), (INN,))


def test_people_have_many_passports_so_these_only_differ() -> None:
    found = agree([("passportNumber", "F508591")], [("passportNumber", "D00000897")])
    assert (found.level, found.clashing, found.others_differ) == (0, (), True)


def test_a_wrong_checksum_is_a_number_like_another() -> None:
    assert agree([("imoNumber", "9079093")], [("imoNumber", "9079093")]).level == 3


def test_no_numbers_say_nothing() -> None:
    assert agree([], [("imoNumber", IMO)]) == Agreement()


@pytest.mark.parametrize(
    ("value", "is_one"), [("99999", True), ("1212121", True), ("ABCDEF", True), ("A374184", False)]
)
def test_placeholders(value: str, is_one: bool) -> None:
    assert is_placeholder(value) is is_one
