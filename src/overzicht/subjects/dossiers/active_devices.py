"""Devices and contracts of a party in a country: the user's register, public statements, and notices."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import Answer, Citation, Finding, Reason, Text, text
from overzicht.evidence.territories import territory_text
from overzicht.evidence.text import Value
from overzicht.register.quantities import worded
from overzicht.store.register import devices
from overzicht.store.register.counts import counts
from overzicht.store.register.device_states import evidence_of
from overzicht.store.register.devices import COUNTED, DeviceFilter
from overzicht.store.register.organisations import ids_below, list_organisations
from overzicht.store.register.statements import list_statements
from overzicht.subjects.dossiers.sentences import activity_finding
from overzicht.subjects.register.contract_parties import NamedContract

MAX_FILES = 12  # inventories cited for one organisation; the register itself shows all


@dataclass(frozen=True, slots=True)
class Scope:
    """A place and a date: upper-case country codes, the date, and the organisations that may be seen.

    `allowed` are organisations with everything below each; None does not restrict.
    """

    codes: frozenset[str]
    as_of: date
    allowed: tuple[str, ...] | None = None


def register_covers(connection: Connection, scope: Scope) -> tuple[Text, ...]:
    """Return the part of the register that could show a device in a place: its devices there on the date."""
    totals = counts(connection, DeviceFilter(scope.as_of, allowed=scope.allowed)).by_organisation
    local = _countries(connection, scope).keys() & totals.keys()
    if not local:
        return ()
    count = sum(totals[organisation] for organisation in local)
    return (
        text("the register: {count} devices of {bodies} organisations there", count=count, bodies=len(local)),
    )


def contract_findings(
    contracts: Iterable[NamedContract], party_id: str, name: str, as_of: date
) -> Iterator[Finding]:
    """Yield one finding per contract that names the party."""
    for contract in contracts:
        if contract.maker_id == party_id:
            sentence = text(
                "{buyer} ({country}) concluded a contract with {supplier} on {day} that names {party}.",
                buyer=contract.buyer,
                country=territory_text(contract.country),
                day=contract.day,
                party=name,
                supplier=contract.supplier,
            )
            what = f"contract:{contract.notice}:{contract.citation.place}"
            reason = Reason(text("the procurement notice with this contract"), citations=(contract.citation,))
            yield activity_finding(party_id, what, sentence, reason, as_of)


def device_findings(connection: Connection, party_id: str, name: str, scope: Scope) -> Iterator[Finding]:
    """Yield one finding per organisation there that has devices of the party, then the public statements."""
    countries, as_of = _countries(connection, scope), scope.as_of
    if not countries:
        return
    names = {line.id: line.name for line in list_organisations(connection, as_of)}
    source = text("the inventories or the public statement with these devices")
    lines = [
        line
        for line in devices.all_devices(connection, DeviceFilter(as_of, maker=party_id, life=COUNTED))
        if line.organisation_id in countries
    ]
    evidence = evidence_of(connection, [line.id for line in lines])
    counted: Counter[str] = Counter()
    files: dict[str, dict[tuple[str, str], Citation]] = defaultdict(dict)
    for line in lines:
        counted[line.organisation_id] += line.quantity
        for sighting in evidence.get(line.id, {}).values():
            cited_here = sighting.citation
            files[line.organisation_id].setdefault((cited_here.source, cited_here.snapshot), cited_here)
    own = {body: (count, tuple(files[body].values())[:MAX_FILES]) for body, count in counted.items()}
    for organisation, (count, cited) in sorted(own.items()):
        sentence = text(
            "{name} has {count} devices of {party} in the register ({country}).",
            name=names[organisation],
            count=count,
            party=name,
            country=territory_text(countries[organisation]),
        )
        reason = Reason(source, citations=cited)
        yield activity_finding(party_id, f"device:{organisation}", sentence, reason, as_of)
    for statement in list_statements(connection, as_of):
        body = statement.organisation_id
        if not statement.withdrawn_at and party_id in statement.makers and body in countries:
            # a statement's answer and sentence: no devices, devices, or devices of one of several makers
            values: dict[str, Value] = {
                "body": names[body],
                "country": territory_text(countries[body]),
                "maker": statement.maker_named,
                "day": statement.stated_on,
            }
            if statement.at_most == 0:
                answer, sentence = (
                    Answer.NOT_FOUND,
                    text(
                        "On {day} a source stated that {body} ({country}) had no {maker} devices.", **values
                    ),
                )
            else:
                values["status"] = statement.status
                statement_sentence = text(
                    "On {day} a source stated that {body} ({country}) had {maker} devices: {status}."
                )
                if statement.quantity:
                    values["quantity"] = worded(statement.quantity)
                    statement_sentence = text(
                        "On {day} a source stated that {body} ({country}) had {quantity} {maker} "
                        "devices: {status}."
                    )
                statement_sentence = statement_sentence.filled(**values)
                if len(statement.makers) > 1:
                    answer, sentence = (
                        Answer.NOT_CHECKED,
                        text("{says} The source does not state which of them.", says=statement_sentence),
                    )
                else:
                    answer, sentence = (Answer.FOUND, statement_sentence)
            what, reason = f"device:statement-{statement.id}", Reason(source, citations=(statement.citation,))
            yield replace(activity_finding(party_id, what, sentence, reason, as_of), answer=answer)


def _countries(connection: Connection, scope: Scope) -> dict[str, str]:
    """Return the organisations in a place on a date that may be seen, with their country."""
    lines = list_organisations(connection, scope.as_of)
    visible = None if scope.allowed is None else ids_below(connection, scope.allowed, scope.as_of)
    return {
        line.id: line.country.upper()
        for line in lines
        if line.country.upper() in scope.codes and (visible is None or line.id in visible)
    }
