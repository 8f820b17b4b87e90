"""Gathering: all evidence that the traces of one sighting give, before anybody decides."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

from overzicht.devices.sighting import DeviceKind, Sighting, Trace
from overzicht.devices.traces.brand import Circumstances, brand_evidence, model_forms, named_brands, turns_of
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.devices.traces.mac import mac_evidence, registrant_evidence
from overzicht.devices.traces.model_number import (
    fingerprint_evidence,
    model_evidence,
    serial_evidence,
    text_evidence,
)
from overzicht.devices.traces.recog import recog_evidence
from overzicht.devices.traces.scanner import (
    certificate_evidence,
    os_guess_evidence,
    product_evidence,
    weakness,
)
from overzicht.devices.vocabulary import plain

# The last but one part of a scope's path, and the trace that its last part is.
PARTS = {
    "hardware": Trace.MODEL,
    "model": Trace.MODEL,
    "manufacturer": Trace.BRAND,
    "mfr": Trace.BRAND,
    "mac": Trace.MAC,
    "serial": Trace.SERIAL,
}


def scope_traces(scope: str) -> tuple[tuple[Trace, str], ...]:
    """Return the traces in one scope; empty for scopes on type, profile, location and so on.

    A name may contain brand, model and serial number, so it is read as a product string.
    """
    parts = [unquote(part).strip() for part in scope.split("/")]
    if len(parts) < 2 or not parts[-1]:
        return ()
    key, value = parts[-2].lower(), parts[-1]
    if key == "name":
        return ((Trace.PRODUCT, value),)
    return ((PARTS[key], value),) if key in PARTS else ()


Reader = Callable[[str, Lookup], tuple[Evidence, ...]]

# Which modules read which kind of trace. Brands are read separately because they need model, date and kind.
READERS: dict[Trace, tuple[Reader, ...]] = {
    Trace.MODEL: (model_evidence,),
    Trace.MAC: (mac_evidence,),
    Trace.MAC_REGISTRANT: (registrant_evidence,),
    Trace.SERIAL: (serial_evidence,),
    Trace.CERTIFICATE: (certificate_evidence,),
    Trace.PRODUCT: (product_evidence, text_evidence),
    Trace.HTTP_TITLE: (text_evidence,),
    Trace.OS_GUESS: (os_guess_evidence,),
    Trace.DESCRIPTION: (text_evidence,),
}

OWN = frozenset({Trace.MAC, Trace.SERIAL})  # traces that differ in each device

Traces = tuple[tuple[Trace, str], ...]


class Gatherer:
    """Reads traces into evidence, each distinct value once: inventories repeat themselves."""

    def __init__(self, lookup: Lookup, as_of: date) -> None:
        self.lookup = lookup
        self.as_of = as_of
        self._read: dict[tuple[Trace, str], tuple[Evidence, ...]] = {}
        self._said: dict[tuple[Evidence, ...], tuple[Evidence, ...]] = {}
        self._same: dict[int, tuple[tuple[Evidence, ...], tuple[Evidence, ...]]] = {}  # by identity
        self._depends: dict[str, bool] = {}
        self._turns: dict[str, tuple[date, ...]] = {}
        self._brands: dict[tuple[str, Circumstances | None], tuple[Evidence, ...]] = {}

    def gather(self, sighting: Sighting, traces: Traces, kind: DeviceKind) -> list[Evidence]:
        """Return the evidence of these traces; the order of the traces does not change it."""
        brands = [value for trace, value in traces if trace is Trace.BRAND]
        around = self.circumstances(sighting, traces, kind)
        evidence = [item for trace, value in traces for item in self.evidence_of(trace, value)]
        evidence += [item for brand in brands for item in self.evidence_of_brand(brand, around)]
        # without what a scanner printed of a MAC block where the address itself says the same
        fitting = self._fitting(evidence, brands)
        by_mac = {item.maker_id for item in fitting if item.family is Family.MAC and item.strength.rank == 3}
        without_echoes = [
            item
            for item in fitting
            if not (item.family is Family.MAC and item.maker_id in by_mac and item.strength.rank == 2)
        ]
        if len(without_echoes) < 2:
            return without_echoes
        ordered = sorted(
            without_echoes,
            key=lambda item: (-item.strength.rank, item.maker_id, item.family, str(item.reason.text)),
        )
        return [item for i, item in enumerate(ordered) if i == 0 or item != ordered[i - 1]]

    def circumstances(self, sighting: Sighting, traces: Traces, kind: DeviceKind) -> Circumstances:
        """Return what a brand is read beside: the models, the purchase, the kind of device and the day."""
        models = model_forms((value for trace, value in traces if trace is Trace.MODEL), self.lookup)
        return Circumstances(tuple(sorted(models)), sighting.bought, kind, self.as_of)

    def evidence_of(self, trace: Trace, value: str) -> tuple[Evidence, ...]:
        """Return the evidence of one trace. A brand gives none here, because it depends on other traces."""
        if trace in OWN:  # a cache of them would be as long as the inventory
            return self._evidence_of(trace, value)
        key = (trace, value)
        if key not in self._read:
            self._read[key] = self._evidence_of(trace, value)
        return self._read[key]

    def _evidence_of(self, trace: Trace, value: str) -> tuple[Evidence, ...]:
        readers = READERS.get(trace, ())
        if trace is Trace.PRODUCT and weakness(value):
            readers = (product_evidence,)  # the model numbers in it are guesses too
        parts = [reader(value, self.lookup) for reader in readers]
        parts.append(fingerprint_evidence(trace, value, self.lookup))
        parts.append(recog_evidence(trace, value, self.lookup))
        stated = [part for part in parts if part]
        if not stated:
            return ()
        evidence = stated[0] if len(stated) == 1 else tuple(item for part in stated for item in part)
        if id(evidence) not in self._same:  # thousands of addresses say a few things
            self._same[id(evidence)] = evidence, self._said.setdefault(evidence, evidence)
        return self._same[id(evidence)][1]

    def depends(self, brand: str) -> bool:
        """Return whether what a brand says depends on its circumstances."""
        if brand not in self._depends:
            matches = [match for _, match in named_brands(brand, self.lookup) if match]
            self._depends[brand] = any(match.brand.statements for match in matches)
        return self._depends[brand]

    def period(self, brand: str, bought: date | None) -> int | None:
        """Return the number of the period of purchase in which a brand says the same; None for no date."""
        if brand not in self._turns:
            matches = [match for _, match in named_brands(brand, self.lookup) if match]
            self._turns[brand] = turns_of([item for match in matches for item in match.brand.statements])
        return bisect_right(self._turns[brand], bought) if bought and self._turns[brand] else None

    def evidence_of_brand(self, value: str, around: Circumstances) -> tuple[Evidence, ...]:
        """Return what a brand says in its circumstances."""
        key = (value, around if self.depends(value) else None)
        if key not in self._brands:
            evidence = brand_evidence(value, around, self.lookup)
            self._brands[key] = self._said.setdefault(evidence, evidence)
        return self._brands[key]

    def _fitting(self, evidence: Iterable[Evidence], brands: list[str]) -> list[Evidence]:
        matches = [match for brand in brands for _, match in named_brands(brand, self.lookup) if match]
        names = {plain(brand) for brand in brands}
        names |= {plain(spelling) for match in matches for spelling in match.brand.spellings}
        keys = {match.brand.key for match in matches}
        fitting = []
        for item in evidence:
            if item.not_for & names:
                continue
            is_other = bool(item.label and keys) and not self._is_label(item.label, keys)
            # What a brand owner's numbers and answers show is the brand; who made it they do not.
            makes = not item.maker_id or self.lookup.knowledge.makes_its_own(item.maker_id)
            fitting.append(item if makes and not is_other else replace(item, is_hint=True))
        return fitting

    def _is_label(self, label: str, keys: set[str]) -> bool:
        match = self.lookup.knowledge.brands.find(label)
        return match is not None and match.brand.key in keys


def all_traces(sighting: Sighting) -> Traces:
    """Return the distinct traces of a sighting and of its ONVIF scopes, sorted."""
    traces = {(trace, value) for trace, values in sighting.traces.items() for value in values}
    for scope in sighting.values(Trace.ONVIF_SCOPE):
        traces.update(scope_traces(scope))
    return tuple(sorted(traces))
