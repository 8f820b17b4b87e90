"""Clauses that leave words out: `And Dahua?`, `Since when?`, `Is that correct?`, `En op de SDN-lijst?`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from overzicht.workflows.answers.reading.framing import Denial, denial_in
from overzicht.workflows.answers.reading.lexicon import Relation, lexicon, names_of
from overzicht.workflows.answers.reading.names import Subject
from overzicht.workflows.answers.reading.query import Clause, Query

LONGEST = 8  # words of a clause without a verb of its own
_LIKEWISE = re.compile(
    r"^(?:en|and|ook|also|idem|likewise|(?:and |en )?(?:what|how) about|"
    r"(?:en )?(?:hoe|wat) (?:zit|geldt|is)\b.{0,12}\b(?:met|voor)|geldt (?:dat|dit|hetzelfde|daarvoor)|"
    r"(?:is|does|do|did) (?:the same|that|this)\b.{0,12}\b(?:true|apply|hold|go)\b|the same|hetzelfde|"
    r"(?:[\w’'.&-]+ ){1,4}(?:dan|then)(?= ?\?))\b",
    re.IGNORECASE,
)
_CONFIRMATION = re.compile(
    r"^(?:en )?(?:is|klopt) (?:dat|dit|het) ?\?|^(?:is|klopt) (?:dat|dit) (?:juist|waar|correct|zo)\b|"
    r"^(?:kunt|kan|wilt) \w+ (?:dat|dit) bevestigen|^(?:can|could) \w+ confirm (?:that|this|it) ?\?|"
    r"^is (?:that|this|it) (?:true|correct|so|right|the case) ?(?:\?|,|$)",
    re.IGNORECASE,
)
_THE_CASE = re.compile(
    r"^(?:(?:en|and) )?(?:is|was|were|gold|geldt) (?:dat|dit|het|that|this|it)\b.*"
    r"\b(?:het geval|zo|the case|so|true)\b",
    re.IGNORECASE,
)
_WHY_NOT = re.compile(r"\b(?:waarom niet|why not)\b", re.IGNORECASE)
OF_ENTRIES = frozenset({Relation.HOW_MANY_LISTED, Relation.WHO_LISTED})  # of a list, and of no party
OF_LISTINGS = {
    "until": Relation.DELISTED,
    "removal": Relation.DELISTED,
    "since": Relation.LISTED_SINCE,
    "why": Relation.LISTED_WHY,
}  # fmt: skip - by the cue of a clause


def completed(clause: Clause, before: Sequence[Query], named: tuple[Subject, ...] = ()) -> Clause:
    """Return a clause with the relation, the parties and the lists that it leaves out.

    `before` are the queries before it, `named` the parties of its question. A clause that leaves nothing out
    stays as it is.
    """
    is_judgement = clause.is_judgement or names_of(lexicon().judgements, clause.words)
    if is_judgement or {"future", "mind", "request"} & clause.cues:
        return clause
    is_short = len(clause.words.split()) <= LONGEST
    is_named = bool(clause.is_named or clause.lists)
    if clause.span and (
        _THE_CASE.match(clause.words) or (is_short and not is_named and _LIKEWISE.match(clause.words))
    ):
        queries = _on_other_day(clause, before)
    elif _LIKEWISE.match(clause.words) and is_short and is_named:
        is_plain = {query.relation for query in clause.queries} <= {Relation.LISTED_ON}
        queries = _likewise(clause, before) if is_plain else ()
    elif clause.queries:
        queries = ()
    elif _CONFIRMATION.search(clause.words):
        queries = tuple(
            replace(query, denial=denial_in(query.words)) if query.denial is Denial.NONE else query
            for query in before
        )
    else:
        queries = _of_goods(clause, before) or (_of_listing(clause, before, named) if is_short else ())
    return replace(clause, queries=queries or clause.queries)


def _on_other_day(clause: Clause, before: Sequence[Query]) -> tuple[Query, ...]:
    """Return the queries before a clause for its own date (`Was that the case in 2019?`, `And in 2019?`)."""
    return tuple(
        replace(
            query,
            relation=Relation.LISTED_ON if query.relation in OF_LISTINGS.values() else query.relation,
            span=clause.span,
            words=f"{query.words} {clause.words}",
        )
        for query in before
    )


def _likewise(clause: Clause, before: Sequence[Query]) -> tuple[Query, ...]:
    """Return the queries before a clause, for its own parties or lists (`And Dahua?`)."""
    return tuple(
        replace(
            query,
            relation=Relation.LISTED_ON
            if clause.is_named and query.relation in OF_ENTRIES
            else query.relation,
            subjects=clause.subjects if clause.is_named else query.subjects,
            lists=clause.lists or query.lists,
            words=f"{query.words} {clause.words}",
            span=clause.span or query.span,
            denial=Denial.NONE,
            is_named=True,
        )
        for query in before
        if query.lists or not clause.lists
    )


def _of_goods(clause: Clause, before: Sequence[Query]) -> tuple[Query, ...]:
    """Return the query on goods under export control before a clause, for the product that it names."""
    if "product" not in clause.cues:
        return ()
    goods = [query for query in before if query.relation is Relation.EXPORT_CONTROL]
    return tuple(
        replace(query, words=clause.words, cues=clause.cues, denial=Denial.NONE) for query in goods[:1]
    )


def _of_listing(clause: Clause, before: Sequence[Query], named: tuple[Subject, ...]) -> tuple[Query, ...]:
    """Return what a clause asks about the listing before it (`Since when?`); nothing for `Why not?`."""
    cue = next((name for name in OF_LISTINGS if name in clause.cues), "")
    listing = next((query for query in before if query.lists and query.subjects), None)
    if not cue or listing is None or _WHY_NOT.search(clause.words):
        return ()
    subjects = clause.subjects or named or listing.subjects
    cues = clause.cues | {"list"}
    return (
        replace(
            listing,
            relation=OF_LISTINGS[cue],
            subjects=subjects,
            cues=cues,
            words=clause.words,
            span=None,
            denial=Denial.NONE,
        ),
    )
