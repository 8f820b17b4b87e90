"""Overviews for others: each is recorded, and none gives an answer away beside one that was published."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from overzicht.census.answers import Question
from overzicht.census.disclosure import FEWEST, gives_away
from overzicht.evidence.actor import Actor
from overzicht.store.census.publications import Publication, add_publication, publications_of
from overzicht.store.census.rounds import CensusError
from overzicht.store.database import Store, reading
from overzicht.workflows.census.overview import NationalOverview, round_overview
from overzicht.workflows.census.rounds import LoadedRound, load_round
from overzicht.workflows.census.states import is_private, round_answers
from overzicht.workflows.census.tables import body_tables
from overzicht.workflows.census.trend import COUNTED, trend

Sets = list[frozenset[str]]


def publish_overview(
    store: Store, round_id: str, day: date, question: Question, actor: Actor
) -> NationalOverview:
    """Return the overview of a round for others, and record it.

    CensusError if its numbers and those of an earlier publication together give an answer away.
    """
    with store.writing(actor.name, actor.at) as tx:
        overview = _safe_overview(tx.connection, round_id, day, question)
        new = Publication(overview.round, day, question)
        if new not in publications_of(tx.connection, overview.round):
            add_publication(tx, new)
    return overview


def _safe_overview(connection: Connection, round_id: str, day: date, question: Question) -> NationalOverview:
    """Return the overview of a round for others without a record; CensusError as in `publish_overview`."""
    overview = round_overview(connection, round_id, day, question, is_published=True)
    new = Publication(overview.round, day, question)
    for earlier in publications_of(connection, overview.round):
        if earlier != new and _is_open(connection, earlier, new):
            raise CensusError(
                f"with the published overview of {earlier.day}, one of {day} gives the answer of a body away",
                fix="publish it after three more bodies have answered",
            )
    return overview


safe_overview = reading(_safe_overview)


def _is_open(connection: Connection, earlier: Publication, new: Publication) -> bool:
    """Return whether two overviews together tell something about one or two bodies."""
    own = [list(_published_sets(connection, published)) for published in (earlier, new)]
    is_same = earlier.question == new.question
    compared = own if is_same else [sets[:1] for sets in own]
    return gives_away([members for sets in compared for members in sets if len(members) >= FEWEST])


def _published_sets(connection: Connection, published: Publication) -> Iterator[frozenset[str]]:
    """Yield the returns that the numbers of an overview are about: those of the makers first."""
    loaded = load_round(connection, published.round_id, published.day)
    shut = loaded.confidential
    counted = (
        body
        for body, own in loaded.answers.items()
        if not own.through and own.answer.depth in COUNTED and body not in shut
    )
    yield _returns(loaded, frozenset(counted))
    if is_private(published.question):
        known = round_answers(connection, loaded, published.question, is_published=True)
        settled = frozenset(state.id for state in known.states if state.is_settled)
        sets = [settled, *(bodies for _, bodies in trend(connection, known, published.question))]
        sets += [members for table in body_tables(known.states, sets) for members in table.sets]
        yield from (_returns(loaded, members) for members in sets)


def _returns(loaded: LoadedRound, bodies: frozenset[str]) -> frozenset[str]:
    """Return the versions of the returns of bodies: a number about another version is another number."""
    return frozenset(f"{body} {loaded.answers[body].answer.id}" for body in bodies)
