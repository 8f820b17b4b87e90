"""The overview as JSON, by the published schema `overview.schema.json`.

Sentences are given in both languages, so the file is the same whoever asks; ids, numbers and the words of
enumerations are for machines and never translated. A citation is given once, under `citations`; elsewhere
its number is given.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from importlib.resources import files
from typing import Any

from overzicht.evidence import Citation, Reason, Text
from overzicht.reports.citations import CitationIndex
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.model import SCHEMA_VERSION, OverviewReport

SCHEMA_ID = "urn:overzicht:schema:overview:1"
MOST_SHARED = 20_000  # sentences and reasons kept in words; a thousand models of devices say fewer


_quoted = json.JSONEncoder(ensure_ascii=False).encode  # texts, numbers, truths and nothing


def schema() -> dict[str, Any]:
    """Return the published JSON Schema (draft 2020-12) of the report."""
    published: dict[str, Any] = json.loads(
        files("overzicht.reports").joinpath("overview.schema.json").read_text(encoding="utf-8")
    )
    return published


def render_json(report: OverviewReport, lang: Language = Language.EN) -> Iterator[str]:
    """Yield the report as indented JSON, a piece at a time: the text of many devices is larger than they are.

    `lang` changes nothing, both languages are always given.
    """
    del lang
    writer = _Writer(CitationIndex(report))
    sign = "{"
    for name, value in (_head(report) | _fields(report)).items():
        if name == "later":
            continue  # it is among the counts
        yield f"{sign}\n {_quoted(name)}: "
        if name == "citations":
            yield from _listed(writer.cited())
        elif isinstance(value, tuple):
            yield from _listed(writer.text_of(item, 2) for item in value)
        else:
            yield writer.text_of(value, 1)
        sign = ","
    yield "\n}\n"


def _head(report: OverviewReport) -> dict[str, Any]:
    return {
        "schema": SCHEMA_ID,
        "schema_version": SCHEMA_VERSION,
        "counts": report.counts | report.vulnerability_counts,
    }


def _listed(items: Iterable[str]) -> Iterator[str]:
    """Yield a list that is a direct part of the report."""
    sign = "["
    for item in items:
        yield f"{sign}\n  {item}"
        sign = ","
    yield "[]" if sign == "[" else "\n ]"


class _Writer:
    """Words values as JSON, indented by one space a level; what many devices share is worded once."""

    def __init__(self, index: CitationIndex) -> None:
        self._index = index
        self._said: dict[tuple[int, int], str] = {}  # by identity, which the report keeps, and depth

    def cited(self) -> Iterator[str]:
        """Yield every citation with its number."""
        for number, citation in enumerate(self._index.all, start=1):
            yield self._object({"number": number, **citation.to_json()}, 2)

    def text_of(self, value: Any, depth: int) -> str:
        """Return the JSON of a value at this depth; its first line is not indented."""
        match value:
            case Text() | Reason():
                words = self._shared(value, depth)
            case Citation():
                words = str(self._index.number(value))
            case Enum():
                words = _quoted(value.value)
            case date():
                words = _quoted(value.isoformat())
            case Mapping():
                words = self._object({key: value[key] for key in sorted(value)}, depth)
            case tuple():
                words = _enclosed("[", [self.text_of(item, depth + 1) for item in value], "]", depth)
            case _ if is_dataclass(value):
                words = self._object(_fields(value), depth)
            case _:
                words = _quoted(value)
        return words

    def _shared(self, value: Text | Reason, depth: int) -> str:
        key = (id(value), depth)
        if key not in self._said:
            if len(self._said) >= MOST_SHARED:
                self._said.clear()
            both = isinstance(value, Text) and {lang.value: words_for(lang).say(value) for lang in Language}
            self._said[key] = self._object(both or _fields(value), depth)
        return self._said[key]

    def _object(self, content: Mapping[str, Any], depth: int) -> str:
        lines = [f"{_quoted(name)}: {self.text_of(value, depth + 1)}" for name, value in content.items()]
        return _enclosed("{", lines, "}", depth)


def _enclosed(first: str, lines: Sequence[str], last: str, depth: int) -> str:
    if not lines:
        return first + last
    start = f"\n{' ' * (depth + 1)}"
    return f"{first}{start}{f',{start}'.join(lines)}\n{' ' * depth}{last}"


def _fields(value: Any) -> dict[str, Any]:
    """Return a frozen value by its fields."""
    return {field.name: getattr(value, field.name) for field in fields(value)}
