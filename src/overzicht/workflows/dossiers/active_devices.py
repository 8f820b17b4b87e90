"""Devices of a party in a country: the user's own register, and what bodies there said in public."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.text import Value
from overzicht.register.quantities import worded
from overzicht.store.register import devices
from overzicht.store.register.counts import counts
from overzicht.store.register.devices import COUNTED, DeviceFilter
from overzicht.store.register.organisations import ids_below, list_organisations
from overzicht.store.register.statements import StoredStatement, list_statements
from overzicht.store.register.states import evidence_of
from overzicht.workflows.dossiers.sentences import country_text

MAX_FILES = 12  # inventories cited for one organisation; the register itself shows all


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and when to look: upper-case country codes, the day, and the organisations that may be seen.

    `allowed` are organisations with all below each; None is no limit.
    """

    codes: frozenset[str]
    as_of: date
    allowed: tuple[str, ...] | None = None


def register_covers(connection: Connection, scope: Scope) -> tuple[Text, ...]:
    """Return what of the register could have shown a device in a place: devices kept there on the day."""
    held = counts(connection, DeviceFilter(scope.as_of, allowed=scope.allowed)).by_organisation
    there = _countries(connection, scope).keys() & held.keys()
    if not there:
        return ()
    count = sum(held[each] for each in there)
    return (
        text("the register: {count} devices of {bodies} organisations there", count=count, bodies=len(there)),
    )


def device_findings(connection: Connection, party_id: str, name: str, scope: Scope) -> Iterator[Finding]:
    """Yield one finding per organisation there that has devices of the party, then the public statements."""
    there, as_of = _countries(connection, scope), scope.as_of
    names = {line.id: line.name for line in list_organisations(connection, as_of)}
    for organisation, (count, cited) in sorted(_own(connection, party_id, there, as_of).items()):
        says = text("{name} has {count} devices of {party} in the register ({country}).",
                    name=names[organisation], count=count, party=name,
                    country=country_text(there[organisation]))  # fmt: skip
        yield _finding(party_id, f"device:{organisation}", says, cited, as_of)
    for said in list_statements(connection, as_of):
        if not said.withdrawn_at and party_id in said.makers and said.organisation_id in there:
            yield _statement(said, party_id, names[said.organisation_id], there[said.organisation_id], as_of)


def _countries(connection: Connection, scope: Scope) -> dict[str, str]:
    """Return the organisations of a day that are in a place and may be seen, with their country."""
    lines = list_organisations(connection, scope.as_of)
    seen = None if scope.allowed is None else ids_below(connection, scope.allowed, scope.as_of)
    return {
        line.id: line.country.upper()
        for line in lines
        if line.country.upper() in scope.codes and (seen is None or line.id in seen)
    }


def _own(
    connection: Connection, party_id: str, there: Collection[str], as_of: date
) -> dict[str, tuple[int, tuple[Citation, ...]]]:
    lines = [
        line
        for line in devices.all_devices(connection, DeviceFilter(as_of, maker=party_id, life=COUNTED))
        if line.organisation_id in there
    ]
    told = evidence_of(connection, [line.id for line in lines])
    counted: Counter[str] = Counter()
    files: dict[str, dict[tuple[str, str], Citation]] = defaultdict(dict)
    for line in lines:
        counted[line.organisation_id] += line.quantity
        for sighting in told.get(line.id, {}).values():
            cited = sighting.citation
            files[line.organisation_id].setdefault((cited.source, cited.snapshot), cited)
    return {each: (count, tuple(files[each].values())[:MAX_FILES]) for each, count in counted.items()}


def _statement(said: StoredStatement, party_id: str, body: str, country: str, as_of: date) -> Finding:
    """Return what was said: that there are none, that there are, or that it left the maker open."""
    values: dict[str, Value] = {
        "body": body,
        "country": country_text(country),
        "maker": said.maker_named,
        "day": said.stated_on,
    }
    answer = Answer.FOUND
    if said.at_most == 0:
        answer = Answer.NOT_FOUND
        says = text("{body} ({country}) was said on {day} to have no devices of {maker}.", **values)
    elif said.quantity:
        says = text("{body} ({country}) was said on {day} to have {quantity} devices of {maker}: {status}.",
                    quantity=worded(said.quantity), status=said.status, **values)  # fmt: skip
    else:
        says = text("{body} ({country}) was said on {day} to have devices of {maker}: {status}.",
                    status=said.status, **values)  # fmt: skip
    if answer is Answer.FOUND and len(said.makers) > 1:
        answer = Answer.NOT_CHECKED
        says = text("{says} Which of them is not said.", says=says)
    return _finding(party_id, f"device:statement-{said.id}", says, (said.citation,), as_of, answer)


def _finding(
    party_id: str,
    what: str,
    says: Text,
    cited: tuple[Citation, ...],
    as_of: date,
    answer: Answer = Answer.FOUND,
) -> Finding:
    return Finding(
        id=finding_id(FindingKind.ACTIVITY, party_id, what, as_of.isoformat()),
        kind=FindingKind.ACTIVITY,
        subject=party_id,
        object=what,
        answer=answer,
        confidence=Confidence.MEDIUM,
        as_of=as_of,
        statement=says,
        reasons=(Reason(text("the inventories or the public statement that say so"), citations=cited),),
    )
