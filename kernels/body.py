"""One function in Cython: the types of its variables and the statements of its body.

Types follow from annotations as in NumPy: whole numbers have 64 bits, two float32 stay float32. A variable
has one type, the widest that it is given.
"""

import ast

from sources import Source

_RANK = ("bint", "int64_t", "uint32_t", "uint64_t", "float32_t", "float64_t")
_CASTS = {"int": "int64_t", "float": "float64_t", "bool": "bint"}
_SMALL = {"uint8_t", "uint16_t", "int32_t"}  # read as whole numbers of 64 bits
_SIZE, _FLOATS = "int64_t", ("float32_t", "float64_t")
Typed = tuple[ast.expr, str]  # the expression in Cython and its C type; empty while it is not known


def joined(left: str, right: str) -> str:
    """Return the type of a variable or sum of two types; empty if neither is known."""
    if left == right or not left or not right:
        return left or right
    if "float32_t" in (left, right) and {left, right} & {"int64_t", "uint32_t", "uint64_t"}:
        return "float64_t"
    return max(left, right, key=_RANK.index)


def _item(view: str) -> str:
    """Return the type of an element of a view: of a view of two axes a row, else a number as it is read."""
    kind, scalar = view.removesuffix("]").split("[")
    if kind != "View":
        return f"View{'' if kind == 'View2' else '2'}[{scalar}]"
    return "int64_t" if scalar in _SMALL else scalar


def _cast(kind: str, made: Typed) -> ast.expr:
    """Return a value as a type; a view, and what has that type already, stays as it is.

    A number read from a view may have fewer bits than its type.
    """
    value, own = made
    if not kind or "[" in kind or "__" in kind or (kind == own and not isinstance(value, ast.Subscript)):
        return value
    return ast.Call(ast.Attribute(ast.Name("cython"), "cast"), [ast.Name(kind), value], [])


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name), list(arguments), [])


