"""Devices that a query counts, by body, maker, kind, state and site."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import squashed
from overzicht.evidence import Citation, Text, in_both, text
from overzicht.register.terms import LifecycleState
from overzicht.store.register.devices import DeviceLine
from overzicht.store.register.organisations import OrganisationLine
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import Origin
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.target import OnTarget
from overzicht.subjects.answers.value_names import bodies_text, kind_text

_BODIES = (
    "gemeente|provincie|waterschap|hoogheemraadschap|veiligheidsregio|ministerie|universiteit|municipality|"
    "ministry|province"
)
_BODY = re.compile(rf"\b(?:{_BODIES})\b")
_THE_BODY = re.compile(
    rf"\b(?:de|het|the|onze|ons|our|uw|your) ({_BODIES})\b", re.IGNORECASE
)  # by its kind alone
_EITHER = re.compile(
    r"\b(?:ook (?:als|indien|wanneer)|al dan niet|ongeacht|wellicht|misschien|mogelijk|"
    r"even (?:if|when|though)|whether or not|regardless|perhaps|possibly|maybe|whatever)\b",
    re.IGNORECASE,
)  # `…, perhaps sold under another name`: with its own name too
STORED = (LifecycleState.OUT_OF_USE,)
GONE = (LifecycleState.OUT_OF_USE, LifecycleState.REPLACED, LifecycleState.REMOVED)
NAMES_SHOWN = 3  # more makers are counted


@dataclass(frozen=True, slots=True)
class BodyDevices:
    """The devices of one body that a query counts, its inventories, and all of its devices that are there."""

    body: OrganisationLine
    lines: tuple[DeviceLine, ...]
    cited: tuple[Citation, ...]
    origin: Origin

    @property
    def count(self) -> int:
        """The number, quantities added."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True, slots=True)
class DeviceCount:
    """What a query counts: devices in these states, on a date, at the sites that it names (none: all)."""

    query: Query
    reading: Reading
    states: Sequence[LifecycleState]
    day: date
    sites: frozenset[str] = frozenset()
    listed: Mapping[str, OnTarget] = field(default_factory=dict)  # makers on the lists that the query names

    @property
    def is_gone(self) -> bool:
        """Whether it counts devices that are gone."""
        return self.states == GONE

    @property
    def is_of_listed(self) -> bool:
        """Whether it counts the devices of makers on a list."""
        return "list" in self.query.cues and not self.query.is_named

    @property
    def where(self) -> Text:
        """The bodies that are meant."""
        if not self.reading.body_names and (named := _THE_BODY.search(self.query.words)):
            return in_both(en=named[0], nl=named[0])
        if self.reading.body_names:
            return in_both(en=", ".join(self.reading.body_names), nl=", ".join(self.reading.body_names))
        return bodies_text(self.reading.place)

    @property
    def what(self) -> Text:
        """The devices: of a kind, of named makers, or of unknown make, and their sites."""
        if self.sites:
            return text("{kind} at {sites}", kind=self._devices, sites=", ".join(sorted(self.sites)))
        return self._devices

    @property
    def _devices(self) -> Text:
        query = self.query
        kind: Text = kind_text(self.reading.kind) if self.reading.kind else text("devices")
        if self.states == STORED:
            kind = text("{kind} out of use", kind=kind)
        if "unknown_make" in query.cues:
            return text("{kind} of unknown make", kind=kind)
        if self.is_of_listed:
            return text("{kind} of listed makers", kind=kind)
        if len(query.subjects) > NAMES_SHOWN:
            return text("{kind} of the {count} makers that are meant", kind=kind, count=len(query.subjects))
        if query.subjects:
            return text("{kind} of {makers}", kind=kind, makers=", ".join(s.name for s in query.subjects))
        return kind

    def fact(self, sentence: Text, devices: BodyDevices, cited: Sequence[Citation] = ()) -> Fact:
        """Return a sentence on the devices of a body as a fact; without `cited`, by its own inventories."""
        parties, kind = frozenset(subject.key for subject in self.query.subjects), self.reading.kind
        cited = tuple(cited or devices.cited)
        return Fact(Topic.COUNT, sentence, cited, devices.origin, parties, kind=kind)

    def counts(self, line: DeviceLine) -> bool:
        """Return whether a device counts."""
        cues = self.query.cues
        kind = self.reading.kind
        if line.life not in self.states or (kind and line.kind != kind):
            return False
        if self.sites and line.site not in self.sites:
            return False
        if "unknown_make" in cues:
            return not line.maker_id
        if "relabelled" in cues and not line.is_relabelled and not _EITHER.search(self.query.words):
            return False
        if self.is_of_listed and (line.maker_id or line.brand) not in self.listed:
            return False
        return not self.query.subjects or any(is_of(line, subject) for subject in self.query.subjects)

    def is_meant(self, body: OrganisationLine) -> bool:
        """Return whether a body is one that the question names, or one of its place."""
        names = [name.casefold() for name in self.reading.body_names]
        own = body.name.casefold()
        if names:
            return any(set(name.split()) <= set(own.split()) or own in name for name in names)
        kinds = frozenset(_BODY.findall(own))
        meant = frozenset(match[1].casefold() for match in _THE_BODY.finditer(self.query.words))
        if kinds and meant and not kinds & meant:
            return False  # `the water authority` does not mean a municipality
        return not body.country or body.country.upper() == self.reading.place


def is_of(line: DeviceLine, subject: Subject) -> bool:
    """Return whether a device belongs to a party: by its maker, or by its brand for one without a card."""
    if subject.party_id in load_knowledge().makers:
        return line.maker_id == subject.party_id
    brand, name = squashed(line.brand), squashed(subject.name)
    return bool(brand) and (brand == name or name.startswith(brand))


def ranked(counts: Mapping[str, int]) -> str:
    """Return names with their numbers, the highest first."""
    return ", ".join(
        f"{name} {n}" for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
