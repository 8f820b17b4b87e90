"""The dated rules of the dual-use regulation: deadlines, questions, criteria, duties, with articles."""

from datetime import date
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from overzicht.dates import Holds
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.packaged import ById, LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.phrases import joined
from overzicht.evidence.source import Source
from overzicht.law.timeline import check_order, value_on

RULES_FILE = "data/export-licensing.yaml"
LAW = "Regulation (EU) 2021/821"


class DeadlineValue(StrictModel):
    """A deadline in force from `since`; in working days, None if there is no deadline.

    `readings` are the possible readings of the extension: `added` to the first period, or the `total`.
    """

    since: date | None
    in_force: Holds
    working_days: int | None = Field(ge=1, le=260)
    extension: int | None = Field(ge=1, le=260)
    readings: tuple[Literal["added", "total"], ...]
    sources: tuple[str, ...] = Field(min_length=1)
    unverified: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> "DeadlineValue":
        if (self.in_force is Holds.YES) != (self.working_days is not None):
            raise ValueError("a deadline in force, and only that, has working days")
        if (self.extension is not None) != bool(self.readings):
            raise ValueError("an extension needs a reading, and a reading an extension")
        return self


class Deadline(LocalizedText):
    """A deadline over time, with its article and the meaning of silence."""

    id: str
    article: str
    silence: LocalizedText
    values: tuple[DeadlineValue, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _in_order(self) -> "Deadline":
        check_order(self.values)
        return self

    def on(self, day: date) -> DeadlineValue:
        """Return the value in force on `day`."""
        return value_on(self.values, day)


class Rule(LocalizedText):
    """A question under the law, with its article."""

    id: str
    article: str


class Criterion(LocalizedText):
    """A criterion of Article 15; `obliges` states whether it obliges to refuse, None if it does not say."""

    id: str
    article: str
    obliges: bool | None = None
    only_for: tuple[str, ...] = ()
    unverified: tuple[str, ...]


class Duty(LocalizedText):
    """The consequence of being informed, aware, suspicious, or of a national measure."""

    id: str
    article: str
    trigger: Literal["informed", "aware", "suspicion", "measure"]
    does: Literal["authorise", "notify", "national"]


class CountingRule(LocalizedText):
    """How working days are counted."""

    unverified: tuple[str, ...]
    sources: tuple[str, ...]


class DenialReviews(StrictModel):
    """Interval between reviews of a denial in years, and the first review that requires reasons."""

    article: str
    every_years: int
    reasons_from_review: int
    sources: tuple[str, ...]


class RecordKeeping(StrictModel):
    """Retention period of records in years, from the end of the calendar year."""

    article: str
    years: int
    sources: tuple[str, ...]


class ExportRules(StrictModel):
    """Contents of `export-licensing.yaml`."""

    id: str
    last_value_still_valid_on: date
    applies_from: date
    counting: CountingRule
    deadlines: ById[Deadline]
    denial_reviews: DenialReviews
    records: RecordKeeping
    rules: ById[Rule]
    criteria: ById[Criterion]
    duties: ById[Duty]
    sources: dict[str, Source]

    def deadline(self, name: str) -> Deadline:
        """Return a deadline; UnknownNameError lists the known ones."""
        if name not in self.deadlines:
            raise UnknownNameError("deadline", name, tuple(sorted(self.deadlines)))
        return self.deadlines[name]

    def applies_on(self, day: date) -> bool:
        """Return whether the regulation applied on `day`; its predecessor is not modelled."""
        return day >= self.applies_from

    def cite(self, article: str, source: str = "regulation") -> Citation:
        """Return the citation of an article."""
        return self.sources[source].cite(f"law: {self.id}", str(article_text(article)))


def article_text(article: str) -> Text:
    """Return `Article 16(5)` as a sentence for either language."""
    return text("Article {article}", article=article)


@cache
def export_rules() -> ExportRules:
    """Return the packaged rules, read once; PackagedFactError if the file is not valid."""
    return packaged_facts(ExportRules, "overzicht.law", RULES_FILE)


def unverified_text(names: tuple[str, ...]) -> Text | None:
    """Return the parts of a rule without a source as a sentence; None if there are none."""
    if not names:
        return None
    return text("unverified: {what}", what=joined(UNVERIFIED[name] for name in names))


UNVERIFIED = {
    "all": text("the whole rule"),
    "since when": text("start date"),
    "which of them": text("which ones"),
    "working day": text("that Saturdays and Sundays are not working days"),
    "event day": text("that the day of the event is not counted"),
    "article number": text("the number of the article"),
    "wording": text("the exact wording"),
}