class Body:
    """The body of one compiled function; `lines` are its declarations and statements."""

    def __init__(self, source: Source, function: ast.FunctionDef) -> None:
        self._source = source
        self._given = source.arguments(function)
        self._types = {name: "int64_t" if kind in _SMALL else kind for name, kind in self._given.items()}
        statements = function.body[1:] if ast.get_docstring(function) else function.body
        known: dict[str, str] = {}
        while known != self._types:  # a type may follow from one further down
            known, made = dict(self._types), self._all(statements)
        self.lines = [f"cdef {kind} {name}" for name, kind in known.items() if name not in self._given]
        self.lines += ast.unparse(ast.fix_missing_locations(ast.Module(made, []))).splitlines()

    def _all(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        return [made for statement in statements for made in self._statement(statement)]

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        match node:
            case ast.Assign(targets, value):
                return self._assigned(node, targets, value)
            case ast.AugAssign(target, operator, value):
                operation = ast.BinOp(_loaded(target), operator, value)
                return [self._store(target, self._typed(ast.copy_location(operation, node)))]
            case ast.For(ast.Name(name), iterated, body, []):
                sequence, kind = self._typed(iterated)
                self._note(name, "int64_t" if kind == "range" else _item(kind) if kind else "")
                return [ast.For(ast.Name(name), sequence, self._all(body), [])]
            case ast.If(test, body, others):
                return [ast.If(self._typed(test)[0], self._all(body), self._all(others))]
            case ast.While(test, body, []):
                return [ast.While(self._typed(test)[0], self._all(body), [])]
            case ast.Return(value):
                return [ast.Return(self._typed(value)[0] if value else None)]
            case ast.Expr(value):
                return [ast.Expr(self._typed(value)[0])]
            case ast.Break() | ast.Continue():
                return [node]
        raise self._source.error(node, "no counterpart of this statement")

    def _assigned(self, node: ast.stmt, targets: list[ast.expr], value: ast.expr) -> list[ast.stmt]:
        target = targets[0]
        if not isinstance(target, ast.Tuple):
            return [self._store(place, self._typed(value)) for place in targets]
        if isinstance(value, ast.Tuple):
            pairs = [(place, self._typed(part)) for place, part in zip(target.elts, value.elts, strict=True)]
            if all(_is_slice(place) for place, _ in pairs):
                return [self._store(place, part) for place, part in pairs]
            if any(_is_slice(place) for place, _ in pairs):
                raise self._source.error(node, "slices and others are not assigned at once")
            for place, (_, kind) in pairs:
                self._note_target(place, kind)
            left = ast.Tuple(
                [self._place(place) for place, _ in pairs], ast.Store()
            )  # so that two places can swap
            return [ast.Assign([left], ast.Tuple([part for _, (part, _) in pairs], ast.Load()))]
        made, kind = self._typed(value)
        name = f"parts_{node.lineno}"
        self._note(name, kind)
        parts = (ast.Subscript(ast.Name(name), ast.Constant(k), ast.Load()) for k in range(len(target.elts)))
        kinds = kind.strip("()").split(", ") if kind else [""] * len(target.elts)
        stores = map(self._store, target.elts, zip(parts, kinds, strict=True))
        return [ast.Assign([ast.Name(name)], made), *stores]

    def _store(self, target: ast.expr, made: Typed) -> ast.stmt:
        self._note_target(target, made[1])
        if _is_slice(target):
            put = ast.Attribute(self._place(target), "put", ast.Load())
            return ast.Expr(ast.Call(put, [made[0]], []))
        return ast.Assign([self._place(target)], made[0])

    def _place(self, target: ast.expr) -> ast.expr:
        return target if isinstance(target, ast.Name) else self._typed(target)[0]

    def _note_target(self, target: ast.expr, kind: str) -> None:
        if isinstance(target, ast.Name):
            self._note(target.id, kind)

    def _note(self, name: str, kind: str) -> None:
        self._types[name] = joined(self._types.get(name, ""), "int64_t" if kind in _SMALL else kind)

    def _typed(self, node: ast.expr) -> Typed:
        """Return an expression in Cython with its type."""
        match node:
            case ast.Constant(value):
                kind = {bool: "bint", int: "int64_t", float: "float64_t"}[type(value)]
                is_long = (
                    isinstance(value, int) and value >= 1 << 31
                )  # Cython takes such numbers for Python's
                return (_cast(kind, (node, "")) if is_long else node), kind
            case ast.Name(name):
                return self._name(node, name)
            case ast.Attribute(value, name):
                return self._attribute(value, name)
            case ast.Subscript(value, index):
                return self._subscript(value, index)
            case ast.Call(called, arguments):
                return self._called(node, called, arguments)
            case ast.UnaryOp(operator, value):
                made, kind = self._typed(value)
                return ast.UnaryOp(operator, made), "bint" if isinstance(operator, ast.Not) else kind
            case ast.BinOp(left, operator, right):
                return self._operation(operator, self._typed(left), self._typed(right))
            case ast.Compare(left, operators, others):
                values = [self._typed(value)[0] for value in (left, *others)]
                return ast.Compare(values[0], operators, values[1:]), "bint"
            case ast.BoolOp(operator, values):
                return ast.BoolOp(operator, [self._typed(value)[0] for value in values]), "bint"
            case ast.IfExp(test, body, other):
                yes, no = self._typed(body), self._typed(other)
                kind = joined(yes[1], no[1])
                return ast.IfExp(self._typed(test)[0], _cast(kind, yes), _cast(kind, no)), kind
            case ast.Tuple(parts):
                made_parts = [self._typed(part) for part in parts]
                kind = f"({', '.join(kind for _, kind in made_parts)})"
                return ast.Tuple([made for made, _ in made_parts], ast.Load()), kind
        raise self._source.error(node, "no counterpart of this expression")

    def _name(self, node: ast.expr, name: str) -> Typed:
        owner, own_name = self._source.owner(name)
        if name in self._types:
            return ast.Name(name), self._types[name]
        if own_name in owner.tables:
            return ast.Name(self._source.c_name(name)), owner.type_of(owner.tables[own_name])
        if name in self._source.constants:
            return self._typed(ast.parse(repr(self._source.constants[name]), mode="eval").body)
        return node, ""  # a variable whose type follows later; Cython finds it if there is none

    def _attribute(self, value: ast.expr, name: str) -> Typed:
        made, kind = self._typed(value)
        if name != "shape" and kind:
            owner, struct = self._struct(value, kind)
            kind = owner.type_of(owner.fields(struct)[name])
        return ast.Attribute(made, name, ast.Load()), "View[int64_t]" if name == "shape" else kind

    def _struct(self, node: ast.expr, kind: str) -> tuple[Source, str]:
        for source in self._source.reach():
            for struct in source.structs:
                if source.c_name(struct) == kind:
                    return source, struct
        raise self._source.error(node, f"{kind} is no NamedTuple")

    def _subscript(self, value: ast.expr, index: ast.expr) -> Typed:
        made, kind = self._typed(value)
        if kind.startswith("("):
            kinds = kind.strip("()").split(", ")
            return ast.Subscript(made, index, ast.Load()), kinds[ast.literal_eval(index)]
        for part in index.elts if isinstance(index, ast.Tuple) else [index]:
            if isinstance(part, ast.Slice):
                first = self._typed(part.lower)[0] if part.lower else ast.Constant(0)
                last = self._typed(part.upper)[0] if part.upper else ast.Attribute(made, "size", ast.Load())
                made = ast.Call(ast.Attribute(made, "cut", ast.Load()), [first, last], [])
            else:
                made = ast.Subscript(made, self._typed(part)[0], ast.Load())
                kind = _item(kind) if kind else ""
        return made, kind

    def _operation(self, operator: ast.operator, left: Typed, right: Typed) -> Typed:
        kind = joined(left[1], right[1])
        if isinstance(operator, ast.Div | ast.Pow) and kind not in _FLOATS:
            kind = "float64_t" if kind else ""
        elif kind == "bint":
            kind = "int64_t"
        return ast.BinOp(_cast(kind, left), operator, _cast(kind, right)), kind

    def _called(self, node: ast.expr, called: ast.expr, arguments: list[ast.expr]) -> Typed:
        made = [self._typed(argument) for argument in arguments]
        values = [value for value, _ in made]
        name = ast.unparse(called)
        owner, own_name = self._source.owner(name)
        if own_name in owner.functions:
            return _call(self._source.c_name(name), *values), owner.type_of(owner.functions[own_name].returns)
        if own_name in owner.structs:
            return _call(self._source.c_name(name), *values), self._source.c_name(name)
        match name:
            case "range":
                return _call(name, *values), "range"
            case "len":
                return ast.Attribute(values[0], "size", ast.Load()), _SIZE
            case "min" | "max":
                return self._extreme(name, made)
            case "abs":
                return _call(f"abs_{made[0][1]}", *values), made[0][1]
            case "np.sqrt":
                return _call("sqrt", *values), "float64_t"
            case _ if name in _CASTS:
                return _cast(_CASTS[name], made[0]), _CASTS[name]
            case _ if name.startswith("np."):
                kind = self._source.type_of(called)
                return _cast(kind, made[0]), kind
        raise self._source.error(node, "no counterpart of this function")

    def _extreme(self, name: str, made: list[Typed]) -> Typed:
        (value, kind), *others = made
        for other, other_kind in others:
            kind = joined(kind, other_kind)
            value = _call(f"{name}_{kind}", value, other)
        return value, kind


def _loaded(target: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(target), mode="eval").body


def _is_slice(node: ast.expr) -> bool:
    return isinstance(node, ast.Subscript) and any(
        isinstance(part, ast.Slice) for part in ast.walk(node.slice)
    )
