"""The national overview of a round: coverage first, then bounds, then numbers that give no body away."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.census.answers import ANSWERED, CountLine, Depth, Level, Question, has
from overzicht.census.coverage import BodyState, Coverage, Outcome, coverage, outcome, tally_of
from overzicht.census.disclosure import FEWEST, Cell, suppress
from overzicht.census.requests import RequestState
from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.store.census import claims as stored_claims
from overzicht.store.census import returns as stored_returns
from overzicht.store.census import rolls as stored_rolls
from overzicht.store.census import rounds as stored
from overzicht.store.census.rounds import StoredRound
from overzicht.store.database import reading
from overzicht.workflows.census.claims import claims_by_body, maker_name
from overzicht.workflows.census.rounds import BodyReturn, RoundView, _round_view, answers_of

OTHERS = "?"  # the cell of those that were joined
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
            bodies=self.bodies, had=self.had, have=self.have, earlier=self.earlier, later=self.later,
        )  # fmt: skip


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
    makers: tuple[OverviewRow, ...]
    devices: tuple[OverviewRow, ...]
    trend: tuple[TrendPoint, ...]
    bodies: tuple[PublicBody, ...]


@dataclass(frozen=True, slots=True)
class RoundAnswers:
    """A round on a date with the states of its bodies for a question; `shut` are bodies in confidence."""

    round: StoredRound
    view: RoundView
    states: tuple[BodyState, ...]
    answers: Mapping[str, BodyReturn]
    shut: frozenset[str]


def round_answers(
    connection: Connection,
    round_id: str,
    day: date,
    question: Question = Question(),  # noqa: B008 - frozen
) -> RoundAnswers:
    """Return the state of each body of a round for a question on a date."""
    own = stored.get_round(connection, round_id)
    view = _round_view(connection, own.id, day)
    requests = stored.read_requests(connection, own.id)
    answers = answers_of(connection, own, requests, day)
    lines = stored_returns.lines_by_return(connection, own.id, day, question.makers)
    claimed = _claimed(connection, own, question)
    states = []
    for request, line in zip(view.requests, requests, strict=True):
        answer = answers.get(request.body)
        holds = _holds(answer, lines, question, own) if answer else Holds.UNKNOWN
        states.append(
            BodyState(
                request.body,
                request.kind,
                request.region,
                line.size,
                request.depth,
                holds,
                is_claimed=request.body in claimed,
            )
        )
    shut = frozenset(
        body
        for body, given in answers.items()
        if given.answer.level is Level.COVERAGE and given.answer.depth in ANSWERED
    )
    return RoundAnswers(own, view, tuple(states), answers, shut)


def _holds(
    answer: BodyReturn, lines: Mapping[int, tuple[CountLine, ...]], question: Question, own: StoredRound
) -> Holds:
    """Return the answer of a body; of a joint service only a no is an answer for each of its members."""
    holds = has(question, lines.get(answer.answer.id, ()), own.settings.scopes)
    return Holds.UNKNOWN if answer.through and holds is Holds.YES else holds


def _claimed(connection: Connection, own: StoredRound, question: Question) -> frozenset[str]:
    """Return the bodies that a claim shows to have what a question asks by the reference date."""
    claims = stored_claims.read_claims(connection, own.reference_date)
    telling = [claim for claim in claims if claim.proves_presence(question.makers, own.reference_date)]
    if not telling or question.kind:
        return frozenset()
    roll = stored_rolls.read_bodies(connection, [own.roll_id])
    return frozenset(claims_by_body(telling, roll, own.reference_date))


def _national_overview(
    connection: Connection,
    round_id: str,
    day: date,
    question: Question = Question(),  # noqa: B008 - frozen
) -> NationalOverview:
    """Return the overview of a round on a date, without numbers that give a body away."""
    known = round_answers(connection, round_id, day, question)
    public = _public_states(known)
    covered = coverage(known.states, day, bodies_of(known.round), known.shut)
    result = outcome(public)
    left_out = sum(s.is_settled for s in known.states) - sum(s.is_settled for s in public)
    sums = list(stored_returns.device_sums(connection, known.round.id, day, "maker"))
    kinds = list(stored_returns.device_sums(connection, known.round.id, day, "kind"))
    trend = tuple(_trend(connection, known, public, question))
    hidden = known.shut if left_out else frozenset()
    devices = _device_sentence(known, hidden)
    secret = text(
        "{count} answers in confidence are too few to add; they count as not answered.", count=left_out
    )
    what = text("Question: {question}.", question=question_text(question))
    return NationalOverview(
        round=known.round.id,
        title=known.round.title,
        reference_date=known.round.reference_date,
        day=day,
        question=question_text(question),
        coverage=covered,
        outcome=result,
        sentences=(
            covered.sentence, what, *result.sentences, *([secret] if left_out else []), *devices,
            *(point.sentence for point in trend),
        ),
        kinds=_body_rows(public, known.shut, lambda state: state.kind),
        regions=_body_rows(public, known.shut, lambda state: state.region or "-"),
        makers=_device_rows(sums, known, hidden),
        devices=_device_rows(kinds, known, hidden),
        trend=trend,
        bodies=tuple(_public_bodies(known)),
    )  # fmt: skip


national_overview = reading(_national_overview)


def question_text(question: Question) -> Text:
    """Return what a question asks, in words."""
    names = ", ".join(sorted(map(maker_name, question.makers)))
    what = text("{kind} equipment", kind=question.kind) if question.kind else text("surveillance equipment")
    return text("has {what} of {makers}", what=what, makers=names) if names else text("has {what}", what=what)


def bodies_of(own: StoredRound) -> Text:
    """Return the bodies of a round in words."""
    return (
        text("bodies ({kinds})", kinds=", ".join(own.settings.kinds))
        if own.settings.kinds
        else text("bodies")
    )


def _public_states(known: RoundAnswers) -> tuple[BodyState, ...]:
    """Return the states with the answers in confidence, or without them if they are too few to hide."""
    total = _cell("", [state for state in known.states if state.is_settled], known.shut)
    if total.is_safe:
        return known.states
    return tuple(
        BodyState(s.id, s.kind, s.region, s.size, s.depth) if s.id in known.shut else s for s in known.states
    )


def _cell(key: str, states: Sequence[BodyState], shut: frozenset[str]) -> Cell:
    own = [state for state in states if state.id in shut and state.is_settled]
    have = sum(state.has is Holds.YES for state in states)
    settled = sum(state.is_settled for state in states)
    return Cell(key, have, settled, have, len(own), sum(state.has is Holds.YES for state in own))


def _body_rows(
    states: Sequence[BodyState], shut: frozenset[str], key: Callable[[BodyState], str]
) -> tuple[OverviewRow, ...]:
    groups: dict[str, list[BodyState]] = defaultdict(list)
    for state in states:
        groups[key(state)].append(state)
    published = suppress([_cell(name, own, shut) for name, own in sorted(groups.items())])
    rows = [OverviewRow(c.key, len(groups[c.key]), c.have, c.bodies) for c in published.cells]
    if published.joined is not None:
        bodies = sum(len(groups[name]) for name in published.keys)
        joined_cell = published.joined
        rows.append(OverviewRow(OTHERS, bodies, joined_cell.have, joined_cell.bodies, published.keys))
    return tuple(rows)


def _device_rows(
    sums: Iterable[stored_returns.DeviceSum], known: RoundAnswers, hidden: frozenset[str]
) -> tuple[OverviewRow, ...]:
    """Return the devices by key; a key that only few bodies have is joined with others."""
    shut = known.shut - hidden
    numbers, bodies, secret = Counter[str](), Counter[str](), Counter[str]()
    for item in sums:
        if item.body_id not in hidden and item.least:
            numbers[item.key] += item.least
            bodies[item.key] += 1
            secret[item.key] += item.body_id in shut
    cells = [
        Cell(key, numbers[key], bodies[key], bodies[key], len(shut) if secret[key] else 0, secret[key])
        for key in sorted(numbers, key=lambda key: (-numbers[key], key))
    ]
    published = suppress(cells)
    rows = [OverviewRow(c.key, c.have, c.have, c.number) for c in published.cells]
    if published.joined is not None:
        own = published.joined
        rows.append(OverviewRow(OTHERS, own.have, own.have, own.number, published.keys))
    return tuple(rows)


def _device_sentence(known: RoundAnswers, hidden: frozenset[str]) -> tuple[Text, ...]:
    counted = {
        body: a.answer for body, a in known.answers.items() if not a.through and a.answer.depth in COUNTED
    }
    secret = [body for body in counted if body in known.shut]
    if hidden or len(secret) < FEWEST:
        counted = {body: answer for body, answer in counted.items() if body not in known.shut}
    if not counted:
        return ()
    replaced = sum(answer.replaced for answer in counted.values())
    shown = text(
        "Bodies that gave numbers: {bodies}. Their own devices: at least {devices}.",
        bodies=len(counted), devices=sum(answer.least for answer in counted.values()),
    )  # fmt: skip
    gone = text("They replaced {count} devices since their first count.", count=replaced)
    return (shown, gone) if replaced else (shown,)


def _trend(
    connection: Connection, known: RoundAnswers, public: Sequence[BodyState], question: Question
) -> Iterable[TrendPoint]:
    """Yield the comparison with each earlier round on the same kinds of body, for bodies in both."""
    now = {state.id: state for state in public if state.is_settled}
    for other in stored.list_rounds(connection):
        is_earlier = other.reference_date < known.round.reference_date
        if other.id == known.round.id or not is_earlier or other.settings.kinds != known.round.settings.kinds:
            continue
        earlier = round_answers(connection, other.id, known.view.day, question)
        before = {state.id: state for state in _public_states(earlier) if state.is_settled}
        both = sorted(now.keys() & before.keys() - known.shut - earlier.shut)
        if both:
            had = tally_of([before[body] for body in both]).have
            yield TrendPoint(other.id, known.round.id, len(both), had, tally_of([now[b] for b in both]).have)


def _public_bodies(known: RoundAnswers) -> Iterable[PublicBody]:
    """Yield each body as its level allows; one in confidence is named only as having answered."""
    for request in known.view.requests:
        answer = known.answers.get(request.body)
        is_shut = request.body in known.shut
        devices = None
        if answer is not None and not is_shut and not answer.through and answer.answer.depth in COUNTED:
            devices = answer.answer.least
        yield PublicBody(
            request.body, request.name, request.kind, request.region,
            RequestState.ANSWERED if is_shut else request.state,
            None if is_shut else request.depth, devices,
        )  # fmt: skip
