"""Suppliers of devices, and what the lists answer about them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.evidence import Answer, strongest
from overzicht.grouping import by_key
from overzicht.parties.model import KnownParty
from overzicht.register.sighting import suppliers_of
from overzicht.reports.model import DeviceRow, Part, SupplierRow
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
    return tuple(_answered(parties, numbers, screen_parties(parties, lookup, as_of)))


def _party(id_: str, names: Sequence[str]) -> KnownParty:
    return KnownParty(id_, names[0], PartyQuery(id_, tuple(names)), (id_,))


def _answered(
    parties: Iterable[KnownParty], devices: Mapping[str, int], screened: Screened
) -> Iterator[SupplierRow]:
    answers = by_key((check.party_id, check.answer) for check in screened.checks)
    entries = {
        Answer.FOUND: by_key((row.party_id, row) for row in screened.listings if row.is_current),
        Answer.POSSIBLE: by_key((row.party_id, row) for row in screened.leads),
    }
    for party in parties:
        answer = strongest(answers[party.id])
        own = entries.get(answer, {}).get(party.id, ())
        listings = tuple(replace(row, relation="supplier") for row in own)
        yield SupplierRow(party.id, party.name, devices[party.id], answer, listings)
