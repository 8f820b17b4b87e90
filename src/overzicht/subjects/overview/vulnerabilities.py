"""Known exploited vulnerabilities of devices on a date: the catalogue, joined by maker, model and firmware.

*What the catalogue says.* CISA lists a vulnerability from a date on, for a vendor and a product. The due date
binds American federal agencies (BOD 22-01), no Dutch public body.
*What we check.* The models and versions that loaded CVE records and CSAF advisories state for it. Only a
model that a source names, with firmware in its affected range, is a vulnerable device (`Grade.FIRMWARE`).
*What we cannot see.* Repairs without a new version, settings, and whether the network can reach the device.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.devices import DeviceKind, Identification, Sighting, Trace
from overzicht.devices.knowledge import Knowledge, load_knowledge
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct, Grade
from overzicht.devices.vulnerabilities.firmware import Membership, membership
from overzicht.devices.vulnerabilities.grading import DeviceFacts, Match, device_keys, grade_of, vendor_keys
from overzicht.entities import Record
from overzicht.entities.history import ListingState, listing_states
from overzicht.evidence import Answer, Citation, Confidence, Reason, Text, plain_text, text
from overzicht.evidence.text import Value
from overzicht.reports.overview_report import CATALOGUE, ListStatus, VulnerabilityRow
from overzicht.sources.lists.effects import effect_of
from overzicht.sources.lists.registry import load_card
from overzicht.sources.lists.vulnerability_records import CVE, affected_products
from overzicht.store.register.devices import DeviceLine
from overzicht.subjects.lists.listings import LoadedLists
from overzicht.subjects.overview.listings import list_status

SOURCES = ("cve", "csaf")  # of models and versions
RANGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Source:
    """An affected product, the source that states it, and the vendor's keys."""

    product: AffectedProduct
    name: Text
    citation: Citation
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A vulnerability in the catalogue on the date, with all products that sources state for it."""

    cve: str
    state: ListingState
    citation: Citation
    sources: tuple[_Source, ...]


_KEPT: dict[tuple[object, ...], Mapping[str, Sequence[_Entry]]] = {}
MOST_KEPT = 4  # dates or stores


class KnownVulnerabilities:
    """The known exploited vulnerabilities on a date; devices with equal facts share one answer."""

    def __init__(self, loaded_lists: LoadedLists, as_of: date) -> None:
        self._loaded, self._as_of = loaded_lists, as_of
        self._knowledge: Knowledge = load_knowledge()
        self._by_key = self._index()
        self._of_makers: dict[tuple[str, tuple[str, ...]], tuple[frozenset[str], Sequence[_Entry]]] = {}
        self._answers: dict[DeviceFacts, tuple[VulnerabilityRow, ...]] = {}

    @property
    def lists(self) -> tuple[ListStatus, ...]:
        """The catalogue and the loaded sources of versions, and whether each covers the date."""
        loaded = {stored.snapshot.source for stored in self._loaded.stored}
        names = (CATALOGUE, *(source for source in SOURCES if source in loaded))
        return tuple(list_status(self._loaded, name, self._as_of) for name in names)

    @property
    def is_checked(self) -> bool:
        """Whether the catalogue covers the date."""
        return self._loaded.coverage(CATALOGUE, self._as_of).covers_date

    def of(
        self, sighting: Sighting, identification: Identification | DeviceLine
    ) -> tuple[VulnerabilityRow, ...]:
        """Return the vulnerabilities of a device, the surest grade first, then the oldest listing."""
        if not self._by_key:
            return ()
        is_sure = identification.confidence.rank >= Confidence.MEDIUM.rank
        brands = (*sighting.values(Trace.BRAND), identification.brand)
        facts = DeviceFacts(
            maker_id=identification.maker_id if is_sure else "",
            brands=tuple(dict.fromkeys(filter(None, brands))),
            models=sighting.values(Trace.MODEL),
            firmware=sighting.values(Trace.FIRMWARE),
            kind=DeviceKind(identification.kind),
            is_relabelled=identification.is_relabelled and is_sure,
        )
        maker = (facts.maker_id, facts.brands)
        if maker not in self._of_makers:
            keys = device_keys(facts, self._knowledge)
            entries = {entry.cve: entry for key in sorted(keys) for entry in self._by_key.get(key, ())}
            self._of_makers[maker] = keys, tuple(entries.values())
        keys, listed = self._of_makers[maker]
        if not listed:
            return ()
        if facts not in self._answers:
            self._answers[facts] = self._of(facts, keys, listed)
        return self._answers[facts]

    def _of(
        self, facts: DeviceFacts, keys: frozenset[str], entries: Sequence[_Entry]
    ) -> tuple[VulnerabilityRow, ...]:
        rows = []
        for entry in entries:
            sources = [source for source in entry.sources if not keys.isdisjoint(source.keys)]
            match = grade_of(facts, [source.product for source in sources], self._knowledge)
            if match is not None and match.grade.is_finding:
                rows.append(_row(entry, facts, match, sources[match.product], self._knowledge))
        return tuple(sorted(rows, key=_surest_first))

    def _index(self) -> Mapping[str, Sequence[_Entry]]:
        """Return the entries by key of their vendors; kept for the next request with equal files and date."""
        basis = (
            self._as_of,
            *(
                (stored.key, stored.snapshot.sha256, stored.version.day, stored.confirmed)
                for stored in self._loaded.stored
                if stored.snapshot.source in {CATALOGUE, *SOURCES}
            ),
        )
        if basis not in _KEPT:
            by_key: dict[str, list[_Entry]] = defaultdict(list)
            for entry in self._entries():
                for key in sorted({key for source in entry.sources for key in source.keys}):
                    by_key[key].append(entry)
            if len(_KEPT) >= MOST_KEPT:
                _KEPT.clear()
            _KEPT[basis] = by_key
        return _KEPT[basis]

    def _entries(self) -> Iterator[_Entry]:
        card = load_card(CATALOGUE)
        versions = self._loaded.versions(CATALOGUE, "")
        in_force: dict[str, tuple[ListingState, Citation]] = {}
        for pairs in self._loaded.all_records(CATALOGUE).values():
            stored = [(snapshot.version, record) for snapshot, record in pairs]
            for state in listing_states(
                stored, versions, self._as_of, stale_after_days=card.stale_after_days
            ):
                if state.answer is Answer.FOUND:
                    cited = Citation.of(state.version.snapshot, state.record.place, title=card.title)
                    in_force[state.record.first("keywords")] = (state, cited)
        stated = self._stated(frozenset(in_force))
        for cve, (state, cited) in sorted(in_force.items()):
            own = self._sources(state.record, card.heading, cited)
            vendor = frozenset(key for source in own for key in source.keys)
            others = (replace(item, keys=item.keys or vendor) for item in stated.get(cve, ()))
            yield _Entry(cve, state, cited, (*own, *others))

    def _stated(self, cves: frozenset[str]) -> dict[str, list[_Source]]:
        """Return what CVE records and advisories that were published by the date state, by CVE number."""
        stated: dict[str, list[_Source]] = defaultdict(list)
        for list_id in SOURCES:
            for pairs in self._loaded.all_records(list_id, lambda name: _cve_of(name) in cves).values():
                part = pairs[0][0].snapshot.part
                # the newest version until the date, else the oldest after it
                versions = self._loaded.versions(list_id, part)
                before = [version for version in versions if version.day <= self._as_of]
                version = before[-1] if before else next(iter(versions), None)
                record = next((record for stored, record in pairs if stored.version == version), None)
                if version is None or record is None or record.first("createdAt") > self._as_of.isoformat():
                    continue
                citation = Citation.of(
                    version.snapshot, record.place, title=f"{part} ({load_card(list_id).title})"
                )
                citation = replace(citation, address=record.first("sourceUrl") or citation.address)
                stated[record.first("keywords")] += self._sources(record, plain_text(part), citation)
        return stated

    def _sources(self, record: Record, name: Text, citation: Citation) -> list[_Source]:
        """Return the products of a record; one without a vendor has no keys yet."""
        return [
            _Source(product, name, citation, vendor_keys(product, self._knowledge))
            for product in affected_products(record)
        ]


def all_once(of_devices: Iterable[Iterable[VulnerabilityRow]]) -> tuple[VulnerabilityRow, ...]:
    """Return the vulnerabilities of several devices without duplicates, the surest first."""
    rows = {row.id: row for of_device in of_devices for row in of_device}
    return tuple(sorted(rows.values(), key=_surest_first))


def _surest_first(row: VulnerabilityRow) -> tuple[bool, date, str, str]:
    """Return the key of an order: the surest grade first, then the oldest listing."""
    return (row.grade is not Grade.FIRMWARE, row.since.day, row.cve, row.id)


def _cve_of(record_id: str) -> str:
    numbers = CVE.findall(record_id)
    return numbers[-1] if numbers else ""


def _row(
    entry: _Entry, facts: DeviceFacts, match: Match, source: _Source, knowledge: Knowledge
) -> VulnerabilityRow:
    state = entry.state
    card = load_card(CATALOGUE)
    duty = next(statement.period for statement in state.record.statements if statement.prop == "program")
    effect = effect_of(CATALOGUE, "", state.listing.measure, state.listing.programme, state.since.day)
    due = duty.end.day if duty.end else None
    title = state.record.first("summary")
    listed = text(
        "{cve} is listed on {list} since {day}: {title}",
        cve=entry.cve,
        list=card.heading,
        day=state.since.day,
        title=title,
    )
    values: dict[str, Value] = {
        "source": source.name,
        "name": match.name,
        "model": " / ".join(facts.models),
        "product": source.product.product,
    }
    if match.is_similar:
        model_sentence = text(
            "{source} names {name} as affected; it does not state whether this includes {model}", **values
        )
    elif match.name:
        model_sentence = text(
            "{source} names {name} as affected; the model of this device is {model}", **values
        )
    else:
        model_sentence = text(
            "{source} names “{product}”; only the manufacturer and the kind of device match", **values
        )
    act = effect.act
    if due is None:
        binding: tuple[Reason, ...] = ()
    else:
        sentence = text(
            "the due date {day} binds American federal agencies (BOD 22-01); it does not bind a Dutch public "
            "body",
            day=due,
        )
        binding = (Reason(sentence, Confidence.HIGH, (act,)),)
    if not facts.is_relabelled:
        relabelling: tuple[Reason, ...] = ()
    else:
        sentence = text(
            "the device is sold as {brand} and made by {maker}; a relabelled device has the firmware of its "
            "manufacturer",
            brand=facts.brands[-1] if facts.brands else "",
            maker=knowledge.maker_name(facts.maker_id),
        )
        relabelling = (Reason(sentence, Confidence.MEDIUM),)
    reasons = (
        Reason(listed, Confidence.HIGH, (entry.citation,)),
        Reason(model_sentence, Confidence.HIGH, (source.citation,)),
        Reason(_firmware_sentence(facts, match, source), Confidence.HIGH, (source.citation,)),
        *relabelling,
        *binding,
        *(Reason(note, Confidence.HIGH) for note in state.notes),
    )
    key = "|".join((entry.cve, match.grade.value, *(str(reason.text) for reason in reasons)))
    return VulnerabilityRow(
        id=f"vulnerability-{hashlib.sha256(key.encode()).hexdigest()[:12]}",
        cve=entry.cve,
        grade=match.grade,
        title=title,
        list_id=CATALOGUE,
        list_title=card.heading,
        since=state.since,
        due=due,
        effect=effect.text,
        binds_reader=effect.binds_dutch_public_body,
        reasons=reasons,
        citation=entry.citation,
    )


def _firmware_sentence(facts: DeviceFacts, match: Match, source: _Source) -> Text:
    ranges = source.product.affected
    if match.grade is Grade.FIRMWARE and membership((), ranges) is Membership.INSIDE:
        return text("every firmware version of this product is affected")
    if not ranges:
        return text("the affected versions are not stated, so the version is not checked")
    shown = "; ".join(ranges[:RANGES_SHOWN]) + ("; …" if len(ranges) > RANGES_SHOWN else "")
    if not facts.firmware:
        return text("the firmware of this device is unknown; affected: {range}", range=shown)
    values: dict[str, Value] = {"firmware": " / ".join(facts.firmware), "range": shown}
    if match.grade is Grade.FIRMWARE:
        return text("firmware {firmware} is in the affected range: {range}", **values)
    return text("firmware {firmware} cannot be compared with certainty; affected: {range}", **values)
