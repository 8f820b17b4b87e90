"""Parties that are active in a country: a subsidiary, a contract or a device there, each with its source.

There are five sources: presences in the dossiers, loaded ownership registers, maker cards, the user's own
equipment register with public statements, and contracts in imported notices.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import squashed
from overzicht.evidence import Answer, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.evidence.territories import territory_text
from overzicht.law.member_states import member_states
from overzicht.store.database import Store
from overzicht.subjects.dossiers import records as store_of
from overzicht.subjects.dossiers.active_devices import (
    Scope,
    contract_findings,
    device_findings,
    register_covers,
)
from overzicht.subjects.dossiers.entries_as_of import Folder, folders, names_of_each, party_name
from overzicht.subjects.dossiers.model import EntryKind, Presence
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.dossiers.sentences import presence_finding
from overzicht.subjects.dossiers.subsidiaries import card_findings, entries_of, owned_companies
from overzicht.subjects.register.contract_parties import NamedContract, contracts_in
from overzicht.subjects.screening.lookup import PartyLookup, party_lookup

EU = "EU"
NO_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})  # in the table of countries, but not countries


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or the European Union with its member states on a date; `codes` are upper case."""

    code: str
    codes: frozenset[str]

    @property
    def name(self) -> Text:
        """The name for readers."""
        return territory_text(self.code)


def place_on(place: str, as_of: date) -> Place:
    """Return a country by its two letters, or the European Union on a date; DossierError for anything else.

    The code EU itself means the institutions of the Union, which several states host.
    """
    code = place.strip().upper()
    if code == EU:
        return Place(EU, member_states().on(as_of) | {EU})
    if len(code) != len("NL") or code in NO_COUNTRIES or str(territory_text(code)) == code:
        raise DossierError(f"{place!r} is not a country", fix="give two letters such as NL, or EU")
    return Place(code, frozenset({code}))


def active_in(
    store: Store,
    place: str,
    as_of: date,
    *,
    parties: Sequence[str] = (),
    allowed: tuple[str, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return the activities of parties in a place, by party, then by source.

    `place` is an ISO country code or `EU`. `parties` are ids of makers or dossiers, empty: the parties of all
    dossiers. The findings of a party are FOUND per subsidiary, contract or device (the `object`), or
    NOT_CHECKED if its date is open. A party without FOUND has one more finding, without `object`: NOT_FOUND
    or NOT_CHECKED. `allowed` limits the equipment register to these organisations and everything below each;
    None does not restrict.
    """
    area = place_on(place, as_of)
    scope = Scope(area.codes, as_of, allowed)
    with party_lookup(store) as lookup:
        connection = lookup.connection
        dossiers = folders(connection, as_of, None)
        # the parties that are meant, each given one once
        members: list[Party] = []
        # the parties of all dossiers that are makers, or have a recorded presence anywhere
        given = parties or [
            folder.stored.head.about
            for folder in dossiers
            if folder.stored.head.about in load_knowledge().makers or any(folder.standing(EntryKind.PRESENCE))
        ]
        heads = [dossier.head for dossier in store_of.all_dossiers(connection)]
        for party, names in names_of_each(connection, given).items():
            own = next((head for head in heads if squashed(head.about) in names), None)
            makers = [maker for maker in load_knowledge().makers if squashed(maker) in names]
            party_id = makers[0] if makers else own.about if own else party
            members.append(Party(party_id, party_name(party_id, own.names if own else (party,)), names))
        entries = entries_of(lookup, (party.id for party in members), as_of)
        contracts = contracts_in(connection, area.codes, as_of, allowed=allowed)
        sources = _Sources(lookup, dossiers, entries, contracts, area, scope)
        return tuple(finding for party in members for finding in _of_party(sources, party))


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its id, its name, and all its names in folded form."""

    id: str
    name: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Sources:
    """The sources of activities in a place; `entries` are those of lists and registers, by party."""

    lookup: PartyLookup
    dossiers: Sequence[Folder]
    entries: Mapping[str, Collection[str]]
    contracts: Sequence[NamedContract]
    area: Place
    scope: Scope


def _of_party(sources: _Sources, party: Party) -> Iterator[Finding]:
    lookup, area, scope = sources.lookup, sources.area, sources.scope
    connection, as_of = lookup.connection, scope.as_of
    owned = owned_companies(lookup, sources.entries.get(party.id, ()), area.codes, as_of)
    presences: list[Finding] = []
    for folder in sources.dossiers:
        for version, entry in folder.supported(Presence):
            if entry.country in area.codes and squashed(entry.party) in party.names:
                finding = presence_finding(version.last, entry, party.name, folder.sources, as_of)
                if finding.answer is not Answer.NOT_FOUND:
                    presences.append(finding)
    findings = [
        *presences,
        *(company.finding(party.id, party.name, as_of) for company in owned),
        *card_findings(party.id, party.name, area.codes, as_of),
        *device_findings(connection, party.id, party.name, scope),
        *contract_findings(sources.contracts, party.id, party.name, as_of),
    ]
    yield from {finding.id: finding for finding in findings}.values()
    if not any(finding.answer is Answer.FOUND for finding in findings):
        yield _nothing(connection, party, area, scope, is_open=bool(findings))


def _nothing(connection: Connection, party: Party, area: Place, scope: Scope, *, is_open: bool) -> Finding:
    searched, as_of = register_covers(connection, scope), scope.as_of
    answer = Answer.NOT_FOUND if searched and not is_open else Answer.NOT_CHECKED
    sentence = text(
        "{place}: activity of {party} was not checked. There is no equipment register for this place, and no "
        "dossier or company register covers it."
    )
    if is_open:
        sentence = text(
            "{place}: the loaded data do not show whether {party} was active there on {day}.", day=as_of
        )
    elif searched:
        sentence = text(
            "{place}: the loaded data do not show that {party} was active there on {day}. This is not proof "
            "that it was not active.",
            day=as_of,
        )
    return Finding(
        id=finding_id(FindingKind.ACTIVITY, party.id, area.code, as_of.isoformat(), answer.value),
        kind=FindingKind.ACTIVITY,
        subject=party.id,
        answer=answer,
        statement=sentence.filled(party=party.name, place=area.name),
        as_of=as_of,
        reasons=tuple(Reason(text("looked in: {what}", what=source)) for source in searched),
    )
