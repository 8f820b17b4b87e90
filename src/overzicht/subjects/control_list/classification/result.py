"""What a classification comes to: each path with its answer, its reasons, what is missing and quotes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from overzicht.evidence import Citation, Text, text
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.control_list.path import ControlPath
from overzicht.subjects.control_list.quantity import Quantity, Threshold


class ConditionResult(WordedEnum):
    """Whether conditions are met; unknown never means no."""

    MET = "met", text("met")
    NOT_MET = "not met", text("not met")
    UNKNOWN = "unknown", text("unknown")


@dataclass(frozen=True, slots=True)
class EvaluatedCondition:
    """A single condition with what it was decided on; `missing` is the fact that would decide an unknown."""

    sentence: Annotated[Text, shown_as("says")]
    met: ConditionResult
    fact: str = ""
    missing: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a tree of conditions, and only those leaves that decide it or keep it open."""

    met: ConditionResult
    leaves: tuple[EvaluatedCondition, ...] = ()
    paths: tuple[ControlPath, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of missing facts, distinct, in order."""
        return tuple(dict.fromkeys(leaf.missing for leaf in self.leaves if leaf.missing))


@dataclass(frozen=True, slots=True)
class Release:
    """A note that may take the item out, and whether its conditions are met."""

    at: str
    note: str
    sentence: Annotated[Text, shown_as("says")]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the user's own copy of the list: of a provision, or of a note."""

    path: ControlPath
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class PathResult:
    """A provision with its answer; `conditions` is before the releases, `met` after them.

    `used` are the provisions behind the answer: itself, referenced ones, and those of its notes.
    """

    path: ControlPath
    covers: Text
    met: ConditionResult
    conditions: Outcome
    releases: tuple[Release, ...] = ()
    quotes: tuple[Quote, ...] = ()
    used: tuple[ControlPath, ...] = ()
    reading: Text | None = None
    asks_a_person: bool = False

    @property
    def released_by(self) -> Release | None:
        """The note that excludes the item, if all other conditions are met or unknown."""
        if self.conditions.met is ConditionResult.NOT_MET:
            return None
        return next(
            (release for release in self.releases if release.outcome.met is ConditionResult.MET), None
        )

    @property
    def reasons(self) -> tuple[EvaluatedCondition, ...]:
        """The leaves that explain the answer: of the conditions, and of the notes that decide or are open."""
        if self.conditions.met is ConditionResult.NOT_MET:
            return self.conditions.leaves
        if self.released_by is not None:
            return (*self.conditions.leaves, *self.released_by.outcome.leaves)
        return (
            *self.conditions.leaves,
            *(leaf for release in self.releases for leaf in release.outcome.leaves),
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would decide an unknown result; empty for a decided one."""
        if self.met is not ConditionResult.UNKNOWN:
            return ()
        return tuple(dict.fromkeys(leaf.missing for leaf in self.reasons if leaf.missing))


@dataclass(frozen=True, slots=True)
class Question:
    """A question of law outside the list that a person answers, with its article and why it is asked."""

    article: str
    sentence: Annotated[Text, shown_as("says")]
    because: Text
    answer: ConditionResult
    citations: tuple[Citation, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """An answer to a criterion: yes, no, or a quantity that is compared with the limits of the criterion."""

    key: str
    value: bool | Quantity
    shown: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """A criterion that a person is asked, with its answer and the limits in its words.

    `is_needed` marks an open one that can still change the result of its entry.
    """

    key: str
    path: ControlPath
    words: str
    thresholds: tuple[Threshold, ...]
    met: ConditionResult
    is_needed: bool
    answer: ItemAnswer | None = None


@dataclass(frozen=True, slots=True)
class EntryResult:
    """An entry with its result; `criteria` is empty if its text is not loaded."""

    path: ControlPath
    covers: str
    met: ConditionResult
    criteria: tuple[CriterionResult, ...] = ()

    @property
    def needed(self) -> tuple[CriterionResult, ...]:
        """The open criteria that can still change the result, in the order in which to ask them."""
        return tuple(criterion for criterion in self.criteria if criterion.is_needed)


@dataclass(frozen=True, slots=True)
class Classification:
    """The complete answer for an item on a date, under one version of the list.

    `not_walked` are paths whose rules are for other functions. `entries` are all entries that could describe
    an item with its functions, each decided by rules and by answers to its text. `unused` are stated facts
    that no rule uses.
    """

    item: str
    name: str
    day: date
    version: str
    results: tuple[PathResult, ...]
    not_walked: tuple[ControlPath, ...]
    unlisted: tuple[Text, ...]
    routes: tuple[Question, ...]
    cautions: tuple[Text, ...]
    unused: tuple[str, ...] = ()
    entries: tuple[EntryResult, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is unknown if a provision describes the item: an entry that could is not decided."""
        is_met = bool(self.with_answer(ConditionResult.MET)) or any(
            entry.met is ConditionResult.MET for entry in self.entries
        )
        is_unknown = any(result.met is ConditionResult.UNKNOWN for result in self.results)
        return is_unknown or (not is_met and bool(self.open_entries))

    @property
    def open_entries(self) -> tuple[EntryResult, ...]:
        """The entries that could describe the item and are not decided."""
        return tuple(entry for entry in self.entries if entry.met is ConditionResult.UNKNOWN)

    def with_answer(self, met: ConditionResult) -> tuple[PathResult, ...]:
        """Return the paths with an answer, in the order of the list."""
        return tuple(result for result in self.results if result.met is met)

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts that would decide the unknown paths, distinct."""
        return tuple(dict.fromkeys(name for result in self.results for name in result.missing))

    @property
    def cited(self) -> tuple[ControlPath, ...]:
        """Provisions behind the answer, distinct."""
        return tuple(dict.fromkeys(path for result in self.results for path in result.used))
