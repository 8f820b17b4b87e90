"""The cases of the law that every gate must answer so, each with the fact that changes the answer."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from gate_tools import (
    BUYER,
    DAY,
    answered,
    case_to,
    confirmed,
    derogation,
    keys,
    listed,
    of_gate,
    outcomes,
    screened,
    with_record,
)

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.lifting import faults
from overzicht.subjects.licensing.gates.model import (
    DenialFinding,
    GateCase,
    LegalGate,
    Outcome,
    PartyAnswer,
    StoredDerogation,
)


def frozen(**fields: object) -> GateCase:
    case = case_to("CL", code=None, facts={"national_list_art9": "no"}, **fields)
    return listed(case, BUYER, programmes=("HR",))


def test_case_1_a_listed_end_user_is_prohibited_whatever_the_goods() -> None:
    assert outcomes(frozen())["G1"] == "prohibited"
    assert gates(answered(frozen(), DAY), DAY).outcome is Outcome.PROHIBITED


def test_case_2_a_complete_derogation_leads_to_gate_2() -> None:
    results = gates(with_record(frozen()), DAY)
    assert results.of(LegalGate.PARTIES) is Outcome.CLEAR
    assert results.of(LegalGate.DESTINATION) is Outcome.NOT_KNOWN
    assert [
        entry.lifted_by for entry in of_gate(results, LegalGate.PARTIES, Outcome.CLEAR) if entry.lifted_by
    ] == ["BZ-1"]
    assert "text:freeze-human-rights" in keys(results)


@pytest.mark.parametrize(
    ("officers", "fields"),
    [
        (("A. Officer", "A. Officer"), {}),
        (("A. Officer", " a. OFFICER "), {}),
        (("A. Officer", ""), {}),
        (("A. Officer", "Thermovisie Voorbeeld GmbH"), {}),
        (("A. Officer", "B. Officer"), {"valid_to": date(2026, 3, 19)}),
        (("A. Officer", "B. Officer"), {"valid_from": date(2026, 3, 21)}),
        (("A. Officer", "B. Officer"), {"act": "269/2014", "article": "4(1)"}),
        (("A. Officer", "B. Officer"), {"act": "999/2019"}),
        (("A. Officer", "B. Officer"), {"article": "40"}),
        (("A. Officer", "B. Officer"), {"article": "3(2)"}),
        (("A. Officer", "B. Officer"), {"lines": (2,)}),
        (("A. Officer", "B. Officer"), {"parties": ("Somebody else",)}),
    ],
)
def test_case_3_an_incomplete_record_lifts_nothing(officers: tuple[str, str], fields: dict[str, Any]) -> None:
    assert outcomes(with_record(frozen(), *officers, **fields))["G1"] == "prohibited"


def test_the_faults_of_a_record_are_named() -> None:
    stored = StoredDerogation(derogation(act="999/2019", valid_to=date(2026, 3, 1)), "A. Officer", "")
    messages = [str(fault) for fault in faults(frozen(), stored, DAY)]
    assert messages == [
        "no second officer accepted it",
        "it is valid from 2026-01-01 to 2026-03-01",
        "no card provides for an exception under act 999/2019",
    ]


@pytest.mark.parametrize(
    ("share", "day", "expected"),
    [
        ("60", DAY, "prohibited"),
        ("50", date(2024, 7, 3), "prohibited"),
        ("50", date(2024, 7, 2), "not known"),
        ("40", DAY, "not known"),
        ("", DAY, "not known"),
    ],
)
def test_case_4_a_listed_owner_reaches_the_consignee_by_share(share: str, day: date, expected: str) -> None:
    case = case_to("CL", user={"owners": [{"name": "Listed Holding", "share": share}]})
    case = listed(case, "Listed Holding")
    assert outcomes(case, day)["G1"] == expected
    if expected == "not known":
        requested = confirmed(case, (f"control:{BUYER}", "no"), ("control:Nieuwe Handel FZE", "no"))
        assert outcomes(requested, day)["G1"] == "clear"
        assert outcomes(confirmed(case, (f"control:{BUYER}", "yes")), day)["G1"] == "prohibited"


def test_case_5_an_unconfirmed_match_waits_for_a_person() -> None:
    case = case_to("CL")
    possible = PartyAnswer(BUYER, Holds.UNKNOWN, text("possibly listed"))
    waiting = replace(
        case, screening=(*(entry for entry in case.screening if entry.party != BUYER), possible)
    )
    results = gates(waiting, DAY)
    assert (results.of(LegalGate.PARTIES), results.can_grant) == (Outcome.NOT_KNOWN, False)
    assert outcomes(confirmed(waiting, (f"party:{BUYER}", "no")))["G1"] == "clear"
    assert outcomes(confirmed(waiting, (f"party:{BUYER}", "yes")))["G1"] == "prohibited"
    assert outcomes(confirmed(waiting, (f"party:{BUYER}", "no"), day=date(2026, 3, 21)))["G1"] == "not known"


def test_case_6_packet_inspection_to_iran_is_refused_for_the_state_and_asked_for_others() -> None:
    day = date(2013, 6, 1)
    ministry = case_to("IR", code=None, description="deep packet inspection probe",
                       user={"name": "Ministry of Communications"})  # fmt: skip
    (refused,) = of_gate(gates(ministry, day), LegalGate.DESTINATION, Outcome.PROHIBITED)
    assert (refused.must_refuse, refused.card) == (True, "ir-surveillance")
    clinic = case_to(
        "IR", code=None, description="deep packet inspection probe", facts={"security_user": "no"}
    )
    assert outcomes(clinic, day)["G2"] == "needs authorisation"
    open_user = case_to("IR", code=None, description="deep packet inspection probe")
    assert "fact:security_user" in keys(gates(open_user, day))


def test_case_7_a_router_to_moscow_needs_a_licence_in_2021_and_is_banned_in_2023() -> None:
    case = case_to("RU", code="5A002", facts={"military_end_use": "no"})
    assert gates(case, date(2021, 6, 1)).outcome is Outcome.NEEDS_AUTHORISATION
    assert outcomes(case, date(2021, 6, 1))["G2"] == "clear"
    assert outcomes(case, date(2023, 6, 1))["G2"] == "prohibited"
    military = case_to("RU", code="5A002", facts={"military_end_use": "yes"})
    assert outcomes(military, date(2021, 6, 1))["G2"] == "prohibited"


@pytest.mark.parametrize("code", ["6A003", "6A003.a"])
def test_case_8_a_camera_to_iran_changes_with_the_day(code: str) -> None:
    case = case_to("IR", code=code)
    assert gates(case, date(2020, 5, 1)).outcome is Outcome.NEEDS_AUTHORISATION
    assert gates(case, date(2026, 5, 1)).outcome is Outcome.PROHIBITED
    assert gates(case, date(2025, 9, 29)).outcome is not Outcome.PROHIBITED
    assert gates(case, date(2025, 9, 30)).outcome is Outcome.PROHIBITED


@pytest.mark.parametrize("country", ["IR", "SY", "BY", "LY", "ZW", "MM", "VE"])
def test_a_thermal_camera_is_equipment_for_repression(country: str) -> None:
    thermal = gates(case_to(country, code="6A003.b.4.b"), date(2020, 5, 1))
    named = of_gate(thermal, LegalGate.DESTINATION, Outcome.PROHIBITED)
    assert [entry.card for entry in named if entry.card.endswith("repression")]
    assert not of_gate(gates(case_to(country, code="6A003.a"), date(2020, 5, 1)), LegalGate.DESTINATION,
                       Outcome.PROHIBITED)  # fmt: skip


def test_case_9_a_named_end_user_in_china_may_not_receive_the_goods() -> None:
    case = listed(case_to("CN"), BUYER, "export licence")
    assert outcomes(case)["G2"] == "prohibited"
    assert outcomes(case_to("CN"))["G2"] == "clear"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("Lenin street 1, Simferopol", "prohibited"),
        ("вул. Севастополь 1, Севастополь", "prohibited"),
        ("address unknown", "not known"),
        ("", "not known"),
        ("Khreshchatyk 1, Kyiv", "clear"),
        ("Simferopolska street 3, Kyiv", "clear"),
    ],
)
def test_case_10_in_ukraine_the_address_decides(address: str, expected: str) -> None:
    assert outcomes(case_to("UA", user={"address": address}))["G2"] == expected


def test_case_11_a_denial_waits_for_a_person_or_the_state() -> None:
    case = case_to("CL")

    def with_denial(**fields: bool) -> str:
        states = {"is_dismissed": False, "is_answered": False, **fields}
        return outcomes(replace(case, denials=(DenialFinding("NL-1", "NL", **states),)))["G5"]

    assert with_denial() == "not known"
    assert with_denial(is_dismissed=True) == "clear"
    assert with_denial(is_answered=True) == "clear"
    assert with_denial(is_answered=True, is_identical=True) == "duty"
    assert outcomes(replace(case, denials=None))["G5"] == "not known"


def test_case_12_a_foreign_list_is_no_gate() -> None:
    case = case_to("CL")
    assert outcomes(case)["G1"] == "clear"  # the screening gives only lists that bind here


def test_case_13_a_destination_without_a_card_is_not_known() -> None:
    results = gates(case_to("CL"), DAY)
    assert (results.of(LegalGate.DESTINATION), keys(results)) == (Outcome.NOT_KNOWN, {"destination:CL"})
    open_way = answered(case_to("CL"), DAY)
    assert gates(open_way, DAY).can_grant
    assert gates(confirmed(case_to("CL"), ("destination:CL", "yes")), DAY).outcome is Outcome.PROHIBITED


def test_every_country_of_the_case_is_asked() -> None:
    case = case_to("CL")
    moved = case.application.parties[1].model_copy(update={"country": "RU"})
    parties = (case.application.parties[0], moved, case.application.parties[2])
    other = replace(case, application=case.application.model_copy(update={"parties": parties}))
    assert outcomes(other)["G2"] == "prohibited"
    route = case.application.model_copy(update={"route": ("DE", "BY", "CL")})
    assert outcomes(replace(case, application=route))["G2"] == "prohibited"


def test_an_unlisted_item_to_russia_waits_for_the_annexes_and_a_named_code_is_banned() -> None:
    facts = {"national_list_art9": "no"}
    waiting = gates(case_to("RU", code=None, facts=facts), DAY)
    assert {"goods:ru-advanced", "goods:ru-industrial", "goods:ru-luxury"} <= keys(waiting)
    named = case_to("RU", code=None, facts=facts, commodity_code="85255000")
    assert outcomes(named)["G2"] == "prohibited"


def test_a_listing_that_bans_no_goods_does_not_shut_the_gate() -> None:
    assert outcomes(listed(case_to("CL"), BUYER, "finance ban"))["G1"] == "clear"
    assert outcomes(listed(case_to("CL"), BUYER, "mixed"))["G1"] == "prohibited"


def test_a_party_that_was_not_screened_is_not_known() -> None:
    case = case_to("CL")
    assert outcomes(replace(case, screening=case.screening[:-1]))["G1"] == "not known"
    assert screened(case.application) == case.screening


def test_hong_kong_asks_for_a_person_and_bans_nothing() -> None:
    case = case_to("HK", code="5A001.j")
    assert outcomes(case)["G6"] == "not known"
    assert outcomes(confirmed(case, ("restraint:hk-conclusions", "yes")))["G6"] == "clear"
    assert outcomes(case_to("HK"))["G6"] == "clear"


def test_an_arms_embargo_of_a_card_makes_a_military_use_need_a_licence() -> None:
    facts = {"military_end_use": "yes", "aware_art4": "yes", "arms_embargo": "no"}
    assert Outcome.DUTY in {a.outcome for a in gates(case_to("MM", code=None, facts=facts), DAY).answers
                            if a.gate is LegalGate.CATCH_ALL}  # fmt: skip
    china = {"military_end_use": "yes", "aware_art4": "yes"}
    results = gates(case_to("CN", code=None, facts=china), DAY)
    assert "fact:cbrn_use" in keys(results)
