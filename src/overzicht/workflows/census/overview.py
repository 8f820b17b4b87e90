"""The national overview of a round: coverage first, then bounds, then numbers that give no body away."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.census.answers import UNNAMED, Depth, Question, has, unnamed_letter
from overzicht.census.claims import Claim
from overzicht.census.coverage import BodyState, Coverage, Outcome, coverage, outcome, tally_of
from overzicht.census.disclosure import Cell, suppress
from overzicht.census.requests import RequestState
from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.store.census import claims as stored_claims
from overzicht.store.census import returns as stored_returns
from overzicht.store.census import rounds as stored
from overzicht.store.census.returns import KeySum
from overzicht.store.census.rounds import StoredRound
from overzicht.store.database import reading
from overzicht.workflows.census.claims import claims_by_body, maker_name
from overzicht.workflows.census.rounds import (
    BodyReturn,
    LetterDates,
    LoadedRound,
    RequestView,
    body_returns,
    confidential_bodies,
    letter_with,
    letters_by_body,
    load_round,
    request_views,
)

OTHERS, NO_REGION = UNNAMED, "-"
MAKERS_NAMED = 3  # more are counted
COUNTED = (Depth.REGISTER, Depth.MODELS, Depth.COUNTS)


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """Bodies of one kind or region, or devices of one maker or kind; `joined` are keys of a joined row."""

    key: str
    bodies: int
    have: int
    number: int
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionResponse:
    """The bodies of a region, and those of them that answered; `joined` are the regions of a joined row."""

    region: str
    bodies: int
    answered: int
    joined: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """The response rate in whole percent, rounded down so that 100 is everybody."""
        return 100 * self.answered // self.bodies


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body as others may see it: its answer only at a level that it chose, never who is behind it."""

    id: str
    name: str
    kind: str
    region: str
    state: RequestState
    depth: Depth | None
    devices: int | None = None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Two rounds compared by the bodies that answered the question in both."""

    earlier: str
    later: str
    bodies: int
    had: int
    have: int

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


@dataclass(frozen=True, slots=True)
class NationalOverview:
    """Conclusions from a round on a date. `sentences` begin with the coverage; every number follows it."""

    round: str
    title: str
    reference_date: date
    day: date
    question: Text
    coverage: Coverage
    outcome: Outcome
    sentences: tuple[Text, ...]
    kinds: tuple[OverviewRow, ...]
    regions: tuple[OverviewRow, ...]
    response: tuple[RegionResponse, ...]
    makers: tuple[OverviewRow, ...]
    devices: tuple[OverviewRow, ...]
    trend: tuple[TrendPoint, ...]
    bodies: tuple[PublicBody, ...]


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """A round on a date with the states of its bodies for a question; those in confidence have no answer."""

    loaded: LoadedRound
    states: tuple[BodyState, ...]


def round_answers(
    connection: Connection, loaded: LoadedRound, question: Question, *, is_published: bool = False
) -> RoundAnswers:
    """Return the state of each body of a round for a question.

    For publication, claims count after the time of the body to reply.

    A body in confidence counts as answered, and its answer is in no number. A claim about it is left out too,
    so that no bound depends on what it answered.
    """
    holds = answers_to(connection, loaded.round, loaded.answers, question)
    claimed, noted = _claimed(connection, loaded, question, is_published=is_published)
    shut = loaded.confidential
    states = []
    for line in loaded.lines:
        answer = loaded.answers.get(line.body_id)
        states.append(
            BodyState(
                line.body_id,
                line.kind,
                line.region,
                line.size,
                answer.answer.depth if answer else Depth.SILENT,
                holds.get(line.body_id, Holds.UNKNOWN),
                is_claimed=line.body_id in claimed and line.body_id not in shut,
                is_noted=line.body_id in noted and line.body_id not in shut,
            )
        )
    return RoundAnswers(loaded, tuple(states))


def answers_to(
    connection: Connection, own: StoredRound, answers: Mapping[str, BodyReturn], question: Question
) -> Mapping[str, Holds]:
    """Return the answer of each body that is not in confidence.

    Of a joint service only a no is an answer for each of its members.
    """
    lines = stored_returns.lines_to_weigh(connection, own.id, question)
    is_any = not question.makers and not question.kind
    positive = frozenset() if is_any else stored_returns.positive_returns(connection, own.id, question)
    letter = unnamed_letter(question)
    holds = {}
    shut = confidential_bodies(answers)
    for body, given in answers.items():
        answer = given.answer
        if body in shut:
            continue
        if answer.id in lines:
            has_it = has(question, lines[answer.id], own.settings.scopes)
        elif is_any:
            has_it = answer.present or Holds.UNKNOWN
        elif answer.id in positive:
            has_it = Holds.YES
        else:
            has_it = Holds.NO if letter in answer.excludes else Holds.UNKNOWN
        holds[body] = Holds.UNKNOWN if given.through and has_it is Holds.YES else has_it
    return holds


def _claimed(
    connection: Connection, loaded: LoadedRound, question: Question, *, is_published: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the bodies that a claim shows to have what a question asks by the reference date.

    The second set has those of the groups of claims that do not depend on the returns. For publication, a
    claim counts once a letter with it is so old that the time to reply is over.
    """
    own = loaded.round
    claims = stored_claims.read_claims(connection, own.reference_date)
    telling = [claim for claim in claims if claim.proves_presence(question.makers, own.reference_date)]
    if not telling or question.kind:
        return frozenset(), frozenset()
    bodies = claims_by_body(connection, own, telling)
    if is_published:
        letters = letters_by_body(connection, loaded)
        bodies = {
            body: tuple(claim for claim in about if _is_replied(letters.get(body, ()), claim, loaded.day))
            for body, about in bodies.items()
        }
    groups = own.settings.independent_claims
    noted = (body for body, about in bodies.items() if any(claim.group in groups for claim in about))
    return frozenset(body for body, about in bodies.items() if about), frozenset(noted)


