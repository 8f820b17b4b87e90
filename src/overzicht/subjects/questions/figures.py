"""Figures over sets: how many, how long until the answer, by ministry and year; medians only with enough."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from overzicht.dates import Holds
from overzicht.evidence.json_marks import AS_OBJECT
from overzicht.subjects.questions.days import Median, median_of
from overzicht.subjects.questions.facts import party_of, term
from overzicht.subjects.questions.model import PaperKind, RoleKind
from overzicht.subjects.questions.sets import QuestionSet, SetKind, State

LONG_DAYS = 90  # the last class of the days until an answer begins after it


@dataclass(frozen=True, slots=True)
class MinistryRow:
    """A ministry as printed most often, with the days until its answers and how many were late."""

    name: str
    days: Median
    late: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over all sets on a date; `classes` count answers by days, the last one open-ended."""

    as_of: date
    sets: int
    states: Annotated[tuple[tuple[State, int], ...], AS_OBJECT]
    papers: Annotated[tuple[tuple[PaperKind, int], ...], AS_OBJECT]
    unflagged: int
    answered: int
    late: int
    unknown_late: int
    days: Median
    classes: tuple[tuple[int, int | None, int], ...]
    ministries: tuple[MinistryRow, ...]
    years: Annotated[tuple[tuple[int, int], ...], AS_OBJECT]
    parties: Annotated[tuple[tuple[str, int], ...], AS_OBJECT]
    domains: Annotated[tuple[tuple[str, int], ...], AS_OBJECT]


@dataclass(slots=True)
class _Counts:
    states: Counter[State] = field(default_factory=Counter)
    papers: Counter[PaperKind] = field(default_factory=Counter)
    years: Counter[int] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    domains: Counter[str] = field(default_factory=Counter)
    unflagged: int = 0
    days: list[tuple[QuestionSet, int]] = field(default_factory=list)


def figures_of(sets: Iterable[QuestionSet], as_of: date) -> Figures:
    """Return the figures of sets as known on a date; an empty collection gives zeros and no medians."""
    counts = _Counts()
    for question_set in sets:
        counts.states[question_set.state] += 1
        if question_set.timing.asked_on is not None:
            counts.years[question_set.timing.asked_on.year] += 1
        if question_set.kind is SetKind.WRITTEN and question_set.timing.days is not None:
            counts.days.append((question_set, question_set.timing.days))
        for party in sorted({party_of(r.party) for r in question_set.of_role(*_ASKING) if r.party}):
            counts.parties[party] += 1
        for joined in question_set.papers:
            counts.papers[joined.paper.kind] += 1
            counts.unflagged += not joined.paper.flags
        asking = question_set.asking
        urls = [url for note in asking.notes for url in note.urls] if asking else []
        hosts: set[str] = set()
        for url in urls:
            try:
                host = urlsplit(url).hostname or ""
            except ValueError:
                hosts.add("")
                continue
            hosts.add(host.removeprefix("www."))
        for domain in sorted(hosts - {""}):
            counts.domains[domain] += 1
    days = [number for _, number in counts.days]
    lateness = Counter(question_set.timing.is_late for question_set, _ in counts.days)
    edges = (0, term().days, term().extended, LONG_DAYS)
    classes: list[tuple[int, int | None, int]] = []
    for first, last in zip(edges, (*edges[1:], None), strict=True):
        start = first + 1 if first else 0
        classes.append((start, last, sum(start <= n and (last is None or n <= last) for n in days)))
    # group by the letters of the name alone: prints differ in case, and are glued at line ends
    groups: dict[str, list[tuple[str, QuestionSet, int]]] = {}
    for question_set, number in counts.days:
        name = ministry_of(question_set)
        groups.setdefault("".join(name.casefold().split()), []).append((name, question_set, number))
    rows = []
    for members in groups.values():
        names = Counter(name for name, _, _ in members)
        printed = min(names, key=lambda name: (-names[name], -name.count(" "), name))
        late = sum(question_set.timing.is_late is Holds.YES for _, question_set, _ in members)
        rows.append(MinistryRow(printed, median_of([number for _, _, number in members]), late))
    return Figures(
        as_of=as_of,
        sets=sum(counts.states.values()),
        states=tuple((state, counts.states[state]) for state in State if counts.states[state]),
        papers=tuple((kind, counts.papers[kind]) for kind in PaperKind if counts.papers[kind]),
        unflagged=counts.unflagged,
        answered=len(days),
        late=lateness[Holds.YES],
        unknown_late=lateness[Holds.UNKNOWN],
        days=median_of(days),
        classes=tuple(classes),
        ministries=tuple(sorted(rows, key=lambda row: (-row.days.count, row.name))),
        years=tuple(sorted(counts.years.items())),
        parties=_most(counts.parties),
        domains=_most(counts.domains),
    )


_ASKING = (RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER)


def ministry_of(question_set: QuestionSet) -> str:
    """Return the ministry of the first who answered, else of the first who was asked; `` for none."""
    offices = [role.office for role in question_set.of_role(RoleKind.ANSWERER) if role.office]
    offices += [role.office for role in question_set.of_role(RoleKind.ADDRESSEE) if role.office]
    return offices[0].partition(", ")[2] or offices[0] if offices else ""


def _most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
