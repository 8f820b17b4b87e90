"""Changes of names for fitting: the same for the same seed, and each of the kind it says."""

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[3] / "bench" / "fit_scorer"


@pytest.fixture(scope="module")
def changes() -> ModuleType:
    spec = importlib.util.spec_from_file_location("disturb", FOLDER / "disturb.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_one_seed_gives_one_row_of_changes(changes: ModuleType) -> None:
    def made(seed: int) -> list[tuple[str, str]]:
        r = random.Random(seed)  # noqa: S311 - no secret
        return [changes.disturb(r, "SEMAKOV, Ivan Petrovich", is_person=True) for _ in range(50)]

    assert made(3) == made(3)
    assert made(3) != made(4)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("natural_order", "SEMAKOV, Ivan", "Ivan SEMAKOV"),
        ("all_vowels_dropped", "Ivan Semakov", "Ivn Smkv"),
        ("abbreviated", "Rulven International", "Rulven Intl"),
    ],
)
def test_a_change_is_what_it_is_called(changes: ModuleType, kind: str, name: str, expected: str) -> None:
    assert getattr(changes, kind)(random.Random(1), name) == expected  # noqa: S311


@pytest.mark.parametrize("name", ["王", "x", "A, B", "12"])
def test_short_names_are_left_alone_rather_than_failing(changes: ModuleType, name: str) -> None:
    for change in {*changes.PERSON, *changes.BODY}:
        assert isinstance(change(random.Random(2), name), str)  # noqa: S311
