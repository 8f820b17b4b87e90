"""The entity-list way for a kept case: rows that name its parties, stated owners, the rule of the day."""

from collections.abc import Sequence
from datetime import date

from overzicht.dates import Holds
from overzicht.entities import Record
from overzicht.entities.owned import Owned, owned
from overzicht.entities.ownership import OwnershipGraph, OwnershipStatement
from overzicht.entities.ownership_records import read_share
from overzicht.evidence import Answer
from overzicht.exportcontrol.entitylist.compare import AmericanSide, Comparison, ListedParty, compare
from overzicht.exportcontrol.entitylist.rows import RowRules, read_row
from overzicht.exportcontrol.licensing.model import Application
from overzicht.law import ownership_regime
from overzicht.store.database import Store
from overzicht.workflows.ask import PartyListings, ask_lists
from overzicht.workflows.licensing.cases import view_case
from overzicht.workflows.licensing.screening import queries_of
from overzicht.workflows.listings import FoundListing, LoadedLists

LIST_ID = "us-bis-entity-list"
REQUIREMENT = "License requirement: "
HOLDS = {Answer.FOUND: Holds.YES, Answer.NOT_FOUND: Holds.NO}


def compare_case(store: Store, case_id: str, day: date) -> Comparison:
    """Return both ways for a kept case on `day`; nothing is kept."""
    view = view_case(store, case_id, day)
    return compare(view.application, view.checklist, american_side(store, view.application, day))


def american_side(store: Store, case: Application, day: date) -> AmericanSide:
    """Return what the Entity List and the Affiliates Rule say of a case's parties on `day`."""
    asked = queries_of(case)
    answered = ask_lists(store, [query for _, query in asked], as_of=day, lists=(LIST_ID,))
    listed: list[ListedParty] = []
    owners_listed: set[str] = set()
    for (role, query), one in zip(asked, answered, strict=True):
        rows = [_listed(role, query.names[0], found) for found in one.listings]
        if "." in query.id:
            owners_listed |= {query.id for row in rows if row.listed is Holds.YES}
        else:
            listed += rows
    regime = ownership_regime("bis")
    affiliates = _affiliates(case, answered, owners_listed, day)
    with store.reading() as connection:
        can_tell = LoadedLists(connection).coverage(LIST_ID, day).covers_date
    return AmericanSide(tuple(listed), affiliates, regime.on(day), can_tell)


def _listed(role: str, party: str, found: FoundListing) -> ListedParty:
    return ListedParty(
        party=party,
        role=role,
        row_name=found.state.record.caption,
        listed=HOLDS.get(found.state.answer, Holds.UNKNOWN),
        score=found.match.score,
        rules=row_rules(found.state.record),
        sentences=tuple(reason.text for reason in found.match.reasons),
        citation=found.citation,
    )


def row_rules(record: Record) -> RowRules | None:
    """Return the rules of a row as the reader of the law keeps them; None where the row is not held."""
    required = [
        note.removeprefix(REQUIREMENT) for note in record.values("notes") if note.startswith(REQUIREMENT)
    ]
    if not required:
        return None
    return read_row(required[0], record.listings[0].reason if record.listings else "")


def _affiliates(
    case: Application, answered: Sequence[PartyListings], listed: set[str], day: date
) -> tuple[Owned, ...]:
    """Test each party with stated owners, of whom one is listed, under the rule of the day."""
    names = {one.query.id: one.query.names[0] for one in answered}
    found = []
    for number, party in enumerate(case.parties):
        statements = [
            OwnershipStatement(f"{number}.{index}", f"{number}", read_share(owner.share), stated_on=date.min)
            for index, owner in enumerate(party.owners)
        ]
        above = {one.owner for one in statements} & listed
        if above:
            graph = OwnershipGraph(statements, (), names)
            found.append(owned(graph, f"{number}", above, ownership_regime("bis"), day))
    return tuple(found)
