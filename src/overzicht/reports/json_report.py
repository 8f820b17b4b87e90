"""The overview as JSON, by the published schema `overview.schema.json`.

Sentences are given in both languages, so the file is the same whoever asks; ids, numbers and the words of
enumerations are for machines and never translated. A citation is given once, under `citations`; elsewhere
its number stands.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from importlib.resources import files
from typing import Any

from overzicht.evidence import Citation, Text
from overzicht.reports.citations import CitationIndex
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.model import SCHEMA_VERSION, OverviewReport

SCHEMA_ID = "urn:overzicht:schema:overview:1"


def schema() -> dict[str, Any]:
    """Return the published JSON Schema (draft 2020-12) of the report."""
    found: dict[str, Any] = json.loads(
        files("overzicht.reports").joinpath("overview.schema.json").read_text(encoding="utf-8")
    )
    return found


def render_json(report: OverviewReport, lang: Language = Language.EN) -> str:
    """Return the report as indented JSON; `lang` changes nothing, both languages are always given."""
    del lang
    return json.dumps(to_data(report), ensure_ascii=False, indent=1) + "\n"


def to_data(report: OverviewReport) -> dict[str, Any]:
    """Return the report as plain JSON values."""
    index = CitationIndex(report)
    head = {
        "schema": SCHEMA_ID,
        "schema_version": SCHEMA_VERSION,
        "counts": {
            "devices": report.device_count,
            "listed": report.listed_count,
            "relabelled": report.relabelled_count,
            "unknown": report.unknown_count,
        },
    }
    body = _record(report, index)
    body["citations"] = [
        {"number": number, **citation.to_json()} for number, citation in enumerate(index.all, start=1)
    ]
    return head | body


def _plain(value: Any, index: CitationIndex) -> Any:
    plain: Any = value
    match value:
        case Text():
            plain = {lang.value: words_for(lang).say(value) for lang in Language}
        case Citation():
            plain = index.number(value)
        case Enum():
            plain = value.value
        case date():
            plain = value.isoformat()
        case Mapping():
            plain = {key: _plain(value[key], index) for key in sorted(value)}
        case tuple():
            plain = [_plain(item, index) for item in value]
        case _ if is_dataclass(value):
            plain = _record(value, index)
    return plain


def _record(value: Any, index: CitationIndex) -> dict[str, Any]:
    """Return a frozen value by its fields; a field with a twin in Dutch (`title_nl`) becomes one."""
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    plain: dict[str, Any] = {}
    for name, content in found.items():
        if name.endswith("_nl") and name.removesuffix("_nl") in found:
            continue
        if f"{name}_nl" in found:
            plain[name] = {"en": content, "nl": found[f"{name}_nl"]}
        else:
            plain[name] = _plain(content, index)
    return plain
