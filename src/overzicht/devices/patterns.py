"""Which characters a regular expression can begin with: the index that keeps thousands of models fast.

Only the plain beginnings that model numbers have are understood; anything else answers None, which means
"any character", so the index can cost speed but never a match.
"""

import re
from collections.abc import Iterator

_GROUP = re.compile(r"\((?:\?:)?(?![?])")


def first_characters(pattern: str) -> frozenset[str] | None:
    """Return the characters (lower case) with which a match of `pattern` can begin; None for any."""
    return _first(pattern.removeprefix("^"))


def _first(rest: str) -> frozenset[str] | None:
    characters: frozenset[str] = frozenset()
    parts, start = [], 0
    for position, char, depth in _signs(rest):
        if char == "|" and depth == 0:
            parts.append(rest[start:position])
            start = position + 1
    for alternative in [*parts, rest[start:]]:
        starts = _first_of_sequence(alternative)
        if starts is None:
            return None
        characters |= starts
    return characters


def _first_of_sequence(rest: str) -> frozenset[str] | None:
    characters: frozenset[str] = frozenset()
    while rest:
        rest = rest.removeprefix("^")
        length, starts = _element(rest)
        if starts is None:
            return None
        characters |= starts
        rest = rest[length:]
        optional = re.match(r"[?*]|\{0?,\d*\}|\{0\}", rest)
        if optional is None:
            return characters
        rest = rest[optional.end() :].removeprefix("?")
    return None


def _element(rest: str) -> tuple[int, frozenset[str] | None]:
    """Return the length of the first element and the characters it can begin with."""
    if group := _GROUP.match(rest):
        end = next((position for position, char, depth in _signs(rest) if char == ")" and depth == 0), 0)
        return (end + 1, _first(rest[group.end() : end])) if end else (0, None)
    if rest.startswith("["):
        return _class(rest)
    if re.match(r"\\d", rest):
        return 2, frozenset("0123456789")
    if escaped := re.match(r"\\([^\w\s])", rest):
        return 2, frozenset(escaped[1])
    if re.match(r"[A-Za-z0-9 _/-]", rest):
        return 1, frozenset(rest[0].lower())
    return 0, None


def _class(rest: str) -> tuple[int, frozenset[str] | None]:
    match = re.match(r"\[([A-Za-z0-9-]+)\]", rest)
    if match is None:
        return 0, None
    members = match[1]
    starts: set[str] = set()
    for part in re.findall(r"[A-Za-z0-9]-[A-Za-z0-9]|.", members):
        low, high = ord(part[0]), ord(part[-1])
        starts |= {chr(code).lower() for code in range(low, high + 1)}
    return match.end(), frozenset(starts)


def _signs(rest: str) -> Iterator[tuple[int, str, int]]:
    """Yield (position, character, groups open after it) of what is neither escaped nor in a class."""
    depth, in_class, skip = 0, False, False
    for position, char in enumerate(rest):
        if skip:
            skip = False
        elif char == "\\":
            skip = True
        elif in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        else:
            depth += {"(": 1, ")": -1}.get(char, 0)
            yield position, char, depth
