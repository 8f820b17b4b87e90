"""Dossiers as JSON for other programs: sentences in both languages, days as ISO, citations in full."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from pydantic import BaseModel

from overzicht.evidence import Finding, Text
from overzicht.reports.dossiers.model import DossierLine, DossierView
from overzicht.reports.i18n import Language, words_for

SCHEMA = "urn:overzicht:schema:dossier:1"


def render_dossier_json(view: DossierView) -> str:
    """Return a dossier as indented JSON."""
    return json.dumps(dossier_json(view), ensure_ascii=False, indent=1) + "\n"


def dossier_json(view: DossierView) -> dict[str, Any]:
    """Return a dossier as plain values; `complete` says whether the other side was heard."""
    found = plain(view)
    return {"schema": SCHEMA, "complete": view.line.completeness.is_complete, **found}


def lines_json(lines: Iterable[DossierLine]) -> list[dict[str, Any]]:
    """Return dossiers in a list as plain values."""
    return [{**plain(line), "complete": line.completeness.is_complete} for line in lines]


def findings_json(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as plain values, each with its sentence in both languages."""
    return [plain(finding) for finding in findings]


def plain(value: Any) -> Any:
    """Return a frozen value by its fields; a text in both languages, a day as ISO."""
    found: Any = value
    match value:
        case Text():
            found = {lang.value: words_for(lang).say(value) for lang in Language}
        case Enum():
            found = value.value
        case date():
            found = value.isoformat()
        case BaseModel():
            found = value.model_dump(mode="json")
        case Mapping():
            found = {str(key): plain(each) for key, each in value.items()}
        case tuple() | list():
            found = [plain(each) for each in value]
        case _ if is_dataclass(value):
            found = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    return found
