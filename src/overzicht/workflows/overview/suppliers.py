"""Suppliers of devices, and what the lists answer about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.evidence import Answer
from overzicht.parties.model import KnownParty
from overzicht.register.sighting import suppliers_of
from overzicht.reports.model import DeviceRow, Part, SupplierRow, strongest_answers
from overzicht.workflows.ask import PartyLookup
from overzicht.workflows.overview.brands import party_id
from overzicht.workflows.overview.known import KnownDevice
from overzicht.workflows.overview.listings import Screened, screen_parties

_PREFIX = "supplier-"


def supplier_rows(
    devices: Sequence[KnownDevice], rows: Iterable[DeviceRow], lookup: PartyLookup, as_of: date
) -> tuple[SupplierRow, ...]:
    """Return the suppliers by name; spellings that differ in the legal form alone are one supplier.

    `rows` are the devices of the report.
    """
    counted = {row.id for row in rows if row.part is Part.DEVICE}
    spellings: dict[str, set[str]] = defaultdict(set)
    numbers: Counter[str] = Counter()
    for device in devices:
        names = {name: party_id(_PREFIX, name) for name in suppliers_of(device.sighting)}
        for name, id_ in names.items():
            spellings[id_].add(name)
        if device.sighting.id in counted:
            numbers.update(dict.fromkeys(names.values(), device.sighting.quantity))
    parties = [_party(id_, sorted(names)) for id_, names in spellings.items()]
    parties.sort(key=lambda party: party.name)
    screened = screen_parties(parties, lookup, as_of)
    answers = strongest_answers(screened.checks)
    return tuple(_row(party, numbers[party.id], answers[party.id], screened) for party in parties)


def _party(id_: str, names: Sequence[str]) -> KnownParty:
    return KnownParty(id_, names[0], PartyQuery(id_, tuple(names)), (id_,))


def _row(party: KnownParty, devices: int, answer: Answer, screened: Screened) -> SupplierRow:
    listings = [row for row in screened.listings if row.is_current] if answer is Answer.FOUND else []
    if answer is Answer.POSSIBLE:
        listings = list(screened.leads)
    own = (replace(row, relation="supplier") for row in listings if row.party_id == party.id)
    return SupplierRow(party.id, party.name, devices, answer, tuple(own))
