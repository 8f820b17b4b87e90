"""The dated rules of the dual-use regulations: deadlines, questions, criteria, duties, with articles.

`export_rules(day)` returns the rules of the regulation in force on a date: 2021/821, or 428/2009 before it.
"""

from datetime import date
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from overzicht.dates import Holds
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.packaged import ById, LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.phrases import joined
from overzicht.evidence.source import Document
from overzicht.law.timeline import check_order, value_on

RULES_FILE = "data/export-licensing.yaml"
LAW = "Regulation (EU) 2021/821"


class EarlierRule(StrictModel):
    """A rule under Regulation 428/2009: its article, and its words if they differ.

    `source` is a key of the sources if another act has the rule. `unverified` names what was not read.
    """

    article: str
    source: str = "regulation"
    unverified: tuple[str, ...] = ()
    en: str = ""
    nl: str = ""


class DatedRule(LocalizedText):
    """A rule with its article, and how it was `before`; None if the earlier regulation had no such rule."""

    id: str
    article: str
    source: Annotated[str, HIDDEN] = "regulation"
    unverified: tuple[str, ...] = ()
    before: Annotated[EarlierRule | None, HIDDEN] = None

    def in_regulation_of(self, day: date) -> Self:
        """Return the rule as the regulation of `day` had it; itself if the earlier one had none."""
        return self if day >= _packaged_rules().applies_from else self.earlier() or self

    def earlier(self) -> Self | None:
        """Return the rule as the earlier regulation had it; None if it had none."""
        if self.before is None:
            return None
        changes = {
            "article": self.before.article,
            "source": self.before.source,
            "before": None,
            "unverified": self.before.unverified,
        }
        words = {"en": self.before.en, "nl": self.before.nl} if self.before.en else {}
        return self.model_copy(update={**changes, **words})


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


class Deadline(DatedRule):
    """A deadline over time, with its article and the meaning of silence."""

    silence: LocalizedText
    values: tuple[DeadlineValue, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _in_order(self) -> "Deadline":
        check_order(self.values)
        return self

    def on(self, day: date) -> DeadlineValue:
        """Return the value in force on `day`."""
        return value_on(self.values, day)


class Rule(DatedRule):
    """A question under the law, with its article."""


class Criterion(DatedRule):
    """A criterion of Article 15; `obliges` states whether it obliges to refuse, None if it does not say."""

    obliges: bool | None = None
    only_for: tuple[str, ...] = ()


class Duty(DatedRule):
    """The consequence of being informed, aware, suspicious, or of a national measure."""

    trigger: Literal["informed", "aware", "suspicion", "measure"]
    does: Literal["authorise", "notify", "national"]


class CountingRule(LocalizedText):
    """How working days are counted."""

    unverified: tuple[str, ...]
    sources: tuple[str, ...]


class DenialReviews(StrictModel):
    """Interval between reviews of a denial in years, and the first review that requires reasons.

    `reasons_since` is the first day on which reasons are required.
    """

    article: str
    every_years: int
    reasons_from_review: int
    reasons_since: date
    sources: tuple[str, ...]


class RecordKeeping(StrictModel):
    """Retention period of records in years, from the end of the calendar year."""

    article: str
    years: int
    sources: tuple[str, ...]


class EarlierRegulation(StrictModel):
    """The regulation that was in force before: its number, dates, source and record keeping."""

    regulation: str
    applies_from: date
    source: str
    records: RecordKeeping


class ExportRules(StrictModel):
    """Contents of `export-licensing.yaml`; `regulation` is the number of the act."""

    id: str
    last_value_still_valid_on: date
    regulation: str
    applies_from: date
    earlier: EarlierRegulation
    counting: CountingRule
    deadlines: ById[Deadline]
    denial_reviews: DenialReviews
    records: RecordKeeping
    rules: ById[Rule]
    criteria: ById[Criterion]
    duties: ById[Duty]
    sources: dict[str, Document]

    def deadline(self, name: str) -> Deadline:
        """Return a deadline; UnknownNameError lists the known ones."""
        if name not in self.deadlines:
            raise UnknownNameError("deadline", name, tuple(sorted(self.deadlines)))
        return self.deadlines[name]

    def applies_on(self, day: date) -> bool:
        """Return whether the regulation applied on `day`."""
        return day >= self.applies_from

    @property
    def is_earlier(self) -> bool:
        """Whether these are the rules of the earlier regulation."""
        return self.regulation == self.earlier.regulation

    def cite_rule(self, rule: DatedRule) -> Citation:
        """Return the citation of a rule, in the act that has it."""
        return self.cite(rule.article, rule.source)

    def cite(self, article: str, source: str = "regulation") -> Citation:
        """Return the citation of an article."""
        return self.sources[source].cite(f"law: {self.id}", str(article_text(article)))


def article_text(article: str) -> Text:
    """Return `Article 16(5)` as a sentence for either language."""
    return text("Article {article}", article=article)


def export_rules(day: date | None = None) -> ExportRules:
    """Return the rules of the regulation in force on `day`, by default the present one.

    Before Regulation 428/2009 its rules are returned; `applies_on` is then False. PackagedFactError if the
    packaged file is not valid.
    """
    present = _packaged_rules()
    return present if day is None or present.applies_on(day) else _earlier_rules()


@cache
def _packaged_rules() -> ExportRules:
    return packaged_facts(ExportRules, "overzicht.law", RULES_FILE)


@cache
def _earlier_rules() -> ExportRules:
    present = _packaged_rules()
    earlier = present.earlier
    changes = {
        name: {key: then for key, rule in getattr(present, name).items() if (then := rule.earlier())}
        for name in ("deadlines", "rules", "criteria", "duties")
    }
    sources = {**present.sources, "regulation": present.sources[earlier.source]}
    return present.model_copy(
        update={
            **changes,
            "regulation": earlier.regulation,
            "applies_from": earlier.applies_from,
            "records": earlier.records,
            "sources": sources,
        }
    )


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
