"""Comparison of a case with the US Entity List: rows that name its parties, and the rule on owners."""

from datetime import date

from overzicht.dates import Holds
from overzicht.entities import Record
from overzicht.evidence import Answer
from overzicht.law import ownership_regime
from overzicht.store.database import Store
from overzicht.subjects.licensing.cases import view_case
from overzicht.subjects.licensing.compare import AmericanSide, Comparison, ListedParty, compare
from overzicht.subjects.licensing.entity_list_rows import RowRules, read_row
from overzicht.subjects.licensing.gates.parties import owned_by_listed
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.screening import queries_of
from overzicht.subjects.lists.listings import FoundListing, LoadedLists
from overzicht.subjects.screening.lookup import ask_lists

LIST_ID = "us-bis-entity-list"
REQUIREMENT = "License requirement: "
HOLDS = {Answer.FOUND: Holds.YES, Answer.NOT_FOUND: Holds.NO}


def compare_case(store: Store, case_id: str, day: date) -> Comparison:
    """Return the European and the American assessment of a case on `day`; nothing is stored."""
    view = view_case(store, case_id, day)
    return compare(view.application, view.checklist, american_side(store, view.application, day))


def american_side(store: Store, case: Application, day: date) -> AmericanSide:
    """Return the listings of a case's parties on the Entity List and under the Affiliates Rule on `day`."""
    queries = queries_of(case)
    answers = ask_lists(store, [query for _, query in queries], as_of=day, lists=(LIST_ID,))
    listed: list[ListedParty] = []
    owners_listed: set[str] = set()
    for (role, query), answer in zip(queries, answers, strict=True):
        rows = [_listed(role, query.names[0], listing) for listing in answer.listings]
        if "." in query.id:
            owners_listed |= {query.id for row in rows if row.listed is Holds.YES}
        else:
            listed += rows
    affiliates = tuple(owned_by_listed(case, owners_listed, ownership_regime("bis"), day))
    with store.reading() as connection:
        is_covered = LoadedLists(connection).coverage(LIST_ID, day).covers_date
    return AmericanSide(tuple(listed), affiliates, ownership_regime("bis").on(day), is_covered)


def _listed(role: str, party: str, listing: FoundListing) -> ListedParty:
    return ListedParty(
        party=party,
        role=role,
        row_name=listing.state.record.caption,
        listed=HOLDS.get(listing.state.answer, Holds.UNKNOWN),
        score=listing.match.score,
        rules=row_rules(listing.state.record),
        sentences=tuple(reason.text for reason in listing.match.reasons),
        citation=listing.citation,
    )


def row_rules(record: Record) -> RowRules | None:
    """Return the rules in a row of the list; None if the row states none."""
    required = [
        note.removeprefix(REQUIREMENT) for note in record.values("notes") if note.startswith(REQUIREMENT)
    ]
    if not required:
        return None
    return read_row(required[0], record.listings[0].reason if record.listings else "")
