"""Damaged list files and bad archives: refused with file and record, and the store is as it was before."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from functional_tools import kept, log_entries, run_command, states
from invented_lists import packed, un_list

from overzicht.errors import EXIT_INPUT, EXIT_OK

pytestmark = pytest.mark.usefixtures("own_home")


@pytest.fixture
def held(own_home: Path, tmp_path: Path) -> tuple[dict[str, Any], set[str], int]:
    """Return the state of a store with a good list in it: lists, raw files, entries in the log."""
    good = tmp_path / "good.xml"
    good.write_bytes(un_list())
    assert run_command("lists", "add", good).exit_code == EXIT_OK
    return states(), kept(own_home), log_entries()


Damage = Callable[[bytes], bytes]
LAST = b"<DATAID>900259</DATAID>"


def replaced(old: bytes, new: bytes) -> Damage:
    def damage(good: bytes) -> bytes:
        assert good.count(old) >= 1
        return good.replace(old, new, 1)

    return damage


BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'
HEAD = b'encoding="UTF-8"?>'

DAMAGES: dict[str, tuple[Damage, str]] = {  # what happened: (how, what the message says)
    "cut off in a record": (lambda good: good[:-300], "XYe.00259|90025[0-9]|whole|end|close"),
    "cut off early": (lambda good: good[:3000], "whole|end|close|Premature|mismatch"),
    "another encoding": (replaced(b"INVENTED ENTITY 900259", b"INVENT\xc9 900259"), "ENTITY|utf-8|byte"),
    "a listing of the year 2922": (
        lambda good: _in_entry(good, b"10004", b"2012-12-31", b"2922-12-31"), "10004.*2922",
    ),
    "no day at all": (lambda good: _in_entry(good, b"10004", b"2012-12-31", b"soon"), "10004.*'soon'"),
    "an id twice": (replaced(b"<DATAID>10006</DATAID>", b"<DATAID>10005</DATAID>"), "10005.*earlier"),
    "an unknown element": (
        replaced(LAST, LAST + b"<NEW_FIELD>x</NEW_FIELD>"), "900259.*NEW_FIELD",
    ),
    "an XML bomb": (
        lambda good: good.replace(HEAD, HEAD + BOMB, 1).replace(b"INVENTED ENTITY 900259", b"&d;", 1), "",
    ),
    "an entity from outside": (
        lambda good: good.replace(HEAD, HEAD + OUTSIDE, 1).replace(b"INVENTED ENTITY 900259", b"&out;", 1),
        "",
    ),
    "a state of the year 2922": (replaced(b'"2026-02-27T', b'"2922-02-27T'), "2922"),
    "a state of a day to come": (replaced(b'"2026-02-27T', b'"2090-02-27T'), "2090-02-27.*is in the future"),
    "another root": (lambda good: good.replace(b"CONSOLIDATED_LIST", b"SOME_LIST"), "official layout"),
    "nothing in it": (lambda _: b"", "official layout|empty"),
    "only its head": (lambda good: good[:60], "official layout|whole|end"),
    "half of the entries": (lambda _: un_list(persons=300), "560 records.*850 to 1,400"),
    "far too many entries": (lambda _: un_list(persons=1500), "1,760 records.*850 to 1,400"),
}  # fmt: skip


def _in_entry(good: bytes, data_id: bytes, old: bytes, new: bytes) -> bytes:
    start = good.index(b"<DATAID>" + data_id)
    return good[:start] + good[start:].replace(old, new, 1)


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_refused_and_the_store_is_as_before(
    held: tuple[dict[str, Any], set[str], int], own_home: Path, tmp_path: Path, name: str
) -> None:
    damage, said = DAMAGES[name]
    path = tmp_path / "damaged.xml"
    path.write_bytes(damage(un_list(day="2026-02-27")))
    result = run_command("lists", "add", path)
    assert result.exit_code == EXIT_INPUT, result.output
    assert "damaged.xml" in result.stderr
    assert re.search(said, result.stderr, re.IGNORECASE), result.stderr
    assert (states(), kept(own_home), log_entries()) == held


def encrypted(archive: bytes) -> bytes:
    """Set the bit that says that a member is encrypted, in both headers."""
    broken = bytearray(archive)
    broken[6] |= 1
    broken[archive.index(b"PK\x01\x02") + 8] |= 1
    return bytes(broken)


def otherwise_packed(archive: bytes) -> bytes:
    """Name a method of packing that nobody has."""
    broken = bytearray(archive)
    broken[8] = 77
    broken[archive.index(b"PK\x01\x02") + 10] = 77
    return bytes(broken)


BLANKS = b" " * 40_000_000
ARCHIVES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a gzip bomb": ("x.xml.gz", lambda: gzip.compress(un_list() + BLANKS, 9), "past the limit"),
    "a zip bomb": ("x.zip", lambda: packed(un_list() + BLANKS), "past the limit"),
    "gzip cut off": ("x.xml.gz", lambda: gzip.compress(un_list())[:-400], "cut off or broken"),
    "gzip with a wrong sum": (
        "x.xml.gz",
        lambda: gzip.compress(un_list())[:-8] + b"12345678",
        "cut off or broken",
    ),
    "gzip with rubbish after it": (
        "x.xml.gz",
        lambda: gzip.compress(un_list()) + b"rubbish",
        "cut off or broken",
    ),
    "zip cut off": ("x.zip", lambda: packed(un_list())[:-60], "not a whole zip"),
    "zip of two files": ("x.zip", lambda: packed(un_list(), members=2), "holds 2 files"),
    "zip of nothing": ("x.zip", lambda: packed(b"", members=0), "official layout|holds 0 files"),
    "zip with a password": ("x.zip", lambda: encrypted(packed(un_list())), "cannot be unpacked"),
    "zip packed otherwise": ("x.zip", lambda: otherwise_packed(packed(un_list())), "cannot be unpacked"),
    "zip in zip": ("x.zip", lambda: packed(packed(un_list())), "official layout"),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_bad_archive_is_refused_and_the_store_is_as_before(
    held: tuple[dict[str, Any], set[str], int], own_home: Path, tmp_path: Path, name: str
) -> None:
    filename, content, said = ARCHIVES[name]
    path = tmp_path / filename
    path.write_bytes(content())
    result = run_command("lists", "add", path)
    assert result.exit_code == EXIT_INPUT, result.output
    assert filename.removesuffix(".gz").removesuffix(".zip") in result.stderr
    assert re.search(said, result.stderr), result.stderr
    assert (states(), kept(own_home), log_entries()) == held
