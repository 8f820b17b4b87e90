"""Objections against a decision under Dutch administrative law: their steps, hearing, term and outcome.

**What the law says.** The authority decides on an objection within six weeks, or within twelve if it set up
an advisory committee, counted from the day after the term for objections ended (Awb 7:10(1)). The term is
suspended while the objector repairs the objection (7:10(2)). The authority can adjourn it by six weeks at
most (7:10(3)), and further only if those concerned agree (7:10(4)). It hears the objector first (7:2), unless
a ground of 7:3 applies. It reconsiders the whole decision (7:11) and states its reasons (7:12). A late
objection is inadmissible, unless the delay is excusable (6:11). Whoever took the decision under a mandate
does not decide on the objection (10:3(3)).

**What we check.** The recorded steps and their dates.

**What we cannot see.** Whether a delay is excusable, and whether a hearing can be left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pydantic import computed_field

from overzicht.errors import UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.licensing.terms import (
    AWB,
    Supplement,
    Term,
    TermKind,
    next_working_day,
    objection_term,
)

WEEKS, COMMITTEE_WEEKS, ADJOURN_WEEKS, APPEAL_WEEKS = 6, 12, 6, 6


class ObjectionStep(WordedEnum):
    """A step of the procedure of an objection."""

    RECEIVED = "received", text("objection received")
    REPAIR = "repair", text("objector asked to repair the objection")
    REPAIRED = "repaired", text("objection repaired")
    COMMITTEE = "committee", text("advisory committee set up")
    HEARD = "heard", text("objector heard")
    NOT_HEARD = "not heard", text("hearing left out")
    ADJOURNED = "adjourned", text("decision adjourned")
    DECIDED = "decided", text("decision on the objection")
    WITHDRAWN = "withdrawn", text("objection withdrawn")


class ObjectionOutcome(WordedEnum):
    """Outcome of an objection."""

    INADMISSIBLE = "inadmissible", text("inadmissible")
    UNFOUNDED = "unfounded", text("unfounded")
    PARTLY_FOUNDED = "partly founded", text("partly founded")
    FOUNDED = "founded", text("founded")


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection with its steps; `number` counts from 1.

    `decided_by` and `decided_on` are those of the decision on the objection. `until` is the last day named on
    `adjourned_on`, `agreed` whether those concerned agreed to it. `not_heard` is the ground for leaving out a
    hearing.
    """

    number: int
    party: str
    grounds: str
    decision_of: date
    received_on: date
    repairs: tuple[Supplement, ...] = ()
    has_committee: bool = False
    heard_on: date | None = None
    hearing: str = ""
    not_heard: str = ""
    until: date | None = None
    adjourned_on: date | None = None
    agreed: bool = False
    outcome: ObjectionOutcome | None = None
    reasons: str = ""
    decided_on: date | None = None
    decided_by: str = ""
    withdrawn_on: date | None = None

    @computed_field
    @property
    def is_late(self) -> bool:
        """Whether it came in after the term for objections (Awb 6:7)."""
        return self.received_on > objection_term(self.decision_of, self.received_on).due

    @computed_field
    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decided_on is None and self.withdrawn_on is None

    @computed_field
    @property
    def is_heard(self) -> bool:
        """Whether the objector was heard, or the ground for leaving out the hearing is recorded."""
        return self.heard_on is not None or bool(self.not_heard)

    def first_due(self, day: date) -> date:
        """Return the last day before any adjournment, as known on `day`."""
        weeks = COMMITTEE_WEEKS if self.has_committee else WEEKS
        start = objection_term(self.decision_of, day).due
        return next_working_day(start + timedelta(weeks=weeks, days=self._suspended(self.repairs, day)))

    def due(self, day: date) -> date:
        """Return the last day for the decision, as known on `day`; a repair after an adjournment moves it."""
        if self.until is None or self.adjourned_on is None:
            return self.first_due(day)
        later = [repair for repair in self.repairs if repair.requested_on > self.adjourned_on]
        return next_working_day(self.until + timedelta(days=self._suspended(later, day)))

    def _suspended(self, repairs: Iterable[Supplement], day: date) -> int:
        """Return for how many days of the term the objector repaired the objection."""
        start, end = objection_term(self.decision_of, day).due, self.decided_on or day
        return sum(repair.days(end, start) for repair in repairs)

    def longest(self, day: date) -> date:
        """Return the latest day to which the authority alone can adjourn the decision."""
        return next_working_day(self.first_due(day) + timedelta(weeks=ADJOURN_WEEKS))

    def term(self, day: date) -> Term:
        """Return the term for the decision on the objection, as known on `day`."""
        start, due = objection_term(self.decision_of, day).due, self.due(day)
        suspended = self._suspended(self.repairs, day)
        waits = self.is_open and day > start and any(repair.is_waiting(day) for repair in self.repairs)
        return Term(
            TermKind.ON_OBJECTION,
            "7:10",
            start,
            due,
            suspended,
            is_suspended=waits,
            met_on=self.decided_on or self.withdrawn_on,
            is_overdue=not waits and (self.decided_on or self.withdrawn_on or day) > due,
            statement=self._statement(due, suspended, waits=waits),
            citations=(AWB.cite("law: awb", "Article 7:10"),),
        )

    def _statement(self, due: date, suspended: int, *, waits: bool) -> Text:
        weeks = COMMITTEE_WEEKS if self.has_committee else WEEKS
        sentence = text(
            "objection {number} of {party}: the decision on it is due on {due} (Awb 7:10, {weeks} weeks "
            "after the term for objections)",
            number=self.number,
            party=self.party,
            due=due,
            weeks=weeks,
        )
        if self.until is not None:
            sentence = text("{says}; adjourned to {until}", says=sentence, until=self.until)
        if suspended:
            sentence = text("{says}; suspended for {days} days (Awb 7:10(2))", says=sentence, days=suspended)
        if self.decided_on is not None:
            sentence = text("{says}; decided on {day}", says=sentence, day=self.decided_on)
        if waits:
            sentence = text("{says}; the term is suspended until the objector repairs it", says=sentence)
        return sentence

    def after(self, step: ObjectionStep, day: date, actor: str, data: dict[str, Any]) -> "Objection":
        """Return the objection after a recorded step; ValueError for a second receipt."""
        changes: dict[str, Any] = {}
        match step:
            case ObjectionStep.REPAIR:
                request = Supplement(day, date.fromisoformat(data["until"]), data["reason"])
                changes = {"repairs": (*self.repairs, request)}
            case ObjectionStep.REPAIRED:
                *earlier, last = self.repairs
                changes = {"repairs": (*earlier, replace(last, received_on=day))}
            case ObjectionStep.COMMITTEE:
                changes = {"has_committee": True}
            case ObjectionStep.HEARD:
                changes = {"heard_on": day, "hearing": data["reason"], "not_heard": ""}
            case ObjectionStep.NOT_HEARD:
                changes = {"not_heard": data["reason"]}
            case ObjectionStep.ADJOURNED:
                changes = {"until": date.fromisoformat(data["until"]), "agreed": data["agreed"]}
                changes["adjourned_on"] = day
            case ObjectionStep.DECIDED:
                outcome = ObjectionOutcome(data["outcome"])
                changes = {"outcome": outcome, "reasons": data["reason"], "decided_on": day}
                changes["decided_by"] = actor
            case ObjectionStep.WITHDRAWN:
                changes = {"withdrawn_on": day}
            case ObjectionStep.RECEIVED:
                raise ValueError("an objection is received once")
        return replace(self, **changes)


