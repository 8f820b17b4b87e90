"""What the translation reads: modules with their constants, compiled functions, NamedTuples and tables."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from overzicht.names.digests import code_digest, text_digest

PACKAGE = "overzicht"
VIEWS = {"NDArray": "View", "Grid": "View2", "Cube": "View3"}
_SCALARS = {"int": "int64_t", "float": "float64_t", "bool": "bint"}
_BUILTINS = {"range": range, "len": len, "min": min, "max": max}


class TranslationError(Exception):
    """A compiled function uses what has no counterpart; the message has the file and the line."""


@dataclass(eq=False)
class Source:
    """One module: its constants, and by name its compiled functions, NamedTuples and tables.

    A table is an array of the module with a declared type.
    """

    name: str
    path: Path
    constants: dict[str, Any] = field(default_factory=lambda: {"__builtins__": _BUILTINS})
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    structs: dict[str, ast.ClassDef] = field(default_factory=dict)
    tables: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, "tuple[Source, str]"] = field(default_factory=dict)

    def owner(self, name: str) -> "tuple[Source, str]":
        """Return the module that defines a name, and the name there."""
        return self.imported.get(name, (self, name))

    def c_name(self, name: str) -> str:
        """Return the name that a function, NamedTuple or table has in C."""
        owner, name = self.owner(name)
        return f"{owner.name.removeprefix(f'{PACKAGE}.').replace('.', '_')}__{name.lstrip('_')}"

    def error(self, node: ast.expr | ast.stmt, what: str) -> TranslationError:
        """Return the error for a part of a function that cannot be translated."""
        return TranslationError(f"{self.path}:{node.lineno}: `{ast.unparse(node)}`: {what}")

    def type_of(self, annotation: ast.expr | None) -> str:
        """Return the C type of an annotation; `void` for None."""
        match annotation:
            case ast.Constant(None) | None:
                return "void"
            case ast.Name(name) if name in _SCALARS:
                return _SCALARS[name]
            case ast.Name(name) if self.owner(name)[1] in self.owner(name)[0].structs:
                return self.c_name(name)
            case ast.Attribute(ast.Name("np"), name):
                return "uint8_t" if name == "bool_" else f"{name}_t"
            case ast.Subscript(ast.Name("tuple"), ast.Tuple(parts)):
                return f"({', '.join(self.type_of(part) for part in parts)})"
            case ast.Subscript(ast.Name(kind), scalar) if kind in VIEWS:
                return f"{VIEWS[kind]}[{self.type_of(scalar)}]"
        raise self.error(annotation, "an annotation without a C type")

    def arguments(self, function: ast.FunctionDef) -> dict[str, str]:
        """Return the C types of the arguments of a function, by name."""
        return {argument.arg: self.type_of(argument.annotation) for argument in function.args.args}

    def fields(self, struct: str) -> dict[str, ast.expr]:
        """Return the annotations of the fields of a NamedTuple of this module."""
        parts = self.structs[struct].body
        return {
            ast.unparse(part.target): part.annotation for part in parts if isinstance(part, ast.AnnAssign)
        }

    def reach(self) -> "list[Source]":
        """Return this module and those that it names, directly or through others."""
        sources = [self]
        for source in sources:
            sources += [other for other, _ in source.imported.values() if other not in sources]
        return sources

    def digests(self) -> tuple[str, str]:
        """Return the hashes of the text and of the code, by which an older extension is noticed."""
        source = self.path.read_bytes()
        return text_digest(source), code_digest(source)


@cache
def read_source(root: Path, name: str) -> Source:
    """Return a module below `root` and, through its imports, the modules of the package that it needs."""
    path = root.joinpath(*name.split(".")).with_suffix(".py")
    source = Source(name, path)
    for statement in ast.parse(path.read_text(encoding="utf-8"), str(path)).body:
        match statement:
            case ast.ImportFrom(module=str(module)) if module.startswith(f"{PACKAGE}."):
                _add_import(root, source, module, statement)
            case ast.FunctionDef() if "compiled" in map(ast.unparse, statement.decorator_list):
                source.functions[statement.name] = statement
            case ast.ClassDef() if "NamedTuple" in map(ast.unparse, statement.bases):
                source.structs[statement.name] = statement
            case ast.AnnAssign(ast.Name(label)) if ast.unparse(statement.annotation).split("[")[0] in VIEWS:
                source.tables[label] = statement.annotation
            case ast.Assign():
                _add_constants(source, statement)
    return source


def _add_import(root: Path, source: Source, module: str, statement: ast.ImportFrom) -> None:
    if not root.joinpath(*module.split(".")).with_suffix(".py").is_file():
        return
    other = read_source(root, module)
    for alias in statement.names:
        label = alias.asname or alias.name
        source.imported[label] = other.owner(alias.name)
        if alias.name in other.constants:
            source.constants[label] = other.constants[alias.name]


def _add_constants(source: Source, statement: ast.Assign) -> None:
    """Run an assignment of our own module; one that needs more than numbers and `range` makes no constant."""
    try:
        exec(compile(ast.Module([statement], []), str(source.path), "exec"), source.constants)  # noqa: S102
    except Exception:  # it names what is not a constant
        return


def sources_with_functions(root: Path) -> list[Source]:
    """Return the modules of the package below `root` that have compiled functions, by name."""
    files = sorted((root / PACKAGE).rglob("*.py"))
    files = [path for path in files if "\n@compiled\n" in path.read_text(encoding="utf-8")]
    return [read_source(root, ".".join(path.relative_to(root).with_suffix("").parts)) for path in files]
