"""The translation of compiled functions: the types that follow, and what it refuses, with file and line."""

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HEAD = """from typing import NamedTuple
import numpy as np
from numpy.typing import NDArray
from overzicht.names.compiled import Grid, compiled
FIRST, SECOND = range(2)
MOST = 3 * SECOND

class Pair(NamedTuple):
    row: NDArray[np.float32]
    grid: Grid[np.int32]

@compiled
"""


@pytest.fixture
def translated(project_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    monkeypatch.syspath_prepend(str(project_root / "kernels"))
    package = tmp_path / "overzicht" / "names"
    package.mkdir(parents=True)
    (package / "compiled.py").write_text("", encoding="utf-8")

    def translate(function: str) -> str:
        (package / "tried.py").write_text(HEAD + function, encoding="utf-8")
        module: Any = importlib.import_module("translation")
        sys.modules["sources"].read_source.cache_clear()
        return str(module.translated(tmp_path))

    return translate


def test_types_follow_from_annotations(translated: Callable[[str], str]) -> None:
    text = translated(
        "def f(pair: Pair, k: int) -> float:\n"
        "    '''Return a sum.'''\n"
        "    total, most = np.float32(0.0), 0.0\n"
        "    for value in pair.row[k:]:\n"
        "        total += value\n"
        "    most = max(most, pair.row[MOST])\n"
        "    share = k / len(pair.grid)\n"
        "    return share if pair.grid[k, FIRST] else most\n"
    )
    assert "cdef float64_t names_tried__f(const names_tried__Pair& pair, int64_t k) noexcept nogil:" in text
    assert "    cdef float32_t total\n" in text
    assert "    cdef float64_t most\n" in text
    assert "max_float64_t(most, pair.row[3])" in text
    assert "share = cython.cast(float64_t, k) / cython.cast(float64_t, pair.grid.size)" in text
    assert "pair.grid[k][0]" in text
    assert "Return a sum" not in text


@pytest.mark.parametrize(
    ("function", "what"),
    [
        ("def f(k: int) -> int:\n    with k:\n        return 1\n", "tried.py:14: `with k:"),
        ("def f(k: str) -> int:\n    return 1\n", "`str`: an annotation without a C type"),
        ("def f(k: int) -> int:\n    return sorted(k)\n", "`sorted(k)`: no counterpart of this function"),
        ("def f(k: int) -> int:\n    return [k]\n", "no counterpart of this expression"),
    ],
)
def test_what_has_no_counterpart_stops_the_build(
    translated: Callable[[str], str], function: str, what: str
) -> None:
    with pytest.raises(Exception, match=re.escape(what)) as raised:
        translated(function)
    assert type(raised.value).__name__ == "TranslationError"
    assert "tried.py:" in str(raised.value)
