"""Links to records of loaded lists through a PartyMatcher: names found, and long names.

Only companies are searched, and names of several words that are not recognised otherwise; never people. A
record with an equal name is a lead: name and text alone prove no identity.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from overzicht.entities import PartyMatch, PartyMatcher, PartyQuery
from overzicht.subjects.questions.mentions.facts import cues
from overzicht.subjects.questions.mentions.in_sets import Piece, mention_in
from overzicht.subjects.questions.mentions.model import (
    Mention,
    MentionKind,
    MentionSpan,
    RecognisedBy,
)

LEAST_SCORE = 0.8  # equal except for the legal form
LEAST_LETTERS = 4
_WORD = r"[A-Z][\w’'-]{0,60}\w"
_CANDIDATE = re.compile(rf"(?<!\w){_WORD}(?: (?:(?:of|the|and|&|for) )*{_WORD}){{1,9}}")


def link_parties(
    mentions: Sequence[Mention],
    pieces: Iterable[Piece],
    matcher: PartyMatcher,
    *,
    as_of: date,
    lists: Sequence[str] | None = None,
) -> tuple[Mention, ...]:
    """Return the mentions with records of that name, and further ones whose long name is on a list.

    `pieces` are the texts of the mentions. The order is that of the texts.
    """
    texts = list(pieces)
    candidates = [
        (number, spot) for number, piece in enumerate(texts) for spot in _candidates(piece, mentions)
    ]
    # whether a name is searched: maker cards show listings by more than a name
    names = dict.fromkeys(
        [
            m.spot.name
            for m in mentions
            if m.spot.kind is MentionKind.COMPANY and not m.spot.maker and len(m.spot.name) >= LEAST_LETTERS
        ]
        + [spot.name for _, spot in candidates]
    )
    queries = [PartyQuery(id=name, names=(name,), schema="Organization") for name in names]
    given = matcher.match(queries, as_of=as_of, lists=lists) if queries else []
    parties_by_name = {q.id: _good(matches) for q, matches in zip(queries, given, strict=True)}
    linked = [
        replace(m, parties=parties_by_name[m.spot.name]) if m.spot.name in parties_by_name else m
        for m in mentions
    ]
    # whether a name on a list has several words: `NL Alert` is not the ship `ALERT`
    more = [
        replace(mention_in(texts[number], spot), parties=long)
        for number, spot in candidates
        if (
            long := tuple(
                party for party in parties_by_name[spot.name] if len(re.findall(r"\w+", party.matched_on)) > 1
            )
        )
    ]
    order = {piece.place: number for number, piece in enumerate(texts)}
    return tuple(sorted((*linked, *more), key=lambda m: (order[m.place], m.spot.start)))


def _good(matches: Sequence[PartyMatch]) -> tuple[PartyMatch, ...]:
    return tuple(match for match in matches if match.score >= LEAST_SCORE)


def _candidates(piece: Piece, mentions: Sequence[Mention]) -> Iterable[MentionSpan]:
    taken = [m.spot for m in mentions if m.place == piece.place]
    for match in _CANDIDATE.finditer(piece.text):
        start, words = match.start(), match[0].split(" ")
        while words and words[0] in cues().never:
            start += len(words.pop(0)) + 1
        end = match.end()
        if len(words) < 2 or any(start < spot.end and spot.start < end for spot in taken):
            continue
        surface = piece.text[start:end]
        yield MentionSpan(
            surface, start, end, MentionKind.PARTY, " ".join(surface.split()), RecognisedBy.LIST
        )
