"""Answer 3 of 2020Z25656 replayed: the conclusion and reasons of its day, and the AI Act when it applies."""

from datetime import date

import pytest
from law_tools import weigh_use

from overzicht.subjects.diligence.conclusions import compare_weighings
from overzicht.subjects.diligence.law_files import example_uses
from overzicht.subjects.diligence.use_assessment import Label, Outcome, Weighing
from overzicht.subjects.diligence.uses import Use

ANSWERED = date(2021, 4, 13)
ACT_APPLIES = date(2025, 2, 2)
ANSWER = "https://zoek.officielebekendmakingen.nl/ah-tk-20202021-2310.html"


def use(name: str) -> Use:
    return {each.id: each for each in example_uses()}[name]


def weighed(name: str, day: date = ANSWERED) -> Weighing:
    return weigh_use(use(name), day)


def reasons(weighing: Weighing, instrument: str) -> list[str]:
    return [str(reason.text) for reason in weighing.of(instrument).findings[0].reasons]


@pytest.mark.parametrize(
    ("instrument", "reason"),
    [
        # the answer's own steps, in order
        ("icerd", "face recognition as such is not a violation of international human rights"),
        ("icerd", "although human rights bodies have voiced concern about biometric data and privacy"),
        ("udhr", "rights and protection of the law for everybody, without distinction of any kind"),
        ("icerd", "a distinction by race, colour, descent, or national or ethnic origin"),
        ("icerd", "China (CN) is a party to ICERD since 1982-01-28"),
        ("icerd", "it singles out a group by ethnic origin (Uyghurs)"),
        ("oecd-guidelines", "China (CN) is not a member of the OECD"),
        ("oecd-guidelines", "it does not expect enterprises in or from China (CN) to follow them"),
        ("wto", "sets no requirements for products"),
        ("wto", "its rules are mainly against barriers to trade"),
    ],
)  # fmt: skip
def test_the_reasons_of_the_answer_stand_on_its_day(instrument: str, reason: str) -> None:
    assert any(reason in said for said in reasons(weighed("uyghur-alarm"), instrument))


def test_the_conclusion_is_that_of_the_answer() -> None:
    weighing = weighed("uyghur-alarm")
    assert weighing.of("icerd").outcome is Outcome.LIKELY_VIOLATION
    assert weighing.of("udhr").outcome is Outcome.CONTRARY
    assert weighing.of("oecd-guidelines").outcome is Outcome.NOT_BOUND
    assert weighing.of("wto").outcome is weighing.of("who").outcome is Outcome.NO_RULE
    assert weighing.of("ai-act").outcome is Outcome.NOT_APPLICABLE
    assert "is likely violated" in str(weighing.conclusions[1])
    assert any(cited.address == ANSWER for cited in weighing.of("icerd").citations)


def test_of_the_company_it_says_whom_the_treaties_bind() -> None:
    weighing = weighed("uyghur-alarm-maker")
    assert weighing.of("icerd").outcome is Outcome.CONTRARY
    assert any("it does not bind the actor" in said for said in reasons(weighing, "icerd"))
    assert weighing.of("oecd-guidelines").outcome is Outcome.NOT_BOUND
    assert weighing.of("ungp").outcome is Outcome.CONTRARY
    assert any("both claimed and denied" in str(note) for note in weighing.notes)


def test_face_recognition_as_such_is_no_violation_and_singling_out_is() -> None:
    plain, aimed = weighed("face-recognition-as-such"), weighed("uyghur-alarm")
    for instrument in ("udhr", "icerd"):
        assert plain.of(instrument).outcome is Outcome.NO_VIOLATION
        assert aimed.of(instrument).outcome.rank < Outcome.NO_VIOLATION.rank
    assert not any(each.outcome.rank <= Outcome.CONTRARY.rank for each in plain.instruments)


def test_the_ai_act_joins_in_on_its_first_day_and_not_before() -> None:
    before = weighed("uyghur-alarm", date(2025, 2, 1)).of("ai-act")
    on = weighed("uyghur-alarm", ACT_APPLIES).of("ai-act")
    assert (before.outcome, before.label) == (Outcome.NOT_APPLICABLE, Label.LAW)
    assert (on.outcome, on.label) == (Outcome.SIGNAL, Label.POLICY)
    assert "5(1)(g)" in str(on.statement)


def test_a_dutch_buyer_and_an_exporter_differ_and_it_says_why() -> None:
    buyer, exporter = weighed("dutch-buyer", ACT_APPLIES), weighed("dutch-exporter", ACT_APPLIES)
    assert buyer.of("ai-act").outcome is Outcome.PROHIBITED
    assert exporter.of("ai-act").outcome is Outcome.SIGNAL
    assert any("export control applies to that" in said for said in reasons(exporter, "ai-act"))
    said = {str(line).partition(":")[0]: str(line) for line in compare_weighings(buyer, exporter)}
    assert "Netherlands (NL), where it is used, is in the Union" in said["AI Act"]
    assert "Kazakhstan (KZ), where it is used, is outside the Union" in said["AI Act"]
    assert "addresses only enterprises" in said["OECD Guidelines"]
    assert not tuple(compare_weighings(buyer, buyer))


def test_a_claim_made_later_is_not_known_before() -> None:
    notes = [str(note) for note in weighed("uyghur-alarm", date(2020, 12, 7)).notes]
    assert any("first claimed after 2020-12-07" in note for note in notes)
    said = reasons(weighed("uyghur-alarm", date(2020, 12, 31)), "icerd")
    assert not any("denies it" in each for each in said)
