"""What a mapping declares: the list, its records, and where each field of a party is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from overzicht.sources.lists.card import Range
from overzicht.sources.lists.mapped.paths import Condition, Path, Scope, text_of


@dataclass(frozen=True, slots=True)
class Template:
    """A text of several parts: fixed texts and paths, such as `{first} {last}`; without paths a constant."""

    parts: tuple[str | Path, ...]

    def fill(self, scope: Scope) -> str:
        """Return the text for a value; empty if it has paths and none of them gives a text."""
        texts = [
            part
            if isinstance(part, str)
            else " ".join(filter(None, (text_of(at.node) for at in part.select(scope))))
            for part in self.parts
        ]
        paths = [text for text, part in zip(texts, self.parts, strict=True) if isinstance(part, Path)]
        if paths and not any(paths):
            return ""
        return " ".join("".join(texts).split())

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths in it."""
        return tuple(part for part in self.parts if isinstance(part, Path))


@dataclass(frozen=True, slots=True)
class Expression:
    """How to get the values of a field from a record; `key` is its place in the mapping, for messages.

    The order is: `each` and `where` choose values of the record, `sources` give texts in them, then `join`,
    `remove`, `match`, `split`, `table` and `lookup` change the texts, and `default` replaces no value.
    """

    key: str
    sources: tuple[Path | Template, ...] = ()
    elements: Path | None = None
    where: tuple[Condition, ...] = ()
    join: str | None = None
    remove: tuple[re.Pattern[str], ...] = ()
    match: re.Pattern[str] | None = None
    split: re.Pattern[str] | None = None
    table: Mapping[str, str] | None = None
    lookup: str = ""
    default: str = ""
    has_other_names: bool = False
    has_only_other_names: bool = False  # a text is read from the first of the words on, such as `a.k.a.`
    brackets: str = ""
    order: str = "day"
    day_parts: tuple[Path | None, Path | None, Path | None] | None = None
    kind: "Expression | None" = None
    is_optional: bool = False

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths whose values it takes, relative to `each` if that is set."""
        taken = [part for part in self.day_parts or () if part is not None]
        for source in self.sources:
            taken += [source] if isinstance(source, Path) else source.paths
        return tuple(taken)


@dataclass(frozen=True, slots=True)
class Records:
    """Where the records of a file are, and which rows make one record.

    `header` has the numbers of the rows of the header, from 1; empty to look for it; 0 for none. `columns`
    names the columns of a table without header. `group` are the values that are the same in all rows
    of one party; `continues` is the condition of a row that continues the one before. `pivot` are the columns
    of the name of a property and of its value.
    """

    format: str = ""
    paths: tuple[Path, ...] = ()
    sheets: tuple[str, ...] = ()
    header: tuple[int, ...] = ()
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    group: tuple[Expression, ...] = ()
    continues: tuple[Condition, ...] = ()
    pivot: tuple[Path, Path] | None = None
    where: tuple[Condition, ...] = ()
    fill_down: tuple[str, ...] = ()
    is_ragged: bool = False
    count: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table in the file itself: `key` → `value` of each element at `path`."""

    path: Path
    key: Path
    value: Path


@dataclass(frozen=True, slots=True)
class Header:
    """Description of the list; the fields are those of the card of a shipped list."""

    id: str
    title: str
    title_nl: str
    publisher: str
    effect: str
    binds: tuple[str, ...]
    binds_text: str = ""
    summary: str = ""
    summary_nl: str = ""
    licence: str = ""
    address: str = ""
    act: str = ""
    part: str = ""
    official: bool = True
    stale_after_days: int = 30
    bounds: Range | None = None
    end: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class ListMapping:
    """A declared mapping. `fields` and `properties` are expressions by field, `numbers` have a kind each.

    `name` is that of its file, for messages; `text` is the mapping as it was written.
    """

    name: str
    text: str
    header: Header
    records: Records
    fields: Mapping[str, tuple[Expression, ...]]
    numbers: tuple[tuple[str, Expression], ...] = ()
    properties: Mapping[str, tuple[Expression, ...]] = field(default_factory=dict)
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    published: tuple[Expression, ...] = ()

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression on a record of the list."""
        groups = [
            *self.fields.values(),
            *self.properties.values(),
            [number_expression for _, number_expression in self.numbers],
        ]
        return tuple(expression for group in groups for expression in group)
