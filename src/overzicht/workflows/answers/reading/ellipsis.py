"""Clauses that leave words out: `And Dahua?`, `Since when?`, `En op de SDN-lijst?`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from overzicht.workflows.answers.reading.lexicon import Relation
from overzicht.workflows.answers.reading.query import Clause, Query

LONGEST = 8  # words of a clause without a verb of its own
_LIKEWISE = re.compile(
    r"^(?:en|and|ook|also|idem|likewise|(?:and |en )?(?:what|how) about|(?:en )?(?:hoe|wat) (?:zit|geldt|is)\b.{0,12}"
    r"\b(?:met|voor)|geldt (?:dat|dit|hetzelfde|daarvoor)|"
    r"(?:is|does|do|did) (?:the same|that|this)\b.{0,12}\b(?:true|apply|hold|go)\b|the same|hetzelfde)\b",
    re.IGNORECASE,
)
_CONFIRMATION = re.compile(
    r"^(?:en )?(?:is|klopt) (?:dat|dit|het)(?: (?:juist|waar|correct|zo|bericht))?\s*\?|^(?:kunt|kan|wilt) \w+ (?:dat|dit) bevestigen|"
    r"^is (?:that|this|it) (?:true|correct|so|right|the case)\b|^(?:can|could) \w+ confirm (?:that|this|it)\b|"
    r"^(?:is|klopt) (?:dat|dit) (?:juist|waar|correct|zo)\b",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(r"\b(?:waarom niet|why not)\b", re.IGNORECASE)
OF_LISTINGS = {
    "until": Relation.DELISTED,
    "removal": Relation.DELISTED,
    "since": Relation.LISTED_SINCE,
    "why": Relation.LISTED_WHY,
}  # fmt: skip - by the cue of a clause


def completed(clause: Clause, before: Sequence[Query]) -> Clause:
    """Return a clause with the relation, the parties and the lists that it leaves out.

    `before` are the queries before it. A clause that leaves nothing out stays as it is.
    """
    if not before or clause.is_judgement or {"future", "mind"} & clause.cues:
        return clause
    if not clause.queries and _CONFIRMATION.search(clause.words):
        return replace(clause, queries=tuple(before))  # `X is listed. Is that correct?`
    of_goods = next((query for query in before if query.relation is Relation.EXPORT_CONTROL), None)
    if not clause.queries and of_goods is not None and "product" in clause.cues:
        return replace(clause, queries=(replace(of_goods, words=clause.words, cues=clause.cues),))
    is_short = len(clause.words.split()) <= LONGEST
    own = clause.subjects if clause.is_named else ()
    if _LIKEWISE.match(clause.words) and is_short and (own or clause.lists):
        if not {query.relation for query in clause.queries} <= {Relation.LISTED_ON}:
            return clause
        repeated = tuple(
            replace(
                query, subjects=own or query.subjects, lists=clause.lists or query.lists,
                words=f"{query.words} {clause.words}", is_named=True,
            )
            for query in before
            if query.lists or not clause.lists
        )  # fmt: skip
        return replace(clause, queries=repeated or clause.queries)
    cue = next((name for name in OF_LISTINGS if name in clause.cues), "")
    listing = next((query for query in before if query.lists and query.subjects), None)
    if clause.queries or not cue or not is_short or listing is None or _WHY_NOT.search(clause.words):
        return clause
    query = replace(
        listing, relation=OF_LISTINGS[cue], subjects=own or listing.subjects, cues=clause.cues | {"list"},
        words=clause.words, span=None,
    )  # fmt: skip
    return replace(clause, queries=(query,))