def _is_replied(letters: Sequence[LetterDates], claim: Claim, day: date) -> bool:
    letter = letter_with(letters, claim)
    return letter is not None and letter.published <= day


def _national_overview(
    connection: Connection,
    round_id: str,
    day: date,
    question: Question = Question(),  # noqa: B008 - frozen
    *,
    is_published: bool = False,
) -> NationalOverview:
    """Return the overview of a round on a date, without numbers that give a body away.

    For publication, claims to which a body still has time to reply are left out.
    """
    loaded = load_round(connection, round_id, day)
    known = round_answers(connection, loaded, question, is_published=is_published)
    shut = loaded.confidential
    views = request_views(connection, loaded)
    states = _with_refusals(known.states, views)
    covered = coverage(states, day, bodies_of(loaded.round), shut)
    result = outcome(known.states)
    sums = stored_returns.key_sums(connection, loaded.round.id, day, _counted_elsewhere(loaded))
    trend = tuple(_trend(connection, known, question))
    what = text("Question: {question}.", question=question_text(question))
    return NationalOverview(
        round=loaded.round.id,
        title=loaded.round.title,
        reference_date=loaded.round.reference_date,
        day=day,
        question=question_text(question),
        coverage=covered,
        outcome=result,
        sentences=(
            covered.sentence,
            what,
            *result.sentences,
            *_device_sentences(loaded),
            *(point.sentence for point in trend),
        ),
        kinds=_body_rows(known.states, lambda state: state.kind),
        regions=_body_rows(known.states, lambda state: state.region or NO_REGION),
        response=_region_responses(states),
        makers=_device_rows([own for own in sums if own.by == "maker"]),
        devices=_device_rows([own for own in sums if own.by == "kind"]),
        trend=trend,
        bodies=tuple(_public_body(view, loaded) for view in views),
    )


national_overview = reading(_national_overview)


def question_text(question: Question) -> Text:
    """Return what a question asks, in words."""
    return text("has {what}", what=equipment_text(question))


def equipment_text(question: Question) -> Text:
    """Return the equipment of a question in words; more than three makers are counted."""
    what = text("{kind} equipment", kind=question.kind) if question.kind else text("surveillance equipment")
    names = sorted(map(maker_name, question.makers))
    if not names:
        return what
    if len(names) > MAKERS_NAMED:
        return text("{what} of {count} makers", what=what, count=len(names))
    return text("{what} of {makers}", what=what, makers=", ".join(names))


def bodies_of(own: StoredRound) -> Text:
    """Return the bodies of a round in words."""
    return (
        text("bodies ({kinds})", kinds=", ".join(own.settings.kinds))
        if own.settings.kinds
        else text("bodies")
    )


