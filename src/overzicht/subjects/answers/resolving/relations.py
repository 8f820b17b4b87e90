"""The resolver of each relation, and the answer to a whole question."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from overzicht.evidence import Text, text
from overzicht.subjects.answers.facts import Fact, Gap
from overzicht.subjects.answers.model import SETTLED, FirstKind, FirstLine
from overzicht.subjects.answers.reading.framing import Denial
from overzicht.subjects.answers.reading.lexicon import Judged, Relation
from overzicht.subjects.answers.reading.query import Clause, Reading
from overzicht.subjects.answers.resolving import dossier_answers as gathered
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolver, Resolving
from overzicht.subjects.answers.resolving.binding import binding
from overzicht.subjects.answers.resolving.brands import brands_of, made_by, maker_listed
from overzicht.subjects.answers.resolving.controls import export_control
from overzicht.subjects.answers.resolving.entry_counts import how_many_listed, who_listed
from overzicht.subjects.answers.resolving.entry_details import entry_detail
from overzicht.subjects.answers.resolving.in_use import in_use, replaced
from overzicht.subjects.answers.resolving.laws import law_applies
from overzicht.subjects.answers.resolving.listed import (
    delisted,
    listed_on,
    listed_since,
    listed_why,
)
from overzicht.subjects.answers.resolving.owners import asks_owner, is_of_part, owned_by_listed, owner_of

RESOLVERS: Mapping[Relation, Resolver] = {
    Relation.LISTED_ON: listed_on,
    Relation.LISTED_SINCE: listed_since,
    Relation.LISTED_WHY: listed_why,
    Relation.DELISTED: delisted,
    Relation.ENTRY_DETAIL: entry_detail,
    Relation.HOW_MANY_LISTED: how_many_listed,
    Relation.WHO_LISTED: who_listed,
    Relation.BINDING: binding,
    Relation.OWNED_BY_LISTED: owned_by_listed,
    Relation.MAKER_LISTED: maker_listed,
    Relation.OWNER_OF: owner_of,
    Relation.MADE_BY: made_by,
    Relation.BRANDS_OF: brands_of,
    Relation.IN_USE: in_use,
    Relation.REPLACED: replaced,
    Relation.KNOWN_REPORT: gathered.known_report,
    Relation.CONDUCT: gathered.conduct,
    Relation.ASSESS: gathered.assess,
    Relation.ASSESSED: gathered.assessed,
    Relation.LAW_APPLIES: law_applies,
    Relation.CONTACT: gathered.contact,
    Relation.COMPANIES: gathered.companies,
    Relation.EXPORT_CONTROL: export_control,
    Relation.STEPS: gathered.steps,
    Relation.COST: gathered.cost,
}

_SOME_DAY = re.compile(
    r"\b(?:years?|months?|weeks?|jaar|jaren|maand\w*|we(?:ek|ken)) "
    r"(?:before|earlier|previously|eerder|daarvoor|tevoren|ervoor)(?: that| it)?(?= ?[?.,;]|$)",
    re.IGNORECASE,
)  # `Was it on the list a year before?`: the question does not state the date
_OF_PARTIES = frozenset(
    {
        Relation.LISTED_ON, Relation.LISTED_SINCE, Relation.LISTED_WHY, Relation.DELISTED, Relation.OWNER_OF,
        Relation.OWNED_BY_LISTED, Relation.BINDING,
    }
)  # fmt: skip
AFFIRMING = SETTLED - {FirstKind.POSSIBLE}
OF_REPORTS = frozenset({Relation.KNOWN_REPORT, Relation.CONDUCT})  # a denial is what was reported

JUDGEMENTS: Mapping[Judged, Text] = {
    Judged.ASSESS: text("The value of the report. The facts only state its authors and confirmations."),
    Judged.AGREE: text("Whether the government shares the view in the question."),
    Judged.DESIRABLE: text("Whether it is desirable."),
    Judged.WILLING: text("Whether the government is willing to do what the question asks."),
    Judged.LIMITS: text("The limits to set."),
    Judged.COURSE: text("The course to take, and its date."),
}


def resolve(reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the answer to a question: the first line, every fact once in order, and the gaps."""
    lines: list[FirstLine] = []
    facts: dict[object, Fact] = {}
    gaps: dict[object, Gap] = {}
    for clause in reading.clauses:
        answers: list[QueryAnswer] = []
        for query in clause.queries:
            is_of_owner = query.relation is Relation.MADE_BY and asks_owner(query.words)
            relation = Relation.OWNER_OF if is_of_owner else query.relation
            answer = RESOLVERS[relation](query, reading, resolving)
            if answer.first is not None and relation in _OF_PARTIES and is_of_part(query):
                answer = replace(answer, first=_of_whole(answer.first, query.subjects[0].name))
            if answer.first is not None and query.relation not in OF_REPORTS:
                answer = replace(answer, first=to_denial(answer.first, query.denial))
            is_unsure = query.is_unsure or (query.span is None and _SOME_DAY.search(query.words) is not None)
            if answer.first is not None and is_unsure:
                answer = replace(answer, first=unsure(answer.first))
            answers.append(answer)
        own = list(_lines(clause, answers))
        if clause.is_joined and lines and own:
            # the line that decides whether statements all hold: the first no, else the first doubt
            own_lines = [*lines, *own]
            order = (FirstKind.NO, FirstKind.NOT_CHECKED, FirstKind.UNKNOWN, FirstKind.POSSIBLE)
            lines = [next((line for kind in order for line in own_lines if line.kind is kind), own_lines[0])]
        else:
            lines = [*lines, *own]
        for answer in answers:
            for fact in answer.facts:
                facts.setdefault(fact.text, fact)
            for gap in answer.gaps:
                gaps.setdefault(gap.text, gap)
    return QueryAnswer(_first(lines, reading), tuple(facts.values()), tuple(gaps.values()))


