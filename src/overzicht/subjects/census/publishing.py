"""Overviews for others: each is recorded, and compared with earlier ones so that they disclose no answer."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store, reading
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.disclosure import FEWEST, gives_away
from overzicht.subjects.census.overview import NationalOverview, round_overview
from overzicht.subjects.census.round_records import (
    CensusError,
    Publication,
    Sets,
    add_publication,
    list_publications,
)
from overzicht.subjects.census.rounds_workflow import LoadedRound, load_round
from overzicht.subjects.census.states_workflow import is_private, round_answers
from overzicht.subjects.census.tables import body_tables
from overzicht.subjects.census.trend import COUNTED, trend


def publish_overview(
    store: Store, round_id: str, day: date, question: Question, actor: Actor
) -> NationalOverview:
    """Return the overview of a round for others, and record it.

    CensusError if its numbers and those of earlier publications together give an answer away.
    """
    with store.writing(actor.name, actor.at) as tx:
        overview = round_overview(tx.connection, round_id, day, question, is_published=True)
        new = _publication(tx.connection, overview.round, day, question)
        before = list_publications(tx.connection)
        if new not in before:
            # the last earlier publication with which an answer follows from a new one; None if none does
            alike = [own for own in before if own.question == new.question]
            giving_away = _with(new.devices, [(own, own.devices) for own in before]) or _with(
                new.answers, [(own, own.answers) for own in alike]
            )
            if (earlier := giving_away) is not None:
                raise CensusError(
                    f"with the published overview of {earlier.day}, one of {day} gives the answer of a body "
                    "away",
                    fix="publish it after three more bodies have answered",
                )
            add_publication(tx, new)
    return overview


@reading
def published_overview(
    connection: Connection, round_id: str, day: date, question: Question
) -> NationalOverview | None:
    """Return the newest overview of a round for a question that was published up to a date, made again.

    None if there is none. One is left out if its returns were changed later, for its own date: made again, it
    would have other numbers than those that were published.
    """
    alike = [
        own
        for own in list_publications(connection)
        if (own.round_id, own.question) == (round_id, question) and own.day <= day
    ]
    for own in sorted(alike, key=lambda own: own.day, reverse=True):
        if _publication(connection, round_id, own.day, question) == own:
            return round_overview(connection, round_id, own.day, question, is_published=True)
    return None


def _with(new: Sets, before: Sequence[tuple[Publication, Sets]]) -> Publication | None:
    """Return the last publication whose sets of returns tell, with new ones, about one or two returns."""
    for name, sets in new.items():
        earlier = [(own, by_round[name]) for own, by_round in before if name in by_round]
        together = [*sets, *(members for _, others in earlier for members in others)]
        if earlier and gives_away([members for members in together if len(members) >= FEWEST]):
            return earlier[-1][0]
    return None


def _publication(connection: Connection, round_id: str, day: date, question: Question) -> Publication:
    """Return what an overview shows: another version of a return is another number."""
    loaded = load_round(connection, round_id, day)
    known = round_answers(connection, loaded, question, is_published=True)
    counted = _counted(loaded)
    devices: dict[str, tuple[frozenset[int], ...]] = {round_id: (_returns(loaded, counted),)}
    answers: dict[str, tuple[frozenset[int], ...]] = {}
    groups = [frozenset(state.id for state in known.states if state.is_settled)]
    for point, bodies in trend(connection, known, question):
        earlier = load_round(connection, point.earlier, day)
        devices[point.earlier] = (_returns(earlier, counted & _counted(earlier)),)
        answers[point.earlier] = (_returns(earlier, bodies),)
        groups.append(bodies)
    if not is_private(question):
        return Publication(round_id, day, question, devices, {})
    groups += [members for table in body_tables(known.states, groups) for members in table.sets]
    answers[round_id] = tuple(_returns(loaded, members) for members in groups)
    return Publication(round_id, day, question, devices, answers)


def _counted(loaded: LoadedRound) -> frozenset[str]:
    """Return the bodies whose own returns have the numbers of devices."""
    return frozenset(
        body
        for body, own in loaded.answers.items()
        if not own.through and own.answer.depth in COUNTED and body not in loaded.confidential
    )


def _returns(loaded: LoadedRound, bodies: frozenset[str]) -> frozenset[int]:
    return frozenset(loaded.answers[body].answer.id for body in bodies)
