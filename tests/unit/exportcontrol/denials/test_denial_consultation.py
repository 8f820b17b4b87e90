"""Consultations: silence means opposite things in Articles 14 and 16, and only an objection binds."""

from datetime import date

import pytest

from overzicht.law.working_days import calendar_of
from overzicht.subjects.licensing.consultation import (
    REPLIES,
    Consultation,
    ConsultationStatus,
    Ground,
    Reply,
    clock_of,
    standing,
    status_sentence,
)

ASKED = date(2026, 8, 3)  # a Monday; ten working days on is Monday 17 August
DUE, AFTER = date(2026, 8, 17), date(2026, 8, 18)


def stands(consultation: Consultation, day: date) -> ConsultationStatus:
    clock = clock_of(consultation, calendar_of("NL"))
    assert clock is not None
    assert str(status_sentence(consultation, clock, day))
    return standing(consultation, clock, day)


@pytest.mark.parametrize(
    ("ground", "silent"),
    [
        (Ground.DENIAL, ConsultationStatus.SILENT_NOT_IDENTICAL),
        (Ground.LOCATION, ConsultationStatus.SILENT_NO_OBJECTION),
    ],
)
def test_silence_counts_from_the_day_after_the_last_one(ground: Ground, silent: ConsultationStatus) -> None:
    one = Consultation("NL", ground, ASKED)
    assert [stands(one, day) for day in (ASKED, DUE, AFTER)] == [
        ConsultationStatus.OPEN,
        ConsultationStatus.OPEN,
        silent,
    ]


@pytest.mark.parametrize("reply", list(Reply))
def test_an_answer_in_time_counts_and_one_day_later_is_late(reply: Reply) -> None:
    ground = next(ground for ground, replies in REPLIES.items() if reply in replies)
    in_time = Consultation("NL", ground, ASKED, reply=reply, answered_on=DUE)
    late = Consultation("NL", ground, ASKED, reply=reply, answered_on=AFTER)
    assert stands(in_time, AFTER) not in {ConsultationStatus.OPEN, ConsultationStatus.LATE}
    assert stands(in_time, ASKED) is ConsultationStatus.OPEN  # on a day before the answer
    assert stands(late, AFTER) is ConsultationStatus.LATE


def test_an_agreed_extension_moves_the_last_day() -> None:
    one = Consultation("NL", Ground.DENIAL, ASKED, extended_to=date(2026, 9, 1))
    assert stands(one, date(2026, 9, 1)) is ConsultationStatus.OPEN
    assert stands(one, date(2026, 9, 2)) is ConsultationStatus.SILENT_NOT_IDENTICAL


def test_there_is_no_clock_before_the_regulation_applied() -> None:
    assert clock_of(Consultation("NL", Ground.DENIAL, date(2009, 8, 26)), calendar_of("NL")) is None
