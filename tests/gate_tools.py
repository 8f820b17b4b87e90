"""Cases for the gates: a screening, answers of people, and derogations, all invented."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from licensing_tools import application, fact

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    Derogation,
    GateAnswer,
    GateCase,
    Gates,
    LegalGate,
    Outcome,
    PartyAnswer,
    StoredDerogation,
    screened_parties,
)

DAY = date(2026, 3, 20)
BUYER = "Vostochnyy Glaz LLC"
GOOD_ANSWERS = {"text": "yes", "duty": "yes", "restraint": "yes", "classification": "yes"}


def party(role: str, country: str = "KZ", **fields: Any) -> dict[str, Any]:
    names = {"exporter": "Thermovisie Voorbeeld GmbH", "consignee": "Nieuwe Handel FZE", "end_user": BUYER}
    return {"role": role, "name": names[role], "country": country, "address": "Street 1", **fields}


def case_to(country: str, code: str | None = "6A003.a", **fields: Any) -> GateCase:
    """Return a screened case of one line to a country, with every criterion recorded and no denial."""
    user = fields.pop("user", {})
    facts = {name: fact(answer) for name, answer in fields.pop("facts", {}).items()}
    item = {
        "line": 1, "description": fields.pop("description", "equipment"), "list_version": "2025-11-15",
        "classified_by": "A. Voorbeeld", "quantity": {"amount": 1, "unit": "pieces"},
        "commodity_code": fields.pop("commodity_code", "84798997"),
        **({"code": code} if code else {"not_listed": True}),
    }  # fmt: skip
    made = application(
        parties=[
            party("exporter", "DE"),
            party("consignee", country, **({} if "name" in user else user)),
            party("end_user", country, **user),
        ],
        items=[item], destination=country, route=["DE", country], facts=facts,
        end_use={"description": "civil use"}, issuing_state=fields.pop("issuing_state", "DE"), **fields,
    )  # fmt: skip
    return GateCase(made, screening=screened(made), denials=())


def screened(case: Any, **answers: PartyAnswer) -> tuple[PartyAnswer, ...]:
    return tuple(
        answers.get(entry.key, PartyAnswer(entry.name, Holds.NO, text("not listed")))
        for entry in screened_parties(case)
    )


def hit(name: str, *effects: str, programmes: tuple[str, ...] = ()) -> PartyAnswer:
    return PartyAnswer(name, Holds.YES, text("listed"), (), effects or ("asset freeze",), programmes)


def listed(case: GateCase, name: str, *effects: str, programmes: tuple[str, ...] = ()) -> GateCase:
    answers = tuple(
        hit(name, *effects, programmes=programmes) if entry.party == name else entry
        for entry in case.screening
    )
    return replace(case, screening=answers)


def confirmed(case: GateCase, *answers: tuple[str, str], day: date = date(2000, 1, 1)) -> GateCase:
    given = tuple(Confirmation(key, answer, "a note", "O. Officer", day) for key, answer in answers)  # type: ignore[arg-type]
    return replace(case, confirmations=(*case.confirmations, *given))


def derogation(**fields: Any) -> Derogation:
    values = {
        "act": "2020/1998", "article": "4(1)", "ground": "basic needs",
        "authority": "Minister for foreign trade", "document": "BZ-1", "document_date": date(2026, 1, 1),
        "sha256": hashlib.sha256(b"decision").hexdigest(),
        "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31), "lines": (1,),
        "parties": (BUYER, "Nieuwe Handel FZE"), "notice": "told to the Commission on 2026-01-02",
    }  # fmt: skip
    return Derogation.model_validate({**values, **fields})


def with_record(
    case: GateCase, checked: str = "A. Officer", accepted: str = "B. Officer", **fields: Any
) -> GateCase:
    return replace(case, derogations=(StoredDerogation(derogation(**fields), checked, accepted),))


def answered(case: GateCase, day: date) -> GateCase:
    """Return the case after a person answered every open question that may be answered towards a grant."""
    for _ in range(4):
        questions = gates(case, day).questions
        if not questions:
            break
        requested = [question.key for question in questions if question.key.partition(":")[0] != "fact"]
        case = confirmed(case, *((key, GOOD_ANSWERS.get(key.partition(":")[0], "no")) for key in requested))
    return case


def outcomes(case: GateCase, day: date = DAY) -> dict[str, str]:
    results = gates(case, day)
    return {gate.value: results.of(gate).value for gate in LegalGate}


def of_gate(results: Gates, gate: LegalGate, outcome: Outcome) -> list[GateAnswer]:
    return [answer for answer in results.answers if answer.gate is gate and answer.outcome is outcome]


def keys(results: Gates | Iterable[GateAnswer]) -> set[str]:
    answers = results.answers if isinstance(results, Gates) else results
    return {answer.open_question.key for answer in answers if answer.open_question}
