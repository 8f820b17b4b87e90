"""Applications: what contradicts itself is refused with every reason, what is missing is told."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from licensing_tools import application, changed, raw
from pydantic import ValidationError

from overzicht.subjects.licensing.completeness import gaps
from overzicht.subjects.licensing.model import Application, Money, Quantity, Role

DAY = date(2026, 3, 20)


def _item(**fields: Any) -> dict[str, Any]:
    return changed(raw("camera")["items"][0], **fields)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"items": [_item(not_listed=True)]}, "classified as 6A003.b.4.b and stated not to be listed"),
        ({"items": [_item(quantity={"amount": 3})]}, "quantity.unit"),
        ({"items": [_item(parameters=[{"name": "x", "value": 1}])]}, "parameters.0.unit"),
        (
            {"items": [_item(parameters=[{"name": "rate", "value": v, "unit": "Hz"} for v in (9, 30)])]},
            "states rate twice: 9 Hz and 30 Hz",
        ),
        ({"items": [_item(), _item()]}, "same line number"),
        ({"items": [_item(code="camera")]}, "not a control code"),
        ({"items": []}, "at least 1"),
        ({"destination": "Kazakhstan"}, "not a country code"),
        ({"route": ["DE", "AE"]}, "the route ends in AE, the destination is KZ"),
        ({"filed_on": "2026-02-01"}, "after the filing"),
        ({"filed_on": "2026-04-01", "expiry": "2026-04-01"}, "not after the filing"),
        ({"facts": {"arms_embargo": {"answer": "no"}}}, "has no source"),
        ({"facts": {"weather": {"answer": "unknown"}}}, "weather"),
        ({"colour": "blue"}, "colour"),
        (
            {"parties": [*raw("camera")["parties"], {"role": "end_user", "name": "Second"}]},
            "has one end-user",
        ),
        ({"end_use": {"description": "x", "statement": {"signed_by": "Somebody", "signed_on": "2026-01-01"}}},
         "who is not the end-user"),
    ],
)  # fmt: skip
def test_contradictions_are_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as refused:
        application(**fields)
    found = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in refused.value.errors())
    assert reason in found


def test_a_whole_application_lacks_nothing_that_blocks() -> None:
    assert [gap.field for gap in gaps(application(), DAY)] == []


@pytest.mark.parametrize("role", [Role.END_USER, Role.CONSIGNEE, Role.EXPORTER])
def test_a_case_without_a_needed_party_is_blocked(role: Role) -> None:
    data = raw("camera")
    data["parties"] = [party for party in data["parties"] if party["role"] != role]
    data["end_use"].pop("statement")
    found = gaps(Application.model_validate(data), DAY)
    assert [gap.blocks for gap in found][:2] == [True, False]
    assert role.value.replace("_", "-") in str(found[0].sentence)


def test_what_is_unclassified_or_without_value_is_told_and_blocks_nothing() -> None:
    item = _item(value=None, origin=None, commodity_code="")
    del item["code"]
    found = gaps(application(items=[item]), DAY)
    assert [gap.field for gap in found] == [
        f"items.1.{f}" for f in ("code", "value", "origin", "commodity_code")
    ]
    assert not any(gap.blocks for gap in found)


def test_a_case_survives_its_json_form() -> None:
    case = application()
    assert Application.model_validate(case.model_dump(mode="json", by_alias=True)) == case


@pytest.mark.parametrize("amount", ["9e999999", "1e-999999", "9" * 31])
def test_an_amount_that_no_sum_can_hold_is_refused(amount: str) -> None:
    """The sum of two such values would end the statistics of all cases."""
    with pytest.raises(ValidationError, match="30 digits"):
        Money(amount=Decimal(amount), currency="EUR")
    with pytest.raises(ValidationError, match="30 digits"):
        Quantity(amount=Decimal(amount), unit="piece")
