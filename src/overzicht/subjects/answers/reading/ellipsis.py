"""Clauses that leave words out: `And Dahua?`, `Since when?`, `Is that correct?`, `En op de SDN-lijst?`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from overzicht.subjects.answers.reading.framing import Denial, denial_in
from overzicht.subjects.answers.reading.lexicon import Relation, issuers_in, lexicon, names_of
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Clause, Query

LONGEST = 8  # words of a clause without a verb of its own
_LIKEWISE = re.compile(
    r"^(?:en|and|ook|also|idem|likewise|(?:and |en )?(?:what|how) about|"
    r"(?:en )?(?:hoe|wat) (?:zit|geldt|is)\b.{0,12}\b(?:met|voor)|geldt (?:dat|dit|hetzelfde|daarvoor)|"
    r"(?:is|does|do|did) (?:the same|that|this)\b.{0,12}\b(?:true|apply|hold|go)\b|(?:the )?same|hetzelfde|"
    r"(?:de)?zelfde vraag|(?:my |the )?(?:next )?question (?:is )?the same|"
    r"(?:[\w’'.&-]+ ){1,4}(?:dan|then|ook|too|as well|evenzeer|eveneens|likewise)(?= ?\?))\b",
    re.IGNORECASE,
)
_CONFIRMATION = re.compile(
    r"^(?:en )?(?:is|klopt) (?:dat|dit|het) ?\?|^(?:is|klopt) (?:dat|dit) (?:juist|waar|correct|zo)\b|"
    r"^(?:kunt|kan|wilt) \w+ (?:dat|dit) bevestigen|^(?:can|could) \w+ confirm (?:that|this|it) ?\?|"
    r"^(?:true|correct|right|waar|juist) ?\?$|"
    r"^is (?:that|this|it) (?:true|correct|so|right|the case) ?(?:\?|,|$)",
    re.IGNORECASE,
)
_THE_CASE = re.compile(
    r"^(?:(?:en|and) )?(?:(?:gold|geldt|gelden|golden) (?:dat|dit|hetzelfde|zulks)|"
    r"(?:did|does) (?:that|this|the same|it) (?:also |already )*(?:apply|hold|go))\b|"
    r"^(?:(?:en|and) )?(?:is|was|were|gold|geldt) (?:dat|dit|het|that|this|it)\b.*"
    r"\b(?:het geval|zo|the case|so|true)\b",
    re.IGNORECASE,
)
WHY_NOT = re.compile(
    r"\b(?:waarom niet|why not)\b|\b(?:gekozen|koos|kozen|aangeschaft|gekocht|chosen?|chose|opted|bought)\b",
    re.IGNORECASE,
)  # no reason of a listing, but of a choice
_ASIDE = re.compile(
    r", (?:toen|terwijl|when|while|dat|die|which|who|that|waar\w*|een|a|an|the|de|het)\b[^,?]*(?:,|(?=\?)|$)",
    re.IGNORECASE,
)
_SAME_ACT = re.compile(
    r"\bfollow(?:ed)? suit\b|\b(?:do|did|done) (?:the same|so too|likewise)\b|\bvoorbeeld (?:ge)?volgd?\b|"
    r"\b(?:hetzelfde|dat ook|dit ook) (?:gedaan|besloten|doen)\b",
    re.IGNORECASE,
)  # `Did the EU follow suit?`
_WHO = re.compile(
    r"(?:en |and )?(?:wie|welke|who|which)(?: (?:waren|zijn|were|are) (?:dat|het|die|they|those|these))?"
    r"(?: (?:precies|dan|exactly))? ?\?$",
    re.IGNORECASE,
)  # `Who were they?` after a count
_OF_THEM = re.compile(r"\b(?:daarvan|ervan|hiervan|van hen|of (?:them|these|those))\b", re.IGNORECASE)
_HAPPENED = re.compile(
    r"\b(?:gebeurde|was|is|werd|geschiedde) (?:dat|dit|het)\b|\bis (?:dat|dit|het) (?:geweest|gebeurd)\b|"
    r"\bdid (?:that|this|it) (?:happen|take place|occur)\b|\b(?:was|is) (?:that|this|it)(?: done)? ?\?",
    re.IGNORECASE,
)
OF_ENTRIES = frozenset({Relation.HOW_MANY_LISTED, Relation.WHO_LISTED})  # of a list, and of no party
# by the cue of a clause
OF_LISTINGS = {
    "until": Relation.DELISTED,
    "removal": Relation.DELISTED,
    "since": Relation.LISTED_SINCE,
    "why": Relation.LISTED_WHY,
}


def completed(
    clause: Clause, before: Sequence[Query], named: tuple[Subject, ...] = (), preceding: Clause | None = None
) -> Clause:
    """Return a clause with the relation, the parties and the lists that it leaves out.

    `before` are the queries before it, `named` the parties of its question, `preceding` the clause before it
    in the question. A clause that leaves nothing out stays as it is.
    """
    is_judgement = clause.is_judgement or names_of(lexicon().judgements, clause.words)
    if is_judgement or {"future", "mind", "request"} & clause.cues:
        return clause
    is_short = len(_ASIDE.sub(" ", clause.words).split()) <= LONGEST
    if preceding is not None and "removal" in preceding.cues and _HAPPENED.search(clause.words):
        clause = replace(clause, cues=clause.cues | {"removal"}, queries=())  # `A is off it. When was that?`
    is_same = _SAME_ACT.search(clause.words) is not None
    is_likewise = is_same or _LIKEWISE.match(clause.words) is not None
    if is_likewise and is_short and not clause.is_named and not clause.lists:
        clause = replace(clause, lists=issuers_in(clause.words))  # `And Canada?`
    is_named = bool(clause.is_named or clause.lists)
    if clause.span and (_THE_CASE.match(clause.words) or (is_short and not is_named and is_likewise)):
        queries = _on_other_day(clause, before)
    elif is_likewise and is_named and (is_short or _THE_CASE.match(clause.words)):
        is_plain = {query.relation for query in clause.queries} <= {Relation.LISTED_ON}
        queries = _likewise(clause, before) if is_plain else ()
    elif _WHO.match(clause.words) and not clause.queries:
        counts = [query for query in before if query.relation is Relation.HOW_MANY_LISTED]
        queries = tuple(replace(query, relation=Relation.WHO_LISTED) for query in counts)
    elif _OF_THEM.search(clause.words) and "quantity" in clause.cues and not clause.queries:
        queries = _of_them(clause, before)
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
            subjects=clause.subjects or query.subjects,
            is_named=clause.is_named or query.is_named,
        )
        for query in before
    )


def _likewise(clause: Clause, before: Sequence[Query]) -> tuple[Query, ...]:
    """Return the queries before a clause, for its own parties or lists (`And Dahua?`)."""
    return tuple(
        replace(
            query,
            relation=Relation.LISTED_ON
            if query.relation in (OF_ENTRIES if clause.is_named else ())
            or (query.relation in OF_LISTINGS.values() and _SAME_ACT.search(clause.words))
            else query.relation,
            subjects=clause.subjects if clause.is_named else query.subjects,
            lists=clause.lists or query.lists,
            words=f"{query.words} {clause.words}",
            span=clause.span or (None if "now" in clause.cues else query.span),
            denial=Denial.NONE,
            is_named=True,
        )
        for query in before
        if query.lists or not clause.lists
    )


def _of_them(clause: Clause, before: Sequence[Query]) -> tuple[Query, ...]:
    """Return the count before a clause, of those that it describes (`How many of them are Chinese?`)."""
    return tuple(
        replace(query, cues=query.cues | clause.cues, words=f"{query.words} {clause.words}")
        for query in before
        if query.relation is Relation.HOW_MANY_LISTED
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
    if not cue or listing is None or WHY_NOT.search(clause.words):
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
