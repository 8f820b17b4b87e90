"""Change over rounds: only bodies with an answer in both are compared, and the rest is counted apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from overzicht.census.answers import Depth, Question
from overzicht.census.disclosure import FEWEST, gives_away
from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.store.census import returns as stored_returns
from overzicht.store.census import rounds as stored
from overzicht.store.census.returns import StoredReturn
from overzicht.workflows.census.rounds import BodyReturn, body_returns, confidential_bodies
from overzicht.workflows.census.states import RoundAnswers, answers_to, is_private

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


def trend(
    connection: Connection, known: RoundAnswers, question: Question
) -> Iterator[tuple[TrendPoint, frozenset[str]]]:
    """Yield the comparison with each earlier round on the same kinds of body, and the bodies of it.

    None is made that would give the answer of a body away: of fewer than three bodies, or of all but one or
    two of those that another number is about.
    """
    compared: list[frozenset[str]] = []
    now = {state.id: state.has is Holds.YES for state in known.states if state.is_settled}
    own = known.loaded.round
    for other in stored.list_rounds(connection):
        is_earlier = other.reference_date < own.reference_date
        if other.id == own.id or not is_earlier or other.settings.kinds != own.settings.kinds:
            continue
        returns = stored_returns.read_returns(connection, other.id, known.loaded.day)
        answers = body_returns(returns, stored.read_body_ids(connection, other.id))
        holds = answers_to(connection, other, answers, question)
        before = {body: had is Holds.YES for body, had in holds.items() if had is not Holds.UNKNOWN}
        both = frozenset(now.keys() & before.keys())
        rests = (len(before) - len(both), len(now) - len(both))
        is_open = 0 < rests[0] < FEWEST or gives_away([frozenset(now), *compared, both])
        if len(both) >= FEWEST and not (is_private(question) and is_open):
            had, have = sum(before[body] for body in both), sum(now[body] for body in both)
            devices = _devices(answers, known.loaded.answers)
            compared.append(both)
            yield TrendPoint(other.id, own.id, len(both), had, have, *rests, devices), both


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
