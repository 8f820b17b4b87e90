"""Find denials of other states that match a case: the same end-user or consignee, and the same kind of item.

**What the law says.** Before a decision, the authority checks all valid denials for an essentially identical
transaction (Article 16(5)): the same end-user *or* consignee, and items with essentially identical
parameters (Article 2(22)).

**What we check.** All parties but the exporter, and their stated owners, on both sides, by the matcher.
Items as in `items.py`. The same party with the same family of products is at least *possible*, whatever else
differs: other numbers, birth dates, parameters or quantities are reasons for the person who judges it.

**What we cannot see.** Owners that are not stated. Only items of another family rule a match out; it is
shown with its reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.entities import PartyMatch, PartyMatcher, PartyQuery, Record, Statement
from overzicht.entities.ownership_records import read_share
from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.licensing.denial_items import Likeness, compare_items
from overzicht.subjects.licensing.denial_model import Denial
from overzicht.subjects.licensing.model import Application, Party, Role

LIST_ID = "denials"
SAME_FROM = 0.85  # minimum score of the matcher for the same party
MAYBE_FROM = 0.5  # minimum score for a match that a person must review
MAJORITY = 50  # percent: an owner with this share or more counts as the party itself
TESTED_ROLES = (Role.END_USER, Role.CONSIGNEE)  # roles that Article 2(22) names


class MatchKind(WordedEnum):
    """Certainty of a match."""

    HIT = "hit", text("hit")
    POSSIBLE = "possible", text("possible")
    RULED_OUT = "ruled out", text("ruled out")


@dataclass(frozen=True, slots=True)
class DenialMatch:
    """A denial that matches a case, with every reason; ruled-out matches are kept for review."""

    denial: Annotated[Denial, HIDDEN]
    kind: MatchKind
    case_party: str
    denial_party: str
    reasons: tuple[Text, ...]

    @computed_field
    @property
    def denial_id(self) -> str:
        """The id of the denial."""
        return self.denial.id

    @computed_field
    @property
    def must_consult(self) -> str:
        """The state that has to be consulted."""
        return self.denial.issuing_state


@dataclass(frozen=True, slots=True)
class _TestedParty:
    key: str
    names: tuple[str, ...]
    schema: str
    identifiers: Mapping[str, str]
    sentence: Text
    birth_date: str = ""
    is_certain: bool = True  # an end-user, a consignee, or an owner with half or more of one

    @property
    def name(self) -> str:
        return self.names[0]


def _named(prefix: str, parties: Sequence[Party]) -> list[_TestedParty]:
    tested = []
    for number, party in enumerate(parties):
        if party.role is Role.EXPORTER:
            continue
        is_receiver = party.role in TESTED_ROLES
        key, role = f"{prefix}#{number}", party.role.words
        birth = party.birth_date.isoformat() if party.birth_date else ""
        names, sentence = (party.name, *party.other_names), text("as {role}", role=role)
        tested.append(
            _TestedParty(
                key, names, party.schema_, party.identifiers, sentence, birth, is_certain=is_receiver
            )
        )
        for index, owner in enumerate(party.owners):
            sentence = text(
                "as owner of {party} ({role}, share {share})",
                party=party.name,
                role=role,
                share=owner.share or "?",
            )
            names, has_majority = (owner.name, *owner.other_names), read_share(owner.share).low >= MAJORITY
            tested.append(
                _TestedParty(
                    f"{key}.{index}",
                    names,
                    "LegalEntity",
                    owner.identifiers,
                    sentence,
                    is_certain=is_receiver and has_majority,
                )
            )
    return tested


def party_records(denials: Sequence[Denial]) -> tuple[Record, ...]:
    """Return the end-users, consignees and owners of denials as records for a matcher's index.

    Without birth dates: the matcher would hide a namesake with another date, and here it must be shown.
    """
    return tuple(
        Record(
            named.key,
            named.schema,
            (
                *(Statement("name" if i == 0 else "alias", name) for i, name in enumerate(named.names)),
                *(Statement(prop, value) for prop, value in sorted(named.identifiers.items())),
            ),
            denial.id,
        )
        for denial in denials
        for named in _named(denial.id, denial.parties)
    )


def match_denials(
    case: Application, denials: Sequence[Denial], matcher: PartyMatcher, day: date
) -> tuple[DenialMatch, ...]:
    """Return the matches of a case with denials of other states, hits first, one per denial.

    `denials` are the valid ones; those of the case's own state are skipped. `matcher` has an index of
    `party_records(denials)`.
    """
    others = [denial for denial in denials if denial.issuing_state != case.issuing_state]
    by_key = {named.key: (denial, named) for denial in others for named in _named(denial.id, denial.parties)}
    tested = _named("case", case.parties)
    queries = [
        PartyQuery(
            id=named.key,
            names=named.names,
            schema=named.schema,
            identifiers=tuple(sorted(named.identifiers.items())),
            birth_date=named.birth_date,
        )
        for named in tested
    ]
    best: dict[str, DenialMatch] = {}
    for named, candidates in zip(tested, matcher.match(queries, as_of=day, lists=(LIST_ID,)), strict=True):
        for match in candidates:
            if match.score < MAYBE_FROM or match.record_id not in by_key:
                continue
            denial, theirs = by_key[match.record_id]
            judged = _judge(case, denial, named, theirs, match)
            known = best.get(denial.id)
            if known is None or _RANK[judged.kind] < _RANK[known.kind]:
                best[denial.id] = judged
    return tuple(sorted(best.values(), key=lambda item: (_RANK[item.kind], item.denial.id)))


_RANK = {MatchKind.HIT: 0, MatchKind.POSSIBLE: 1, MatchKind.RULED_OUT: 2}


def _judge(
    case: Application, denial: Denial, ours: _TestedParty, theirs: _TestedParty, match: PartyMatch
) -> DenialMatch:
    # whether the party is certainly the same, with the reasons; otherwise a person judges it
    sentences = (
        text(
            "{ours} ({our_part}) and {theirs} ({their_part}), score {score}",
            ours=ours.name,
            our_part=ours.sentence,
            theirs=theirs.name,
            their_part=theirs.sentence,
            score=round(match.score, 2),
        ),
        *(reason.text for reason in match.reasons),
    )
    conflict: Text | None
    shared = sorted(set(ours.identifiers) & set(theirs.identifiers))
    party_pairs = [(prop, ours.identifiers[prop], theirs.identifiers[prop]) for prop in shared]
    if any(left == right for _, left, right in party_pairs):
        conflict = None
    elif party_pairs:
        prop, left, right = party_pairs[0]
        conflict = text(
            "another party by its number ({kind}): {ours} and {theirs}", kind=prop, ours=left, theirs=right
        )
    elif ours.birth_date and theirs.birth_date and ours.birth_date != theirs.birth_date:
        conflict = text(
            "different person: the birth dates are {ours} and {theirs}",
            ours=ours.birth_date,
            theirs=theirs.birth_date,
        )
    else:
        conflict = None
    if conflict:
        is_same_party, party_says = (False, (*sentences, conflict))
    elif match.score < SAME_FROM:
        is_same_party, party_says = (
            False,
            (*sentences, text("the name alone does not prove that this is the same party")),
        )
    elif not (ours.is_certain and theirs.is_certain):
        is_same_party, party_says = (
            False,
            (
                *sentences,
                text("it is not stated as end-user or consignee, or as owner of half or more of one"),
            ),
        )
    else:
        is_same_party, party_says = (True, sentences)
    order = {Likeness.SAME: 0, Likeness.UNSURE: 1, Likeness.OTHER: 2}
    pairs = [compare_items(ours, theirs) for ours in case.items for theirs in denial.items]
    item = min(pairs, key=lambda likeness: order[likeness.likeness])
    reasons = (*party_says, *item.reasons)
    kind = MatchKind.POSSIBLE
    if item.likeness is Likeness.OTHER:
        kind = MatchKind.RULED_OUT
    elif is_same_party and item.likeness is Likeness.SAME:
        kind = MatchKind.HIT
    return DenialMatch(denial, kind, ours.name, theirs.name, reasons)
