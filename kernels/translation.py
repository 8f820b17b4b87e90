"""One Cython module from the functions that are marked `@compiled`.

The sources stay plain Python on NumPy arrays. Their annotations, which mypy checks, give the types: an array
becomes a view (`views.h`), a NamedTuple a struct, a whole number 64 bits. Constants of modules become
numbers; arrays with a declared type become tables that are bound when their module is imported.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from body import Body
from sources import Source, sources_with_functions

_HEAD = """\
# cython: language_level=3, infer_types=False, binding=False, embedsignature=False
cimport cython
from libc.math cimport sqrt
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
ctypedef float float32_t
ctypedef double float64_t
cdef extern from "views.h" nogil:
    cdef cppclass View[T]:
        Py_ssize_t size
        T& operator[](Py_ssize_t)
        T* begin()
        T* end()
        View[T] cut(Py_ssize_t, Py_ssize_t)
        void put(T)
        void put(View[T])
    cdef cppclass View2[T]:
        Py_ssize_t size
        Py_ssize_t shape[2]
        View[T] operator[](Py_ssize_t)
        View2[T] cut(Py_ssize_t, Py_ssize_t)
        void put(T)
    cdef cppclass View3[T]:
        Py_ssize_t size
        View2[T] operator[](Py_ssize_t)
cdef extern from "views.h":
    int take[V](object, V&) except -1
_kept = []
"""
_INLINE = """\
cdef inline {kind} min_{kind}({kind} left, {kind} right) noexcept nogil:
    return right if right < left else left
cdef inline {kind} max_{kind}({kind} left, {kind} right) noexcept nogil:
    return right if right > left else left
cdef inline {kind} abs_{kind}({kind} value) noexcept nogil:
    return -value if value < 0 else value
"""


def translated(root: Path) -> str:
    """Return the module of all compiled functions of the package below `root`, or TranslationError."""
    sources = sources_with_functions(root)
    structs: dict[str, str] = {}
    for source in sources:
        for function in source.functions.values():
            for annotation in _annotations(function):
                _add_struct(source, annotation, structs)
    functions = [(source, function) for source in sources for function in source.functions.values()]
    return "\n".join([
        _HEAD, *(_INLINE.format(kind=kind) for kind in ("int64_t", "float32_t", "float64_t")),
        *structs.values(), *_tables(sources), *(_function(*pair) for pair in functions),
        *(_wrapper(*pair) for pair in functions),
        *_digests(sources),
    ])  # fmt: skip


def _digests(sources: list[Source]) -> Iterator[str]:
    digests = {source.name: source.digests() for source in sources}
    yield f"DIGESTS = { {name: text for name, (text, _) in digests.items()}!r}"
    yield f"CODE_DIGESTS = { {name: code for name, (_, code) in digests.items()}!r}\n"


def _annotations(function: ast.FunctionDef) -> Iterator[ast.expr]:
    yield from (argument.annotation for argument in function.args.args if argument.annotation)
    if function.returns:
        yield function.returns


def _add_struct(source: Source, annotation: ast.expr, made: dict[str, str]) -> None:
    """Add the NamedTuple of an annotation as a struct, after those that it contains, and how to read one."""
    owner, name = source.owner(ast.unparse(annotation))
    c_name = source.c_name(name) if owner is source else owner.c_name(name)
    if name not in owner.structs or c_name in made:
        return
    declared, read = "", ""
    for label, inner in owner.fields(name).items():
        _add_struct(owner, inner, made)
        kind = owner.type_of(inner)
        declared += f"    {kind} {label}\n"
        read += f"    {_read(kind, f'given.{label}', f'out.{label}')}\n"
    made[c_name] = (
        f"cdef struct {c_name}:\n{declared}\n"
        f"cdef int take_{c_name}(object given, {c_name}* out) except -1:\n{read}    return 0\n"
    )


def _read(kind: str, given: str, out: str) -> str:
    """Return the statement that reads a Python value into a variable of a C type."""
    if kind.startswith("View"):
        return f"take({given}, {out})"
    return f"take_{kind}({given}, &{out})" if "__" in kind else f"{out} = {given}"


def _tables(sources: list[Source]) -> Iterator[str]:
    """Yield the variables of tables, and the function that binds those of a module to its arrays."""
    binding = ""
    for source in sources:
        for name, annotation in source.tables.items():
            yield f"cdef {source.type_of(annotation)} {source.c_name(name)}\n"
            binding += f"    if module == {source.name!r} and {name!r} in names:\n"
            binding += f"        take(names[{name!r}], {source.c_name(name)})\n"
            binding += f"        _kept.append(names[{name!r}])\n"
    yield f"def bind(str module, dict names):\n{binding}    return\n"


def _function(source: Source, function: ast.FunctionDef) -> str:
    kinds = source.arguments(function).items()
    given = ", ".join(f"const {kind}& {name}" if "__" in kind else f"{kind} {name}" for name, kind in kinds)
    head = (
        f"cdef {source.type_of(function.returns)} {source.c_name(function.name)}({given}) noexcept nogil:\n"
    )
    return head + _indented(Body(source, function).lines)


def _wrapper(source: Source, function: ast.FunctionDef) -> str:
    """Return the function that Python calls; nothing for one that returns a view or a struct."""
    result = source.type_of(function.returns)
    if "View" in result or "__" in result:
        return ""
    names = source.arguments(function)
    lines = [f"cdef {kind} c_{name}" for name, kind in names.items()]
    lines += [_read(kind, name, f"c_{name}") for name, kind in names.items()]
    call = f"{source.c_name(function.name)}({', '.join(f'c_{name}' for name in names)})"
    if result == "void":
        lines += ["with nogil:", f"    {call}"]
    else:
        lines += [f"cdef {result} result", "with nogil:", f"    result = {call}", "return result"]
    return f"def call_{source.c_name(function.name)}({', '.join(names)}):\n{_indented(lines)}"


def _indented(lines: list[str]) -> str:
    return "".join(f"    {line}\n" for line in lines)