def _of_whole(line: FirstLine, party: str) -> FirstLine:
    """Return the first line about a part without a name: it does not have the answer of the whole."""
    sentence = text(
        "Unknown: the question is about a part of {party} that it does not name. The answer on {party} "
        "itself: “{says}”",
        party=party,
        says=line.text,
    )
    return FirstLine(FirstKind.UNKNOWN, sentence)


def unsure(line: FirstLine) -> FirstLine:
    """Return the first line for a query whose relation is only likely: it states no yes or no."""
    if line.kind not in {FirstKind.YES, FirstKind.NO}:
        return line
    sentence = text("Unknown: it is not clear what is asked. The answer to the likely question: “{says}”")
    return FirstLine(FirstKind.UNKNOWN, sentence.filled(says=line.text))


def to_denial(line: FirstLine, denial: Denial) -> FirstLine:
    """Return the first line for a clause that asks to confirm a denial: yes and no change places."""
    if denial is Denial.NONE or line.kind not in AFFIRMING:
        return line
    if denial is Denial.PART:
        sentence = text(
            "Unknown: it is not clear what the question denies. The answer without the denial: “{says}”"
        )
        return FirstLine(FirstKind.UNKNOWN, sentence.filled(says=line.text))
    if line.kind not in {FirstKind.YES, FirstKind.NO}:
        return line
    kind, sentence = FirstKind.YES, text("Yes: the denial is right. The answer without the denial: “{says}”")
    if line.kind is FirstKind.YES:
        kind, sentence = (
            FirstKind.NO,
            text("No: the denial is wrong. The answer without the denial: “{says}”"),
        )
    return FirstLine(kind, sentence.filled(says=line.text), line.value)


def _lines(clause: Clause, answers: Sequence[QueryAnswer]) -> Iterator[FirstLine]:
    """Yield the first lines of a clause: an opinion or a promise is a judgement whatever facts bear on it."""
    if clause.is_judgement:
        yield judgement_line()
        return
    lines = list(zip(clause.queries, answers, strict=True))
    if "known" in clause.cues:  # `are you aware that`: a report first if one is named, else what the data say
        is_report = "report" in clause.cues
        lines = [pair for pair in lines if (pair[0].relation is Relation.KNOWN_REPORT) is is_report] or lines
    yield from (answer.first for _, answer in lines if answer.first is not None)


def judgement_line() -> FirstLine:
    """Return the first line of a question that asks for an opinion or a promise."""
    return FirstLine(FirstKind.JUDGEMENT, text("This is a judgement of the minister: no data decide it."))


def _first(lines: Sequence[FirstLine], reading: Reading) -> FirstLine:
    """Return the first line that settles something, else the first line; without any it is outside."""
    settled = next((line for line in lines if line.kind in SETTLED), None)
    if lines and Relation.ASSESS in reading.relations and lines[0].kind is FirstKind.JUDGEMENT:
        lines = lines[1:] or lines  # what the minister thinks of a report is asked before the question itself
    if lines:
        return lines[0] if settled is None or lines[0].kind is FirstKind.JUDGEMENT else settled
    if reading.judged:
        return judgement_line()
    cues = {cue for clause in reading.clauses for cue in clause.cues}
    if reading.queries and Relation.STEPS in reading.relations:
        return judgement_line()
    if cues & {"mind", "future"} or not reading.subjects:
        return FirstLine(FirstKind.OUTSIDE, text("Outside the data: only a person can answer this question."))
    return FirstLine(
        FirstKind.UNKNOWN, text("Unknown: no data that the overview reads settle this; a person answers it.")
    )
