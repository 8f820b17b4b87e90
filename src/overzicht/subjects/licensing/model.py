"""An application for an export authorisation: the fields of Annex III A, and stated facts on the case.

These are input records. A contradiction is refused when it is read. A missing field keeps the case a draft
(`licensing/completeness.py`).
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field, StringConstraints, WithJsonSchema, model_validator

from overzicht.evidence import text
from overzicht.evidence.limited import Amount, Few, Identifiers, Line, Lines, Number, Some, Words
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.territory import union_territory
from overzicht.subjects.licensing.numbers import Eori, Rsin

CODE = re.compile(r"[0-9][A-E][0-9]{3}(\.[a-z0-9]+)*")
COUNTRY = re.compile(r"[A-Z]{2}")


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError(f"{value!r} is not a control code. Use the form 6A003 or 6A003.b.4.b")
    return value


def _country(value: str) -> str:
    if not COUNTRY.fullmatch(value):
        raise ValueError(
            f"{value!r} is not a country code. Use two capital letters (ISO 3166), for example NL"
        )
    return value


ControlCode = Annotated[str, StringConstraints(max_length=60), AfterValidator(_code)]
Country = Annotated[
    str, AfterValidator(_country), WithJsonSchema({"type": "string", "pattern": f"^{COUNTRY.pattern}$"})
]


class Role(WordedEnum):
    """Role of a party in the transaction."""

    EXPORTER = "exporter", text("exporter")
    CONSIGNEE = "consignee", text("consignee")
    END_USER = "end_user", text("end-user")
    AGENT = "agent", text("agent")
    BROKER = "broker", text("broker")
    INTERMEDIARY = "intermediary", text("intermediary")
    OTHER = "other", text("other party")


class Transaction(WordedEnum):
    """Kind of the transaction; each has its own required fields and gates."""

    EXPORT = "export", text("export")
    BROKERING = "brokering", text("brokering services")
    TRANSIT = "transit", text("transit")
    ASSISTANCE = "technical assistance", text("technical assistance")
    INTANGIBLE = "intangible transfer", text("intangible transfer")
    SERVICE = "service", text("service")
    FINANCING = "financing", text("financing or insurance")


OF_SERVICES = frozenset({Transaction.ASSISTANCE, Transaction.SERVICE, Transaction.FINANCING})


class Owner(StrictModel):
    """A stated owner of a party; `share` as the source writes it (`60`, `25-50`, `>50`), in percent."""

    name: Words
    other_names: Few[Words] = ()
    share: Line = ""
    identifiers: Identifiers = Field(default_factory=dict)
    source: Lines = ""


class Party(StrictModel):
    """A party of the transaction; `identifiers` go by FollowTheMoney property (`registrationNumber`).

    `eori` is its number at customs, `rsin` that of the Dutch tax office; empty if not stated.
    """

    role: Role
    name: Words
    other_names: Few[Words] = ()
    schema_: Literal["Company", "Organization", "PublicBody", "LegalEntity", "Person"] = Field(
        "LegalEntity", alias="schema"
    )
    address: Lines = ""
    country: Country | None = None
    identifiers: Identifiers = Field(default_factory=dict)
    birth_date: date | None = None
    contact: Lines = ""
    eori: Eori = ""
    rsin: Rsin = ""
    owners: Few[Owner] = ()

    model_config = ConfigDict(populate_by_name=True)


class Quantity(StrictModel):
    """An amount with its unit; an amount without a unit means nothing and is refused."""

    amount: Annotated[Amount, Field(gt=0)]
    unit: Words


class Money(StrictModel):
    """A value with its currency (ISO 4217)."""

    amount: Annotated[Amount, Field(ge=0)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Parameter(StrictModel):
    """A technical characteristic; `unit` is `1` for a plain number (a count of pixels has `pixel`)."""

    name: Words
    value: Amount
    unit: Words


class Item(StrictModel):
    """A line of the application.

    `code` is the provision of Annex I (`6A003.b.4.b`), with list version and classifier; `not_listed` is also
    a classification. Without either, the line is not classified. `eccn` is the American number.
    """

    line: Annotated[Number, Field(ge=1)]
    description: Words
    kind: Literal["goods", "software", "technology", "service"] = "goods"
    code: ControlCode | None = None
    not_listed: bool = False
    list_version: Line = ""
    classified_by: Line = ""
    parameters: Few[Parameter] = ()
    quantity: Quantity
    value: Money | None = None
    origin: Country | None = None
    commodity_code: Line = ""
    cas: Line = ""
    eccn: Line = ""

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> "Item":
        if self.code and self.not_listed:
            raise ValueError(f"line {self.line} is classified as {self.code} and stated not to be listed")
        stated: dict[str, tuple[Decimal, str]] = {}
        for parameter in self.parameters:
            known = stated.setdefault(parameter.name, (parameter.value, parameter.unit))
            if known != (parameter.value, parameter.unit):
                raise ValueError(
                    f"line {self.line} states {parameter.name} twice: {known[0]} {known[1]} and "
                    f"{parameter.value} {parameter.unit}"
                )
        return self


class EndUseStatement(StrictModel):
    """The end-user's signed statement."""

    signed_by: Words
    signed_on: date
    civil_use_only: bool | None = None


