"""A set as known on a date: its entry in the index and its papers, the best reading of each first."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.questions.days import Timing, timing
from overzicht.subjects.questions.model import (
    Dates,
    Entry,
    Family,
    Layout,
    Origin,
    Paper,
    PaperKind,
    Role,
    RoleKind,
)


class SetKind(WordedEnum):
    """How the questions were put."""

    WRITTEN = "written", text("written questions")
    ORAL = "oral", text("oral questions")
    SENATE = "written, Senate", text("written questions, Senate")


class State(WordedEnum):
    """Where a set stands, as its papers tell; only the index may say finished without a day."""

    OPEN = "open", text("open")
    POSTPONED = "postponed", text("postponed")
    ANSWERED = "answered", text("answered")
    CORRECTED = "answered, with a further answer", text("answered, with a further answer")
    WITHDRAWN = "withdrawn", text("withdrawn")
    FINISHED = "finished by the index, day unknown", text("finished, day unknown")
    ORAL = "put orally", text("put orally")


@dataclass(frozen=True, slots=True)
class JoinedPaper:
    """A paper: its best reading, the origins of those it was completed from, and the named roles of all."""

    paper: Paper
    others: tuple[Origin, ...] = ()
    named: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A whole set on a date; `number` is the set number, or the paper's id if none is known."""

    number: str
    kind: SetKind
    state: State
    subject: str
    session: str
    topics: tuple[str, ...]
    roles: tuple[Role, ...]
    supplements: tuple[str, ...]
    papers: tuple[JoinedPaper, ...]
    entry: Entry | None
    timing: Timing
    as_of: date

    @property
    def asking(self) -> Paper | None:
        """The paper whose questions are shown: the closest to the official text; None without any.

        Of two alike the answer's, so that both sides count notes alike; of derived ones the questions as put.
        """
        with_questions = [joined.paper for joined in self.papers if joined.paper.questions]
        return min(with_questions, key=_asking_order, default=None)

    @property
    def answering(self) -> Paper | None:
        """The first paper with an answer that was read, or None."""
        answers = [joined.paper for joined in self.papers if joined.paper.kind is PaperKind.ANSWER]
        return next((joined for joined in answers if joined.answers), answers[0] if answers else None)

    def of_role(self, *kinds: RoleKind) -> tuple[Role, ...]:
        """Return the roles of those kinds in order."""
        return tuple(role for role in self.roles if role.kind in kinds)


def assemble(number: str, entry: Entry | None, readings: Sequence[Paper], as_of: date) -> QuestionSet:
    """Return a set as known on `as_of` from all readings of its papers; later papers are left out.

    A paper without any day is taken as known.
    """
    joined = join_readings(readings)
    papers = [item for item in joined if (item.paper.dates.known_from or as_of) <= as_of]
    known = [item.paper for item in papers]
    later = [item.paper.kind for item in joined if item not in papers]
    is_finished = entry is not None and entry.is_finished is True and not set(later) & set(_ANSWERS)
    put = next((p.dates.asked_on for p in known if p.dates.asked_on), entry.asked_on if entry else None)
    if any(p.kind is PaperKind.ORAL for p in known):
        kind = SetKind.ORAL
    else:
        is_senate = any("-ek-" in paper_id for p in known for paper_id in (p.key, *p.ids)) or "-ek-" in number
        kind = SetKind.SENATE if is_senate else SetKind.WRITTEN
    when = timing(
        put,
        [day for p in known if p.kind in _ANSWERS and (day := p.dates.received or p.dates.issued)],
        [day for p in known if p.kind is PaperKind.NOTICE and (day := p.dates.received or p.dates.issued)],
        as_of,
        papers_seen=any(p.family is Family.APPENDIX for p in known),
    )
    subject = next((p.subject for p in known if p.subject), entry.subject if entry else "")
    return QuestionSet(
        number=number,
        kind=kind,
        state=_state(kind, known, is_finished=is_finished),
        subject=subject,
        session=next((p.session for p in known if p.session), entry.session if entry else ""),
        topics=tuple(dict.fromkeys(topic for p in known for topic in p.topics)),
        roles=_roles(known, entry),
        supplements=tuple(dict.fromkeys(item for p in known for item in p.supplements if item != number)),
        papers=tuple(papers),
        entry=entry,
        timing=when,
        as_of=as_of,
    )


def _asking_order(paper: Paper) -> tuple[int, bool, bool]:
    is_put = paper.family is Family.QUESTIONS
    is_derived = paper.origin.layout is Layout.DERIVED
    is_notice = paper.kind is PaperKind.NOTICE
    return (paper.origin.layout.rank, is_put is not is_derived, is_notice)


