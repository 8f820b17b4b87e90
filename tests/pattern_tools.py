"""Patterns of the source, taken from its text, and strings that make a pattern slow."""

import ast
import re
import re._constants as sre
import re._parser as parser
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

METHODS = {"compile", "match", "search", "sub", "subn", "split", "findall", "finditer", "fullmatch"}
FLAGS = {"IGNORECASE": re.I, "DOTALL": re.S, "MULTILINE": re.M, "ASCII": re.A, "VERBOSE": re.X}


@dataclass(frozen=True)
class Found:
    """A pattern of the source: its place, and itself."""

    place: str
    pattern: Any  # str or bytes
    flags: int
    method: str


def patterns_in(root: Path, parts: tuple[str, ...]) -> Iterator[Found]:
    """Yield every pattern that is written in a call of `re` below these folders."""
    for part in parts:
        target = root / part
        for path in sorted(target.rglob("*.py")) if target.is_dir() else [target]:
            yield from _in_file(path, root)


def _in_file(path: Path, root: Path) -> Iterator[Found]:
    own = path.read_text(encoding="utf-8")
    tree = ast.parse(own)
    names = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        if node.func.attr not in METHODS or not node.args:
            continue
        pattern = _text(node.args[0], names)
        if pattern is not None:
            flags = 0
            for word in ast.walk(node):
                if isinstance(word, ast.Attribute) and word.attr in FLAGS:
                    flags |= FLAGS[word.attr]
            place = f"{path.relative_to(root)}:{node.lineno}"
            yield Found(place, pattern, flags, _method(node.func.attr, node, tree, own, root))


def _method(called: str, node: ast.Call, tree: ast.Module, own: str, root: Path) -> str:
    """Return how a pattern is used: `fullmatch` if it is only ever tried at the start of a text."""
    if called != "compile":
        return called
    name = next(
        (n.targets[0].id for n in tree.body
         if isinstance(n, ast.Assign) and n.value is node and isinstance(n.targets[0], ast.Name)), "",
    )  # fmt: skip
    if not name:
        return "sub"
    used = rf"\b{name}\.(\w+)\("
    uses = set(re.findall(used, own)) or set(re.findall(used, _whole_source(root)))
    if not uses - {"match", "fullmatch"} and uses:
        return "fullmatch" if uses == {"fullmatch"} else "match"
    return "search" if uses <= {"match", "fullmatch", "search"} and uses else "sub"


