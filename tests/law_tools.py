"""Uses made from a few words, for the cases and properties of law."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from overzicht.store.database import Store
from overzicht.subjects.diligence.law_weighing import weigh_uses
from overzicht.subjects.diligence.use_assessment import Weighing
from overzicht.subjects.diligence.uses import Use

SOURCE = {"title": "a source of the test", "date": date(2000, 1, 1)}
NEVER = {"since": date(1900, 1, 1), "until": date(1900, 1, 2), "source": SOURCE}


def use_of(case: Mapping[str, Any], **changes: Any) -> Use:
    """Return the use of a case: by default a Dutch public body that uses a system in the Netherlands."""
    actor = {"name": "Wie handelt", "kind": "public body", "country": "NL", **case.get("actor", {})}
    data = {
        "id": "case",
        "title": "a use of a case",
        "act": case.get("act", "use"),
        "actor": actor,
        "place": case.get("place", "NL"),
        "facts": [_fact(name, told) for name, told in case.get("facts", {}).items()],
        "texts": [{"by": "A. Reader", "source": SOURCE, **entry} for entry in case.get("texts", ())],
        "counterparties": [_party(party) for party in case.get("parties", ())],
        **changes,
    }
    return Use.model_validate(data)


def _fact(name: str, told: Any) -> dict[str, Any]:
    if isinstance(told, dict):
        return {"fact": name, "value": "yes", **told}
    return {"fact": name, "value": told}


def _party(case: Mapping[str, Any]) -> dict[str, Any]:
    party: dict[str, Any] = {"name": case["name"], "listed": _listed(case)}
    party["cannot_be_owned"] = case.get("cannot_be_owned", False)
    party["owners"] = _owners(case)
    party["control"] = [{**sign, "source": SOURCE} for sign in case.get("control", ())]
    return party


def _owners(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the owners of a party; one that is `unlisted` without owners is a person whom nobody owns."""
    return [
        {
            "name": owner["name"], "percent": owner["percent"], "listed": _listed(owner), "source": SOURCE,
            "owners": _owners(owner),
            "cannot_be_owned": bool(owner.get("unlisted")) and "owners" not in owner,
        }
        for owner in case.get("owners", ())
    ]  # fmt: skip


def _listed(case: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return a listing that is stated; `unlisted` states one that ended long ago, so nobody need be asked."""
    if case.get("unlisted"):
        return NEVER
    if "listed" not in case:
        return None
    return {"since": case["listed"], "until": case.get("until"), "source": SOURCE}


def weigh_use(use: Use, as_of: date, store: Store | None = None) -> Weighing:
    """Return the assessment of one use under every instrument on a date."""
    return weigh_uses([use], as_of, store)[0]
