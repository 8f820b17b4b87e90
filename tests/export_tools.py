"""Exports as bytes and as parsed values, for the tests of every form."""

import csv
import io
import json
from typing import Any

from overzicht.register.merging import Level
from overzicht.reports import interface
from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format
from overzicht.reports.overview_report import OverviewReport


def written(report: OverviewReport, form: Format, level: Level | None = None, lang: str = "en") -> bytes:
    content = interface.render(report, form, Language(lang), level)
    pieces = (content,) if isinstance(content, str | bytes) else content
    return b"".join(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)


def parsed(report: OverviewReport, form: Format, level: Level | None = None) -> Any:
    return json.loads(written(report, form, level))


def table(data: bytes) -> list[dict[str, str]]:
    content = data.decode("utf-8-sig")
    delimiter = ";" if ";" in content.splitlines()[0] else ","
    return list(csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter))
