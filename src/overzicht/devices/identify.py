"""Find the maker of one device or of a whole inventory, with reasons.

The tables of `decide` and `traces.brand` define how traces combine.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from overzicht.devices.brands import resembles
from overzicht.devices.conclusion import decide
from overzicht.devices.device_kind import decide_kind, kind_of_words
from overzicht.devices.evidence import Gatherer, all_traces
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.devices.sighting import Identification, Sighting, Trace
from overzicht.devices.traces.brand import OWN_BRAND_RELATIONS, named_brands
from overzicht.devices.traces.interface import Evidence, Family, Lookup, MacRegistry
from overzicht.devices.traces.recog_files import Recog
from overzicht.evidence import Citation


def identify_all(
    sightings: Iterable[Sighting],
    knowledge: Knowledge,
    *,
    as_of: date,
    registry: MacRegistry | None = None,
    recog: Recog | None = None,
) -> list[Identification]:
    """Return one identification per sighting, in order; a sighting without traces has an unknown maker.

    Statements about later years than `as_of` are ignored. Without `registry`, MAC addresses give no evidence;
    without `recog`, only the fingerprints of maker cards are used.
    """
    gatherer = Gatherer(Lookup(knowledge, registry, recog), as_of)
    return [identify_with(sighting, gatherer) for sighting in sightings]


def identify_with(sighting: Sighting, gatherer: Gatherer) -> Identification:
    """Return the identification of a sighting by a gatherer that others share; see `identify_all`."""
    knowledge = gatherer.lookup.knowledge
    traces = all_traces(sighting)
    words = kind_of_words(sighting)
    evidence = gatherer.gather(sighting, traces, words[0])
    verdict = decide(evidence, knowledge)
    kind, kind_reasons = decide_kind(verdict.maker_id, evidence, words, knowledge)
    # the usual spelling of the brand, and whether it is the maker's own brand. Without a brand in the
    # inventory, the label under which the maker sells these model numbers, if any
    lookup = gatherer.lookup
    maker = verdict.maker_id
    named = [item for trace, value in traces if trace is Trace.BRAND for item in named_brands(value, lookup)]
    if not named:
        labels = [
            item.label for item in evidence if item.maker_id == maker and item.label and not item.is_hint
        ]
        own = [
            item
            for item in evidence
            if item.maker_id == maker and item.family is Family.MODEL and not item.label
        ]
        brand, is_own = (labels[0], False) if labels and maker and not own else ("", True)
    else:
        owners: set[str] = set()
        for _, match in named:
            if match:
                owners |= {own_name.maker_id for own_name in match.brand.own}
                owners |= {
                    s.fact.maker for s in match.brand.statements if s.fact.relation in OWN_BRAND_RELATIONS
                }
        value, match = named[0]
        brand, is_own = value, maker in owners
        if match:  # the maker's trade name for any of its company names, else as the source spells it
            having = match.brand.owners
            is_company = len(having) == 1 and having[0].kind not in {"own brand", "line"}
            brand = knowledge.maker_name(having[0].maker_id) if is_company else match.brand.name
        elif maker:
            card = knowledge.makers[maker]
            names = [name.name for name in card.names if name.kind in {"trade", "short", "former"}]
            if resembles(value, (*names, *(line.name for line in card.lines if line.is_brand))):
                brand, is_own = knowledge.maker_name(maker), True
    lines = [
        item for item in evidence if item.maker_id == verdict.maker_id and item.line and not item.is_hint
    ]
    by_model = [item.line for item in lines if item.family is Family.MODEL]
    return Identification(
        sighting_id=sighting.id,
        maker_id=verdict.maker_id,
        confidence=verdict.confidence,
        kind=kind,
        product_line=(by_model or [item.line for item in lines] or [""])[0],
        brand=brand,
        is_relabelled=bool(verdict.maker_id and brand and not is_own),
        undecided=verdict.undecided,
        reasons=verdict.reasons,
        kind_reasons=kind_reasons,
        conflicts=verdict.conflicts,
        candidates=verdict.candidates,
    )


def maker_of_brand(brand: str, as_of: date, bought: date | None = None) -> Identification:
    """Return who makes what is sold under a name: the answer for a device with no trace except its brand.

    Questions, pages and inventories ask this one rule. Without a day of purchase, no date excludes a maker.
    """
    sighting = Sighting(brand, _NOWHERE, {Trace.BRAND: (brand,)}, bought=bought)
    return identify_with(sighting, _brand_gatherer(as_of))


@lru_cache(maxsize=2)
def _brand_gatherer(as_of: date) -> Gatherer:
    return Gatherer(Lookup(load_knowledge()), as_of)


KEY_CHARACTERS = 40

# Traces of which only what they say counts. The others also count by their letters: a brand is shown as it is
# spelt, and a model number decides between statements on the brand.
BY_WHAT_THEY_SAY = frozenset({
    Trace.MAC, Trace.MAC_REGISTRANT, Trace.SERIAL, Trace.CERTIFICATE, Trace.FIRMWARE, Trace.BANNER,
    Trace.HTTP_TITLE, Trace.DESCRIPTION, Trace.FAVICON_MD5, Trace.FAVICON_MURMUR3, Trace.OS_GUESS,
    Trace.ONVIF_SCOPE,
})  # fmt: skip
_NOWHERE = Citation(source="", title="")
WORDED = (Trace.DESCRIPTION, Trace.HTTP_TITLE)  # their words may also name the kind of device
# A scope contains other traces, and words count as they are written; of the others only the evidence counts.
BY_EVIDENCE = BY_WHAT_THEY_SAY - {*WORDED, Trace.ONVIF_SCOPE}


class GroupedIdentifier:
    """Identifies sightings, each group once; `identify` returns the key of the group with the answer."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._digests: dict[int, str] = {}  # by identity: the gatherer keeps each piece of evidence once
        self._keys: dict[tuple[object, ...], str] = {}
        self._found: dict[str, Identification] = {}
        self._of_alike: dict[tuple[object, ...], Identification] = {}
        self.samples: dict[str, Sighting] = {}  # one of each group met so far, by key

    def identify(self, sighting: Sighting) -> tuple[str, Identification]:
        """Return the key of the sighting's group and the identification, which names the group's first."""
        key = self.key(sighting)
        if key not in self._found:
            self.samples[key] = sighting
            self._found[key] = replace(identify_with(sighting, self._gatherer), sighting_id=key)
        return key, self._found[key]

    def identification(self, sighting: Sighting) -> Identification:
        """Return the identification of a sighting, which names the first with equal traces."""
        alike = self._alike(sighting)
        if alike not in self._of_alike:
            self._of_alike[alike] = identify_with(sighting, self._gatherer)
        return self._of_alike[alike]

    def key(self, sighting: Sighting) -> str:
        """Return the key: a hash of all that the reasoning looks at."""
        alike = self._alike(sighting)
        if alike not in self._keys:
            self._keys[alike] = self._hashed(sighting)
        return self._keys[alike]

    def _alike(self, sighting: Sighting) -> tuple[object, ...]:
        """Return values that are equal only for sightings with an equal key; fast to compare."""
        if Trace.ONVIF_SCOPE in sighting.traces:  # which may name more brands
            bought: object = sighting.bought
        else:
            brands = sighting.values(Trace.BRAND)
            bought = tuple([self._gatherer.period(brand, sighting.bought) for brand in brands])
        values: list[object] = [sighting.kind, bought]
        for trace, stated in sighting.traces.items():
            if trace in BY_EVIDENCE:  # by identity: the gatherer keeps each piece of evidence once
                ids = {id(self._gatherer.evidence_of(trace, value)) for value in stated}
                values.append((trace, ids.pop() if len(ids) == 1 else frozenset(ids)))
            else:
                values.append((trace, stated))
        return tuple(values)

    def _hashed(self, sighting: Sighting) -> str:
        traces = all_traces(sighting)
        around = self._gatherer.circumstances(sighting, traces, kind_of_words(sighting)[0])
        parts = [sighting.kind]
        for trace, value in traces:
            parts.append(self._part(trace, value))
            if trace is Trace.BRAND:  # when it was bought counts only where the brand changed makers
                parts.append(self._digest(self._gatherer.evidence_of_brand(value, around)))
        parts = sorted(set(parts))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:KEY_CHARACTERS]

    def _part(self, trace: Trace, value: str) -> str:
        if trace not in BY_WHAT_THEY_SAY:
            return f"{trace.value}={value}"
        evidence = self._gatherer.evidence_of(trace, value)
        key = f"{trace.value}:{self._digest(evidence)}"
        if trace not in WORDED:
            return key
        kind, reasons = kind_of_words(Sighting("", _NOWHERE, {trace: (value,)}))
        return f"{key} {kind.value} {[str(reason.text) for reason in reasons]}" if reasons else key

    def _digest(self, evidence: tuple[Evidence, ...]) -> str:
        if not evidence:
            return ""
        if id(evidence) not in self._digests:
            serialised = json.dumps(
                [
                    [
                        item.maker_id,
                        item.family.value,
                        item.reason.to_json(),
                        item.kind.value,
                        item.line,
                        item.label,
                        item.is_hint,
                        item.is_open,
                        item.needs_support,
                        sorted(item.not_for),
                    ]
                    for item in evidence
                ],
                sort_keys=True,
            )
            self._digests[id(evidence)] = hashlib.sha256(serialised.encode()).hexdigest()[:KEY_CHARACTERS]
        return self._digests[id(evidence)]
