"""The matches and non-matches that docs/explanation/screening.md explains are what the engine says."""

import re
from datetime import date
from pathlib import Path

from overzicht.entities import PartyQuery
from overzicht.reports.i18n import words_for
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "screening.md"
ROW = re.compile(
    r"^\| (?P<asked>[^|]+) \| (?P<listed>[^|]+) \| "
    r"(?P<score>[01]\.\d\d), (?P<found>no|yes) \| (?P<why>.+) \|$",
    re.MULTILINE,
)


def explained(asked: str, listed: str) -> tuple[str, str]:
    engine = ScreeningEngine.of([IndexedParty("party", "LegalEntity", (listed,), "list")])
    query = PartyQuery("query", (asked,), "LegalEntity")
    ((match,),) = engine.match([query], as_of=date(2026, 11, 26), threshold=0.0)
    words = words_for("en")
    why = "; ".join(
        ("against: " if each.against else "") + words.say(each.text) for each in match.reasons[1:]
    )
    return f"{match.score:.2f}, {'yes' if match.score >= engine.threshold else 'no'}", why


def test_each_explained_pair_is_what_the_engine_says() -> None:
    rows = [row.groupdict() for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
    assert [row["found"] for row in rows] == ["yes"] * 3 + ["no"] * 3
    for row in rows:
        assert explained(row["asked"], row["listed"]) == (f"{row['score']}, {row['found']}", row["why"])
