"""Claims with the reply of the body: the answer in its return, or the end of its time to reply."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store.database import reading
from overzicht.subjects.census import claim_records as stored
from overzicht.subjects.census import round_records as stored_rounds
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.claims import Claim, ClaimPair, SumCheck, check_sums, compare_claims
from overzicht.subjects.census.claims_workflow import claims_by_body
from overzicht.subjects.census.rounds_workflow import (
    LoadedRound,
    letter_with,
    letters_by_body,
    load_round,
)
from overzicht.subjects.census.states_workflow import answers_to


class ReplyState(WordedEnum):
    """The state of the reply of a body to a claim about it."""

    NOT_ASKED = "not asked", text("the body has no letter about this")
    OPEN = "open", text("the body can reply before {day}")
    NO_REPLY = "no reply", text("the body did not reply before {day}")
    IN_CONFIDENCE = "in confidence", text("the body replied in confidence on {day}")
    REPLIED = "replied", text("the body replied on {day}: {depth}, {holds}")


HOLDS = {
    Holds.YES: text("it has this equipment"),
    Holds.NO: text("it does not have this equipment"),
    Holds.UNKNOWN: text("its return does not state whether it has this equipment"),
}


@dataclass(frozen=True, slots=True)
class ClaimReply:
    """The reply of a body to a claim in a round, which is empty if no round asks the body.

    `day` is that of the reply, or the first day after the time to reply. `depth` and `holds` are those of its
    return; `holds` is whether it has equipment of the makers of the claim.
    """

    body: str
    round: str
    state: ReplyState
    day: date | None = None
    depth: Depth | None = None
    holds: Holds | None = None

    @property
    def sentence(self) -> Text:
        """The reply in words."""
        return self.state.words.filled(
            day=self.day or "",
            depth=self.depth.words if self.depth else "",
            holds=HOLDS[self.holds] if self.holds else "",
        )


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """Claims until a date with the reply to each, the pairs of numbers and the checks of published sums."""

    claims: tuple[Claim, ...]
    replies: tuple[ClaimReply, ...]
    pairs: tuple[ClaimPair, ...]
    sums: tuple[SumCheck, ...]


@reading
def show_claims(connection: Connection, as_of: date, body: str = "") -> ClaimsView:
    """Return the claims until a date, about one body (its id) or all."""
    claims = [c for c in stored.read_claims(connection, as_of) if body in ("", c.body_id)]
    # the reply to each claim in the newest round that asks its body
    replies: dict[Claim, ClaimReply] = {}
    for asking in reversed(stored_rounds.list_rounds(connection)):
        left = [claim for claim in claims if claim not in replies]
        if left and asking.reference_date <= as_of:
            loaded = load_round(connection, asking.id, as_of)
            read = _replies_in(connection, loaded, left)
            replies |= {claim: reply for claim, reply in read if reply.state is not ReplyState.NOT_ASKED}
    own = tuple(replies.get(c) or ClaimReply(c.body_id, "", ReplyState.NOT_ASKED) for c in claims)
    return ClaimsView(tuple(claims), own, compare_claims(claims), check_sums(claims))


def _replies_in(
    connection: Connection, loaded: LoadedRound, claims: Sequence[Claim]
) -> Iterator[tuple[Claim, ClaimReply]]:
    own, bodies = loaded.round, {line.body_id for line in loaded.lines}
    letters = letters_by_body(connection, loaded)
    answers: dict[tuple[str, ...], Mapping[str, Holds]] = {}
    for body, about in claims_by_body(connection, own, claims).items():
        for claim in about if body in bodies else ():
            if claim.makers not in answers:
                question = Question(frozenset(claim.makers))
                answers[claim.makers] = answers_to(connection, own, loaded.answers, question)
            letter = letter_with(letters.get(body, ()), claim)
            holds = answers[claim.makers]
            round_id, given = loaded.round.id, loaded.answers.get(body)
            if letter is None:
                reply = ClaimReply(body, round_id, ReplyState.NOT_ASKED)
            elif given is None:
                state = ReplyState.OPEN if loaded.day < letter.published else ReplyState.NO_REPLY
                reply = ClaimReply(body, round_id, state, letter.published)
            else:
                day = given.answer.valid_from
                if body not in holds:
                    reply = ClaimReply(body, round_id, ReplyState.IN_CONFIDENCE, day)
                else:
                    reply = ClaimReply(
                        body, round_id, ReplyState.REPLIED, day, given.answer.depth, holds[body]
                    )
            yield claim, reply
