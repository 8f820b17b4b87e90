"""The maker of each device, concluded once for each group of equal traces."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from overzicht.devices import Identification, Sighting
from overzicht.devices.combining import together
from overzicht.devices.evidence import Gatherer
from overzicht.devices.identify import GroupedIdentifier
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.devices.traces.interface import Lookup
from overzicht.devices.traces.mac import packaged_registry
from overzicht.register.sighting import evidence_agrees
from overzicht.register.timeline import Period
from overzicht.store.register.identifications import TraceConclusion


class Reasoner:
    """Concludes who made what, each group of equal traces once."""

    def __init__(self, as_of: date) -> None:
        self._knowledge: Knowledge = load_knowledge()
        lookup = Lookup(self._knowledge, packaged_registry())
        self._grouped = GroupedIdentifier(Gatherer(lookup, as_of))
        self._concluded: dict[str, TraceConclusion] = {}

    def conclude(self, sighting: Sighting) -> tuple[str, Identification]:
        """Return the key of the sighting's group, and what follows from it."""
        key, identification = self._grouped.identify(sighting)
        if key not in self._concluded:
            names = tuple(self._name(maker) for maker in identification.undecided)
            maker = self._name(identification.maker_id) if identification.maker_id else ""
            self._concluded[key] = TraceConclusion(
                key, identification, maker, names, self._grouped.samples[key]
            )
        return key, identification

    @property
    def concluded(self) -> tuple[TraceConclusion, ...]:
        """All groups met, by key."""
        return tuple(self._concluded[key] for key in sorted(self._concluded))

    def _name(self, maker_id: str) -> str:
        return self._knowledge.maker_name(maker_id) if maker_id in self._knowledge.makers else maker_id


def conclude_histories(
    histories: Mapping[str, Sequence[Period]], before: Mapping[str, Period]
) -> tuple[dict[str, tuple[Period, ...]], tuple[TraceConclusion, ...]]:
    """Return the states with the key of their traces, and the conclusions on new ones.

    `before` is the state of each device before its first one here. A state with the same evidence as the one
    before it has the same key.
    """
    reasoners: dict[date, Reasoner] = {}
    concluded: dict[str, tuple[Period, ...]] = {}
    for device, states in histories.items():
        last, keyed = before.get(device), []
        for state in states:
            if last is not None and evidence_agrees(last.evidence, state.evidence):
                key = last.trace_key
            else:
                if state.begin not in reasoners:
                    reasoners[state.begin] = Reasoner(state.begin)
                key, _ = reasoners[state.begin].conclude(together(state.evidence))
            last = replace(state, trace_key=key)
            keyed.append(last)
        concluded[device] = tuple(keyed)
    return concluded, tuple(
        conclusion for day in sorted(reasoners) for conclusion in reasoners[day].concluded
    )
