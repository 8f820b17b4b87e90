"""Change over rounds: only bodies with an answer in both are compared, and the rest is counted apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from sqlalchemy import Connection

from overzicht.census.answers import Depth, Question
from overzicht.census.disclosure import FEWEST, gives_away
from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.store.census import rounds as stored
from overzicht.store.census.returns import StoredReturn
from overzicht.workflows.census.rounds import BodyReturn, confidential_bodies, load_round
from overzicht.workflows.census.states import RoundAnswers, is_private, round_answers
from overzicht.workflows.census.tables import body_tables

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
    """A round with the answers of its bodies, and the sets of bodies that a number is published about."""

    known: RoundAnswers
    had: dict[str, bool] = field(init=False)
    sets: list[frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.had = {state.id: state.has is Holds.YES for state in self.known.states if state.is_settled}
        self.sets = [frozenset(self.had)]

    def add_tables(self) -> None:
        """Add the rows of the tables of its overview, which are made after its comparisons."""
        self.sets += [own for table in body_tables(self.known.states, self.sets) for own in table.sets]


def trend(
    connection: Connection, known: RoundAnswers, question: Question
) -> Iterator[tuple[TrendPoint, frozenset[str]]]:
    """Yield the comparison with each earlier round on the same kinds of body, and the bodies of it.

    None is made of fewer than three bodies, or that would give the answer of a body away beside any number
    about either round that has been published: of its own overview, or of that of a round in between.
    """
    own, day = known.loaded.round, known.loaded.day
    past = [
        _Published(round_answers(connection, load_round(connection, other.id, day), question))
        for other in takewhile(lambda other: other.id != own.id, stored.list_rounds(connection))
        if other.settings.kinds == own.settings.kinds
    ]
    now = _Published(known)
    if is_private(question):
        for place, later in enumerate(past):
            for earlier in past[:place]:
                _compared(earlier, later, is_secret=True)
            later.add_tables()
    for earlier in past:
        both = _compared(earlier, now, is_secret=is_private(question))
        if both:
            had, have = sum(earlier.had[body] for body in both), sum(now.had[body] for body in both)
            rests = (len(earlier.had) - len(both), len(now.had) - len(both))
            devices = _devices(earlier.known.loaded.answers, known.loaded.answers)
            before = earlier.known.loaded.round.id
            yield TrendPoint(before, own.id, len(both), had, have, *rests, devices), both


def _compared(earlier: _Published, later: _Published, *, is_secret: bool) -> frozenset[str]:
    """Return the bodies of two rounds that may be compared, and add them to both; empty if none may be."""
    dates = (earlier.known.loaded.round.reference_date, later.known.loaded.round.reference_date)
    both = frozenset(earlier.had.keys() & later.had.keys())
    if dates[0] == dates[1] or len(both) < FEWEST:
        return frozenset()
    if is_secret and any(gives_away([*own.sets, both]) for own in (earlier, later)):
        return frozenset()
    earlier.sets.append(both)
    later.sets.append(both)
    return both


def _devices(earlier: Mapping[str, BodyReturn], later: Mapping[str, BodyReturn]) -> DeviceTrend | None:
    """Return the devices of the bodies that gave numbers in both rounds; None for fewer than three."""
    before, after = _numbers(earlier), _numbers(later)
    both = sorted(before.keys() & after.keys())
    if len(both) < FEWEST:
        return None
    return DeviceTrend(
        len(both),
        sum(before[body].least for body in both),
        sum(after[body].least for body in both),
        sum(after[body].replaced for body in both),
    )


def _numbers(answers: Mapping[str, BodyReturn]) -> Mapping[str, StoredReturn]:
    """Return the returns with numbers that bodies gave themselves and not in confidence."""
    shut = confidential_bodies(answers)
    return {
        body: own.answer
        for body, own in answers.items()
        if not own.through and own.answer.depth in COUNTED and body not in shut
    }
