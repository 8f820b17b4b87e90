"""Firmware versions and ranges, in the forms that makers and advisories write."""

from datetime import date

import pytest

from overzicht.devices.vulnerabilities.firmware import Firmware, Membership, membership, read_day, read_range

INSIDE, OUTSIDE, UNKNOWN = Membership.INSIDE, Membership.OUTSIDE, Membership.UNKNOWN
WITH_BUILDS = ">= 5.2.0 build 140721 | <= 5.4.0  Build 160530"


@pytest.mark.parametrize(
    ("text", "parts", "build"),
    [
        ("V5.4.4 Build 161125", (5, 4, 4), date(2016, 11, 25)),
        ("V5.6.2build 190701", (5, 6, 2), date(2019, 7, 1)),
        ("3.3.8_build230112", (3, 3, 8), date(2023, 1, 12)),
        ("2.622.0000000.18.R, Build Date: 2017-11-06", (2, 622, 0, 18), date(2017, 11, 6)),
        ("V2.800.0000000.29.R.211206", (2, 800, 0, 29), date(2021, 12, 6)),
        ("1.000.HW01.33.20190812", (1, 0, "hw", 1, 33), date(2019, 8, 12)),
        ("1.00-06", (1, 0, 6), None),
        ("MX-V4.0.2.33.r2", (4, 0, 2, 33, 2), None),
        ("v5.3.1.1811211102", (5, 3, 1, 1811211102), None),
        ("NVR 5.6 Build 595", (5, 6, 595), None),
    ],
)
def test_numbers_and_build_of_a_version(text: str, parts: tuple[int | str, ...], build: date | None) -> None:
    version = Firmware.read(text)
    assert version is not None
    assert (version.parts, version.build) == (parts, build)


@pytest.mark.parametrize("text", ["", "Version :", "unknown", "beta"])
def test_a_text_without_a_number_is_not_a_version(text: str) -> None:
    assert Firmware.read(text) is None


@pytest.mark.parametrize(
    ("firmware", "stated", "result"),
    [
        ("V5.2.0 build 140721", WITH_BUILDS, INSIDE),
        ("V5.4.0 build 160530", WITH_BUILDS, INSIDE),
        ("V5.4.0 build 160531", WITH_BUILDS, OUTSIDE),
        ("V5.1.9 build 140101", WITH_BUILDS, OUTSIDE),
        ("V5.6.2build 190701", WITH_BUILDS, OUTSIDE),
        ("V5.4.0", WITH_BUILDS, UNKNOWN),
        ("V5.3.6 build 161231", WITH_BUILDS, UNKNOWN),  # an earlier number with a later build
        ("V5.10.0", "<= 5.9.0", OUTSIDE),
        ("V5.9.0", "<= 5.10.0", INSIDE),
        ("6.3.39", "< 6.3.40", INSIDE),
        ("6.3.40", "< 6.3.40", OUTSIDE),
        ("5.4", "5.4.0", INSIDE),
        ("11.11.73", "11.11", UNKNOWN),
        ("11.11.73", ">= 11.11", INSIDE),
        ("11.11.73", "11.11 to 11.12", INSIDE),
        ("QIPC-B2202.7.5", "<= DIPC-B1213.6.5", UNKNOWN),
        ("QIPC-B2202.7.5", "<= QIPC-B2202.7.6", INSIDE),
        ("MX-V4.0", "< 5.0", INSIDE),  # one of the two states no branch
        ("5.1", "< MX-V5.0", OUTSIDE),
        ("6.9.2", "< 6.9.2 CU01", INSIDE),
        ("2.0", "<= 2.0-rc1", OUTSIDE),
        ("2.0-alpha1", "< 2.0", INSIDE),
        ("2.0-beta", "< 2.0", INSIDE),
        ("2.0pre", "< 2.0", INSIDE),
        ("7.9.6", "prior to 7.9.6", OUTSIDE),
        ("3.0", "up to but not including 3.0", OUTSIDE),
        ("3.0", "up to and including 3.0", INSIDE),
        ("3.0", "until 3.0", INSIDE),
        ("5.0", "> 5.0", OUTSIDE),
        ("5.1", "> 5.0", INSIDE),
        ("5.0", "> 6 | >= 4", INSIDE),
        ("5.0", "= 5.0", INSIDE),
        ("1.9", "2.0 through 3.0", OUTSIDE),
        ("3.0", "2.0 through 3.0", INSIDE),
        ("3.1", "2.0 through 3.0", OUTSIDE),
        ("2.0", "!= 2.0", UNKNOWN),
        ("V5.2.0 build 140720", "< 5.2.0 build 140721", INSIDE),
        ("7.9.5", "prior to 7.9.6", INSIDE),
        ("2.8.3", "2.8.3 or earlier", INSIDE),
        ("2.2.1", "Versions below V2.2.1 (including V2.2.1)", INSIDE),
        ("11.6.0", "AXIS OS 10.5 – 11.5", OUTSIDE),
        ("2.5", ">=V2.8<V3.1.1", OUTSIDE),
        ("3.0", ">=V2.8<V3.1.1", INSIDE),
        ("22.2", "vers:all/<V22.3 HotfixRev2", INSIDE),
        ("9.8", "9.6 | 9.8", INSIDE),
        ("9.7", "9.6 | 9.8", OUTSIDE),
        ("V2.800.0000000.29.R.200106", "Buildtime before June, 2021", INSIDE),
        ("V2.800.0000000.29.R.210601", "Buildtime before June, 2021.", OUTSIDE),
        ("V2.840.0000000.21.R", "Build time before 2024/2/2", UNKNOWN),
        ("1.0", "all", INSIDE),
        ("1.0", "vers:all/*", INSIDE),
        ("2.5.0", "Versions after V2.0.0 and before V2.5.1", INSIDE),
        ("2.0.0", "Versions after V2.0.0 and before V2.5.1", OUTSIDE),
        ("1.4", "Prior to version 1.5;Prior to version 2.0", UNKNOWN),
        ("1.0", "n/a", UNKNOWN),
        ("1.0", "0", UNKNOWN),
        ("1.0", "<= 0", OUTSIDE),
        ("1.0", ">= 0 | < 2", INSIDE),
        ("1.0", "All versions with the optional module", UNKNOWN),
    ],
)
def test_membership_of_a_range(firmware: str, stated: str, result: Membership) -> None:
    assert membership([firmware], [stated]) is result


