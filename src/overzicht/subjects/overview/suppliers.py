"""Suppliers of devices, and what the lists answer about them."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date

from overzicht.entities import PartyQuery
from overzicht.evidence import Answer
from overzicht.grouping import by_key
from overzicht.parties.party import KnownParty
from overzicht.register.sighting import suppliers_of
from overzicht.reports.overview_report import DeviceRow, Part, SupplierRow
from overzicht.subjects.inventories.devices import KnownDevice
from overzicht.subjects.overview.brands import party_id
from overzicht.subjects.overview.listings import screen_parties
from overzicht.subjects.screening.lookup import PartyLookup

_PREFIX = "supplier-"


class Suppliers:
    """Suppliers of devices, gathered a device at a time.

    Spellings that differ in the legal form alone are one supplier.
    """

    def __init__(self) -> None:
        self._spellings: dict[str, set[str]] = defaultdict(set)
        self._devices: Counter[str] = Counter()

    def add(self, device: KnownDevice, row: DeviceRow) -> None:
        """Add the suppliers of a device; `row` is its row in the report."""
        if not device.sighting.extra:
            return
        names = {name: party_id(_PREFIX, name) for name in suppliers_of(device.sighting)}
        for name, id_ in names.items():
            self._spellings[id_].add(name)
        if row.part is Part.DEVICE:
            self._devices.update(dict.fromkeys(names.values(), row.quantity))

    def rows(self, lookup: PartyLookup, as_of: date) -> tuple[SupplierRow, ...]:
        """Return the suppliers by name, with what the lists answer."""
        parties: list[KnownParty] = []
        for id_, names in self._spellings.items():
            ordered = sorted(names)
            parties.append(KnownParty(id_, ordered[0], PartyQuery(id_, tuple(ordered)), (id_,)))
        parties.sort(key=lambda party: party.name)
        answered: list[SupplierRow] = []
        devices = self._devices
        screened = screen_parties(parties, lookup, as_of)
        entries = {
            Answer.FOUND: by_key((row.party_id, row) for row in screened.listings if row.is_current),
            Answer.POSSIBLE: by_key((row.party_id, row) for row in screened.leads),
        }
        for party in parties:
            answer = screened.claim(party.id).answer
            own = entries.get(answer, {}).get(party.id, ())
            listings = tuple(replace(row, relation="supplier") for row in own)
            answered.append(SupplierRow(party.id, party.name, devices[party.id], answer, listings))
        return tuple(answered)
