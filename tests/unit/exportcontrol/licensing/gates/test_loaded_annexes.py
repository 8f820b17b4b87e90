"""Annexes and correlation tables that the user loaded, and what they decide in a case."""

from dataclasses import replace
from datetime import date

import pytest
from gate_tools import case_to, confirmed

from overzicht.dates import Holds
from overzicht.evidence import Citation
from overzicht.law.consolidated import AnnexCard, AnnexEntry, ConsolidatedAct
from overzicht.subjects.licensing.gates.annexes import WITH_CODES
from overzicht.subjects.licensing.gates.correlated import compared_codes
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.loaded import Correlation, LoadedAct
from overzicht.subjects.licensing.gates.model import GateCase, Gates, LegalGate, Outcome

DAY = date(2026, 3, 20)
ENTRIES = (
    AnnexEntry("8471", "computers"),
    AnnexEntry("852589", "cameras", is_part=True),
    AnnexEntry("90314990", "optical instruments"),
)
FILE = Citation(source="eu-consolidated-acts", title="Regulation 833/2014", place="annexes")


def loaded(version: date = date(2026, 2, 1), entries: tuple[AnnexEntry, ...] = ENTRIES) -> LoadedAct:
    annexes = tuple(AnnexCard(number, "", (), entries) for number in ("VII", "XVIII", "XXIII", "XL"))
    act = ConsolidatedAct("833/2014", "02014R0833", version, "", 12, annexes)
    return LoadedAct(act, FILE)


def case_of(commodity_code: str, act: LoadedAct | None = None) -> GateCase:
    case = case_to("RU", None, commodity_code=commodity_code)
    return replace(case, acts=(act,) if act else ())


def of_card(results: Gates, card: str) -> list[Outcome]:
    return [answer.outcome for answer in results.answers if answer.card == card]


@pytest.mark.parametrize(
    ("commodity_code", "named"),
    [
        ("8471 30 00", Holds.YES),  # a heading covers its subheadings
        ("8525 89 00", Holds.UNKNOWN),  # only a part of the code
        ("9031 49", Holds.UNKNOWN),  # the entry is narrower than the code
        ("9031 49 90", Holds.YES),
        ("4901 99", Holds.NO),
        ("4901", Holds.UNKNOWN),  # too short to exclude
        ("", Holds.UNKNOWN),
    ],
)
def test_an_entry_names_a_code_or_leaves_it_open(commodity_code: str, named: Holds) -> None:
    assert loaded().names("XXIII", commodity_code) is named


def test_an_annex_without_commodity_codes_says_nothing() -> None:
    assert loaded(entries=(AnnexEntry("X.A.IV.003", "cameras"),)).names("VII", "852589") is None
    assert loaded().names("II", "8471") is None


def test_goods_described_without_a_code_keep_the_annex_open() -> None:
    mixed = loaded(entries=(AnnexEntry("8471", "computers"), AnnexEntry("X.A.IV.003", "cameras")))
    assert mixed.names("VII", "490199") is Holds.UNKNOWN


def test_a_loaded_annex_bans_a_code_that_the_card_does_not_know() -> None:
    assert "ru-industrial" not in {answer.card for answer in gates(case_of("9031 49 90"), DAY).answers
                                   if answer.outcome is Outcome.PROHIBITED}  # fmt: skip
    results = gates(case_of("9031 49 90", loaded()), DAY)
    banned = [answer for answer in results.answers if answer.card == "ru-industrial"]
    assert [answer.outcome for answer in banned] == [Outcome.PROHIBITED]
    assert FILE in banned[0].citations


def test_a_part_of_a_code_asks_a_person_and_shows_the_entry() -> None:
    results = gates(case_of("8525 89 00", loaded()), DAY)
    opened = next(answer for answer in results.answers if answer.card == "ru-industrial")
    assert opened.outcome is Outcome.NOT_KNOWN
    assert "ex 852589 cameras" in str(opened.sentence)


def test_that_nothing_is_named_counts_only_for_a_confirmed_version() -> None:
    case = case_of("4901 99", loaded())
    assert Outcome.NOT_KNOWN in of_card(gates(case, DAY), "ru-advanced")
    key = loaded().key
    assert key in {question.key for question in gates(case, DAY).questions}
    assert of_card(gates(confirmed(case, (key, "yes")), DAY), "ru-advanced") == [Outcome.CLEAR]
    refused = gates(confirmed(case, (key, "no")), DAY)
    assert "goods:ru-advanced" in {question.key for question in refused.questions}
    later = confirmed(case_of("4901 99", loaded(date(2026, 3, 1))), (key, "yes"))
    assert Outcome.NOT_KNOWN in of_card(gates(later, DAY), "ru-advanced")


def test_no_text_is_loaded_for_cards_without_codes() -> None:
    assert "dual_use" not in WITH_CODES
    case = replace(case_to("RU", "6A003.a"), acts=(loaded(),))
    assert gates(case, DAY).of(LegalGate.DESTINATION) is Outcome.PROHIBITED


TABLE = Correlation(date(2026, 1, 1), {"85258900": ("6A003", "6A203"), "851762": ("5A002",)}, FILE)


@pytest.mark.parametrize(
    ("code", "commodity_code", "is_open"),
    [
        ("6A003.b.4.b", "8525 89 00", False),
        ("5A001.f", "8525 89 00", True),
        (None, "8525 89", True),
        (None, "8517 62 00", True),
        (None, "4901 99", False),
        (None, "", False),
    ],
)
def test_a_correlation_table_points_to_other_provisions(
    code: str | None, commodity_code: str, is_open: bool
) -> None:
    case = replace(case_to("CL", code, commodity_code=commodity_code), correlation=TABLE)
    keys = correlations(gates(case, DAY))
    assert bool(keys) is is_open
    answered = gates(confirmed(case, *((key, "yes") for key in keys)), DAY)
    assert not correlations(answered)


def correlations(weighed: Gates) -> list[str]:
    return [question.key for question in weighed.questions if question.key.startswith("correlation:1/")]


def test_an_answer_about_provisions_does_not_hold_for_those_of_a_newer_table() -> None:
    case = replace(case_to("CL", "5A001.f", commodity_code="8525 89 00"), correlation=TABLE)
    (key,) = correlations(gates(case, DAY))
    newer = replace(TABLE, provisions={"85258900": ("6A003", "6A203", "9A012")})
    assert correlations(gates(confirmed(replace(case, correlation=newer), (key, "yes")), DAY))


def test_the_case_says_that_no_table_is_loaded() -> None:
    assert "no correlation table is loaded" in str(compared_codes(None))
    assert "2026-01-01" in str(compared_codes(TABLE))


def test_a_point_of_an_annex_is_no_commodity_code() -> None:
    points = (AnnexEntry("8", "water cannons"), AnnexEntry("85", "other goods"))
    act = loaded(entries=points)
    assert act.entries_on("VII", "8525 89") == ()
    assert act.names("VII", "8525 89") is None
