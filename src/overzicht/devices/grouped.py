"""Identify each group of equal devices once: a register has many devices of few kinds.

Two sightings are in one group if their brands, models and words are equal and their other traces give the
same evidence, such as two MAC addresses of one block. The key of a group is a hash of these facts.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from overzicht.devices.gather import Gatherer, all_traces
from overzicht.devices.identify import identify_with
from overzicht.devices.kinds import kind_of_words
from overzicht.devices.model import Identification, Sighting, Trace
from overzicht.devices.traces.interface import Evidence
from overzicht.evidence import Citation

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


class GroupedIdentifier:
    """Identifies sightings, each group once; `identify` returns the key of the group with the answer."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._digests: dict[int, str] = {}  # by identity: the gatherer keeps each piece of evidence once
        self._found: dict[str, Identification] = {}
        self._samples: dict[str, Sighting] = {}

    @property
    def samples(self) -> Mapping[str, Sighting]:
        """One sighting of each group met so far, by key."""
        return self._samples

    def identify(self, sighting: Sighting) -> tuple[str, Identification]:
        """Return the key of the sighting's group and the identification, which names the group's first."""
        key = self.key(sighting)
        if key not in self._found:
            self._samples[key] = sighting
            self._found[key] = replace(identify_with(sighting, self._gatherer), sighting_id=key)
        return key, self._found[key]

    def key(self, sighting: Sighting) -> str:
        """Return the key: a hash of all that the reasoning looks at."""
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
        return f"{trace.value}:{self._digest(evidence)}{_words(trace, value)}"

    def _digest(self, evidence: tuple[Evidence, ...]) -> str:
        if not evidence:
            return ""
        if id(evidence) not in self._digests:
            serialised = json.dumps([_to_json(item) for item in evidence], sort_keys=True)
            self._digests[id(evidence)] = hashlib.sha256(serialised.encode()).hexdigest()[:KEY_CHARACTERS]
        return self._digests[id(evidence)]


def _words(trace: Trace, value: str) -> str:
    if trace not in WORDED:
        return ""
    kind, reasons = kind_of_words(Sighting("", _NOWHERE, {trace: (value,)}))
    return f" {kind.value} {[str(reason.text) for reason in reasons]}" if reasons else ""


def _to_json(item: Evidence) -> list[object]:
    return [
        item.maker_id, item.family.value, item.reason.to_json(), item.kind.value, item.line, item.label,
        item.is_hint, item.is_open, item.needs_support, sorted(item.not_for),
    ]  # fmt: skip