_ANSWERS = (PaperKind.ANSWER, PaperKind.FURTHER)
_ORDER = (PaperKind.QUESTIONS, PaperKind.ORAL, PaperKind.NOTICE, PaperKind.ANSWER, PaperKind.FURTHER)


def _state(kind: SetKind, papers: Sequence[Paper], *, is_finished: bool) -> State:
    kinds = {p.kind for p in papers}
    for paper_kind, state in (
        (PaperKind.WITHDRAWAL, State.WITHDRAWN),
        (PaperKind.FURTHER, State.CORRECTED),
        (PaperKind.ANSWER, State.ANSWERED),
    ):
        if paper_kind in kinds:
            return state
    if is_finished:
        return State.FINISHED
    if kind is SetKind.ORAL:
        return State.ORAL
    return State.POSTPONED if PaperKind.NOTICE in kinds else State.OPEN


def _roles(papers: Sequence[Paper], entry: Entry | None) -> tuple[Role, ...]:
    """Take each kind of role from the first source that names a party or an office, else from any."""
    sources = [p.roles for p in papers] + ([entry.roles] if entry else [])
    asking = (RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER)
    roles_found: list[Role] = []
    for kinds in (asking, (RoleKind.ADDRESSEE,), (RoleKind.ANSWERER,), (RoleKind.ON_BEHALF,)):
        named = [[role for role in roles if role.kind in kinds] for roles in sources]
        named = [roles for roles in named if roles]
        full = [roles for roles in named if all(role.party or role.office for role in roles)]
        roles_found += (full or named or [[]])[0]
    return tuple(roles_found)


def join_readings(readings: Sequence[Paper]) -> list[JoinedPaper]:
    """Return the papers of a set by date, with the readings of one paper joined.

    Readings with a shared id belong to one paper. The closest to the official text leads, the newest of equal
    ones (the last given). The others supply what it lacks.
    """
    groups: list[list[Paper]] = []
    for reading in readings:
        ids = {reading.key, *reading.ids}
        mine = [group for group in groups if any(ids & {paper.key, *paper.ids} for paper in group)]
        joined = [paper for group in mine for paper in group] + [reading]
        groups = [group for group in groups if group not in mine] + [joined]
    papers = [_join(group) for group in groups]
    return sorted(papers, key=_place)


def _place(joined: JoinedPaper) -> tuple[date, int, str]:
    order = _ORDER.index(joined.paper.kind) if joined.paper.kind in _ORDER else len(_ORDER)
    return (joined.paper.dates.known_from or date.max, order, joined.paper.key)


def _join(group: list[Paper]) -> JoinedPaper:
    newest_first = list(reversed(group))
    ranked = sorted(newest_first, key=lambda p: (not (p.questions or p.answers), p.origin.layout.rank))
    best = ranked[0]
    # what the leading text lacks is taken from official sources before derived ones
    for other in sorted(ranked[1:], key=lambda p: p.origin.layout is Layout.DERIVED):
        dates = Dates(*(getattr(best.dates, f.name) or getattr(other.dates, f.name) for f in fields(Dates)))
        is_official = other.origin.layout in (Layout.METADATA, Layout.XML, Layout.HTML)
        taken = best.roles or other.roles
        missing = {role.kind for role in other.roles} - {role.kind for role in taken}
        kind = best.kind if best.kind is not PaperKind.UNKNOWN else other.kind
        best = replace(
            best,
            key=best.key if best.key.startswith(("kv-", "ah-tk", "ah-ek")) else other.key,
            kind=other.kind
            if is_official and other.kind in _CLEAR and kind is not PaperKind.FURTHER
            else kind,
            ids=tuple(dict.fromkeys((*best.ids, best.key, *other.ids, other.key))),
            sets=tuple(dict.fromkeys((*best.sets, *other.sets))),
            is_edited=other.is_edited if best.is_edited is None else best.is_edited,
            subject=best.subject or other.subject,
            session=best.session or other.session,
            dates=dates,
            topics=best.topics or other.topics,
            roles=taken + tuple(role for role in other.roles if role.kind in missing),
            see_also=tuple(dict.fromkeys((*best.see_also, *other.see_also))),
            supplements=tuple(dict.fromkeys((*best.supplements, *other.supplements))),
        )
    others = dict.fromkeys(p.origin for p in ranked[1:] if p.origin != best.origin)
    named = dict.fromkeys(role for p in ranked for role in p.roles if role.name)
    return JoinedPaper(best, tuple(others), tuple(named))


_CLEAR = (PaperKind.NOTICE, PaperKind.ANSWER)