@cache
def _whole_source(root: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.py")))


def _text(node: ast.expr, names: dict[str, ast.expr], depth: int = 0) -> Any:
    """Return a text that is written out, with the constants of the module filled in; None for another one."""
    if depth > 8:
        return None
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value
    if isinstance(node, ast.Name) and node.id in names:
        return _text(names[node.id], names, depth + 1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _text(node.left, names, depth + 1), _text(node.right, names, depth + 1)
        return left + right if left is not None and right is not None else None
    if isinstance(node, ast.JoinedStr):
        pieces = []
        for value in node.values:
            inner = value.value if isinstance(value, ast.FormattedValue) else value
            piece = _text(inner, names, depth + 1)
            if piece is None:
                piece = "x"
            pieces.append(piece)
        return "".join(pieces)
    return None


def attacks(pattern: Any, flags: int) -> list[Any]:
    """Return short texts to repeat that a pattern may be slow on, made of the pattern itself."""
    is_bytes = isinstance(pattern, bytes)
    tree = parser.parse(
        pattern.decode("latin-1") if is_bytes else pattern, flags & ~re.A if is_bytes else flags
    )
    pumps: dict[str, None] = {}
    prefixes: list[str] = [""]
    _collect(tree, pumps)
    for word in (
        "(",
        "[",
        " ",
        "\n",
        "\t",
        "a",
        "A",
        "0",
        ",",
        ".",
        "-",
        '"',
        "a ",
        "a.",
        "A ",
        "0 ",
        "a,",
        "((",
        "(a",
        "<",
        "{",
    ):
        pumps.setdefault(word)
    whole = _example(tree)
    texts = list(pumps)
    if whole:
        texts.append(whole)
        texts.append(whole[: len(whole) // 2 or 1])
    del prefixes
    texts = [t for t in dict.fromkeys(texts) if t]
    return [t.encode("latin-1", "replace") for t in texts] if is_bytes else texts


def _collect(tree: Any, pumps: dict[str, None], prefix: str = "") -> None:
    so_far = prefix
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = value
            example = _example(inner)
            if most > 20 and example:
                pumps.setdefault(example)
                if so_far:
                    pumps.setdefault(so_far[-30:] + example)
                    pumps.setdefault(so_far[-30:])
                    pumps.setdefault(so_far[-1:])
            _collect(inner, pumps, so_far)
        elif op is sre.SUBPATTERN:
            _collect(value[3], pumps, so_far)
        elif op is sre.BRANCH:
            for branch in value[1]:
                _collect(branch, pumps, so_far)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            _collect(value[1], pumps, so_far)
        elif op is sre.ATOMIC_GROUP:
            _collect(value, pumps, so_far)
        so_far += _example([(op, value)])


def _example(tree: Any) -> str:
    """Return a text that the tree matches, the shortest that is easy to find."""
    made = ""
    for op, value in tree:
        if op is sre.LITERAL:
            made += chr(value)
        elif op is sre.NOT_LITERAL:
            made += "a" if value != ord("a") else "b"
        elif op is sre.ANY:
            made += "a"
        elif op is sre.IN:
            made += _of_class(value)
        elif op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            made += _example(value[2]) * min(max(value[0], 1), 40)
        elif op is sre.SUBPATTERN:
            made += _example(value[3])
        elif op is sre.ATOMIC_GROUP:
            made += _example(value)
        elif op is sre.BRANCH:
            made += _example(value[1][0])
    return made


def _of_class(items: Any) -> str:
    is_negated = items[0][0] is sre.NEGATE
    for candidate in "aA0 -.,:/(\"'\n;_é世(" + "".join(
        chr(v if op is sre.LITERAL else v[0]) for op, v in items if op in (sre.LITERAL, sre.RANGE)
    ):
        if _is_in(items[1:] if is_negated else items, candidate) != is_negated:
            return candidate
    return ""


def _is_in(items: Any, char: str) -> bool:
    for op, value in items:
        if op is sre.LITERAL and value == ord(char):
            return True
        if op is sre.RANGE and value[0] <= ord(char) <= value[1]:
            return True
        if op is sre.CATEGORY and _CATEGORIES[value](char):
            return True
    return False


_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: str.isdigit, sre.CATEGORY_NOT_DIGIT: lambda c: not c.isdigit(),
    sre.CATEGORY_SPACE: str.isspace, sre.CATEGORY_NOT_SPACE: lambda c: not c.isspace(),
    sre.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
    sre.CATEGORY_NOT_WORD: lambda c: not (c.isalnum() or c == "_"),
}  # fmt: skip


def slowest(found: Found, length: int, limit: float) -> tuple[float, str]:
    """Return the longest time that the pattern takes on a text of `length`, and the text that is repeated."""
    compiled = re.compile(found.pattern, found.flags)
    worst = (0.0, "")
    for pump in attacks(found.pattern, found.flags):
        for tail in ("", "\x00"):
            end = tail.encode() if isinstance(found.pattern, bytes) else tail
            text = pump * (length // len(pump)) + end
            start = time.process_time()
            if found.method in {"match", "fullmatch"}:
                getattr(compiled, found.method)(text)
            else:
                compiled.search(text) if found.method == "search" else compiled.sub(end[:0], text)
            worst = max(worst, (time.process_time() - start, repr(pump)))
            if worst[0] > limit:
                return worst
    return worst
