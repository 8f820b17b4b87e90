"""Reads a mapping: every key known, every fault named with its key, its reason and what to write."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

import yaml

from overzicht.entities.schemata import schemata
from overzicht.errors import InputFileError
from overzicht.safeyaml import read_texts
from overzicht.sources.lists.card import Range
from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.mapping import (
    Expression,
    Header,
    ListMapping,
    Lookup,
    Records,
    Template,
)
from overzicht.sources.lists.mapped.paths import (
    Condition,
    Path,
    PathError,
    plain,
    read_conditions,
    read_path,
    read_pattern,
)
from overzicht.sources.lists.mapped.ready import ready_names, with_base

T = TypeVar("T")
MAX_BYTES = 200_000
FORMATS = ("csv", "xlsx", "json", "jsonl", "xml")
SAME_FORMATS = {
    "tsv": "csv",
    "txt": "csv",
    "ods": "xlsx",
    "xls": "xlsx",
    "ndjson": "jsonl",
    "json lines": "jsonl",
}
FIELDS = (
    "name", "aliases", "weak_aliases", "previous_names", "kind", "birth", "listed", "until", "last_day",
    "countries", "nationalities", "programme", "measure", "act", "act_address", "reason", "notes",
    "addresses", "record_id",
)  # fmt: skip
SAME_KEYS = {  # words that people write for a key
    "authority": "publisher", "license": "licence", "url": "address", "bound": "binds", "paths": "path",
    "binding": "binds", "alias": "aliases", "names": "name", "previous_name": "previous_names",
    "former_names": "previous_names", "weak_alias": "weak_aliases", "births": "birth", "birth_date": "birth",
    "birth_dates": "birth", "date_of_birth": "birth", "dob": "birth", "type": "kind", "country": "countries",
    "nationality": "nationalities", "citizenship": "nationalities", "citizenships": "nationalities",
    "program": "programme", "programmes": "programme", "programs": "programme", "listed_on": "listed",
    "listing_date": "listed", "since": "listed", "start": "listed", "end_date": "until", "delisted": "until",
    "id": "record_id", "ids": "numbers", "identifiers": "numbers", "note": "notes", "remarks": "notes",
    "address": "addresses", "more": "properties", "basis": "act",
    "legal_basis": "act", "expect": "bounds", "stale_after": "stale_after_days", "sheets": "sheet",
    "filter": "where", "path_to_records": "path", "split_by": "split", "separator": "split", "regex": "match",
    "pattern": "match", "values": "map", "table": "map", "column": "from", "path": "from", "columns": "from",
    "field": "from", "constant": "value", "group_by": "group", "last_date": "last_day", "through": "last_day",
}  # fmt: skip
EXPRESSION_KEYS = (
    "from", "value", "each", "where", "join", "remove", "match", "split", "map", "lookup", "default", "aka",
    "brackets", "order", "year", "month", "day", "kind", "optional",
)  # fmt: skip
ENUMERATION = r"(?:^|(?<=[\s;,.]))\(?(?:\d{1,2}[.)]|[a-z]\)|[ivx]{2,4}\))\s*"
SPLITS = {"lines": r"\r?\n|\\n|<br\s*/?>", "enumeration": ENUMERATION}
_UNQUOTED = re.compile(  # a path with a condition, after a key or a comma
    r"(?P<before>[:,\[]\s+|\{\s*)(?P<path>[\w@*$#./][^\s,\[\]{}\"'\n:]*(?:\[[^\[\]{}\"'\n]*\][^,\[\]{}\"'\n]*)+)"
)
KIND_CONSTANTS = frozenset({"organization", "individual", "entity", "vessel", "airplane", "group"})
YES = frozenset({"yes", "true", "on", "1", "y"})
NO = frozenset({"no", "false", "off", "0", "n"})


class MappingError(InputFileError):
    """A mapping is not as the language asks; names its key, the reason, and what to write."""

    def __init__(self, name: str, key: str, reason: str, fix: str = "") -> None:
        super().__init__(name, reason, record=f"key {key}" if key else "", fix=fix)
        self.key = key


def nearest_fix(written: str, known: Iterable[str]) -> str:
    """Return the question whether a known word is meant; empty if none is nearly the one written."""
    near = get_close_matches(written, list(known), 1)
    return f"did you mean {near[0]!r}?" if near else ""


def read_mapping(text: str, name: str) -> ListMapping:
    """Return the mapping in a YAML (or JSON) text; MappingError names the first fault."""
    reader = _Reader(name)
    if len(text) > MAX_BYTES:
        reason = f"it is longer than {MAX_BYTES:,} characters"
        raise reader.fault("", reason, "a mapping has about 30 lines")
    try:
        tree = _tree(text)
    except yaml.YAMLError as error:
        reason = f"it is not YAML ({' '.join(str(error).split())})"
        fix = "put a text with brackets, braces, a colon or a hash sign between quotes"
        raise reader.fault("", reason, fix) from error
    except RecursionError as error:
        raise reader.fault("", "it nests too deep", "write it flatter") from error
    if not isinstance(tree, dict):
        raise reader.fault("", "it has no keys", "start with `id: my-list` and `records:`")
    if base := tree.get("use"):
        if base not in ready_names():
            raise reader.not_one_of("use", f"there is no ready mapping {base!r}", ready_names())
        tree = with_base(tree, base)
        text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    return reader.mapping(tree, text)


def _tree(text: str) -> Any:
    """Return the document of a text; paths with conditions in `{…}` that lack their quotes get them."""
    try:
        return read_texts(text)
    except yaml.YAMLError:
        quoted = _UNQUOTED.sub(lambda match: f'{match["before"]}"{match["path"].strip()}"', text)
        if quoted == text:
            raise
        try:
            return read_texts(quoted)
        except yaml.YAMLError:
            pass
        raise


class _Keys:
    """The keys of one level of a mapping, each taken once; what is left at the end is unknown."""

    def __init__(self, reader: "_Reader", tree: Any, place: str, known: Iterable[str]) -> None:
        self.reader, self.place, self.known = reader, place, tuple(known)
        if not isinstance(tree, dict):
            raise reader.not_one_of(place, "it needs keys of its own", self.known)
        self.left: dict[str, Any] = {}
        for written, value in tree.items():
            key = plain(written).replace("-", "_").replace(" ", "_")
            key = key if key in self.known else SAME_KEYS.get(key, key)
            if key not in self.known:
                raise reader.not_one_of(self.at(written), "there is no such key", self.known, written=key)
            if key in self.left:
                raise reader.fault(self.at(written), f"the key {key!r} is given twice", "keep one of them")
            self.left[key] = value

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def take(self, key: str) -> Any:
        """Return what is written under a key; None if it is missing or empty."""
        value = self.left.get(key)
        return None if value == "" else value

    def text(self, key: str) -> str:
        """Return the text under a key; empty if it is missing."""
        value = self.take(key)
        return "" if value is None else " ".join(self.reader.one_text(self.at(key), value).split())

    def needed(self, key: str, example: str) -> str:
        """Return the text under a key that must be there."""
        if text := self.text(key):
            return text
        raise self.reader.missing(self.at(key), example=f"{key}: {example}")

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts under a key: one, or a list of them."""
        value = self.take(key)
        values = [] if value is None else value if isinstance(value, list) else [value]
        if not all(isinstance(value, str) for value in values):
            reason = "it is neither a text nor a list of texts"
            raise self.reader.wrong(self.at(key), reason, example=f"{key}: [a, b]")
        return tuple(values)

    def number(self, key: str, default: int) -> int:
        """Return the whole number under a key."""
        written = self.text(key)
        if written and not re.fullmatch(r"\d{1,9}", written.replace(",", "")):
            reason = f"{written!r} is not a whole number"
            raise self.reader.wrong(self.at(key), reason, example=f"{key}: 30")
        return int(written.replace(",", "")) if written else default

    def yes(self, key: str, *, default: bool) -> bool:
        """Return whether yes or no is written under a key."""
        written = plain(self.text(key))
        if written and written not in YES | NO:
            reason = f"{written!r} is neither yes nor no"
            raise self.reader.wrong(self.at(key), reason, example=f"{key}: yes")
        return written in YES if written else default


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name

    def fault(self, key: str, reason: str, fix: str = "") -> MappingError:
        return MappingError(self.name, key, reason, fix)

    def wrong(self, key: str, reason: str, *, example: str) -> MappingError:
        """Return the fault of a value, with an example of what to write."""
        return self.fault(key, reason, f"write, for example, `{example}`")

    def missing(self, key: str, *, example: str) -> MappingError:
        """Return the fault of a key that must be there."""
        return self.wrong(key, "it is missing", example=example)

    def not_one_of(self, key: str, reason: str, known: Iterable[str], *, written: str = "") -> MappingError:
        """Return the fault of a word that is none of the known ones; names the one nearest to `written`."""
        return self.fault(key, reason, nearest_fix(written, known) or f"use one of: {', '.join(known)}")

    def one_text(self, key: str, value: Any) -> str:
        """Return a value that must be a text."""
        if not isinstance(value, str):
            raise self.fault(key, "it is not a text", "write one text")
        return value

    def checked(self, place: str, read: Callable[[str], T], written: Any) -> T:
        """Return what a reader of paths, conditions or patterns makes of a text; else MappingError."""
        try:
            return read(self.one_text(place, written))
        except PathError as error:
            raise self.fault(
                place, str(error), "see the page on list mappings; quote names with [ or ]"
            ) from error

    def mapping(self, tree: dict[str, Any], text: str) -> ListMapping:
        header_keys = (
            "id", "title", "title_nl", "publisher", "effect", "binds", "summary", "summary_nl", "licence",
            "address", "act", "part", "official", "stale_after_days", "bounds", "end", "published", "use",
        )  # fmt: skip
        keys = _Keys(self, tree, "", (*header_keys, "records", "lookups", "fields", "numbers", "properties"))
        fields = keys.take("fields")
        if fields is None:
            raise self.missing("fields", example="fields: {name: Name, aliases: Alias}")
        below = _Keys(self, fields, "fields", (*FIELDS, "numbers", "properties"))
        fields_read = {
            field: self.expressions(below.at(field), _constant_kind(value) if field == "kind" else value)
            for field in FIELDS
            if (value := below.take(field)) is not None
        }
        numbers = tuple(
            pair
            for level in (keys, below)
            for pair in self.numbers(level.at("numbers"), level.take("numbers"))
        )
        if not numbers and "name" not in fields_read:
            raise self.missing("fields.name", example="name: Name")
        properties: dict[str, tuple[Expression, ...]] = {}
        for level in (keys, below):
            properties |= self.properties(level.at("properties"), level.take("properties"))
        return ListMapping(
            self.name,
            text,
            self.header(keys),
            self.records(keys.take("records")),
            fields_read,
            numbers,
            properties,
            self.lookups(keys.take("lookups")),
            self.expressions("published", keys.take("published")),
        )

    def header(self, keys: _Keys) -> Header:
        list_id = keys.needed("id", "acme-do-not-deal")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", list_id) or len(list_id) > 60:
            fix = "use small letters, digits and hyphens, for example `acme-do-not-deal`"
            raise self.fault("id", f"{list_id!r} cannot be the id of a list", fix)
        effect = keys.needed("effect", "asset freeze")
        kind = words.meaning("effects", effect) or words.meaning("effects", re.split(r"[:;,(]", effect)[0])
        if not kind:
            raise self.not_one_of("effect", f"{effect!r} is an unknown effect", words.names_of("effects"))
        bound = keys.texts("binds") or ("nobody",)
        classes = tuple(dict.fromkeys(words.meaning("binds", whom) or "others" for whom in bound))
        return Header(
            id=list_id,
            title=keys.needed("title", "Parties that we do not deal with"),
            title_nl=keys.text("title_nl"),
            publisher=keys.needed("publisher", "Acme B.V."),
            effect=kind,
            binds=classes,
            binds_text="; ".join(whom for whom in bound if not words.meaning("binds", whom)),
            summary=keys.text("summary"),
            summary_nl=keys.text("summary_nl"),
            licence=keys.text("licence"),
            address=self.web(keys, "address"),
            act=self.web(keys, "act"),
            part=keys.text("part"),
            official=keys.yes("official", default=True),
            stale_after_days=max(1, keys.number("stale_after_days", 30)),
            bounds=self.bounds(keys),
            end=self.checked("end", self.written_pattern, keys.text("end")) if keys.text("end") else None,
        )

    def web(self, keys: _Keys, key: str) -> str:
        address = keys.text(key)
        if address and not re.fullmatch(r"https?://\S+", address):
            reason = f"{address!r} is not an address on the web"
            raise self.wrong(key, reason, example=f"{key}: https://example.org/list")
        return address

    def bounds(self, keys: _Keys) -> Range | None:
        value = keys.take("bounds")
        if value is None:
            return None
        if isinstance(value, str):
            count = keys.number("bounds", 0)
            return Range(min=count - count // 10, max=max(1, count + (count + 9) // 10))
        below = _Keys(self, value, "bounds", ("min", "max"))
        least, most = below.number("min", 0), below.number("max", 1_000_000_000)
        if most < max(least, 1):
            reason = f"no number is from {least} to {most}"
            raise self.wrong("bounds", reason, example="bounds: {min: 20, max: 60}")
        return Range(min=least, max=most)

    def records(self, tree: Any) -> Records:
        if isinstance(tree, str):
            tree = {"format": tree}
        known = (
            "format", "path", "sheet", "header", "columns", "delimiter", "encoding", "group", "continues",
            "pivot", "where", "fill_down", "ragged", "count",
        )  # fmt: skip
        if tree is None:
            tree = {}
        keys = _Keys(self, tree, "records", known)
        form = SAME_FORMATS.get(plain(keys.text("format")), plain(keys.text("format")))
        if form and form not in FORMATS:
            raise self.not_one_of("records.format", f"{form!r} is an unknown format", FORMATS)
        pivot = keys.take("pivot")
        pair = None
        if pivot is not None:
            below = _Keys(self, pivot, "records.pivot", ("property", "value"))
            pair = (
                self.checked(below.at("property"), read_path, below.needed("property", "prop")),
                self.checked(below.at("value"), read_path, below.needed("value", "value")),
            )
            if not keys.take("group"):
                raise self.fault(
                    "records.group",
                    "it is missing, and `pivot` needs it",
                    "write the column that is the same for one party",
                )
        written = keys.left.get("delimiter", "")
        delimiters = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "bar": "|", "pipe": "|"}
        return Records(
            format=form,
            paths=tuple(self.checked("records.path", read_path, path) for path in keys.texts("path")),
            sheets=keys.texts("sheet"),
            header=self.header_rows(keys),
            columns=keys.texts("columns"),
            delimiter=delimiters.get(plain(written), written[:1]) if written else "",
            encoding=keys.text("encoding"),
            group=self.expressions("records.group", keys.take("group")),
            continues=self.conditions("records.continues", keys.texts("continues")),
            pivot=pair,
            where=self.conditions("records.where", keys.texts("where")),
            fill_down=keys.texts("fill_down"),
            is_ragged=keys.yes("ragged", default=False),
            count=self.expressions("records.count", keys.take("count")),
        )

    def header_rows(self, keys: _Keys) -> tuple[int, ...]:
        written = keys.texts("header")
        if not written and keys.take("columns"):
            return (0,)
        if len(written) == 1 and plain(written[0]) in NO | {"none"}:
            return (0,)
        if not all(re.fullmatch(r"\d{1,4}", row) for row in written):
            reason = "it is neither the number of a row nor `none`"
            raise self.wrong("records.header", reason, example="header: 3")
        return tuple(map(int, written))

    def conditions(self, place: str, written: tuple[str, ...]) -> tuple[Condition, ...]:
        return tuple(
            condition for text in written for condition in self.checked(place, read_conditions, text)
        )

    def lookups(self, tree: Any) -> dict[str, Lookup]:
        if tree is None:
            return {}
        if not isinstance(tree, dict):
            example = "lookups: {programmes: {path: programs, key: '@id', value: title}}"
            raise self.wrong("lookups", "it has no names", example=example)
        tables = {}
        for name, table in tree.items():
            place = f"lookups.{name}"
            if not isinstance(table, dict) or {plain(key) for key in table} != {"path", "key", "value"}:
                example = f"{name}: {{path: programs, key: '@id', value: title}}"
                raise self.wrong(place, "it needs `path`, `key` and `value`", example=example)
            paths = {
                plain(key): self.checked(f"{place}.{key}", read_path, path) for key, path in table.items()
            }
            tables[name] = Lookup(paths["path"], paths["key"], paths["value"])
        return tables

    def properties(self, place: str, tree: Any) -> dict[str, tuple[Expression, ...]]:
        if tree is None:
            return {}
        known = {prop: None for schema in schemata().values() for prop in schema}
        keys = tree if isinstance(tree, dict) else {}
        if not keys:
            raise self.wrong(place, "it has no properties", example="properties: {birthPlace: POB}")
        for prop in keys:
            if prop not in known:
                fix = nearest_fix(prop, known) or "see followthemoney.tech"
                raise self.fault(f"{place}.{prop}", "FollowTheMoney has no such property", fix)
        return {prop: self.expressions(f"{place}.{prop}", value) for prop, value in keys.items()}

    def numbers(self, place: str, tree: Any) -> Iterator[tuple[str, Expression]]:
        """Yield (kind, expression) of numbers: by kind, or a list of expressions with a kind of their own."""
        if tree is None:
            return
        if isinstance(tree, dict) and not set(map(plain, tree)) & {"from", "each", "value"}:
            for written, value in tree.items():
                kind = words.meaning("numbers", written)
                if not kind:
                    reason = "it is an unknown kind of number"
                    raise self.not_one_of(f"{place}.{written}", reason, words.names_of("numbers"))
                yield from (
                    (kind, expression) for expression in self.expressions(f"{place}.{written}", value)
                )
            return
        for expression in self.expressions(place, tree):
            yield "other", expression

    def expressions(self, place: str, value: Any) -> tuple[Expression, ...]:
        if value is None:
            return ()
        if isinstance(value, list):
            return tuple(self.expression(f"{place}[{n}]", part) for n, part in enumerate(value, start=1))
        return (self.expression(place, value),)

    def expression(self, place: str, value: Any) -> Expression:
        if isinstance(value, str):
            return Expression(place, self.sources(place, (value,)))
        keys = _Keys(self, value, place, EXPRESSION_KEYS)
        sources = self.sources(keys.at("from"), keys.texts("from"))
        sources += tuple(Template((text,)) for text in keys.texts("value"))
        parts = tuple(
            self.checked(keys.at(part), read_path, keys.take(part)) if keys.take(part) else None
            for part in ("year", "month", "day")
        )
        if not sources and not any(parts):
            if keys.take("each") is None:
                raise self.wrong(place, "it has neither `from` nor `value`", example="from: Name")
            sources = (read_path("."),)
        if keys.take("order") and plain(keys.text("order")) not in ("day", "month", "year"):
            reason = "it is not the first part of a day"
            raise self.not_one_of(keys.at("order"), reason, ("day", "month", "year"))
        join = keys.left.get("join")
        if "join" in keys.left and not isinstance(join, str):
            join = " "  # blanks
        kind = keys.take("kind")
        if isinstance(kind, str) and kind in words.names_of("numbers"):
            kind = f"={kind}"  # a constant: it names no column
        return Expression(
            place,
            sources,
            elements=self.checked(keys.at("each"), read_path, keys.take("each"))
            if keys.take("each")
            else None,
            where=self.conditions(keys.at("where"), keys.texts("where")),
            join=join,
            remove=tuple(
                self.checked(keys.at("remove"), self.written_pattern, text) for text in keys.texts("remove")
            ),
            match=self.checked(keys.at("match"), self.pattern, keys.take("match"))
            if keys.take("match")
            else None,
            split=self.split(keys.at("split"), keys.texts("split")),
            table=self.table(keys.at("map"), keys.take("map")),
            lookup=keys.text("lookup"),
            default=keys.text("default"),
            has_other_names=plain(keys.text("aka")) == "only" or keys.yes("aka", default=False),
            has_only_other_names=plain(keys.text("aka")) == "only",
            brackets=self.brackets(keys),
            order=plain(keys.text("order")) or "day",
            day_parts=parts if any(parts) else None,  # type: ignore[arg-type]  # it has three
            kind=None if kind is None else self.expression(keys.at("kind"), kind),
            is_optional=keys.yes("optional", default=False),
        )

    def sources(self, place: str, written: tuple[str, ...]) -> tuple[Path | Template, ...]:
        return tuple(self.checked(place, read_source, text) for text in written)

    def brackets(self, keys: _Keys) -> str:
        written = plain(keys.text("brackets"))
        if written not in ("", "names", "drop", "keep"):
            raise self.not_one_of(keys.at("brackets"), f"{written!r} is not known", ("names", "drop", "keep"))
        return "" if written == "keep" else written

    def written_pattern(self, written: str) -> re.Pattern[str]:
        """Return the pattern of a plain text, or of `/a pattern/`."""
        if len(written) > 2 and written.startswith("/") and written.endswith("/"):
            return read_pattern(written[1:-1])
        return re.compile(re.escape(written), re.IGNORECASE)

    def pattern(self, written: str) -> re.Pattern[str]:
        """Return a pattern, with or without slashes round it."""
        return read_pattern(written[1:-1] if re.fullmatch(r"/.+/", written) else written)

    def split(self, place: str, written: tuple[str, ...]) -> re.Pattern[str] | None:
        if not written:
            return None
        parts = []
        for text in written:
            known = SPLITS.get(plain(text))
            pattern = re.compile(known) if known else self.checked(place, self.written_pattern, text)
            parts.append(pattern.pattern)
        return re.compile("|".join(f"(?:{part})" for part in parts))

    def table(self, place: str, tree: Any) -> Mapping[str, str] | None:
        if tree is None:
            return None
        if not isinstance(tree, dict) or not all(isinstance(value, str) for value in tree.values()):
            example = "map: {Individual: person, Entity: organisation}"
            raise self.wrong(place, "it is not a table of values", example=example)
        return {plain(value): meaning for value, meaning in tree.items()}


def _constant_kind(value: Any) -> Any:
    """Return a kind of ours as a constant: `kind: person` names no column."""
    if isinstance(value, list):
        return list(map(_constant_kind, value))
    is_kind = isinstance(value, str) and (
        value in words.names_of("kinds") or value in KIND_CONSTANTS or value in schemata()
    )
    return f"={value}" if is_kind else value


def read_source(written: str) -> Path | Template:
    """Return a path, a constant (`=XBT`) or a template (`{first} {last}`); PathError."""
    if written.startswith("="):
        return Template((written[1:].strip(),))
    if "{" not in written:
        return read_path(written)
    parts: list[str | Path] = []
    for piece in re.split(r"(\{[^{}]*\})", written):
        if piece.startswith("{") and piece.endswith("}"):
            parts.append(read_path(piece[1:-1]))
        elif "{" in piece or "}" in piece:
            raise PathError("a brace has no partner; write the path between two braces")
        elif piece:
            parts.append(piece)
    return Template(tuple(parts))
