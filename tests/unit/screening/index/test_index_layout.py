"""The index's files: named by content, swapped at once, refused when amiss."""

import math
from pathlib import Path

import numpy as np
import pytest

from overzicht.errors import InputFileError
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index import layout
from overzicht.screening.index.build import (
    IndexedParty,
    build_arrays,
    build_index,
    mark_number,
    marks,
    update_index,
)
from overzicht.screening.texts import Texts

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


def test_a_large_index_has_the_same_arrays_in_files_as_in_memory(tmp_path: Path) -> None:
    parties = [
        IndexedParty(f"p-{n}", "Company", (f"Rulven{n} Tarrow{n}",), "list-a", mark=str(n))
        for n in range(600)
    ]
    made, opened = build_arrays(parties), layout.read(build_index(parties, tmp_path))
    for part in ("words", "names", "keys", "postings", "name_texts", "party_ids", "parties", "links"):
        for array, stored in zip(getattr(made, part), getattr(opened, part), strict=True):
            assert type(stored) is np.ndarray
            assert not stored.flags.writeable
            assert array.tobytes() == stored.tobytes()
    assert len(marks(opened)) == 600
    assert marks(opened)["list-a", "p-7"] == mark_number("7") != mark_number("8")


def test_a_party_with_half_a_surrogate_pair_in_its_id_can_be_removed(tmp_path: Path) -> None:
    broken = IndexedParty("p-\ud800", "Company", ("Quillbrook Optics",), "list-a")
    build_index([*FIRST, broken], tmp_path)
    assert ("list-a", "p-\ud800") in marks(layout.read(layout.current(tmp_path)))
    update_index(tmp_path, [], [("list-a", "p-\ud800")])
    assert layout.current(tmp_path).name == build_index(FIRST, tmp_path / "other").name


def test_words_weigh_by_the_packaged_counts_and_by_the_parties_that_have_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("overzicht.screening.index.build.counts", lambda: ({"rulven": 3, "tarrow": 96}, 96))
    names = (("Rulven Tarrow", "Rulven Mosken"), ("Mosken Ostfeld",), ("Mosken",))
    index = build_arrays(IndexedParty(str(k), "Company", own) for k, own in enumerate(names))
    weights = dict(
        zip(
            Texts(index.words.text_at.astype(np.int64), index.words.text).rows(),
            index.words.weight.tolist(),
            strict=True,
        )
    )
    rarity = {b"rulven": 5, b"mosken": 4, b"ostfeld": 2}  # names with it, and one
    expected = {word: math.log(100 / seen) / math.log(100) for word, seen in rarity.items()}
    assert {word: weights[word] for word in expected} == pytest.approx(expected)
    assert weights[b"tarrow"] == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("schema", "is_person"), [("Company", False), ("Person", True), ("LegalEntity", False)]
)
def test_the_parts_of_a_long_name_are_of_the_kind_of_the_party(schema: str, is_person: bool) -> None:
    name = " ".join(f"Rulv{a}n Tarr{a}w" for a in "abcdefghijklmnopqrst")
    index = build_arrays([IndexedParty("a", schema, (name,))])
    assert [code > 0 for code in index.names.person.tolist()] == [
        is_person
    ] * 4  # the whole, and 40 words by 16
    assert index.name_texts.rows() == [name.encode()] * 4
