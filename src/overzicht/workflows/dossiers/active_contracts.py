"""Contracts in a country that name a party, from procurement notices that were imported."""

from collections.abc import Iterator

from sqlalchemy import Connection

from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, finding_id, text
from overzicht.workflows.dossiers.active_devices import Scope
from overzicht.workflows.dossiers.sentences import country_text
from overzicht.workflows.tenders import contracts_in


def contract_findings(connection: Connection, party_id: str, name: str, scope: Scope) -> Iterator[Finding]:
    """Yield one finding per contract there that names the party and was concluded by the day."""
    for each in contracts_in(connection, scope.codes, scope.as_of, allowed=scope.allowed):
        if each.maker_id != party_id:
            continue
        says = text(
            "{buyer} ({country}) concluded a contract with {supplier} on {day} that names {party}.",
            buyer=each.buyer, country=country_text(each.country), day=each.day, party=name,
            supplier=each.supplier,
        )  # fmt: skip
        what = f"contract:{each.notice}:{each.citation.place}"
        yield Finding(
            id=finding_id(FindingKind.ACTIVITY, party_id, what, scope.as_of.isoformat()),
            kind=FindingKind.ACTIVITY,
            subject=party_id,
            object=what,
            answer=Answer.FOUND,
            confidence=Confidence.MEDIUM,
            as_of=scope.as_of,
            statement=says,
            reasons=(Reason(text("the procurement notice that says so"), citations=(each.citation,)),),
        )