class EndUse(StrictModel):
    """Purpose of the items, and the end-use statement if there is one."""

    description: Words
    statement: EndUseStatement | None = None


class FactName(WordedEnum):
    """The facts that the decision order asks of a person; each is stated with a source or stays unknown."""

    RESTRICTIVE_MEASURES = "restrictive_measures", text("another Union regulation restricts the export")
    ARMS_EMBARGO = "arms_embargo", text("the purchaser or the destination is under an arms embargo")
    MILITARY_END_USE = "military_end_use", text("a military end-use")
    CBRN_USE = "cbrn_use", text("a use for chemical, biological or nuclear weapons or their missiles")
    UNLAWFUL_MILITARY_PARTS = (
        "unlawful_military_parts",
        text("a use as part of military items that left a member state unlawfully"),
    )
    RIGHTS_VIOLATION_USE = (
        "rights_violation_use",
        text("a use for repression or serious violations of human rights"),
    )
    INFORMED_ART4 = "informed_art4", text("the authority informed the exporter of a use under Article 4")
    INFORMED_ART5 = "informed_art5", text("the authority informed the exporter under Article 5(1)")
    INFORMED_ART10 = "informed_art10", text("the authority informed the exporter under Article 10(1)")
    AWARE_ART4 = "aware_art4", text("the exporter is aware of a use under Article 4")
    AWARE_ART5 = "aware_art5", text("the exporter is aware of a use under Article 5(1)")
    SUSPICION_ART4 = "suspicion_art4", text("there are grounds to suspect a use under Article 4(1)")
    SUSPICION_ART5 = "suspicion_art5", text("there are grounds to suspect a use under Article 5(1)")
    NATIONAL_LAW_ON_SUSPICION = (
        "national_law_on_suspicion",
        text("national law asks for an authorisation on suspicion"),
    )
    NATIONAL_LIST_ART9 = "national_list_art9", text("the item is on a national list of the exporter's state")
    OTHER_STATES_LIST_ART10 = (
        "other_states_list_art10",
        text("the item is on the published national list of another state"),
    )
    DUAL_USE = "dual_use", text("the item has civil and military uses")
    SPECIALLY_DESIGNED = "specially_designed", text("it is specially designed for surveillance")
    COVERT = "covert", text("the surveillance is covert")
    NATURAL_PERSONS = "natural_persons", text("it watches natural persons")
    HANDLES_DATA = "handles_data", text("it monitors, extracts, collects or analyses data")
    FROM_ICT_SYSTEMS = (
        "from_ict_systems",
        text("the data come from information and telecommunication systems"),
    )
    FREE_ZONE = "free_zone", text("the shipment goes to a customs-free zone or free warehouse")
    SECURITY_USER = (
        "security_user",
        text("the end-user is a government's military, police, intelligence or security service"),
    )
    COMPLIANCE_PROGRAMME = "compliance_programme", text("the exporter has an internal compliance programme")
    REGISTERED = "registered", text("the exporter is registered for the general authorisation")
    EXPORTER_BARRED = "exporter_barred", text("the exporter is barred from general authorisations")
    RE_EXPORT_ELSEWHERE = (
        "re_export_elsewhere",
        text("the exporter is aware of a re-export to another destination"),
    )
    CONDITIONS_MET = "conditions_met", text("the conditions of the general authorisation are met")
    INFORMED_ART6 = "informed_art6", text("the authority informed the broker of a use under Article 4(1)")
    AWARE_ART6 = "aware_art6", text("the broker is aware of a use under Article 4(1)")
    TRANSIT_PROHIBITED = "transit_prohibited", text("the authority prohibited the transit")
    TRANSIT_AUTHORISATION = (
        "transit_authorisation",
        text("the authority requires an authorisation for the transit"),
    )
    INFORMED_ART8 = "informed_art8", text("the authority informed the provider of a use under Article 4(1)")
    AWARE_ART8 = "aware_art8", text("the provider is aware of a use under Article 4(1)")
    ASSISTANCE_EXEMPT = "assistance_exempt", text("an exception for technical assistance applies")
    SUBJECT_TO_EAR = "subject_to_ear", text("the items fall under the American export rules")


