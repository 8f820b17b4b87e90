"""An inventory beside the register: rows compared, makers concluded, everything said before it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.devices import Identification, Sighting
from overzicht.devices.combining import together
from overzicht.devices.gather import Gatherer
from overzicht.devices.grouped import GroupedIdentifier
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.devices.traces.interface import Lookup
from overzicht.devices.traces.mac import packaged_registry
from overzicht.evidence import Text
from overzicht.register.model import Change, KnownDevice, Outcome, Row, SameDayRow
from overzicht.register.reconcile import reconcile
from overzicht.store.register.imports import RowView
from overzicht.store.register.states import known_devices, newest_state
from overzicht.store.register.traces import TraceConclusion, verdict_of, verdicts

SHOWN_VERDICT = {"maker_id": "maker", "kind": "kind of device", "is_relabelled": "relabelled"}


@dataclass(frozen=True, slots=True)
class Offered:
    """An inventory as it is offered: what it shows, when, of which organisation and site."""

    organisation_id: str
    site: str
    day: date
    is_whole: bool
    kind: str
    sightings: Sequence[Sighting]
    unreadable: Sequence[tuple[str, Text]] = ()  # place and reason


@dataclass(frozen=True, slots=True)
class Compared:
    """What the inventory comes to: rows as they are kept, and what accepting them needs, by row number.

    `repeats` gives the row that a duplicate repeats; `moved` rows of other inventories of the day that are
    of the row's device from now on.
    """

    rows: tuple[RowView, ...]
    evidence: Mapping[int, Mapping[str, Sighting]]
    repeats: Mapping[int, int]
    moved: Mapping[int, tuple[SameDayRow, ...]]
    concluded: tuple[TraceConclusion, ...]
    base: int
    last_day: str  # the last day on which a state of the organisation began; empty for none


class Reasoner:
    """Concludes who made what, each group of equal traces once."""

    def __init__(self, as_of: date) -> None:
        self._knowledge: Knowledge = load_knowledge()
        lookup = Lookup(self._knowledge, packaged_registry())
        self._grouped = GroupedIdentifier(Gatherer(lookup, as_of))
        self._concluded: dict[str, TraceConclusion] = {}

    def conclude(self, sighting: Sighting) -> tuple[str, Identification]:
        """Return the key of the sighting's group, and what follows from it."""
        key, found = self._grouped.identify(sighting)
        if key not in self._concluded:
            names = tuple(self._name(maker) for maker in found.undecided)
            maker = self._name(found.maker_id) if found.maker_id else ""
            self._concluded[key] = TraceConclusion(key, found, maker, names, self._grouped.samples[key])
        return key, found

    @property
    def concluded(self) -> tuple[TraceConclusion, ...]:
        """All groups met, by key."""
        return tuple(self._concluded[key] for key in sorted(self._concluded))

    def _name(self, maker_id: str) -> str:
        return self._knowledge.maker_name(maker_id) if maker_id in self._knowledge.makers else maker_id


def compare(connection: Connection, offered: Offered, choices: Mapping[int, str]) -> Compared:
    """Return what an inventory comes to beside the register as it stands."""
    base, last_day = newest_state(connection, offered.organisation_id)
    known, scope, keys = _known(connection, offered)
    found = reconcile(offered.sightings, offered.kind, known, scope=scope, choices=choices)
    reasoner = Reasoner(offered.day)
    concluded = verdicts(connection, list(keys.values()))
    rows: list[RowView] = []
    evidence: dict[int, Mapping[str, Sighting]] = {}
    for number, bare in enumerate(found):
        row, key = _with_verdict(bare, reasoner, keys.get(bare.device, ""), concluded)
        sighting = offered.sightings[row.number] if row.number >= 0 else None
        rows.append(_view(number, row, sighting, key, choices.get(row.number, "")))
        if row.outcome in {Outcome.ADDED, Outcome.CHANGED} and row.evidence:
            evidence[number] = row.evidence
    for place, why in offered.unreadable:
        rows.append(RowView(len(rows), Outcome.UNREADABLE, "", place, "", (), (), "", why, "", None))
    repeats = {number: row.first for number, row in enumerate(found) if row.first >= 0}
    moved = {number: row.moved for number, row in enumerate(found) if row.moved}
    return Compared(tuple(rows), evidence, repeats, moved, reasoner.concluded, base, last_day)


def _known(
    connection: Connection, offered: Offered
) -> tuple[list[KnownDevice], frozenset[str], dict[str, str]]:
    """Return the devices of the organisation, those that the inventory should show, and their trace keys."""
    known: list[KnownDevice] = []
    scope: set[str] = set()
    keys: dict[str, str] = {}
    wanted = _plain(offered.site)
    for device, key in known_devices(connection, offered.organisation_id, offered.day):
        known.append(device)
        keys[device.id] = key
        is_here = not wanted or (device.evidence and _plain(together(device.evidence).site) == wanted)
        if offered.is_whole and offered.kind in device.evidence and is_here:
            scope.add(device.id)
    return known, frozenset(scope), keys


def _with_verdict(
    row: Row, reasoner: Reasoner, old_key: str, concluded: Mapping[str, Mapping[str, str]]
) -> tuple[Row, str]:
    """Return the row with what changed in who made it, and the key of its traces; empty for no sighting."""
    if not row.evidence:
        return row, ""
    key, found = reasoner.conclude(together(row.evidence))
    if not old_key or key == old_key or old_key not in concluded:
        return row, key
    old, new = concluded[old_key], verdict_of(found)
    if old == new and row.outcome is Outcome.UNCHANGED:
        return row, old_key  # said in other words, concluded alike
    differs = tuple(
        Change(shown, old[name], new[name]) for name, shown in SHOWN_VERDICT.items() if old[name] != new[name]
    )
    if old == new:
        return row, key
    return replace(row, outcome=Outcome.CHANGED, changes=(*row.changes, *differs)), key


def _view(number: int, row: Row, sighting: Sighting | None, key: str, choice: str) -> RowView:
    return RowView(
        number=number,
        outcome=row.outcome,
        device_id=row.device,
        place=sighting.citation.place if sighting else "",
        matched_by=row.matched_by,
        changes=row.changes,
        candidates=row.candidates,
        choice=choice,
        why=row.why,
        trace_key=key,
        sighting=sighting,
    )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
