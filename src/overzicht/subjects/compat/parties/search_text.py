"""The query language of the search box: words, `AND`, `OR`, `NOT` or `-`, "phrases" and `prefix*`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from followthemoney import model

from overzicht.errors import OverzichtError

_TOKEN = re.compile(r'-?"[^"]*"|\S+')
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_FIELD = re.compile(r"^-?([A-Za-z_.]+):\S")
_FIELDS = frozenset(prop.name for prop in model.properties) | {"schema", "datasets", "topics", "countries"}
_BRACKETS = re.compile(r"^-?[()]|[()]$")
_UNSUPPORTED = re.compile(r"~\d*$|\^\d+$|^/.*/$|^\[|\?$|^\*|\w\*\w")


class SearchTextError(OverzichtError):
    """A search text has an operator that is not supported."""

    def __init__(self, token: str, reason: str, fix: str) -> None:
        super().__init__(f"the search text cannot be used: {token!r} {reason}", fix=fix)


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words of a name: all of `words` and `phrases`, none of `excluded`.

    With `is_prefix` the last word may be incomplete.
    """

    words: str
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    is_prefix: bool = False


def alternatives(text: str) -> tuple[Alternative, ...]:
    """Return the alternatives that `OR` separates; SearchTextError for an operator that is not supported.

    A text without operators is one alternative of all its words; brackets in it are those of a name.
    """
    if text.count('"') % 2:
        raise SearchTextError('"', "has no closing quote", 'close the quote, for example "hikvision digital"')
    parts: list[list[str]] = [[]]
    for match in _TOKEN.finditer(text):
        if match[0] == "OR":
            parts.append([])
        elif match[0] != "AND":
            parts[-1].append(match[0])
    if len(parts) > 1 and not all(parts):
        raise SearchTextError(
            "OR", "has nothing on one side", "write words on both sides, for example a OR b"
        )
    is_grouping = text.count("(") != text.count(")") or any(
        token in _OPERATORS or token.startswith("-(") for token in _TOKEN.findall(text)
    )
    if is_grouping and (bracket := next(filter(_BRACKETS.search, chain(*parts)), None)):
        raise SearchTextError(
            bracket, "has a bracket outside a name", "leave brackets out beside AND, OR and NOT"
        )
    made: list[Alternative] = []
    for tokens in parts:
        words: list[str] = []
        phrases: list[str] = []
        excluded: list[str] = []
        is_prefix = False
        for token, is_excluded in _signed(tokens):
            field = _FIELD.match(token)
            if field and field[1].removeprefix("properties.") in _FIELDS:
                raise SearchTextError(
                    token, "names a field", "use the parameter filter, for example filter=birthDate:1985"
                )
            if not token.startswith('"') and _UNSUPPORTED.search(token):
                raise SearchTextError(
                    token, "is not a supported operator", "use AND, OR, NOT, quotes and prefix*"
                )
            bare = token.strip('"')
            if is_excluded:
                excluded.append(bare)
                continue
            if token.startswith('"'):
                phrases.append(bare)
            is_prefix = token.endswith("*")
            words.append(bare.removesuffix("*"))
        if excluded and not words:
            raise SearchTextError(excluded[0], "excludes from nothing", "write a word to search for as well")
        made.append(Alternative(" ".join(words), tuple(phrases), tuple(excluded), is_prefix))
    return tuple(made)


def _signed(tokens: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield (token, whether it is excluded)."""
    is_excluded = False
    for token in tokens:
        if token == "NOT":  # noqa: S105 - a word of the search box
            is_excluded = True
            continue
        is_negative = len(token) > 1 and token.startswith("-")
        yield token.removeprefix("-") if is_negative else token, is_excluded or is_negative
        is_excluded = False
    if is_excluded:
        raise SearchTextError("NOT", "has nothing after it", "write the word to leave out after NOT")
