"""Queries of a clause by the rules and by the learned reading together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from overzicht.subjects.answers.reading.ellipsis import WHY_NOT
from overzicht.subjects.answers.reading.lexicon import ListTarget, Relation
from overzicht.subjects.answers.reading.query import Clause, Query
from overzicht.subjects.answers.reading.weights import JUDGEMENT, LEARNED, OUTSIDE, likelihoods

# likelihoods, chosen by cross-validation between the authors of the phrases
LEAST = 0.2  # of a relation where no rule fits
SURE = 0.35  # below it, a relation that no rule finds settles no yes or no
FRAMED = 0.4  # of a judgement
CONFIDENT = 0.5  # of a relation that replaces one of the rules
DOUBTED = 0.2  # of that one, at most
BESIDE = 0.7  # of a relation next to those of the rules
OF_MAIN_SUBJECT = frozenset(
    {Relation.LISTED_ON, Relation.LISTED_SINCE, Relation.LISTED_WHY, Relation.DELISTED, Relation.ENTRY_DETAIL}
)  # relations of the party that a clause is about, not of those that describe it
# cues of what no data tell: what is to come, was asked for or weighed, or is compared
BEYOND = frozenset({"future", "to_come", "request", "compare", "ratio", "beyond", "event", "exchange"})
OF_OTHERS = frozenset({Relation.OWNED_BY_LISTED, Relation.MAKER_LISTED})  # listings of those around a party
OF_LISTS = OF_MAIN_SUBJECT | {Relation.HOW_MANY_LISTED, Relation.WHO_LISTED, Relation.BINDING}
_JOINED = re.compile(
    r"['’]?s?(?:[\s,;/()]|\b(?:(?:and|or|en|of)(?: (?:the|de|het))?|both|zowel|als|also|ook|company|"
    r"companies|bedrijf|bedrijven|respectively|respectievelijk|dan wel|as well as|evenals|nor|noch)\b)*"
)
_ATTRIBUTIVE = re.compile(
    r" (?:[a-z-]+ ){0,3}(?:maker|manufacturer|company|firm|bank|group|vendor|supplier|carrier|fabrikant|"
    r"bedrijf|concern|leverancier|producent|rederij|onderneming|outfit) "
    r"(?:(?:called|known as|(?:trading|operating|doing business) (?:as|under the name)|genaamd) )?"
)


def query_for(relation: Relation, like: Query) -> Query:
    """Return a query like another with a relation; only its main subject for a relation of one party."""
    is_of_main = like.is_named and relation in OF_MAIN_SUBJECT
    if is_of_main:
        # the first party and those that `and`, `or` or a comma joins to it: others only describe it
        words = like.words
        named = sorted(like.subjects, key=lambda subject: words.find(subject.name))
        main = named[:1]
        for left, right in pairwise(named):
            between = words[words.find(left.name) + len(left.name) : max(words.find(right.name), 0)]
            if _ATTRIBUTIVE.fullmatch(between) and main == [left]:
                main = [right]  # `the Wuhan network maker FiberHome`
            elif _JOINED.fullmatch(between):
                main.append(right)
            else:
                break
        subjects = tuple(main)
    else:
        subjects = like.subjects
    return replace(like, relation=relation, subjects=subjects)


def with_learned(clause: Clause, like: Query, before: Sequence[Query]) -> Clause:
    """Return a clause with the queries that the learned reading adds to those of the rules or replaces.

    `like` has the things that the clause names, `before` are the queries before it: without a list of its
    own, a query about a listing has theirs.
    """
    ruled = tuple(query.relation for query in clause.queries)
    if not ruled and BEYOND & clause.cues:
        return clause
    likely = likelihoods(clause.plain, clause.cues, ruled)
    lists = like.lists or next((query.lists for query in before if query.lists), ())
    # the relations that the things named rule out, and the labels that are meant instead, if any
    ruled_out: list[tuple[Relation, str]] = []
    in_place = replace(like, lists=lists)
    if in_place.span is not None:
        ruled_out.append((Relation.LISTED_SINCE, Relation.LISTED_ON))  # `Was it already on the list in 2019?`
    if in_place.is_named:
        ruled_out.append((Relation.WHO_LISTED, Relation.LISTED_ON))  # `Which of A and B are on the list?`
        ruled_out.append((Relation.COMPANIES, ""))  # `Which parties have a stake in A?`
    if WHY_NOT.search(in_place.words):
        ruled_out.append((Relation.LISTED_WHY, OUTSIDE))
    if "brand" not in in_place.cues:
        ruled_out.append((Relation.MAKER_LISTED, ""))  # `Is drone maker A on the list?`
    if in_place.instruments and not in_place.lists:
        ruled_out.append((Relation.BINDING, Relation.LAW_APPLIES))  # `Is China bound by the convention?`
    if before and not in_place.lists:  # `How many are there?` after a question about devices
        is_of_devices = any(query.relation is Relation.IN_USE for query in before)
        ruled_out.append((Relation.HOW_MANY_LISTED, Relation.IN_USE if is_of_devices else OUTSIDE))
        ruled_out.append((Relation.WHO_LISTED, OUTSIDE))
    for name, instead in ruled_out:
        if name not in ruled:
            if instead:
                likely[instead] = max(likely[instead], likely[name])
            likely[name] = 0
    ranked = sorted(LEARNED, key=lambda name: -likely[name])
    framed = max(likely[JUDGEMENT], likely[OUTSIDE])
    is_judgement = clause.is_judgement or likely[JUDGEMENT] >= max(FRAMED, likely[OUTSIDE])
    if not ruled:
        if clause.is_judgement or likely[ranked[0]] < max(LEAST, framed):
            return replace(clause, is_judgement=is_judgement)
        return replace(clause, queries=(_learned(ranked[0], like, likely, lists),))
    if ranked[0] is Relation.LISTED_ON and (OF_LISTS | OF_OTHERS) & set(ruled):
        return clause  # every query about a listing says whether there is one
    is_doubted = max(likely.get(name, 1) for name in ruled) < DOUBTED
    if is_doubted and likely[ranked[0]] < CONFIDENT:
        is_outside = likely[OUTSIDE] >= CONFIDENT and not is_judgement
        return replace(clause, queries=() if is_outside else clause.queries, is_judgement=is_judgement)
    kept, least = ((), CONFIDENT) if is_doubted else (clause.queries, BESIDE)
    added = (name for name in ranked if likely[name] >= least and name not in ruled)
    return replace(clause, queries=(*kept, *(_learned(name, like, likely, lists) for name in added)))


def _learned(
    relation: Relation, like: Query, likely: Mapping[str, float], lists: tuple[ListTarget, ...]
) -> Query:
    of_lists = lists if relation in OF_LISTS else like.lists
    return replace(query_for(relation, like), lists=of_lists, is_unsure=likely[relation] < SURE)
