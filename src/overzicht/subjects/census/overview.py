"""The national overview of a round: coverage first, then bounds, then numbers that give no body away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import Text, text
from overzicht.store.database import reading
from overzicht.subjects.census import return_records as stored_returns
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.claims_workflow import maker_name
from overzicht.subjects.census.coverage import Coverage, Outcome, coverage, outcome
from overzicht.subjects.census.requests import RequestState
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.census.rounds_workflow import (
    LoadedRound,
    load_round,
    request_views,
)
from overzicht.subjects.census.states_workflow import is_private, round_answers
from overzicht.subjects.census.tables import (
    OverviewRow,
    RegionResponse,
    body_tables,
    device_rows,
    region_responses,
)
from overzicht.subjects.census.trend import COUNTED, TrendPoint, trend

MAKERS_NAMED = 3  # more are counted


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


def round_overview(
    connection: Connection, round_id: str, day: date, question: Question, *, is_published: bool
) -> NationalOverview:
    """Return the overview of a round on a date, without numbers that give a body away.

    For others only `publishing` makes it: claims to which a body still has time to reply are left out, and it
    is compared with earlier publications.
    """
    loaded = load_round(connection, round_id, day)
    known = round_answers(connection, loaded, question, is_published=is_published)
    shut = loaded.confidential
    views = request_views(connection, loaded)
    # the states with the bodies whose refusal counts as refused, and no others
    states = [
        replace(state, depth=view.depth) if view.depth in (Depth.REFUSED, Depth.SILENT) else state
        for state, view in zip(known.states, views, strict=True)
    ]
    covered = coverage(states, day, bodies_of(loaded.round), shut)
    result = outcome(known.states)
    # the returns of successors for parts of which one answered itself: their devices count there
    bodies = {line.body_id for line in loaded.lines}
    counted_elsewhere = sorted(
        answer.id
        for answer in loaded.returns.values()
        if answer.body_id not in bodies and any(part in loaded.returns for part in answer.answers_for)
    )
    sums = stored_returns.key_sums(connection, loaded.round.id, day, counted_elsewhere)
    compared = tuple(trend(connection, known, question))
    settled = frozenset(state.id for state in known.states if state.is_settled)
    public = [settled, *(bodies for _, bodies in compared)] if is_private(question) else []
    kinds, regions = (table.rows for table in body_tables(known.states, public))
    what = text("Question: {question}.", question=question_text(question))
    # a body as its level allows; one in confidence is named only as having answered
    public_bodies: list[PublicBody] = []
    for view in views:
        answer = loaded.answers.get(view.body)
        is_counted = (
            answer is not None
            and view.depth is not None
            and not answer.through
            and answer.answer.depth in COUNTED
        )
        devices = answer.answer.least if answer is not None and is_counted else None
        public_bodies.append(
            PublicBody(view.body, view.name, view.kind, view.region, view.state, view.depth, devices)
        )
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
            *_corrections(loaded),
            *(sentence for point, _ in compared for sentence in point.sentences),
        ),
        kinds=kinds,
        regions=regions,
        response=region_responses(states),
        makers=device_rows([own for own in sums if own.by == "maker"]),
        devices=device_rows([own for own in sums if own.by == "kind"]),
        trend=tuple(point for point, _ in compared),
        bodies=tuple(public_bodies),
    )


@reading
def national_overview(
    connection: Connection,
    round_id: str,
    day: date,
    question: Question = Question(),  # noqa: B008 - frozen
) -> NationalOverview:
    """Return the overview of a round on a date for its office."""
    return round_overview(connection, round_id, day, question, is_published=False)


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


def _corrections(loaded: LoadedRound) -> Iterator[Text]:
    """Yield a sentence about corrected answers, for readers who have an earlier number."""
    shut = loaded.confidential
    days = [
        own.answer.valid_from
        for body, own in loaded.answers.items()
        if own.answer.number > 1 and not own.through and body not in shut
    ]
    if days:
        yield text(
            "Corrected answers: {count}, the last on {day}. Earlier published numbers do not have all of "
            "them.",
            count=len(days),
            day=max(days),
        )
