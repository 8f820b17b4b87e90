"""Which parties are active in a country: a subsidiary, a contract or a device there, each with its source.

Five places are asked: presences in the dossiers, loaded registers of who owns whom, maker cards, the user's
own register of equipment with the public statements of bodies in it, and contracts of imported notices.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.names import squashed
from overzicht.dossiers.model import EntryKind, Presence
from overzicht.evidence import Answer, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.law.member_states import member_states
from overzicht.store import dossiers as store_of
from overzicht.store.database import Store
from overzicht.store.dossiers import DossierError
from overzicht.workflows.ask import PartyLookup, party_lookup
from overzicht.workflows.dossiers.active_contracts import contract_findings
from overzicht.workflows.dossiers.active_devices import Scope, device_findings, register_covers
from overzicht.workflows.dossiers.sentences import country_text, presence_finding
from overzicht.workflows.dossiers.shelf import Folder, folders, names_of, party_name
from overzicht.workflows.dossiers.subsidiaries import card_findings, owned_findings

EU = "EU"
NO_COUNTRIES = frozenset(
    {"EZ", "QO", "UN", "XA", "XB", "ZZ"}
)  # names in the tables of countries that are none


@dataclass(frozen=True, slots=True)
class Place:
    """A country, or the Union as the states of the day; `codes` are upper case."""

    code: str
    codes: frozenset[str]

    @property
    def name(self) -> Text:
        """What a reader calls it."""
        return country_text(self.code)


def place_on(place: str, as_of: date) -> Place:
    """Return a country by its two letters, or the Union on a day; DossierError for anything else.

    The Union's own code stands for its institutions, which several states host.
    """
    code = place.strip().upper()
    if code == EU:
        return Place(EU, member_states().on(as_of) | {EU})
    if len(code) != len("NL") or code in NO_COUNTRIES or str(country_text(code)) == code:
        raise DossierError(f"{place!r} is no country", fix="give two letters such as NL, or EU")
    return Place(code, frozenset({code}))


def active_in(
    store: Store,
    place: str,
    as_of: date,
    *,
    parties: Sequence[str] = (),
    allowed: tuple[str, ...] | None = None,
) -> tuple[Finding, ...]:
    """Return by what parties are active in a place; see `workflows.dossiers`. By party, then by source.

    `allowed` limits the register of equipment to these organisations and all below each; None is no limit.
    """
    where = place_on(place, as_of)
    scope = Scope(where.codes, as_of, allowed)
    with party_lookup(store) as lookup:
        connection = lookup.connection
        kept = folders(connection, as_of, None)
        wanted = [_party(connection, party) for party in dict.fromkeys(parties or _all_parties(kept))]
        return tuple(finding for party in wanted for finding in _of_party(lookup, party, where, scope, kept))


@dataclass(frozen=True, slots=True)
class Party:
    """A party by its id, what to call it, and folded all by which it is meant."""

    id: str
    name: str
    names: frozenset[str]


def _party(connection: Connection, given: str) -> Party:
    names = names_of(connection, given)
    heads = [each.head for each in store_of.all_dossiers(connection)]
    own = next((head for head in heads if squashed(head.about) in names), None)
    makers = [maker for maker in load_knowledge().makers if squashed(maker) in names]
    party_id = makers[0] if makers else own.about if own else given
    return Party(party_id, party_name(party_id, own.names if own else (given,)), names)


def _all_parties(kept: Sequence[Folder]) -> list[str]:
    """Return the parties of all dossiers that are makers, or of whom a presence anywhere is recorded."""
    return [
        folder.stored.head.about
        for folder in kept
        if folder.stored.head.about in load_knowledge().makers or any(folder.standing(EntryKind.PRESENCE))
    ]


def _of_party(
    lookup: PartyLookup, party: Party, where: Place, scope: Scope, kept: Sequence[Folder]
) -> Iterator[Finding]:
    connection, as_of = lookup.connection, scope.as_of
    found = [
        *_presences(kept, party, where, as_of),
        *owned_findings(lookup, party.id, party.name, where.codes, as_of),
        *card_findings(party.id, party.name, where.codes, as_of),
        *device_findings(connection, party.id, party.name, scope),
        *contract_findings(connection, party.id, party.name, scope),
    ]
    yield from {finding.id: finding for finding in found}.values()
    if not any(finding.answer is Answer.FOUND for finding in found):
        yield _nothing(connection, party, where, scope, is_open=bool(found))


def _presences(kept: Sequence[Folder], party: Party, where: Place, as_of: date) -> Iterator[Finding]:
    for folder in kept:
        for each in folder.resting(EntryKind.PRESENCE):
            entry = each.last.entry
            if not isinstance(entry, Presence) or entry.country not in where.codes:
                continue
            if squashed(entry.party) in party.names:
                finding = presence_finding(each.last, entry, party.name, folder.sources, as_of)
                if finding.answer is not Answer.NOT_FOUND:
                    yield finding


def _nothing(connection: Connection, party: Party, where: Place, scope: Scope, *, is_open: bool) -> Finding:
    looked, as_of = register_covers(connection, scope), scope.as_of
    if is_open:
        answer = Answer.NOT_CHECKED
        says = text("{place}: whether {party} was active there on {day} cannot be told from what is loaded.",
                    party=party.name, place=where.name, day=as_of)  # fmt: skip
    elif looked:
        answer = Answer.NOT_FOUND
        says = text(
            "{place}: nothing that is loaded shows {party} active there on {day}; that is no proof that it "
            "was not.",
            party=party.name, place=where.name, day=as_of,
        )  # fmt: skip
    else:
        answer = Answer.NOT_CHECKED
        says = text(
            "{place}: whether {party} is active there was not checked: no register of equipment there is "
            "kept, and no dossier or register of companies says anything.",
            party=party.name, place=where.name,
        )  # fmt: skip
    return Finding(
        id=finding_id(FindingKind.ACTIVITY, party.id, where.code, as_of.isoformat(), answer.value),
        kind=FindingKind.ACTIVITY,
        subject=party.id,
        answer=answer,
        statement=says,
        as_of=as_of,
        reasons=tuple(Reason(text("looked in: {what}", what=each)) for each in looked),
    )
