"""Fields that Annex III A and Article 12(4) require and an application lacks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import shown_as
from overzicht.law.export_rules import export_rules
from overzicht.law.territory import union_territory
from overzicht.subjects.licensing.model import Application, FactName, Role, Transaction


@dataclass(frozen=True, slots=True)
class Gap:
    """A missing field; `blocks` is whether the case cannot be filed without it."""

    field: str
    sentence: Annotated[Text, shown_as("says")]
    article: str = "Annex III A"
    blocks: bool = False


EARLIER_ARTICLES = {  # of Regulation 428/2009
    "2(11)": "2(7)",
    "2(2)(d)": "2(2)(iii)",
    "2(7)": "2(5)",
    "7": "6",
    "12(2)": "9(2)",
    "12(4)": "9(2)",
    "13(2)": "10(2)",
    "13(3)": "10(2)",
    "Annex III A": "Annex IIIa",
}


def gaps(case: Application, day: date) -> tuple[Gap, ...]:
    """Return what is missing under the regulation of `day`, blocking gaps first; empty if complete."""
    parties = []
    end_user = text("no end-user is named; add a party with role end_user")
    exporter = text("no exporter is named; add a party with role exporter")
    consignee = text("no consignee is named; state the end-user as consignee where they are the same")
    parties.append((not case.of_role(Role.END_USER), Gap("parties", end_user, "12(4)", blocks=True)))
    has_applicant = case.of_role(Role.EXPORTER) or case.transaction is Transaction.BROKERING
    parties.append((not has_applicant, Gap("parties", exporter, "12(2)", blocks=True)))
    parties.append((not case.of_role(Role.CONSIGNEE), Gap("parties", consignee, "Annex III A", blocks=True)))
    for party in case.parties:
        parties.append((not party.address, Gap("address", text("{name} has no address", name=party.name))))
    use_checks = []
    use = case.end_use
    use_checks.append(
        (use is None, Gap("end_use", text("the end-use is not described"), "12(4)", blocks=True))
    )
    statement = text("there is no end-use statement; the authority may grant an exemption")
    is_unsigned = use is not None and use.statement is None and case.kind == "individual"
    use_checks.append((is_unsigned, Gap("end_use.statement", statement, "12(4)")))
    programme = text("a global authorisation requires an internal compliance programme")
    is_without = case.kind == "global" and case.fact(FactName.COMPLIANCE_PROGRAMME).answer != "yes"
    use_checks.append((use is not None and is_without, Gap("facts.compliance_programme", programme, "12(4)")))
    items = []
    moved = [item for item in case.items if not case.is_service(item)]
    for item in moved:
        service = text(
            "line {line} is a service, but has a code or is in a case on {kind}; state what moves as goods, "
            "software or technology",
            line=item.line,
            kind=case.transaction.words,
        )
        items.append((item.kind == "service", Gap(f"items.{item.line}.kind", service, blocks=True)))
    for item in moved:
        for field, is_missing, sentence in (
            ("code", not item.code and not item.not_listed, text("line {line} is not classified")),
            ("value", item.value is None, text("line {line} has no value")),
            ("origin", not item.origin, text("line {line} has no country of origin")),
            ("commodity_code", not item.commodity_code, text("line {line} has no commodity code")),
        ):
            items.append((is_missing, Gap(f"items.{item.line}.{field}", sentence.filled(line=item.line))))
    # the numbers of the applicant that customs and the Dutch tax office ask for
    numbers = []
    for party in (*case.of_role(Role.EXPORTER), *case.of_role(Role.BROKER)):
        numbers.append((not party.eori, Gap("eori", text("{name} has no EORI number", name=party.name))))
        if party.country == "NL":
            numbers.append((not party.rsin, Gap("rsin", text("{name} has no RSIN", name=party.name))))
            differs = text("the EORI number of {name} is not NL with its RSIN", name=party.name)
            numbers.append(
                (bool(party.eori and party.rsin and party.eori != f"NL{party.rsin}"), Gap("eori", differs))
            )
    checks = (
        *parties,
        *use_checks,
        *items,
        *_fields(case),
        *_transaction(case),
        *numbers,
    )
    missing = [gap for is_missing, gap in checks if is_missing]
    if export_rules(day).is_earlier:
        missing = [replace(gap, article=EARLIER_ARTICLES[gap.article]) for gap in missing]
    return tuple(sorted(missing, key=lambda gap: not gap.blocks))


Checks = Iterator[tuple[bool, Gap]]
"""Whether something is missing, and the gap that this would be."""


def _fields(case: Application) -> Checks:
    for field, sentence in (
        ("country_of_consignment", text("the country of consignment is missing")),
        ("located_in", text("the member state with the items is missing")),
        ("customs_state", text("the member state of the customs procedure is missing")),
        ("contract_date", text("the date of the contract is missing")),
    ):
        yield not getattr(case, field), Gap(field, sentence)


def _transaction(case: Application) -> Checks:
    """Yield the fields that this kind of transaction requires (Articles 2, 7, 13)."""
    place = text("the address of the end-user is missing; this kind of case needs the exact place")
    has_place = all(party.address for party in case.of_role(Role.END_USER))
    match case.transaction:
        case Transaction.BROKERING:
            broker = text("no broker is named; add a party with role broker")
            yield not case.of_role(Role.BROKER), Gap("parties", broker, "13(2)", blocks=True)
            outside = text(
                "brokering moves items between places outside the Union; state where the items are"
            )
            inside = {None, *union_territory().states}
            is_inside = case.located_in in inside or case.destination in inside
            yield is_inside, Gap("located_in", outside, "2(7)", blocks=True)
            yield not has_place, Gap("address", place, "13(3)", blocks=True)
        case Transaction.SERVICE | Transaction.FINANCING:
            service = text("the service or financing is not described")
            yield not case.assistance.strip(), Gap("assistance", service, blocks=True)
        case Transaction.ASSISTANCE:
            assistance = text("the technical assistance is not described")
            yield not case.assistance.strip(), Gap("assistance", assistance, "13(2)", blocks=True)
            yield not has_place, Gap("address", place, "13(3)", blocks=True)
        case Transaction.TRANSIT:
            origin = text("transit is of items from outside the Union; state the origin of each line")
            is_foreign = all(
                item.origin and item.origin not in union_territory().states for item in case.items
            )
            yield not is_foreign, Gap("items.origin", origin, "2(11)", blocks=True)
            customs = text("the member state that the items pass through is missing")
            yield not case.customs_state, Gap("customs_state", customs, "7", blocks=True)
        case Transaction.INTANGIBLE:
            server = text("the country of the server is missing")
            yield not case.server, Gap("server", server, "2(2)(d)", blocks=True)
            access = text("the countries of access are missing")
            yield not case.access, Gap("access", access, "2(2)(d)", blocks=True)
