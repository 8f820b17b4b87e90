"""The state of each body of a round for a question: by its return, and by the claims that count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.subjects.census import claim_records as stored_claims
from overzicht.subjects.census import return_records as stored_returns
from overzicht.subjects.census.answers import Depth, Question, has, unnamed_letter
from overzicht.subjects.census.claims import Claim, proving
from overzicht.subjects.census.claims_workflow import claims_by_body
from overzicht.subjects.census.coverage import BodyState
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.census.rounds_workflow import (
    BodyReturn,
    LetterDates,
    LoadedRound,
    confidential_bodies,
    letter_with,
    letters_by_body,
)


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
                claimed=None if line.body_id in shut else claimed.get(line.body_id),
                is_noted=line.body_id in noted and line.body_id not in shut,
            )
        )
    return RoundAnswers(loaded, tuple(states))


def is_private(question: Question) -> bool:
    """Return whether the answer of a body to a question is not in the list of bodies.

    The list has whether a body has any equipment, by the depth of its answer.
    """
    return bool(question.makers or question.kind)


def answers_to(
    connection: Connection, own: StoredRound, answers: Mapping[str, BodyReturn], question: Question
) -> Mapping[str, Holds]:
    """Return the answer of each body that is not in confidence.

    Of a joint service only a no is an answer for each of its members.
    """
    is_any = not question.makers and not question.kind
    shows = {} if is_any else stored_returns.named_returns(connection, own.id, question)
    returns = {given.answer.id: given.answer for given in answers.values()}
    lines = stored_returns.lines_of(
        connection,
        sorted(
            number
            for number, answer in returns.items()
            if (answer.present is None or number in shows) and not shows.get(number)
        ),
    )
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
        elif answer.id in shows:
            has_it = Holds.YES
        else:
            has_it = Holds.NO if letter in answer.excludes else Holds.UNKNOWN
        holds[body] = Holds.UNKNOWN if given.through and has_it is Holds.YES else has_it
    return holds


def _claimed(
    connection: Connection, loaded: LoadedRound, question: Question, *, is_published: bool
) -> tuple[Mapping[str, date], frozenset[str]]:
    """Return the bodies that a claim shows to have what a question asks, with the date of the newest one.

    The set has the bodies of the groups of claims that do not depend on the returns. For publication, a
    claim counts once a letter with it is so old that the time to reply is over.
    """
    own = loaded.round
    claims = stored_claims.read_claims(connection, own.reference_date)
    if question.kind or not any(c.proves_presence(question.makers, own.reference_date) for c in claims):
        return {}, frozenset()
    bodies = {
        body: proving(about, question.makers, own.reference_date)
        for body, about in claims_by_body(connection, own, claims).items()
    }
    if is_published:
        letters = letters_by_body(connection, loaded)
        bodies = {
            body: tuple(claim for claim in about if _is_replied(letters.get(body, ()), claim, loaded.day))
            for body, about in bodies.items()
        }
    groups = own.settings.independent_claims
    noted = (body for body, about in bodies.items() if any(claim.group in groups for claim in about))
    return {body: max(c.day for c in about) for body, about in bodies.items() if about}, frozenset(noted)


def _is_replied(letters: Sequence[LetterDates], claim: Claim, day: date) -> bool:
    letter = letter_with(letters, claim)
    return letter is not None and letter.published <= day
