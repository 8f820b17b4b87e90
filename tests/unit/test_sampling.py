"""Which tests `make test` leaves out, and which unit tests `make check` runs."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sampling
from touched import mirrored_tests


@dataclass(eq=False)
class Case:
    """A test of pytest, as far as a sample looks at it."""

    nodeid: str
    markers: dict[str, pytest.Mark] = field(default_factory=dict)

    def get_closest_marker(self, name: str) -> pytest.Mark | None:
        return self.markers.get(name)


def cases(count: int) -> list[Any]:
    marker = {"sampled": pytest.mark.sampled(4).mark}
    return [Case(f"tests/test_a.py::test_b[{number}]", marker) for number in range(count)]


def left_out(items: list[Any], seed: str) -> set[str]:
    return {item.nodeid for item in sampling.left_out(items, seed)}


def test_one_in_so_many_cases_stays_whatever_their_order() -> None:
    items = cases(10)
    out = left_out(items, "one")
    assert len(out) == 7
    assert left_out(items[::-1], "one") == out
    assert len(left_out(cases(1), "one")) == 0


def test_each_case_stays_for_some_seed() -> None:
    always_out = set.intersection(*(left_out(cases(10), f"seed {number}") for number in range(40)))
    assert always_out == set()


def test_slow_tests_are_left_out_and_others_stay() -> None:
    slow, other = Case("a", {"slow": pytest.mark.slow.mark}), Case("b")
    assert left_out([slow, other], "") == {"a"}


def test_the_seed_is_the_commit_or_what_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(sampling.VARIABLE, "mine")
    assert sampling.seed() == "mine"
    monkeypatch.delenv(sampling.VARIABLE)
    assert sampling.seed() == sampling.seed()


def test_changed_files_stand_for_the_mirrored_tests_their_folder(tmp_path: Path) -> None:
    unit = Path("tests/unit")
    for name in ("store/moving/test_x.py", "test_settings.py", "law/test_y.py"):
        (tmp_path / unit / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / unit / name).touch()
    source = Path("src/overzicht")
    changed = [
        source / "store/moving/a.py", unit / "store/moving/test_x.py", source / "settings.py",
        source / "law/deep/b.py", unit / "test_gone.py", Path("README.md"), source / "__main__.py",
    ]  # fmt: skip
    wanted = [unit / "law", unit / "store/moving", unit / "test_settings.py"]
    assert mirrored_tests(changed, tmp_path) == wanted
    assert mirrored_tests([], tmp_path) == []
