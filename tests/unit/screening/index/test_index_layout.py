"""The index's files: named by content, swapped at once, refused when amiss."""

from pathlib import Path

import pytest

from overzicht.errors import InputFileError
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty, build_index

FIRST = [IndexedParty("p-1", "Company", ("Tarrowmere Holdings",))]
SECOND = [*FIRST, IndexedParty("p-2", "Company", ("Ulvenstade Shipping",))]


def test_equal_parties_give_an_equal_version(tmp_path: Path) -> None:
    assert build_index(FIRST, tmp_path / "a").name == build_index(FIRST, tmp_path / "b").name
    assert build_index(SECOND, tmp_path / "c").name != build_index(FIRST, tmp_path / "a").name


def test_a_reader_keeps_its_version_while_a_new_one_comes_and_the_old_one_goes(tmp_path: Path) -> None:
    build_index(FIRST, tmp_path)
    reader = ScreeningEngine.open(tmp_path)
    build_index(SECOND, tmp_path)
    assert layout.drop_old(tmp_path) == 1
    assert reader.best(["Ulvenstade Shipping"], ["Company"])[0] == [[]]
    assert reader.best(["Tarrowmere Holdings"], ["Company"])[0] == [["p-1"]]
    assert ScreeningEngine.open(tmp_path).best(["Ulvenstade Shipping"], ["Company"])[0] == [["p-2"]]


def test_a_build_that_fails_leaves_the_version_in_use(tmp_path: Path) -> None:
    folder = build_index(FIRST, tmp_path)

    def breaking() -> object:
        yield FIRST[0]
        raise RuntimeError("the list broke off")

    with pytest.raises(RuntimeError):
        build_index(breaking(), tmp_path)  # type: ignore[arg-type]
    assert layout.current(tmp_path) == folder
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_no_index_a_foreign_pointer_and_a_lost_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no index in this folder"):
        layout.current(tmp_path)
    (tmp_path / layout.POINTER).write_text("../elsewhere")
    with pytest.raises(InputFileError, match="not a version of the index"):
        layout.current(tmp_path)
    folder = build_index(FIRST, tmp_path)
    (folder / "words.text.npy").unlink()
    with pytest.raises(InputFileError, match="cannot be read"):
        layout.read(folder)