@pytest.mark.parametrize(
    ("firmware", "result"),
    [("1.9", OUTSIDE), ("2.0", INSIDE), ("2.gamma", UNKNOWN), ("2.9", INSIDE), ("3", OUTSIDE)],
)
def test_a_version_is_in_one_range_or_not(firmware: str, result: Membership) -> None:
    (bounds,) = read_range(">= 2.0 < 3.0") or ()
    version = Firmware.read(firmware)
    assert version is not None
    assert bounds.membership(version) is result


@pytest.mark.parametrize("text", ["", "-", "n/a", "NA", "unspecified", "unknown", "none."])
def test_a_text_in_general_words_states_no_range(text: str) -> None:
    assert read_range(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "!= 2.0",
        "versions after alpha and before 2.5",
        "versions after 2.5 and before beta",
        "alpha to 3.0",
        "3.0 to beta",
        "before the next release",
        "Build time before long",
        "1.0 with another module installed",
    ],
)
def test_a_text_with_other_words_is_not_read_as_a_range(text: str) -> None:
    assert read_range(text) is None


def test_a_range_that_cannot_be_read_leaves_the_others() -> None:
    assert membership(["1.5"], ["n/a", "< 2.0"]) is INSIDE
    assert membership(["2.5"], ["n/a", "< 2.0"]) is UNKNOWN
    assert membership(["2.5"], ["< 1.0", "< 2.0"]) is OUTSIDE


def test_without_firmware_only_every_version_is_affected() -> None:
    assert membership([], ["*"]) is INSIDE
    assert membership([], ["< 6.3.40"]) is UNKNOWN
    assert membership([], []) is UNKNOWN


def test_an_unaffected_range_wins_and_two_versions_must_agree() -> None:
    assert membership(["1.5"], ["*"], [">= 1.4"]) is OUTSIDE
    assert membership(["1.3"], ["*"], [">= 1.4"]) is INSIDE
    assert membership([], ["*"], [">= 1.4"]) is UNKNOWN
    assert membership(["1.3", "1.5"], ["< 1.4"]) is UNKNOWN
    assert membership(["1.2", "1.3"], ["< 1.4"]) is INSIDE


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024/2/2", date(2024, 2, 2)),
        ("May, 2020", date(2020, 5, 1)),
        ("May 01, 2024", date(2024, 5, 1)),
        ("20190812", date(2019, 8, 12)),
        ("161125", None),
        ("2024-02-31", None),
        ("Smarch, 2020", None),
        ("Febr 2021", date(2021, 2, 1)),
        ("Sept. 2020", date(2020, 9, 1)),
        ("5 May 2021", date(2021, 5, 5)),
        ("13/2/2020", None),
        ("1999-01-01", None),
        ("2099/12/31", date(2099, 12, 31)),
    ],
)
def test_a_day_in_words_or_digits(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_text_of_any_length_is_read_quickly() -> None:
    for text in ("1." * 100_000, "9" * 100_000, "<" * 100_000, "a to " * 50_000, "build " * 50_000):
        read_range(text)
        Firmware.read(text)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [("1.2b", "1.2a", 1), ("1.2a", "1.2b", -1), ("1.2gamma", "1.2delta", None), ("1.2a", "1.2.3", None)],
)
def test_one_letter_comes_after_another_and_words_have_no_order(
    one: str, other: str, order: int | None
) -> None:
    left, right = Firmware.read(one), Firmware.read(other)
    assert left is not None
    assert right is not None
    assert left.compared(right) == order
