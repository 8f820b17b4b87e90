"""The values of an expression: chosen, joined, cut, split and translated texts of a record."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import whitespace

from overzicht.sources.lists.list_values import collapse
from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.days import iso_day
from overzicht.sources.lists.mapped.mapping import Expression, Template
from overzicht.sources.lists.mapped.paths import Scope, plain, text_of

Lookups = Mapping[str, Mapping[str, str]]
_BRACKETS = re.compile(r"[(（【\[]([^()（）【】\[\]]*)[)）】\]]")
_COUNT_OF_NAMES = re.compile(
    r"^[\s,:;]*(?:the\s+)?(?:following\s+)?(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty[\w-]*|\d+)\s+)?"
    r"alias(?:es)?\b[\s:]*",
    re.IGNORECASE,
)
_AND_SO_MANY = re.compile(r"^\s*(?:and|or|also)\s+(?:\w+\s+)?(?=\S)", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r";|\band\b\s*[-–•]|\s[-–•]|、|及び|以及|\n", re.IGNORECASE)
_ROUND_NAMES = ',;:.()（）-–•"“”' + whitespace + "\u3000"


@dataclass(frozen=True, slots=True)
class Value:
    """A text of a record, the value of the record that it is from, and its role among names."""

    text: str
    scope: Scope
    role: str = ""


def values_of(expression: Expression, scopes: Iterable[Scope], lookups: Lookups) -> list[Value]:
    """Return the values of an expression in the rows of a record, in order; no text twice."""
    values: dict[tuple[str, str], Value] = {}
    for record in scopes:
        places = expression.elements.select(record) if expression.elements is not None else [record]
        for place in places:
            if all(condition.holds(place) for condition in expression.where):
                for value in _changed(expression, list(_texts(expression, place)), lookups):
                    values.setdefault((value.text, value.role), value)
    if not values and expression.default:
        record = next(iter(scopes))
        return [Value(expression.default, record)]
    return list(values.values())


def _texts(expression: Expression, place: Scope) -> Iterator[Value]:
    if expression.day_parts is not None:
        # a day of its parts, as an ISO date, month or year if it is known, else the parts as printed
        year, month, day = (
            next((text for scope_below in part.select(place) if (text := text_of(scope_below.node))), "")
            if part
            else ""
            for part in expression.day_parts
        )
        if year or month or day:
            printed = "-".join(filter(None, (year, month, day)))
            yield Value(iso_day(year, month, day) or printed, place)
    for source in expression.sources:
        if isinstance(source, Template):
            yield Value(source.fill(place), place)
        else:
            yield from (Value(text_of(scope_below.node), scope_below) for scope_below in source.select(place))


def _changed(expression: Expression, scope_below: list[Value], lookups: Lookups) -> Iterator[Value]:
    """Yield values after the steps of an expression, in the order of the language."""
    values = [value for value in scope_below if value.text]
    if expression.join is not None and values:
        values = [replace(values[0], text=expression.join.join(value.text for value in values))]
    for value in values:
        text = value.text
        for pattern in expression.remove:
            text = pattern.sub(" ", text)
        texts = [text]
        if expression.match is not None:
            matches = (match.groups() or (match[0],) for match in expression.match.finditer(text))
            texts = [group for groups in matches for group in groups if group]
        for matched in texts:
            for piece in split_text(expression.split, matched):
                for role, name in _named(expression, piece):
                    cleaned = collapse(name)
                    if expression.table is not None:
                        cleaned = expression.table.get(plain(cleaned), cleaned)
                    if expression.lookup:
                        cleaned = lookups.get(expression.lookup, {}).get(cleaned, cleaned)
                    if cleaned and not words.is_none(cleaned):
                        yield replace(value, text=cleaned, role=role)


def split_text(pattern: re.Pattern[str] | None, text: str) -> list[str]:
    """Return the parts of a text between separators; those inside double quotes separate nothing."""
    if pattern is None:
        return [text]
    parts, start = [], 0
    for match in pattern.finditer(text):
        if match.end() > match.start() and text.count('"', 0, match.start()) % 2 == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    if len(parts) == 1 and text.count('"') % 2:  # a quote without a partner is a sign of its own
        parts = pattern.split(text) if not pattern.groups else parts
    unquoted: list[str] = []
    for part in parts:
        text = part.strip()
        is_quoted = len(text) > 1 and text[0] == text[-1] == '"'
        unquoted.append(text[1:-1].replace('""', '"') if is_quoted else text)
    return unquoted


def _named(expression: Expression, text: str) -> Iterator[tuple[str, str]]:
    """Yield (role, name) of the names in a text: what is in brackets, and what `a.k.a.` introduces."""
    if expression.has_other_names:
        yield from names_in(text, is_named=not expression.has_only_other_names)
    elif expression.brackets:
        yield "", collapse(_BRACKETS.sub(" ", text))
        if expression.brackets == "names":
            yield from ((words.ALIAS, inner) for inner in _BRACKETS.findall(text))
    else:
        yield "", text


def names_in(text: str, *, is_named: bool = True) -> Iterator[tuple[str, str]]:
    """Yield (role, name) of a name, and of the others that its text gives after words such as `a.k.a.`.

    `is_named` is false for a text that has those others only, such as a remark.
    """
    bracketed = [match for match in _BRACKETS.finditer(text) if words.other_name().match(_inner(match))]
    outside = text
    for match in reversed(bracketed):
        outside = outside[: match.start()] + " " + outside[match.end() :]
    first = words.other_name().search(outside)
    if first is not None and is_named and first.start() == 0:
        first = None  # a name that begins with such a word
    if is_named:
        yield "", outside[: first.start() if first else None].strip(" ,;:-–(（")
    if first is not None:
        yield from _introduced(outside[first.start() :])
    for match in bracketed:
        yield from _introduced(_inner(match))


def _inner(bracket: re.Match[str]) -> str:
    """Return the text in brackets, without words such as `and two` before `aliases`."""
    inner = bracket[1].strip()
    shorter = _AND_SO_MANY.sub("", inner)
    return shorter if words.other_name().match(shorter) else inner


def _introduced(text: str) -> Iterator[tuple[str, str]]:
    """Yield (role, name) of a text that begins with a word that introduces names."""
    markers = list(words.other_name().finditer(text))
    for marker, following in zip(markers, [*markers[1:], None], strict=True):
        piece = text[marker.end() : following.start() if following else len(text)]
        piece = _COUNT_OF_NAMES.sub("", piece)
        role = words.role_of(marker[0])
        for name in _BETWEEN_NAMES.split(piece):
            cleaned = re.sub(r"^(?:and|及び)\s|\s(?:and|及び)$", "", name.strip(_ROUND_NAMES)).strip()
            if cleaned and not cleaned.casefold().startswith("the following"):
                yield role, cleaned
