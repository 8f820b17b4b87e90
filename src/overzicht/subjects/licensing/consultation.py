"""Consultations between states: the state, the deadline, and the meaning of silence (Articles 14 and 16).

**What the law says.** Article 16(5): the state that refused an essentially identical transaction is
consulted. No answer within 10 working days counts as *not* essentially identical. Its answer does not bind; a
state that still grants must explain this to all states and the Commission. Article 14(1) is the mirror: an
objection of the state with the items *binds*, and silence means no objection.

**What we check.** The days, by the calendar of the consulted state, and the recorded answers.

**What we cannot see.** Whether a message arrived. Both states agree on an extension; its maximum has two
readings, and both are shown.
"""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum, words_of
from overzicht.law.working_days import Clock, Reading, StateCalendar, start_clock


class Ground(WordedEnum):
    """Why a state is consulted."""

    LOCATION = "art14-objection", text("the items are there (Article 14)")
    DENIAL = "art16-consultation", text("it denied a similar transaction (Article 16)")


class Reply(WordedEnum):
    """Answer of the consulted state."""

    OBJECTION = "objection", text("it objects")
    NO_OBJECTION = "no objection", text("it does not object")
    IDENTICAL = "identical", text("essentially identical")
    NOT_IDENTICAL = "not identical", text("not essentially identical")


REPLIES = {
    Ground.LOCATION: (Reply.OBJECTION, Reply.NO_OBJECTION),
    Ground.DENIAL: (Reply.IDENTICAL, Reply.NOT_IDENTICAL),
}


class ConsultationStatus(WordedEnum):
    """Status of a consultation on a date."""

    OPEN = "open", text("open")
    OBJECTION = "objection, binds", text("objection, which binds")
    NO_OBJECTION = "no objection", text("no objection")
    IDENTICAL = "essentially identical", text("essentially identical")
    NOT_IDENTICAL = "not essentially identical", text("not essentially identical")
    SILENT_NO_OBJECTION = "silent: no objection", text("no answer in time, which counts as no objection")
    SILENT_NOT_IDENTICAL = (
        "silent: not essentially identical",
        text("no answer in time, which counts as not essentially identical"),
    )
    LATE = (
        "answered after the last day",
        text("answered after the deadline; silence already counted, so an officer decides what it is worth"),
    )


@dataclass(frozen=True, slots=True)
class Consultation:
    """A request to one state on one case: its ground, denials, extension and answer.

    `extended_to` is the agreed date; `answered_on` and `reply` are None until there is an answer.
    """

    state: str
    ground: Ground
    asked_on: date
    denials: tuple[str, ...] = ()
    extended_to: date | None = None
    reply: Reply | None = None
    answered_on: date | None = None


def clock_of(consultation: Consultation, calendar: StateCalendar) -> Clock | None:
    """Return the clock of a consultation, or None if the article did not apply on the date of the request."""
    return start_clock(consultation.ground.value, consultation.asked_on, calendar)


def last_day(consultation: Consultation, clock: Clock) -> date:
    """Return the last day in time: the agreed one where there is an extension, else that of the article."""
    return max(clock.due, consultation.extended_to) if consultation.extended_to else clock.due


def standing(consultation: Consultation, clock: Clock, day: date) -> ConsultationStatus:
    """Return the status of a consultation on `day`; an answer after the deadline is late."""
    end = last_day(consultation, clock)
    answered = consultation.answered_on
    if consultation.reply is not None and answered is not None and answered <= day:
        return _REPLIED[consultation.reply] if answered <= end else ConsultationStatus.LATE
    if day <= end:
        return ConsultationStatus.OPEN
    is_location = consultation.ground is Ground.LOCATION
    return ConsultationStatus.SILENT_NO_OBJECTION if is_location else ConsultationStatus.SILENT_NOT_IDENTICAL


_REPLIED = {
    Reply.OBJECTION: ConsultationStatus.OBJECTION,
    Reply.NO_OBJECTION: ConsultationStatus.NO_OBJECTION,
    Reply.IDENTICAL: ConsultationStatus.IDENTICAL,
    Reply.NOT_IDENTICAL: ConsultationStatus.NOT_IDENTICAL,
}


def longest_extension(clock: Clock, reading: Reading) -> date | None:
    """Return the latest date of an extension in a reading, or None if the law allows none."""
    return dict(clock.extended).get(reading)


def status_sentence(consultation: Consultation, clock: Clock, day: date) -> Text:
    """Return the status of a consultation as a sentence."""
    now = standing(consultation, clock, day)
    if now is ConsultationStatus.OPEN:
        return text(
            "{state} was consulted on {asked}; the deadline is {due}, after that {silence}",
            state=consultation.state,
            asked=consultation.asked_on,
            due=last_day(consultation, clock),
            silence=clock.deadline.silence.text,
        )
    return text("{state}: {standing}", state=consultation.state, standing=_STANDINGS[now])


_STANDINGS = words_of(ConsultationStatus)
