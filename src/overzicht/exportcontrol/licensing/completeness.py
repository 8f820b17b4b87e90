"""What Annex III A and Article 12(4) ask for and the application does not say."""

from dataclasses import dataclass

from overzicht.evidence import Text, text
from overzicht.exportcontrol.licensing.model import Application, FactName, Role


@dataclass(frozen=True, slots=True)
class Gap:
    """A field that is missing; `blocks` tells whether the case cannot be filed without it."""

    field: str
    says: Text
    article: str
    blocks: bool


def gaps(case: Application) -> tuple[Gap, ...]:
    """Return what is missing, what blocks the filing first; empty when the application is complete."""
    found = [*_parties(case), *_use(case), *_items(case), *_fields(case)]
    return tuple(sorted(found, key=lambda gap: not gap.blocks))


def _parties(case: Application) -> list[Gap]:
    found = []
    if not case.of_role(Role.END_USER):
        found.append(
            Gap("parties", text("no end-user is named; add a party with role end_user"), "12(4)", True)
        )
    if not case.of_role(Role.EXPORTER):
        found.append(
            Gap("parties", text("no exporter is named; add a party with role exporter"), "12(2)", True)
        )
    if not case.of_role(Role.CONSIGNEE):
        says = text("no consignee is named; state the end-user as consignee where they are the same")
        found.append(Gap("parties", says, "Annex III A", True))
    for party in case.parties:
        if not party.address:
            says = text("{name} has no address", name=party.name)
            found.append(Gap("address", says, "Annex III A", False))
    return found


def _use(case: Application) -> list[Gap]:
    if case.end_use is None:
        return [Gap("end_use", text("the end-use is not described"), "12(4)", True)]
    if case.end_use.statement is None and case.kind == "individual":
        says = text("there is no end-use statement; the authority may exempt from it")
        return [Gap("end_use.statement", says, "12(4)", False)]
    if case.kind == "global" and case.fact(FactName.COMPLIANCE_PROGRAMME).answer != "yes":
        says = text("a global authorisation asks for an internal compliance programme")
        return [Gap("facts.compliance_programme", says, "12(4)", False)]
    return []


def _items(case: Application) -> list[Gap]:
    found = []
    for item in case.items:
        if not item.code and not item.not_listed:
            says = text("line {line} is not classified", line=item.line)
            found.append(Gap(f"items.{item.line}.code", says, "Annex III A", False))
        if item.value is None:
            says = text("line {line} has no value", line=item.line)
            found.append(Gap(f"items.{item.line}.value", says, "Annex III A", False))
        if not item.origin:
            says = text("line {line} has no country of origin", line=item.line)
            found.append(Gap(f"items.{item.line}.origin", says, "Annex III A", False))
        if not item.commodity_code:
            says = text("line {line} has no commodity code", line=item.line)
            found.append(Gap(f"items.{item.line}.commodity_code", says, "Annex III A", False))
    return found


def _fields(case: Application) -> list[Gap]:
    asked = (
        (
            "country_of_consignment",
            case.country_of_consignment,
            text("the country of consignment is missing"),
        ),
        ("located_in", case.located_in, text("the member state where the items are is missing")),
        ("customs_state", case.customs_state, text("the member state of the customs procedure is missing")),
        ("contract_date", case.contract_date, text("the date of the contract is missing")),
    )
    return [Gap(name, says, "Annex III A", False) for name, value, says in asked if not value]
