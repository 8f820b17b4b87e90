"""Paths of a mapping: which values of a record they lead to, in a table, in JSON and in XML alike.

A record is a tree of mappings, lists and texts. An XML element is a mapping too: its children by local name,
its attributes with an `@`, its own text as `#text`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any, NamedTuple

from overzicht.safepatterns import nested_repetition

TEXT = "#text"
_SEPARATORS = "./"
_SPECIAL = ("..", "**", ".", "*")
_NAME = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^./\[\]]+))""")
_OPERATOR = re.compile(r"\s*(!=|==|=|!~|~)\s*")
_MOST_DEEP = 100  # levels below which `**` does not look


class PathError(ValueError):
    """A path or condition is not written as the language asks; the message says what to write."""


class Scope(NamedTuple):
    """A value of a record, the value that it is in, and its key there.

    `notes` are facts about a record that are not in its fields (`$row`, `$sheet`), on the record itself.
    """

    node: Any
    above: "Scope | None" = None
    key: str = ""
    notes: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on a value: what is at `path` equals (`=`), or has a part like (`~`), one of `values`.

    Without an operator it asks whether something is at the path. `is_negated` turns it round. It holds
    when one of the texts at the path fits.
    """

    path: "Path"
    operator: str
    values: tuple[str, ...]
    is_negated: bool
    written: str
    pattern: re.Pattern[str] | None = None

    def holds(self, scope: Scope) -> bool:
        """Return whether the condition holds for a value."""
        reached = self.path.select(scope)
        texts = [text for scope_below in reached if (text := text_of(scope_below.node))]
        if not self.operator:
            fits = bool(texts) or any(
                isinstance(scope_below.node, Mapping) and scope_below.node for scope_below in reached
            )
        elif self.pattern is not None:
            fits = any(self.pattern.search(text) for text in texts)
        else:
            fits = any(plain(text) in self.values for text in texts) or (not texts and "" in self.values)
        return fits is not self.is_negated


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path: a key, `..`, `.`, `*` or `**`, and the conditions on what it gives.

    `place` counts what is left, from 1; -1 is the last, 0 is all.
    """

    name: str
    conditions: tuple[Condition, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """A path as written, and its steps. A key of the record that equals the whole text goes first."""

    written: str
    steps: tuple[Step, ...]

    def select(self, scope: Scope) -> list[Scope]:
        """Return the values that the path leads to, in the order of the file; lists are gone through."""
        if isinstance(scope.node, Mapping) and (key := self.key_of(scope.node)) is not None:
            return list(_each(scope, key))
        scopes = list(_items(scope))
        for step in self.steps:
            reached = []
            for at in scopes:
                name = step.name
                node = at.node
                if name.startswith("$"):
                    below_at: Scope | None = at
                    while below_at is not None and (below_at.notes is None or name not in below_at.notes):
                        below_at = below_at.above
                    if below_at is not None and below_at.notes is not None:
                        reached.append(Scope(below_at.notes[name], at, name))
                elif name == "..":
                    reached.extend(() if at.above is None else (at.above,))
                elif name == "**":
                    reached.extend(_descendants(at, 0))
                elif name == "." or (name in (TEXT, "text()") and not isinstance(node, Mapping)):
                    reached.append(at)
                elif isinstance(node, Mapping):
                    keys = (
                        [key for key in node if not key.startswith(("@", "#"))]
                        if name == "*"
                        else [key_in(node, name)]
                    )
                    for key in keys:
                        reached.extend(() if key is None else _each(at, key))
            for condition in step.conditions:
                reached = [at for at in reached if condition.holds(at)]
            if step.place:
                number = len(reached) - 1 if step.place < 0 else step.place - 1
                reached = reached[number : number + 1] if number >= 0 else []
            scopes = reached
        return scopes

    def key_of(self, node: Mapping[str, Any]) -> str | None:
        """Return the key that the whole text of the path means; None if it can only be a path."""
        if self.written in node or not any(step.name in _SPECIAL for step in self.steps):
            return key_in(node, self.written)
        return None


def _descendants(scope: Scope, depth: int) -> Iterator[Scope]:
    yield scope
    if isinstance(scope.node, Mapping) and depth < _MOST_DEEP:
        for key in scope.node:
            for below in _each(scope, key):
                yield from _descendants(below, depth + 1)


def _each(scope: Scope, key: str) -> Iterator[Scope]:
    """Yield the value at a key; of a list every item, also of lists in it."""
    return _items(Scope(scope.node[key], scope, key))


def _items(scope: Scope) -> Iterator[Scope]:
    """Yield a value; of a list its items, of lists in it theirs."""
    if not isinstance(scope.node, list):
        if scope.node is not None:
            yield scope
        return
    waiting = list(reversed(scope.node))
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(reversed(node))
        elif node is not None:
            yield scope._replace(node=node)


def key_in(node: Mapping[str, Any], name: str) -> str | None:
    """Return the key that a name means: the same, in another case, or as an attribute; None without one.

    In a name `*` stands for any text and `?` for any sign.
    """
    if name in node:
        return name
    if name in ("text()", TEXT):
        return TEXT if TEXT in node else None
    folded = plain(name)
    if "*" in folded or "?" in folded:
        return next((key for key in node if fnmatchcase(plain(key), folded)), None)
    return next((key for key in node if plain(key) in (folded, f"@{folded}")), None)


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return a text for comparison: without case, and with single blanks."""
    return " ".join(text.casefold().split())


def text_of(node: Any) -> str:
    """Return the text of a value; empty for none, and for a group of fields without a text of its own.

    A group with one field is that field.
    """
    while isinstance(node, Mapping):
        if TEXT in node:
            node = node[TEXT]
            break
        values = [value for key, value in node.items() if not key.startswith("@") and value not in ("", None)]
        if len(values) != 1 or isinstance(values[0], list):
            return ""
        node = values[0]
    if node is None or isinstance(node, list):
        return ""
    if isinstance(node, bool):
        return "true" if node else "false"
    if isinstance(node, float) and node.is_integer():
        return str(int(node))
    return str(node).strip()


@lru_cache(maxsize=4_096)
def read_path(written: str) -> Path:
    """Return a path as it is written; PathError for one that is not well formed."""
    text = written.strip().replace("//", "/**/").lstrip("/")
    if not text:
        raise PathError("the path is empty; write the name of a column or field")
    steps: list[Step] = []
    at = 0
    while at < len(text):
        begin = at
        for special in _SPECIAL:
            after = text[begin + len(special) : begin + len(special) + 1]
            if text.startswith(special, begin) and after in ("", "[", *_SEPARATORS):
                name, begin = special, begin + len(special)
                break
        else:
            match = _NAME.match(text, begin)
            if match is None:
                raise PathError(f"there is no name at {text[begin:]!r}; write the name of a column or field")
            name = (
                match[1] if match[1] is not None else match[2] if match[2] is not None else match[3].strip()
            )
            begin = match.end()
        conditions: list[Condition] = []
        place = 0
        while begin < len(text) and text[begin] == "[":
            depth = 0
            for end in range(begin, len(text)):
                depth += {"[": 1, "]": -1}.get(text[end], 0)
                if depth == 0:
                    inner, begin = (text[begin + 1 : end].strip(), end + 1)
                    break
            else:
                raise PathError(f"the bracket at {text[begin:]!r} is not closed; write ] after the condition")
            if re.fullmatch(r"-?\d+", inner) or inner in ("last", "last()"):
                place = -1 if inner.startswith("last") else int(inner)
                if place == 0 or place < -1:
                    raise PathError(f"[{inner}] is not a place; count from 1, or write [last]")
            else:
                conditions.extend(read_conditions(inner))
        step, at = Step(name, tuple(conditions), place), begin
        steps.append(step)
        if at < len(text) and text[at] not in _SEPARATORS:
            raise PathError(f"{text[at:]!r} cannot follow a step; put a dot or a slash between steps")
        at += 1
    return Path(written.strip(), tuple(steps))


def read_conditions(written: str) -> tuple[Condition, ...]:
    """Return the conditions of a text, all of which must hold (`Type = person and Name`); PathError."""
    parts: list[str] = []
    for part in " ".join(written.split()).split(" and "):
        if parts and _operator_in(parts[-1]) is None:  # part of a name: `Names and aliases`
            parts[-1] += f" and {part}"
        else:
            parts.append(part)
    conditions: list[Condition] = []
    for each_written in parts:
        match = _operator_in(each_written)
        if match is None:
            text = each_written.strip()
            negation = re.match(r"!\s*|not\s+", text)
            path = read_path(text[negation.end() :] if negation else text)
            conditions.append(Condition(path, "", (), negation is not None, text))
            continue
        operator = match[1]
        path = read_path(each_written[: match.start()])
        value_text = each_written[match.end() :].strip()
        is_negated = operator.startswith("!")
        if operator.endswith("~"):
            pattern = read_pattern(value_text.strip("\"'"))
            conditions.append(Condition(path, "~", (value_text,), is_negated, each_written.strip(), pattern))
            continue
        values = tuple(plain(value.strip().strip("\"'")) for value in value_text.split("|"))
        conditions.append(Condition(path, "=", values, is_negated, each_written.strip()))
    return tuple(conditions)


def _operator_in(written: str) -> re.Match[str] | None:
    """Return the first operator outside brackets; None without one."""
    depth = 0
    for at, sign in enumerate(written):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if not depth and (match := _OPERATOR.match(written, at)) and match[1]:
            return match
    return None


def read_pattern(written: str) -> re.Pattern[str]:
    """Return a regular expression that ignores case; PathError for a wrong one, or one that can be slow."""
    if slow := nested_repetition(written):
        raise PathError(f"the pattern repeats a repetition ({slow}), which can take for ever; write it apart")
    try:
        return re.compile(written, re.IGNORECASE)
    except re.error as error:
        raise PathError(f"{written!r} is not a regular expression ({error})") from error
