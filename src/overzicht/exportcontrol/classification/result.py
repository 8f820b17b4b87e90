"""What a classification comes to: each path with its answer, its reasons, what is missing and quotes."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from overzicht.evidence import Citation, Text, text
from overzicht.evidence.shown import shown_as
from overzicht.evidence.worded import WordedEnum
from overzicht.exportcontrol.controllist.path import ControlPath


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
        """The facts that are missing, each once, in order."""
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
    """A provision with its answer; `conditions` before the releases, `met` after them.

    `used` are the provisions that the answer rests on: itself, those it points to, where its notes stand.
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
        """The note that takes the item out, where all conditions but for it would be met or unknown."""
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
        """The facts that would settle an unknown, each once; empty for a settled answer."""
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
class Classification:
    """The whole answer for an item on a day, under a version of the list.

    `not_walked` are the paths whose rules are for other functions than the item is stated to have; the rest
    of the list has no rules at all. `unused` are stated facts that no rule asks for.
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

    def with_answer(self, met: ConditionResult) -> tuple[PathResult, ...]:
        """Return the paths with an answer, in the order of the list."""
        return tuple(result for result in self.results if result.met is met)

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that would settle the paths that are unknown, each once."""
        return tuple(dict.fromkeys(name for result in self.results for name in result.missing))

    @property
    def cited(self) -> tuple[ControlPath, ...]:
        """The provisions that the answer rests on, each once."""
        return tuple(dict.fromkeys(path for result in self.results for path in result.used))
