"""What this organisation has with a party: devices, questions, dossiers and licence cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overzicht.devices.vocabulary import squashed
from overzicht.names.normal import name_key
from overzicht.reports.dossiers.model import DossierLine
from overzicht.store.accounts import Role
from overzicht.store.control.licences import StoredCase
from overzicht.store.reading import StoredRecordError
from overzicht.store.register.devices import COUNTED, Counts, DeviceFilter
from overzicht.web.api.licences import cases_on
from overzicht.web.context import PageContext
from overzicht.web.device_query import query_of
from overzicht.web.register_day import cached_counts
from overzicht.workflows.dossiers.shelf import names_of
from overzicht.workflows.dossiers.showing import list_dossiers
from overzicht.workflows.makers import MakerFacts
from overzicht.workflows.questions import showing as questions

MAX_SETS = 5
IN_USE = {"life": "all"}


@dataclass(frozen=True, slots=True)
class PartyTies:
    """Devices with the query that shows them, organisations by name, question sets, dossiers and cases.

    `cases` is None if the reader may not see licence cases; `problems` has those that cannot be read.
    """

    devices: Counts
    query: Mapping[str, str]
    sets: Sequence[questions.SearchHit]
    set_count: int
    dossiers: Sequence[DossierLine]
    cases: Sequence[StoredCase] | None
    problems: Sequence[StoredRecordError]


def ties_of(context: PageContext, facts: MakerFacts) -> PartyTies:
    """Return what this reader may see of the data about a party, as of the date."""
    day = context.day
    text = "" if facts.card else facts.name
    filters = DeviceFilter(
        day, maker=facts.id if facts.card else "", text=text, life=COUNTED, allowed=context.allowed
    )
    with context.store.reading() as connection:
        sets, count = questions.search(connection, [facts.name], day, MAX_SETS)
        names = names_of(connection, facts.id) | names_of(connection, facts.name)
    dossiers = [
        line for line in list_dossiers(context.store, day) if {squashed(line.id), squashed(line.name)} & names
    ]
    query = {name: value for name, value in query_of(filters).items() if name != "life"}
    problems: list[StoredRecordError] = []
    cases = _cases(context, facts, problems)
    return PartyTies(cached_counts(context, filters), query, sets, count, dossiers, cases, problems)


def _cases(
    context: PageContext, facts: MakerFacts, problems: list[StoredRecordError]
) -> list[StoredCase] | None:
    if not context.may(Role.EDITOR):
        return None
    own = [name.name for name in facts.card.names] if facts.card else [facts.name]
    keys = {name_key(name) for name in own}
    return [
        case
        for case, _ in cases_on(context, context.day, problems)
        if any(
            name_key(name) in keys
            for party in case.application.parties
            for name in (party.name, *party.other_names)
        )
    ]
