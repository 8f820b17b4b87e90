"""Brokering, transit, technical assistance and intangible transfers: own fields and own gates."""

from datetime import date
from typing import Any

import pytest
from gate_tools import case_to, keys
from licensing_tools import application, changed, raw

from overzicht.subjects.licensing.completeness import gaps
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.destination import countries
from overzicht.subjects.licensing.gates.model import LegalGate, Outcome
from overzicht.subjects.licensing.model import Application

DAY = date(2026, 3, 20)


def parties(*roles: str) -> list[dict[str, Any]]:
    known = {party["role"]: party for party in raw("camera")["parties"]}
    known["broker"] = changed(known["exporter"], role="broker")
    return [known[role] for role in roles]


def blocking(case: Application) -> set[str]:
    return {gap.field for gap in gaps(case, DAY) if gap.blocks}


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"transaction": "brokering"}, {"parties", "located_in"}),
        ({"transaction": "brokering", "located_in": "CN",
          "parties": parties("broker", "consignee", "end_user")}, set()),
        ({"transaction": "brokering", "located_in": "CN", "destination": "FR", "route": [],
          "parties": parties("broker", "consignee", "end_user")}, {"located_in"}),
        ({"transaction": "technical assistance"}, {"assistance"}),
        ({"transaction": "technical assistance", "assistance": "training of two engineers"}, set()),
        ({"transaction": "transit"}, {"items.origin"}),  # the origin of the example is NL
        ({"transaction": "intangible transfer"}, {"server", "access"}),
        ({"transaction": "intangible transfer", "server": "SG", "access": ["KZ"]}, set()),
        ({}, set()),
    ],
)  # fmt: skip
def test_each_kind_has_its_own_required_fields(fields: dict[str, Any], missing: set[str]) -> None:
    assert blocking(application(**fields)) == missing


@pytest.mark.parametrize(
    ("kind", "facts", "outcome"),
    [
        ("brokering", {}, Outcome.NOT_KNOWN),
        ("brokering", {"informed_art6": "no", "aware_art6": "no"}, Outcome.CLEAR),
        ("brokering", {"informed_art6": "yes", "aware_art6": "no"}, Outcome.NEEDS_AUTHORISATION),
        ("brokering", {"informed_art6": "no", "aware_art6": "yes"}, Outcome.DUTY),
        ("brokering", {"informed_art6": "yes", "aware_art6": "yes"}, Outcome.NEEDS_AUTHORISATION),
        ("transit", {"transit_prohibited": "yes", "transit_authorisation": "no"}, Outcome.PROHIBITED),
        (
            "transit",
            {"transit_prohibited": "no", "transit_authorisation": "yes"},
            Outcome.NEEDS_AUTHORISATION,
        ),
        ("technical assistance", {"informed_art8": "yes", "aware_art8": "no"}, Outcome.NEEDS_AUTHORISATION),
        ("technical assistance", {"assistance_exempt": "yes"}, Outcome.CLEAR),
        ("export", {"informed_art6": "yes"}, Outcome.CLEAR),
    ],
)
def test_each_kind_asks_its_own_article(kind: str, facts: dict[str, str], outcome: Outcome) -> None:
    results = gates(case_to("CL", transaction=kind, facts=facts), DAY)
    assert results.of(LegalGate.CATCH_ALL) is outcome
    if kind != "export":
        assert results.of(LegalGate.LISTED) is Outcome.CLEAR  # a listed item alone needs nothing
        assert results.can_grant <= (outcome in {Outcome.CLEAR, Outcome.NEEDS_AUTHORISATION})


def test_a_kind_asks_for_the_facts_of_its_article_only() -> None:
    requested = {
        key for key in keys(gates(case_to("CL", transaction="brokering"), DAY)) if key.startswith("fact:")
    }
    assert requested == {"fact:informed_art6", "fact:aware_art6"}


def test_the_server_and_the_countries_of_access_are_destinations() -> None:
    case = case_to("CL", transaction="intangible transfer", server="IR", access=("RU", "DE"))
    assert set(countries(case.application)) == {"CL", "IR", "RU"}
    assert gates(case, DAY).of(LegalGate.DESTINATION) is Outcome.PROHIBITED


def test_a_freeze_and_an_embargo_bind_every_kind() -> None:
    for kind in ("brokering", "transit", "technical assistance", "intangible transfer"):
        assert gates(case_to("RU", transaction=kind), DAY).of(LegalGate.DESTINATION) is Outcome.PROHIBITED


@pytest.mark.parametrize(
    ("eori", "rsin", "fault"),
    [
        ("NL123456782", "123456782", ""),
        ("nl 123456782", "1234.56.782", ""),
        ("DE1234567", "", ""),
        ("NL12345678", "", "is not an EORI number"),
        ("123456782", "", "is not an EORI number"),
        ("", "123456789", "is not a RSIN"),
        ("", "000000000", "is not a RSIN"),
    ],
)
def test_the_formats_of_eori_and_rsin(eori: str, rsin: str, fault: str) -> None:
    exporter = changed(raw("camera")["parties"][0], eori=eori, rsin=rsin)
    named = [exporter, *raw("camera")["parties"][1:]]
    if fault:
        with pytest.raises(ValueError, match=fault):
            application(parties=named)
    else:
        (party, *_) = application(parties=named).parties
        assert (party.eori, party.rsin) == (eori.upper().replace(" ", ""), rsin.replace(".", ""))


def test_a_dutch_exporter_without_numbers_or_with_differing_ones_has_gaps() -> None:
    def fields(**numbers: str) -> set[str]:
        exporter = changed(raw("camera")["parties"][0], country="NL", **{"eori": "", **numbers})
        case = application(parties=[exporter, *raw("camera")["parties"][1:]])
        return {gap.field for gap in gaps(case, DAY)} & {"eori", "rsin"}

    assert fields() == {"eori", "rsin"}
    assert fields(eori="NL123456782", rsin="123456782") == set()
    assert fields(eori="NL123456782", rsin="111222333") == {"eori"}
