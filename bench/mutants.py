"""Mutants of a module: small changes of its source, each of which some test ought to notice.

A change replaces one stretch of the text, so everything else stays as it is, line numbers too. Left alone are
what no behaviour follows from (annotations, docstrings, decorators, imports) and the words of messages.
"""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==", ast.In: "not in",
    ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.BitAnd: "|",
    ast.BitOr: "&", ast.LShift: ">>", ast.RShift: "<<",
}  # fmt: skip
MESSAGES = frozenset({"text", "in_both", "gettext"})  # their words are checked by people and translations
ERRORS = ("Error", "Exception")


@dataclass(frozen=True)
class Mutant:
    """One change: `before` from `start` to `end` (bytes) in a file becomes `after`."""

    path: str  # from the folder of the sources
    line: int
    function: str  # the innermost function, or empty at the top of the module
    start: int
    end: int
    operator: str
    before: str
    after: str

    @property
    def id(self) -> str:
        """A name that stays while the module does."""
        content = f"{self.path}:{self.start}:{self.end}:{self.operator}:{self.before}:{self.after}"
        return hashlib.blake2b(content.encode(), digest_size=6).hexdigest()

    @property
    def package(self) -> str:
        """The package below the root package that the module is in."""
        return self.path.split("/")[1]

    def applied(self, source: bytes) -> bytes:
        """Return the source with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.operator}: `{self.before}` → `{self.after}`"


def mutants_of(path: Path, root: Path) -> list[Mutant]:
    """Return every mutant of a module that still parses, in the order of its lines."""
    source = path.read_bytes()
    return _Finder(source, path.relative_to(root).as_posix()).mutants(ast.parse(source))


def _parses(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class _Finder:
    def __init__(self, source: bytes, path: str) -> None:
        self._source, self._path = source, path
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def mutants(self, tree: ast.Module) -> list[Mutant]:
        """Return the mutants below a tree that still parse, the first of two equal ones."""
        made = {
            mutant.id: mutant
            for node in tree.body
            for mutant in self._below(node, "")
            if _parses(mutant.applied(self._source[: self._span(node)[1]])[self._span(node)[0] :])
        }
        return sorted(made.values(), key=lambda mutant: (mutant.start, mutant.end, mutant.after))

    def _below(self, node: ast.AST, function: str) -> Iterator[Mutant]:
        if _is_left_alone(node):
            return
        inside = function
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = f"{node.name}:{_first_line(node)}"
        yield from self._of(node, inside)
        for child in _children(node):
            yield from self._below(child, inside)

    def _of(self, node: ast.AST, function: str) -> Iterator[Mutant]:
        for operator, start, end, after in self._changes(node):
            before = self._source[start:end].decode()
            line = self._source.count(b"\n", 0, start) + 1
            yield Mutant(self._path, line, function, start, end, operator, before, after)

    def _changes(self, node: ast.AST) -> Iterator[tuple[str, int, int, str]]:
        """Yield (operator, start, end, new text) of every change that a node itself allows."""
        yield from self._statement(node) if isinstance(node, ast.stmt) else self._expression(node)

    def _expression(self, node: ast.AST) -> Iterator[tuple[str, int, int, str]]:
        match node:
            case ast.Compare():
                yield from self._compared(node)
            case ast.BoolOp():
                word = "or" if isinstance(node.op, ast.And) else "and"
                for left, right in pairwise(node.values):
                    yield "and/or", *self._between(left, right), f" {word} "
            case ast.BinOp() if type(node.op) in ARITHMETIC and not _is_text(node):
                yield "arithmetic", *self._between(node.left, node.right), f" {ARITHMETIC[type(node.op)]} "
            case ast.UnaryOp(op=ast.Not()):
                yield "not", *self._span(node), self._text(node.operand)
            case ast.Constant():
                yield from self._constant(node)
            case ast.IfExp():
                yield "condition", *self._span(node.test), f"(not ({self._text(node.test)}))"

    def _statement(self, node: ast.stmt) -> Iterator[tuple[str, int, int, str]]:
        match node:
            case ast.If() | ast.While():
                yield "condition", *self._span(node.test), f"(not ({self._text(node.test)}))"
            case ast.Return(value=ast.expr() as value) if not _is_none(value):
                yield "return", *self._span(value), "None"
            case ast.Continue() | ast.Break():
                yield "loop", *self._span(node), "break" if isinstance(node, ast.Continue) else "continue"
            case ast.AugAssign() if type(node.op) in ARITHMETIC:
                start, end = self._between(node.target, node.value)
                yield "assignment", start, end, f" {ARITHMETIC[type(node.op)]}= "
            case ast.Expr(value=ast.Call()):
                yield "call", *self._span(node), "pass"

    def _compared(self, node: ast.Compare) -> Iterator[tuple[str, int, int, str]]:
        left = node.left
        for op, right in zip(node.ops, node.comparators, strict=True):
            yield "comparison", *self._between(left, right), f" {COMPARISONS[type(op)]} "
            left = right

    def _constant(self, node: ast.Constant) -> Iterator[tuple[str, int, int, str]]:
        if isinstance(node.value, bool):
            yield "constant", *self._span(node), str(not node.value)
        elif isinstance(node.value, int | float):
            yield "number", *self._span(node), f"({self._text(node)} + 1)"
        elif isinstance(node.value, str) and node.value and not any(sign.isspace() for sign in node.value):
            yield "string", *self._span(node), repr(f"{node.value}x")

    def _span(self, node: ast.AST) -> tuple[int, int]:
        at = (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        return self._starts[at[0] - 1] + at[1], self._starts[at[2] - 1] + at[3]

    def _between(self, left: ast.AST, right: ast.AST) -> tuple[int, int]:
        """Return the stretch of an operator: what is between two nodes, without the brackets round them."""
        start, end = self._span(left)[1], self._span(right)[0]
        gap = self._source[start:end]
        opened = min((i for i in (gap.find(b"("), gap.find(b"#")) if i >= 0), default=len(gap))
        closed = gap.rfind(b")", 0, opened) + 1
        return start + closed, start + opened

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is below a node, except annotations, decorators, defaults of types and docstrings."""
    for name, value in ast.iter_fields(node):
        if name in {
            "annotation",
            "returns",
            "decorator_list",
            "bases",
            "keywords",
            "type_params",
            "slice",
        } and not (isinstance(node, ast.Call) or name == "slice"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Raise() | ast.Assert():
            return True  # the words of an error; that it is raised follows from the condition above it
        case ast.Call(func=ast.Name(id=name)):
            return name in MESSAGES or name.endswith(ERRORS)
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name.startswith("__")
        case ast.If(test=ast.Name(id=name)):
            return name == "TYPE_CHECKING"
    return False


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_text(node: ast.BinOp) -> bool:
    return any(
        isinstance(side, ast.JoinedStr) or (isinstance(side, ast.Constant) and isinstance(side.value, str))
        for side in (node.left, node.right)
    )


def _first_line(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the line on which the code of a function begins: that of its first decorator."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
