"""MAC addresses as scanners, vendors and people write them."""

import pytest

from overzicht.identifiers import mac


@pytest.mark.parametrize(
    "text",
    [
        "44:19:b6:01:02:03",
        "44-19-B6-01-02-03",
        "4419.b601.0203",
        "4419b6010203",
        "0x4419B6010203",
        " 44:19:B6:1:2:3 ",
        "44 19 b6 01 02 03",
        "MAC: 44:19:B6:01:02:03",
        "4419-b601-0203",
    ],
)
def test_ways_of_writing_one_address(text: str) -> None:
    assert mac.normalize(text) == "44:19:B6:01:02:03"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "44:19:b6",
        "44:19:b6:01:02",
        "44:19:b6:01:02:03:04",
        "44:19-b6:01-02:03",
        "44:19:b6:01:02:0g",
        "10.0.0.1",
        "2001:db8::1",
        "123456789abc",
        "441:9b:60:10:20:3",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert mac.normalize(text) is None


def _mac(text: str) -> mac.Mac:
    value = mac.normalize(text)
    assert value is not None
    return value


def test_bits_that_take_the_maker_away() -> None:
    assert mac.is_group_address(_mac("cb:6e:4f:00:00:01"))
    assert not mac.is_group_address(_mac("44:19:b6:01:02:03"))