def chosen_objection(objections: tuple[Objection, ...], number: int) -> Objection:
    """Return the objection of a number, or the newest for 0; UnknownNameError lists the known ones."""
    known = {objection.number: objection for objection in objections}
    chosen = number or max(known, default=0)
    if chosen not in known:
        raise UnknownNameError("objection", str(chosen), tuple(map(str, known)))
    return known[chosen]


def appeal_until(decided: date) -> date:
    """Return the last day of an appeal to the court against a decision on an objection (Awb 6:7, 8:1)."""
    return next_working_day(decided + timedelta(weeks=APPEAL_WEEKS))


def problems_of(
    objection: Objection, step: ObjectionStep, day: date, data: dict[str, Any]
) -> Iterable[tuple[Text, Text]]:
    """Yield why a step is not possible, each with its fix; nothing if it is."""
    if not objection.is_open:
        yield text("the objection is closed"), text("record another objection")
    if day < objection.received_on:
        first = objection.received_on
        yield text("{day} is before the objection came in", day=day), text("give {day} or later", day=first)
    if step in _NEED_REASON and not data["reason"].strip():
        yield text("a reason is required"), text("give it with --reason")
    until = date.fromisoformat(data["until"]) if data["until"] else None
    if step in _NEED_DAY and (until is None or until <= day):
        yield text("a later last day is required"), text("give it with --until")
    waits = any(repair.received_on is None for repair in objection.repairs[-1:])
    if step is ObjectionStep.REPAIRED and not waits:
        yield text("the objector was not asked to repair anything"), text("record the request first")
    if step is ObjectionStep.ADJOURNED and until is not None:
        # why a decision cannot be adjourned: a term is made longer, and before it ended
        is_agreed = data["agreed"]
        term = objection.term(day)
        if term.is_overdue:
            yield text("the term ended on {day}", day=term.due), text("decide on the objection")
        elif day < until <= term.due:
            yield text("{day} is not after {due}", day=until, due=term.due), text("name a later date")
        longest = objection.longest(day)
        if not is_agreed and until > longest:
            yield (
                text("the authority alone can adjourn to {day} at most (Awb 7:10(3))", day=longest),
                text("give an earlier day, or --agreed if those concerned agree"),
            )
    if step is ObjectionStep.DECIDED and not data["outcome"]:
        yield text("an outcome is required"), text("give it with --outcome")
    if step is ObjectionStep.DECIDED and not objection.is_heard:
        yield (
            text("the objector was not heard (Awb 7:2)"),
            text("record the hearing, or `not heard` with the ground of Awb 7:3"),
        )


_NEED_REASON = frozenset(
    {ObjectionStep.REPAIR, ObjectionStep.NOT_HEARD, ObjectionStep.ADJOURNED, ObjectionStep.DECIDED}
)
_NEED_DAY = frozenset({ObjectionStep.REPAIR, ObjectionStep.ADJOURNED})
