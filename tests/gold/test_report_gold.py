"""The small invented report as a person and a machine see it; a changed gold file is read like changed code.

Renew them with `UPDATE_GOLD=1 pytest tests/gold/test_report_gold.py` and look at the difference.
"""

import os
from pathlib import Path

import pytest
import report_factory
from report_factory import render

from overzicht.reports.i18n import Language

GOLD = Path(__file__).parent / "reports"


@pytest.mark.parametrize(
    ("filename", "lang", "report_format"),
    [
        ("small.en.txt", Language.EN, "terminal"),
        ("small.nl.txt", Language.NL, "terminal"),
        ("small.json", Language.EN, "json"),
        ("small.nl.csv", Language.NL, "csv"),
    ],
)
def test_the_report_is_as_it_was(filename: str, lang: Language, report_format: str) -> None:
    path = GOLD / filename
    rendered = render(report_factory.small_report(), lang=lang, format=report_format)
    if os.environ.get("UPDATE_GOLD"):
        path.write_bytes(rendered)
    assert rendered.decode("utf-8") == path.read_bytes().decode("utf-8")
