"""Change over rounds: only bodies with an answer in both are compared, and the rest is counted apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.subjects.census import return_records as stored_returns
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.coverage import BodyState
from overzicht.subjects.census.disclosure import FEWEST, gives_away
from overzicht.subjects.census.return_records import ReturnSummary
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.census.rounds_workflow import BodyReturn, body_returns, confidential_bodies
from overzicht.subjects.census.states_workflow import RoundAnswers, answers_to, is_private
from overzicht.subjects.census.tables import body_tables

COUNTED = (Depth.REGISTER, Depth.MODELS, Depth.COUNTS)


@dataclass(frozen=True, slots=True)
class DeviceTrend:
    """Devices of the bodies that gave numbers in two rounds, at least; `replaced` by the later one."""

    bodies: int
    before: int
    after: int
    replaced: int


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Two rounds compared by the bodies that answered the question in both.

    `only_earlier` and `only_later` answered it in one of them, and are not compared. `devices` is None if
    too few bodies gave numbers in both.
    """

    earlier: str
    later: str
    bodies: int
    had: int
    have: int
    only_earlier: int
    only_later: int
    devices: DeviceTrend | None = None

    @property
    def sentence(self) -> Text:
        """The comparison in a sentence."""
        return text(
            "Of {bodies} bodies with an answer in both rounds, {had} had it in {earlier}, {have} in {later}.",
            bodies=self.bodies,
            had=self.had,
            have=self.have,
            earlier=self.earlier,
            later=self.later,
        )

    @property
    def sentences(self) -> Iterator[Text]:
        """The comparison, the bodies apart from it, and the devices."""
        yield self.sentence
        if self.only_earlier or self.only_later:
            yield text(
                "Not compared, bodies that answered only in {earlier}: {before}; only in {later}: {after}.",
                before=self.only_earlier,
                after=self.only_later,
                earlier=self.earlier,
                later=self.later,
            )
        if self.devices is not None:
            own = self.devices
            yield text(
                "{bodies} bodies gave numbers in both rounds: at least {before} devices in {earlier}, and "
                "{after} in {later}. They replaced {replaced}.",
                bodies=own.bodies,
                before=own.before,
                after=own.after,
                replaced=own.replaced,
                earlier=self.earlier,
                later=self.later,
            )


@dataclass(slots=True)
class _Published:
    """A round with what it has published by a date: `sets` are the bodies that a number is about.

    `had` is the answer of each body that answered the question itself, `numbers` the returns with numbers.
    """

    round: StoredRound
    had: Mapping[str, Holds]
    numbers: Mapping[str, ReturnSummary]
    sets: list[frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.sets = [frozenset(self.had)]

    def add_tables(self, parts: Mapping[str, tuple[str, str]]) -> None:
        """Add the rows of the tables of its overview, which are made after its comparisons.

        `parts` are the kind and the region of each body.
        """
        states = [BodyState(body, *parts[body], has=has) for body, has in self.had.items()]
        self.sets += [own for table in body_tables(states, self.sets) for own in table.sets]

    def having(self, bodies: Iterable[str]) -> int:
        """Return how many of these bodies had it."""
        return sum(self.had[body] is Holds.YES for body in bodies)


def trend(
    connection: Connection, known: RoundAnswers, question: Question
) -> Iterator[tuple[TrendPoint, frozenset[str]]]:
    """Yield the comparison with each earlier round on the same kinds of body, and the bodies of it.

    None is made of fewer than three bodies, or that would give the answer of a body away beside any number
    about either round that has been published: of its own overview, or of that of a round in between.
    """
    own, is_secret = known.loaded.round, is_private(question)
    past: list[_Published] = []
    for other in takewhile(lambda other: other.id != own.id, stored.list_rounds(connection)):
        if other.settings.kinds == own.settings.kinds:
            parts = stored.parts_of_bodies(connection, other.id)
            # an earlier round on a date, of all its bodies
            answers = body_returns(stored_returns.read_returns(connection, other.id, known.loaded.day), parts)
            holds = answers_to(connection, other, answers, question)
            earlier_settled = {body: has for body, has in holds.items() if has is not Holds.UNKNOWN}
            later = _Published(other, earlier_settled, _numbers(answers))
            if is_secret:
                for earlier in past:
                    _compared(earlier, later, is_secret=True)
                later.add_tables(parts)
            past.append(later)
    settled = {state.id: state.has for state in known.states if state.is_settled}
    now = _Published(own, settled, _numbers(known.loaded.answers))
    for earlier in past:
        both = _compared(earlier, now, is_secret=is_secret)
        if both:
            rests = (len(earlier.had) - len(both), len(now.had) - len(both))
            numbers = (len(both), earlier.having(both), now.having(both), *rests)
            # the devices of the bodies that gave numbers in both rounds; None for fewer than three
            own_both = sorted(earlier.numbers.keys() & now.numbers.keys())
            if len(own_both) < FEWEST:
                devices = None
            else:
                devices = DeviceTrend(
                    len(own_both),
                    sum(earlier.numbers[body].least for body in own_both),
                    sum(now.numbers[body].least for body in own_both),
                    sum(now.numbers[body].replaced for body in own_both),
                )
            yield TrendPoint(earlier.round.id, own.id, *numbers, devices), both


def _compared(earlier: _Published, later: _Published, *, is_secret: bool) -> frozenset[str]:
    """Return the bodies of two rounds that may be compared, and add them to both; empty if none may be."""
    dates = (earlier.round.reference_date, later.round.reference_date)
    both = frozenset(earlier.had.keys() & later.had.keys())
    if dates[0] == dates[1] or len(both) < FEWEST:
        return frozenset()
    if is_secret and any(gives_away([*own.sets, both]) for own in (earlier, later)):
        return frozenset()
    earlier.sets.append(both)
    later.sets.append(both)
    return both


def _numbers(answers: Mapping[str, BodyReturn]) -> Mapping[str, ReturnSummary]:
    """Return the returns with numbers that bodies gave themselves and not in confidence."""
    shut = confidential_bodies(answers)
    return {
        body: own.answer
        for body, own in answers.items()
        if not own.through and own.answer.depth in COUNTED and body not in shut
    }