class StatedFact(StrictModel):
    """A stated answer (yes, no or unknown) with source, person and date."""

    answer: Literal["yes", "no", "unknown"]
    source: Lines = ""
    by: Line = ""
    stated_on: date | None = None
    note: Lines = ""

    @model_validator(mode="after")
    def _an_answer_has_a_source(self) -> "StatedFact":
        if self.answer != "unknown" and not self.source.strip():
            raise ValueError(f"the answer {self.answer!r} has no source; without one it is unknown")
        return self


class Application(StrictModel):
    """A case as the exporter files it, with stated facts.

    `territory` is a place in the destination's state with its own rule (`ceuta-melilla`). `server` and
    `access` are the countries of the server and of access of an intangible transfer. `assistance` describes
    technical assistance, or another service.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
    kind: Literal["individual", "global", "large_project"] = "individual"
    transaction: Transaction = Transaction.EXPORT
    issuing_state: Country
    authority: Words
    filed_on: date | None = None
    expiry: date | None = None
    parties: Few[Party]
    items: Some[Item]
    end_use: EndUse | None = None
    destination: Country
    territory: Line = ""
    country_of_consignment: Country | None = None
    located_in: Country | None = None
    customs_state: Country | None = None
    customs_procedure: Line = ""
    contract_date: date | None = None
    route: Few[Country] = ()
    server: Country | None = None
    access: Few[Country] = ()
    assistance: Lines = ""
    facts: dict[FactName, StatedFact] = Field(default_factory=dict, max_length=len(FactName))
    remarks: Lines = ""

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> "Application":
        problems = []
        lines = [item.line for item in self.items]
        if len(lines) != len(set(lines)):
            problems.append("two items have the same line number")
        ends = self.of_role(Role.END_USER)
        if self.kind == "individual" and len(ends) > 1:
            problems.append(
                "an individual authorisation has one end-user (Article 2(12)), the file names several"
            )
        statement = self.end_use.statement if self.end_use else None
        names = {name for party in ends for name in (party.name, *party.other_names)}
        if statement and ends and statement.signed_by not in names:
            problems.append(
                f"the end-use statement is signed by {statement.signed_by!r}, who is not the end-user"
            )
        if self.filed_on and statement and statement.signed_on > self.filed_on:
            problems.append(
                f"the end-use statement is of {statement.signed_on}, after the filing ({self.filed_on})"
            )
        if self.filed_on and self.expiry and self.expiry <= self.filed_on:
            problems.append(
                f"the authorisation would end on {self.expiry}, not after the filing on {self.filed_on}"
            )
        if self.route and self.route[-1] != self.destination:
            problems.append(f"the route ends in {self.route[-1]}, the destination is {self.destination}")
        problems += _territory(self)
        exporters = self.of_role(Role.EXPORTER)
        if len(exporters) > 1:
            problems.append("the file names more than one exporter")
        if problems:
            raise ValueError("; ".join(problems))
        return self

    @property
    def end_users(self) -> tuple[str, ...]:
        """The names of the end users."""
        return tuple(party.name for party in self.of_role(Role.END_USER))

    def of_role(self, role: Role) -> tuple[Party, ...]:
        """Return the parties of a role, in the order of the application."""
        return tuple(party for party in self.parties if party.role is role)

    def is_service(self, item: Item) -> bool:
        """Return whether a line is a service and moves nothing: without a code, in a case of services."""
        return item.kind == "service" and item.code is None and self.transaction in OF_SERVICES

    def fact(self, name: FactName) -> StatedFact:
        """Return the stated fact; unknown if it is not stated."""
        return self.facts.get(name, UNKNOWN_FACT)


UNKNOWN_FACT = StatedFact(answer="unknown")


def _territory(case: Application) -> list[str]:
    if not case.territory:
        return []
    known = [place.id for place in union_territory().within(case.destination)]
    if case.territory in known:
        return []
    there_are = ", ".join(known) or "none"
    return [f"{case.territory!r} is not a special territory of {case.destination}; known there: {there_are}"]
