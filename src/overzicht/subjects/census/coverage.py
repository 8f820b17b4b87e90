"""Coverage before any number: who answered, out of whom, how deep; then bounds, then an estimate or none."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.grouping import by_key
from overzicht.subjects.census.answers import ANSWERED, Depth
from overzicht.subjects.census.estimates import (
    FEWEST_ANSWERS,
    Estimate,
    Tally,
    chapman,
    estimate,
    size_classes,
    total_of,
)


@dataclass(frozen=True, slots=True)
class BodyState:
    """A body of a round on a date: the depth of its return, and its answer to the question.

    `claimed` is the date of the newest claim that shows it to have what the question asks (None: no claim
    does). That raises the lower bound of a silent body, and never makes a return.
    """

    id: str
    kind: str
    region: str = ""
    size: int | None = None
    depth: Depth = Depth.SILENT
    has: Holds = Holds.UNKNOWN
    claimed: date | None = None
    is_noted: bool = False  # by a source that is recorded as independent of the returns

    @property
    def is_answered(self) -> bool:
        """Whether it answered at all."""
        return self.depth in ANSWERED

    @property
    def is_settled(self) -> bool:
        """Whether it answered the question itself."""
        return self.has is not Holds.UNKNOWN


@dataclass(frozen=True, slots=True)
class Coverage:
    """The answers to a round until a date; `depths` has every depth with its number, silent ones too.

    `confidential` answered in confidence; their depths are not counted.
    """

    day: date
    bodies: Text
    roll: int
    answered: int
    depths: tuple[tuple[Depth, int], ...]
    confidential: int = 0

    @property
    def percent(self) -> int:
        """The response rate in whole percent, rounded down so that 100 is everybody."""
        return 100 * self.answered // self.roll if self.roll else 0

    @property
    def summary(self) -> Text:
        """The number that answered, in a short sentence."""
        if not self.roll:
            return text("On {day} there were no {bodies} on the roll.", day=self.day, bodies=self.bodies)
        return text(
            "On {day}, {answered} of {roll} {bodies} had answered ({percent} %).",
            day=self.day,
            roll=self.roll,
            bodies=self.bodies,
            answered=self.answered,
            percent=self.percent,
        )

    @property
    def sentence(self) -> Text:
        """The sentence before every number: who answered, and how deep."""
        if not self.roll:
            return self.summary
        parts = [text("{depth} {count}", depth=d.words, count=n) for d, n in self.depths if n]
        if self.confidential:
            parts.append(text("in confidence {count}", count=self.confidential))
        return text("{sentence} By depth: {depths}.", sentence=self.summary, depths=joined(parts))


def coverage(
    states: Sequence[BodyState], day: date, bodies: Text, confidential: Collection[str] = ()
) -> Coverage:
    """Return the coverage of the bodies of a round; the ids of some that answered are `confidential`."""
    depths = Counter(state.depth for state in states if state.id not in confidential)
    return Coverage(
        day=day,
        bodies=bodies,
        roll=len(states),
        answered=sum(state.is_answered for state in states),
        depths=tuple((depth, depths.get(depth, 0)) for depth in Depth),
        confidential=sum(state.id in confidential for state in states),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer to a question about all bodies: certain bounds, and the estimate if there may be one.

    `tally` counts the bodies that answered the question. `proved` adds bodies without such an answer that a
    claim shows to have it; the oldest of these claims is of `oldest_claim` (None: there are none).
    `by_claims` is Chapman's number of two independent sources, class by class; None without such a source or
    without overlap. It is a check, and no estimate follows from it.
    """

    tally: Tally
    proved: int
    estimate: Estimate | None
    by_claims: float | None = None
    oldest_claim: date | None = None

    @property
    def most(self) -> int:
        """The largest possible number."""
        return self.tally.most

    @property
    def sentences(self) -> tuple[Text, ...]:
        """Bounds, then the estimate with its assumption, or why there is none."""
        tally = self.tally
        bounds = text(
            "{answered} of these answered the question, and {have} of them have it. "
            "Between {least} and {most} of {roll} have it.",
            answered=tally.answered,
            have=tally.have,
            least=self.proved,
            most=self.most,
            roll=tally.roll,
        )
        if tally.answered == tally.roll:
            return (
                text(
                    "All answered the question: {have} of {roll} have it.", have=tally.have, roll=tally.roll
                ),
            )
        return (bounds, *self._claimed(), self._estimated(), *self._checked())

    def _claimed(self) -> tuple[Text, ...]:
        if self.oldest_claim is None:
            return ()
        return (
            text(
                "The lower bound includes {count} without a return, by what others state. The oldest of "
                "these statements is of {day}.",
                count=self.proved - self.tally.have,
                day=self.oldest_claim,
            ),
        )

    def _checked(self) -> tuple[Text, ...]:
        if self.by_claims is None:
            return ()
        number = round(self.by_claims)
        return (
            text(
                "Check by two independent sources, returns and claims (Chapman): about {number}.",
                number=number,
            ),
        )

    def _estimated(self) -> Text:
        if self.estimate is None:
            return text(
                "No estimate: a class of kind and size has fewer than {fewest} answers.",
                fewest=FEWEST_ANSWERS,
            )
        return text(
            "If those who kept silent are like those of their kind and size who answered, about {number} "
            "have it. In 95 of 100 such cases it is {low} to {high}. Whether they are alike is unknown.",
            number=round(self.estimate.number),
            low=self.estimate.low,
            high=self.estimate.high,
        )


def outcome(states: Sequence[BodyState]) -> Outcome:
    """Return the answer to the question of the states."""
    classes = strata(states)
    tallies = [tally_of(members) for members in classes.values()]
    claims = [state.claimed for state in states if state.claimed and not state.is_settled]
    proved = sum(state.has is Holds.YES for state in states) + len(claims)
    estimated = estimate(tallies)
    if estimated is not None:  # a claim is proof, so the interval cannot be below it
        estimated = Estimate(
            max(estimated.number, proved), max(estimated.low, proved), max(estimated.high, proved)
        )
    # the sum of Chapman's numbers of the classes; None if no body is in both sources
    counts = [
        (
            sum(state.has is Holds.YES for state in members),
            sum(state.is_noted for state in members),
            sum(state.has is Holds.YES and state.is_noted for state in members),
        )
        for members in classes.values()
    ]
    by_claims = sum(chapman(*count) for count in counts) if any(both for _, _, both in counts) else None
    return Outcome(total_of(tallies), proved, estimated, by_claims, min(claims, default=None))


def strata(states: Sequence[BodyState]) -> Mapping[tuple[str, int], Sequence[BodyState]]:
    """Return the bodies of each class of kind and size, in order."""
    by_kind = by_key((state.kind, state) for state in states)
    members: dict[tuple[str, int], list[BodyState]] = {}
    for kind, own in sorted(by_kind.items()):
        classes = size_classes([state.size for state in own], [state.is_settled for state in own])
        for number in sorted(set(classes)):
            members[kind, number] = []
        for state, number in zip(own, classes, strict=True):
            members[kind, number].append(state)
    return members


def tally_of(states: Sequence[BodyState]) -> Tally:
    """Return the tally of some bodies for the question."""
    has = Counter(state.has for state in states)
    return Tally(len(states), len(states) - has[Holds.UNKNOWN], has[Holds.YES])
