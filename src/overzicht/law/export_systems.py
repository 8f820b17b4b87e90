"""The systems that require an export licence, by goods or by party, as dated facts with sources."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field

from overzicht.evidence import Citation, Text, text
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.phrases import joined
from overzicht.evidence.source import Source
from overzicht.law.export_rules import article_text


class Point(LocalizedText):
    """One effect of a system, with its article (empty if it is an absence)."""

    article: str


class ExportSystem(StrictModel):
    """A system over time: its criterion, the parties it binds, and its points by name.

    Points of the same name in two systems have the same function, so they can be compared.
    """

    id: str
    title: LocalizedText
    binds: LocalizedText
    since: date
    until: date | None
    works_by: Literal["goods", "parties"]
    list_id: str = ""
    unverified: tuple[Literal["since when", "article"], ...] = ()
    points: dict[str, Point] = Field(min_length=1)
    source: Source

    def applies_on(self, day: date) -> bool:
        """Return whether the system applied on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)

    def cite(self, article: str = "") -> Citation:
        """Return the citation of an article, or of the whole."""
        return self.source.cite(f"law: {self.id}", str(article_text(article)) if article else "")

    @property
    def caution(self) -> Text | None:
        """The parts that were not read in the original text; None if all were."""
        return joined(CAUTIONS[name] for name in self.unverified) if self.unverified else None


CAUTIONS = {
    "since when": text("unverified: start date"),
    "article": text("unverified: the articles; they were not read in the regulation itself"),
}


class _File(StrictModel):
    last_value_still_valid_on: date
    systems: tuple[ExportSystem, ...]


@cache
def export_systems() -> tuple[ExportSystem, ...]:
    """Return the packaged systems, read once; PackagedFactError if the file is not valid."""
    return packaged_facts(_File, "overzicht.law", "data/export-systems.yaml").systems


def systems_on(day: date, works_by: Literal["goods", "parties"]) -> tuple[ExportSystem, ...]:
    """Return the systems by goods or by parties that apply on a date."""
    return tuple(
        system for system in export_systems() if system.applies_on(day) and system.works_by == works_by
    )
