"""The compiled engine gives what its Python source gives: every function, on whatever the others give it.

The entry points run in Python with each function that they call replaced by a check. It runs the compiled
form on a copy of the arguments, the source on the arguments, and compares what they return and write.
"""

import ast
import importlib
import inspect
import os
from collections import Counter
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from overzicht.names.compiled import source_of
from overzicht.screening.align import new_space
from overzicht.screening.batch import search
from overzicht.screening.features import features
from overzicht.screening.frequencies import packed
from overzicht.screening.index.build import IndexedParty, build_arrays
from overzicht.screening.records import names as record_names
from overzicht.screening.records.party_record import PartyRecord
from overzicht.screening.scorer import packaged_scorer

if os.environ.get("OVERZICHT_INTERPRETED"):
    pytest.skip("the engine runs from its sources", allow_module_level=True)
machine = importlib.import_module("overzicht.names.machine")  # an engine that was not built is a fault
CHECKED = 30  # calls of each function; copies of all arguments take time
WORDS = (
    "Arvo", "Beltane", "Beltain", "Shipping", "Schiffahrt", "Limited", "Ltd", "華為", "技术", "Иванов",
    "Ivanow",
    "Owned", "7", "12", "Hassan", "Hsn", "Al", "J", "Petrovich", "Technologies", "Tech", "BSL", "Mohammed",
    "Muhamad", "Rulvenbank", "Rulven", "Bank", "Xavier", "Schtscherbakow", "陳大文", "محمد", "Chen", "Cecil",
)  # fmt: skip


def _modules() -> dict[str, ModuleType]:
    return {name: importlib.import_module(name) for name in machine.DIGESTS}


def _reachable(modules: dict[str, ModuleType]) -> set[str]:
    """Return the compiled functions that Python can call, as module.function."""
    return {
        f"{name}.{label}"
        for name, module in modules.items()
        for label, value in vars(module).items()
        if callable(value) and source_of(value) is not value and source_of(value).__module__ == name
    }


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, np.ndarray):
        return (
            bool(np.allclose(left, right, rtol=1e-5, atol=1e-6)) if left.size else left.shape == right.shape
        )
    if isinstance(left, tuple):
        return all(map(_equal, left, right))
    return left is None if right is None else bool(np.isclose(left, right, rtol=1e-5, atol=1e-6))


def _copied(value: Any, known: dict[int, Any]) -> Any:
    """Return a copy in which arrays that share memory still do."""
    if isinstance(value, tuple):
        parts = [_copied(part, known) for part in value]
        return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
    if not isinstance(value, np.ndarray):
        return value
    owner = value
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    whole = known.setdefault(id(owner), np.ascontiguousarray(owner).copy())
    offset = value.__array_interface__["data"][0] - owner.__array_interface__["data"][0]
    return np.ndarray(value.shape, value.dtype, whole.data, offset, value.strides)


def _checked(name: str, compiled: Callable[..., Any], calls: Counter[str]) -> Callable[..., Any]:
    source = source_of(compiled)

    def check(*arguments: Any) -> Any:
        calls[name] += 1
        if calls[name] > CHECKED:
            return compiled(*arguments)
        copied = _copied(arguments, {})
        expected, result = source(*arguments), compiled(*copied)
        assert _equal(result, expected), f"{name} gives {result}, its source {expected}"
        assert _equal(copied, arguments), f"{name} writes other values than its source"
        return expected

    return check


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Replace every compiled function by its check, wherever a module uses it; give the number of calls."""
    counter: Counter[str] = Counter()
    for module in [*_modules().values(), importlib.import_module("overzicht.screening.index.build")]:
        for label, value in list(vars(module).items()):
            if callable(value) and (source := source_of(value)) is not value:
                name = f"{source.__module__}.{source.__name__}"
                monkeypatch.setattr(module, label, _checked(name, value, counter))
    with np.errstate(over="ignore"):  # numbers of 64 bits run over on purpose
        yield counter


def _names(seed: int, count: int) -> list[str]:
    random = np.random.default_rng(seed)
    names = [" ".join(random.choice(WORDS, random.integers(1, 5))) for _ in range(count)]
    return [name.upper() if random.random() < 0.1 else name for name in names]


def test_every_compiled_function_gives_what_its_source_gives(calls: Counter[str]) -> None:
    names = _names(1, 24)
    pack = packed([(name, number % 2 == 0) for number, name in enumerate(names)])
    pairs = np.array([(k, j) for k in range(0, 24, 2) for j in (k, k + 1)], np.int32)
    rows = features(pack, pack, pairs)
    packaged_scorer("pair").scores(rows)
    index = build_arrays(
        IndexedParty(f"p{k}", "Person" if k % 2 else "Company", (name, f"{name} {k % 3}"), f"list{k % 2}",
                     links=(("name", name[:5]), ("imoNumber", str(k // 2))))
        for k, name in enumerate(_names(2, 30))
    )  # fmt: skip
    queries = packed(
        [(name, False) for name in (*_names(3, 10), "Rulvenbank", "Shippi Beltane", "BSL")], index.forms
    )
    result = search(queries, np.arange(13, dtype=np.uint8) % 3, index, packaged_scorer("search"), most=3)
    assert (result.name >= 0).any()
    records = [
        PartyRecord(names=tuple(_names(seed, 2)), aliases=tuple(_names(seed + 9, 2))) for seed in range(8)
    ]
    given, _ = record_names.packed_names(records)
    record_names.compared(
        given, np.array([(0, 1), (2, 3), (4, 4), (5, 7)], np.int32), packaged_scorer("pair")
    )
    assert calls.keys() >= _reachable(_modules()) - {"overzicht.names.sound._edits"}


def test_long_words_are_compared_as_short_ones(calls: Counter[str]) -> None:
    sound = importlib.import_module("overzicht.names.sound")
    random = np.random.default_rng(5)
    space = new_space()
    for _ in range(20):
        left, right = (random.integers(97, 100, random.integers(0, 90), np.uint8) for _ in range(2))
        assert 0.0 <= sound.edit_likeness(left, right, space.rows) <= 1.0
    assert calls["overzicht.names.sound._edits"] > 0


def test_arrays_of_another_type_or_order_are_refused() -> None:
    sound = importlib.import_module("overzicht.names.sound")
    text, rows = np.zeros(4, np.uint8), np.zeros((4, 960), np.int32)
    with pytest.raises(TypeError, match="the array has 1 axes of type 'l'"):
        sound.edit_likeness(text.astype(np.int64), text, rows)
    with pytest.raises(TypeError, match="the array has 1 axes of type 'i', not 2"):
        sound.edit_likeness(text, text, rows[0])
    with pytest.raises((BufferError, ValueError), match="contiguous"):
        sound.edit_likeness(np.zeros((4, 4), np.uint8)[:, 1], text, rows)


def test_every_marked_function_is_in_the_extension() -> None:
    for name, module in _modules().items():
        tree = ast.parse(inspect.getsource(module))
        marked = [
            node for node in tree.body
            if isinstance(node, ast.FunctionDef) and "compiled" in map(ast.unparse, node.decorator_list)
        ]  # fmt: skip
        assert marked, name
        returned = {node.name: ast.unparse(node.returns or ast.Constant(None)) for node in marked}
        of_numbers = {label for label, kind in returned.items() if kind == "None" or kind[0].islower()}
        assert {f"{name}.{label}" for label in of_numbers if "np" not in returned[label]} <= _reachable(
            {name: module}
        )
