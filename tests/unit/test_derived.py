"""Content that is made once: where it is stored, and what happens without such a place."""

import stat
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overzicht.derived import Bytes, Table, derived, table_content


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path


def whole(content: Bytes) -> bytes:
    if not content[:].endswith(b"."):
        raise ValueError("incomplete")
    return content[:]


def never() -> bytes:
    pytest.fail("the content is made again")


def stored(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def test_content_is_made_once(cache: Path) -> None:
    assert derived("greeting/1", lambda: b"Hello.", whole) == b"Hello."
    assert derived("greeting/1", never, whole) == b"Hello."
    assert derived("greeting/2", lambda: b"Goodbye.", whole) == b"Goodbye."
    assert len(stored(cache)) == 2


@pytest.mark.parametrize("damage", [b"", b"Hel", b"\0" * 9])
def test_damaged_content_is_made_again(cache: Path, damage: bytes) -> None:
    derived("greeting/1", lambda: b"Hello.", whole)
    (path,) = stored(cache)
    path.write_bytes(damage)
    assert derived("greeting/1", lambda: b"Hello.", whole) == b"Hello."
    assert path.read_bytes() == b"Hello."


def test_shipped_content_is_used_before_the_cache(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = cache / "prepared"
    monkeypatch.setattr("overzicht.derived.SHIPPED", shipped)
    shipped.mkdir()
    (shipped / "greeting-1").write_bytes(b"Hello.")
    assert derived("greeting-1", never, whole) == b"Hello."
    assert stored(cache) == [shipped / "greeting-1"]
    (shipped / "greeting-1").write_bytes(b"Hel")
    assert derived("greeting-1", lambda: b"Hello again.", whole) == b"Hello again."
    assert (shipped / "greeting-1").read_bytes() == b"Hel"
    assert derived("greeting-1", never, whole) == b"Hello again."


def test_a_cache_folder_that_cannot_be_written_costs_time_only(cache: Path) -> None:
    (cache / "overzicht").write_text("a file where the folder is expected")
    assert derived("greeting/1", lambda: b"Hello.", whole) == b"Hello."
    assert stored(cache) == [cache / "overzicht"]


def test_a_user_without_a_home_folder_gets_the_content(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", no_home)
    assert derived("greeting/1", lambda: b"Hello.", whole) == b"Hello."


def test_writers_at_the_same_time_leave_one_whole_file(cache: Path) -> None:
    content = b"x" * 1_000_000 + b"."
    results: list[bytes] = []
    threads = [
        Thread(target=lambda: results.append(derived("long/1", lambda: content, whole))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [content] * 8
    (path,) = stored(cache)
    assert path.read_bytes() == content
    assert not stat.S_IMODE(path.stat().st_mode) & 0o022  # nobody else writes it


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\t"), max_size=8)


@given(st.dictionaries(words, words, max_size=40), words)
def test_a_table_has_the_text_of_each_key_and_no_other(entries: dict[str, str], other: str) -> None:
    table = Table(table_content(entries.items()))
    assert {key: table.get(key) for key in entries} == entries
    assert table.get(other) == entries.get(other)


def test_a_part_of_a_table_is_refused() -> None:
    content = table_content([("a", "1"), ("b", "2")])
    for size in range(len(content)):
        with pytest.raises(ValueError, match="incomplete"):
            Table(content[:size])


@pytest.mark.parametrize("entry", [("a\n", ""), ("a\t", ""), ("a", "b\nc")])
def test_an_entry_of_two_lines_is_refused(entry: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="does not fit on a line"):
        table_content([entry])