def _with_refusals(states: Sequence[BodyState], views: Sequence[RequestView]) -> list[BodyState]:
    """Return the states with the bodies that refused by mail as refused, and not as silent."""
    return [
        replace(state, depth=Depth.REFUSED) if view.depth is Depth.REFUSED else state
        for state, view in zip(states, views, strict=True)
    ]


def _counted_elsewhere(loaded: LoadedRound) -> list[int]:
    """Return the returns of successors for parts of which one answered itself: their devices count there."""
    bodies = {line.body_id for line in loaded.lines}
    return sorted(
        answer.id
        for answer in loaded.returns.values()
        if answer.body_id not in bodies and any(part in loaded.returns for part in answer.answers_for)
    )


def _body_rows(states: Sequence[BodyState], key: Callable[[BodyState], str]) -> tuple[OverviewRow, ...]:
    groups: dict[str, list[BodyState]] = defaultdict(list)
    for state in states:
        groups[key(state)].append(state)
    tallies = {name: tally_of(own) for name, own in sorted(groups.items())}
    cells = [Cell(name, tally.have, tally.answered) for name, tally in tallies.items()]
    published = suppress(cells)
    rows = [OverviewRow(c.key, len(groups[c.key]), c.number, c.bodies) for c in published.cells]
    if published.joined is not None:
        bodies = sum(len(groups[name]) for name in published.keys)
        joined = published.joined
        rows.append(OverviewRow(OTHERS, bodies, joined.number, joined.bodies, published.keys))
    return tuple(rows)


def _region_responses(states: Sequence[BodyState]) -> tuple[RegionResponse, ...]:
    """Return the bodies that answered by region; regions of few bodies are joined."""
    bodies = Counter(state.region or NO_REGION for state in states)
    answered = Counter(state.region or NO_REGION for state in states if state.is_answered)
    published = suppress([Cell(name, answered[name], bodies[name]) for name in sorted(bodies)])
    rows = [RegionResponse(cell.key, cell.bodies, cell.number) for cell in published.cells]
    if published.joined is not None:
        joined = published.joined
        rows.append(RegionResponse(OTHERS, joined.bodies, joined.number, published.keys))
    return tuple(rows)


def _device_rows(sums: Sequence[KeySum]) -> tuple[OverviewRow, ...]:
    """Return the devices by key; a key that only few bodies have is joined with others."""
    published = suppress([Cell(own.key, own.least, own.bodies) for own in sums])
    rows = [OverviewRow(c.key, c.bodies, c.bodies, c.number) for c in published.cells]
    if published.joined is not None:
        own = published.joined
        rows.append(OverviewRow(OTHERS, own.bodies, own.bodies, own.number, published.keys))
    return tuple(rows)


def _device_sentences(loaded: LoadedRound) -> tuple[Text, ...]:
    shut = loaded.confidential
    counted = [
        own.answer
        for body, own in loaded.answers.items()
        if not own.through and own.answer.depth in COUNTED and body not in shut
    ]
    if not counted:
        return ()
    replaced = sum(answer.replaced for answer in counted)
    shown = text(
        "Bodies that gave numbers: {bodies}. Their own devices: at least {devices}.",
        bodies=len(counted),
        devices=sum(answer.least for answer in counted),
    )
    gone = text("They replaced {count} devices since their first count.", count=replaced)
    return (shown, gone) if replaced else (shown,)


def _trend(connection: Connection, known: RoundAnswers, question: Question) -> Iterable[TrendPoint]:
    """Yield the comparison with each earlier round on the same kinds of body, for bodies in both."""
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
        both = now.keys() & before.keys()
        if both:
            had, have = sum(before[body] for body in both), sum(now[body] for body in both)
            yield TrendPoint(other.id, own.id, len(both), had, have)


def _public_body(view: RequestView, loaded: LoadedRound) -> PublicBody:
    """Return a body as its level allows; one in confidence is named only as having answered."""
    answer = loaded.answers.get(view.body)
    is_counted = (
        answer is not None
        and view.depth is not None
        and not answer.through
        and answer.answer.depth in COUNTED
    )
    devices = answer.answer.least if answer is not None and is_counted else None
    return PublicBody(view.body, view.name, view.kind, view.region, view.state, view.depth, devices)
