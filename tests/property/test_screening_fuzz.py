"""Any text as a name: nothing fails, and what bounds the time holds. The bench of that name does more."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from overzicht.names.analysis import MAX_CHARACTERS, MAX_WORDS, analyse
from overzicht.screening.index.build import IndexedParty, build_arrays

INPUTS = 5_000


@pytest.fixture(scope="module")
def bench(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_names", project_root / "bench" / "fuzz_names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_no_text_fails_and_every_kind_is_tried(bench: ModuleType) -> None:
    found = bench.fuzz(20261125, INPUTS)
    assert found["inputs"] == INPUTS
    assert set(found["kinds"]) == set(bench.MAKERS)


def test_a_limit_that_is_passed_is_told(bench: ModuleType) -> None:
    with pytest.raises(AssertionError, match=r"words: 'a\\ud800'"):
        bench.hold(False, "words", "a\ud800")


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "a " * 50_000, "\u0301" * 100_000, "株" * 100_000, "\ud800" * 9]
)
def test_what_is_read_of_a_text_is_bounded(text: str) -> None:
    found = analyse(text)
    assert found == analyse(text[:MAX_CHARACTERS])
    assert len(found.words) <= MAX_WORDS


def test_half_a_surrogate_pair_is_no_letter() -> None:
    assert analyse("Quill\ud83dbrook").words == analyse("Quillbrook").words


def test_a_word_that_the_transliteration_tears_apart_is_read_letter_by_letter() -> None:
    (word,) = analyse("か\U000219dbゝ").words
    assert word.text.startswith("ka")


def test_a_name_with_half_a_surrogate_pair_is_listed_as_it_came() -> None:
    index = build_arrays([IndexedParty("p\udc80", "Company", ("Quill\ud83dbrook",), "list")])
    assert index.party_ids.get(0) == "p\udc80"
    assert index.name_texts.get(0) == "Quill\ud83dbrook"
