"""Paths into the list: read, ordered, nested."""

import pytest

from overzicht.subjects.control_list.path import (
    ControlPath,
    NotAControlPathError,
    entry_of,
    is_within,
    lineage,
    overlap,
    parent_of,
    parse_path,
    regime_of,
    sort_key,
)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("6A003.b.4.b", "6A003.b.4.b"),
        ("6a003.B.4.b.", "6A003.b.4.b"),
        (" 6A003 . b ", "6A003.b"),
        ("1C350.84", "1C350.84"),
        ("5A002", "5A002"),
    ],
)
def test_a_path_is_brought_to_one_form(written: str, path: str) -> None:
    assert parse_path(written) == path


@pytest.mark.parametrize("written", ["", "6A03", "6F003", "6A003b", "6A003.b..4", "6A003.bbb", "hello"])
def test_what_is_no_path_is_refused(written: str) -> None:
    with pytest.raises(NotAControlPathError, match=r"6A003\.b\.4\.b"):
        parse_path(written)


def test_steps_up_and_down() -> None:
    path = parse_path("6A003.b.4")
    assert lineage(path) == ("6A003", "6A003.b", "6A003.b.4")
    assert parent_of(path) == "6A003.b"
    assert parent_of(entry_of(path)) is None


def test_a_longer_label_is_not_a_point_below() -> None:
    assert is_within(parse_path("1C350.8.a"), parse_path("1C350.8"))
    assert not is_within(parse_path("1C350.84"), parse_path("1C350.8"))
    assert overlap(parse_path("6A003"), parse_path("6A003.b.4"))
    assert not overlap(parse_path("6A003.a"), parse_path("6A003.b"))


def test_the_order_is_the_one_of_the_list() -> None:
    paths = [ControlPath(p) for p in ("1C350.10", "1C350.2", "3A001.aa", "3A001.z", "1C350")]
    assert sorted(paths, key=sort_key) == ["1C350", "1C350.2", "1C350.10", "3A001.z", "3A001.aa"]


@pytest.mark.parametrize(
    ("path", "regime"),
    [
        ("6A003.b", "Wassenaar Arrangement"),
        ("9A101", "Missile Technology Control Regime"),
        ("2B201", "Nuclear Suppliers Group"),
        ("1C351", "Australia Group"),
        ("1C450", "Chemical Weapons Convention"),
        ("3B501", ""),
    ],
)
def test_the_number_points_to_a_regime(path: str, regime: str) -> None:
    assert regime_of(parse_path(path)) == regime
