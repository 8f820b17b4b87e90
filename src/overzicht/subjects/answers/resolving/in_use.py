"""Devices in the register: whether and how many, by body, maker, kind and state."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from overzicht.evidence import Answer, text, unique
from overzicht.evidence.text import Value
from overzicht.register.terms import LifecycleState
from overzicht.store.register.devices import COUNTED, DeviceFilter, DeviceLine, all_devices
from overzicht.store.register.organisations import OrganisationLine, list_organisations
from overzicht.subjects.answers.census_facts import KEY as CENSUS
from overzicht.subjects.answers.facts import Fact, Facts, Gap, Layer, Topic
from overzicht.subjects.answers.gather_register import inventories_of
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import (
    Judged,
    ListTarget,
    has_any,
    lexicon,
    makers_named,
    words_of_countries,
)
from overzicht.subjects.answers.reading.names import SITES, Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, unknown
from overzicht.subjects.answers.resolving.device_counts import (
    GONE,
    NAMES_SHOWN,
    STORED,
    BodyDevices,
    DeviceCount,
    ranked,
)
from overzicht.subjects.answers.resolving.target import OnTarget, entry_facts, every_list, on_target
from overzicht.subjects.answers.value_names import party_name

SHORTEST_SITE = 3  # characters of the name of a site in a question; of one without a digit two more
_AT = re.compile(
    r"\b(?:in|te|langs|boven|nabij|rondom|along|near) (?:de |het |the )?"
    r"((?:[A-Z][\w'’-]+|[AN]\d{1,3})(?: [A-Z][\w'’-]+)*)"
)  # a place with a capital
_AT_SITE = re.compile(
    rf"\b(?:in|bij|op|aan|at) (?:(?:het|de|the|our|ons|onze) )?((?:{SITES})\b(?: (?-i:[A-Z])[\w'’-]+)*)",
    re.IGNORECASE,
)
_OTHER_KIND = re.compile(r"\b(?:drone|uav|quadcopter|robot|helikopter|helicopter)s?\b", re.IGNORECASE)


def in_use(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether, or how many, devices of a query are in the register of the bodies that it names."""
    is_stored = has_any(lexicon().cues["stored"], query.words)
    return _devices(query, reading, resolving, STORED if is_stored else COUNTED)


def replaced(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether, or how many, devices of a query were replaced or taken away."""
    return _devices(query, reading, resolving, GONE)


def _devices(
    query: Query, reading: Reading, resolving: Resolving, states: Sequence[LifecycleState]
) -> QueryAnswer:
    if (other := _OTHER_KIND.search(query.words)) is not None and not query.subjects:
        return unknown(
            text("Unknown: the register keeps no own kind for “{kind}”; name the maker.", kind=other[0])
        )
    counted = DeviceCount(query, reading, states, min(resolving.day_of(query), resolving.as_of))
    topic = Topic.REPLACED if counted.is_gone else Topic.COUNT
    layers = [layer for layer in resolving.context.layers if layer.origin is not None]
    loaded = [(layer, *_loaded(layer, counted)) for layer in layers]
    sites = frozenset(site for _, _, lines in loaded for site in _sites(lines, query.words))
    of_listed = counted.is_of_listed  # parties that the question before names are not those of this one
    makers = tuple(s for s in query.subjects if not of_listed and not _is_site(s.name, sites))
    if elsewhere := _elsewhere(query.words, sites, [line for _, _, lines in loaded for line in lines]):
        return unknown(text("Unknown: the register has no site “{site}”.", site=elsewhere))
    counted = replace(counted, query=replace(query, subjects=makers), sites=sites)
    if counted.is_of_listed:
        listed, untold = _listed_makers(
            [line for _, _, lines in loaded for line in lines], counted, resolving
        )
        if untold is not None:
            sentence = text("Not checked: no loaded version of {list} covers {day}.")
            return QueryAnswer(
                FirstLine(FirstKind.NOT_CHECKED, sentence.filled(list=untold.text, day=counted.day))
            )
        counted = replace(counted, listed=listed)
    bodies = [devices for layer, own, lines in loaded for devices in _bodies(layer, counted, own, lines)]
    scoped = _scoped(reading, resolving, topic) if not reading.body_names else Facts()
    if not bodies and not counted.is_gone and (line := _by_census(scoped)) is not None:
        return QueryAnswer(line, scoped.facts, scoped.gaps)
    if not bodies:
        sentence = text("Unknown: the register holds no inventory of {bodies}.", bodies=counted.where)
        gap = text(
            "No data: the register holds no inventory of {bodies}; `overzicht register import` takes one in.",
            bodies=counted.where,
        )
        gaps = (Gap(topic, gap), *scoped.gaps)
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), scoped.facts, gaps)
    total = sum(devices.count for devices in bodies)
    telling = [devices for devices in bodies if devices.count]
    facts = tuple(fact for devices in telling for fact in _facts(devices, counted)) or (
        _none(bodies, counted),
    )
    line = _makers(telling, counted) if "which_brand" in query.cues and not query.subjects else None
    if "place_asked" in query.cues and telling and not counted.is_gone:
        line, places = _places(telling, counted)
        facts = (*places, *facts)
    facts += tuple(entry_facts(_entries(telling, counted)))
    return QueryAnswer(line or _first(total, counted), (*facts, *scoped.facts), scoped.gaps)


def _entries(telling: Sequence[BodyDevices], counted: DeviceCount) -> list[OnTarget]:
    """Return the entries of the makers, on a list, of the devices that are counted."""
    makers = dict.fromkeys(line.maker_id or line.brand for devices in telling for line in devices.lines)
    return [counted.listed[maker] for maker in makers if maker in counted.listed]


def _places(telling: Sequence[BodyDevices], counted: DeviceCount) -> tuple[FirstLine, list[Fact]]:
    """Return where the devices of a count are: a line with the sites, and a fact per body."""
    sites = Counter[str]()
    facts = []
    for devices in telling:
        own = Counter[str]()
        for line in devices.lines:
            own[line.site or line.place or "?"] += line.quantity
        sites += own
        sentence = text(
            "{body}: the sites of {devices} in the register on {day}: {sites}.",
            body=devices.body.name,
            devices=counted.what,
            day=counted.day,
            sites=ranked(own),
        )
        facts.append(counted.fact(sentence, devices))
    values: dict[str, Value] = {"devices": counted.what, "bodies": counted.where, "day": counted.day}
    if set(sites) == {"?"}:
        sentence = text("Unknown: the register of {bodies} states no site of {devices} on {day}.")
        return FirstLine(FirstKind.UNKNOWN, sentence.filled(**values)), facts
    sentence = text("{sites}: the sites of {devices} in the register of {bodies} on {day}.")
    shown = ", ".join(list(sites)[:NAMES_SHOWN])
    return FirstLine(FirstKind.VALUE, sentence.filled(sites=shown, **values), "; ".join(sites)), facts


def _listed_makers(
    lines: Iterable[DeviceLine], counted: DeviceCount, resolving: Resolving
) -> tuple[dict[str, OnTarget], ListTarget | None]:
    """Return the makers on the lists of a query, by entry, and a list that does not cover the date."""
    targets = counted.query.lists or (every_list(),)
    makers = {
        line.maker_id or line.brand: Subject(party_name(line.maker_id or line.brand), line.maker_id)
        for line in lines
        if line.maker_id or line.brand
    }
    resolving.ask([maker.query for maker in makers.values()], counted.day)
    answers = [
        on_target(maker, target, counted.day, resolving) for maker in makers.values() for target in targets
    ]
    listed = {
        result.subject.party_id or result.subject.name: result
        for result in answers
        if result.answer is Answer.FOUND
    }
    untold = next((result.target for result in answers if result.answer is Answer.NOT_CHECKED), None)
    return listed, None if listed else untold


def _by_census(scoped: Facts) -> FirstLine | None:
    """Return the first line by the census: its coverage and bounds; None without a round."""
    fact = next((fact for fact in scoped.facts if fact.key == CENSUS and fact.count is not None), None)
    if fact is None or fact.count is None:
        return None
    return FirstLine(FirstKind.YES if fact.count else FirstKind.UNKNOWN, fact.text, str(fact.count))


def _scoped(reading: Reading, resolving: Resolving, topic: Topic) -> Facts:
    """Return the counts of the scopes of a question, and the statements of bodies on them."""
    topics = [topic] if topic is Topic.REPLACED else [topic, Topic.STATEMENT]
    scoped = resolving.facts.about(topics)
    facts = tuple(fact for fact in scoped.facts if fact.scope in reading.scopes)
    if Judged.LIMITS in reading.judged:
        facts += resolving.facts.about([Topic.EXPECTED]).facts
    return Facts(facts, tuple(gap for gap in scoped.gaps if gap.scope in reading.scopes))


def _loaded(layer: Layer, counted: DeviceCount) -> tuple[list[OrganisationLine], list[DeviceLine]]:
    """Return the bodies that a query means, and all their devices."""
    with layer.store.reading() as connection:
        bodies = [body for body in list_organisations(connection, counted.day) if counted.is_meant(body)]
        lines = all_devices(connection, DeviceFilter(counted.day, life=()))
    ids = {body.id for body in bodies}
    return bodies, [line for line in lines if line.organisation_id in ids]


def _sites(lines: Iterable[DeviceLine], words: str) -> Iterator[str]:
    """Yield the sites of devices that a text names (`in het gemeentehuis`)."""
    for site in sorted({line.site for line in lines}):
        is_long = len(site) >= SHORTEST_SITE + 2 * (not any(map(str.isdigit, site)))
        if is_long and re.search(rf"(?<!\w){re.escape(site)}(?!\w)", words, re.IGNORECASE):
            yield site


def _is_site(name: str, sites: Iterable[str]) -> bool:
    """Return whether a name is that of a site or a part of one, and no maker's."""
    return any(name.casefold() in site.casefold() for site in sites)


def _elsewhere(words: str, sites: frozenset[str], lines: Sequence[DeviceLine]) -> str:
    """Return the place in a question where no device of the register is; empty if there is none."""
    if not sites and (site := _AT_SITE.search(words)) is not None:
        return site[1]
    known = " ".join({f"{line.site} {line.place} {line.organisation}" for line in lines}).casefold()
    places = (match[1] for match in _AT.finditer(words) if match[1].casefold() not in words_of_countries())
    return next((place for place in places if place.casefold() not in known and not makers_named(place)), "")


def _bodies(
    layer: Layer, counted: DeviceCount, bodies: list[OrganisationLine], lines: list[DeviceLine]
) -> Iterator[BodyDevices]:
    cited = inventories_of(layer.store, [body.id for body in bodies], counted.day)
    for body in sorted(bodies, key=lambda devices: (devices.name, devices.id)):
        if body.id in cited and layer.origin is not None:
            own = tuple(line for line in lines if line.organisation_id == body.id and counted.counts(line))
            yield BodyDevices(body, own, cited[body.id], layer.origin)


def _first(total: int, counted: DeviceCount) -> FirstLine:
    if "quantity" in counted.query.cues:
        kind, sentence = FirstKind.NUMBER, text("{count} {devices} in the register of {bodies} on {day}.")
        if counted.is_gone:
            sentence = text("{count} {devices} of {bodies} were replaced or taken away by {day}.")
    elif total:
        kind, sentence = FirstKind.YES, text("Yes: {count} {devices} in the register of {bodies} on {day}.")
        if counted.is_gone:
            sentence = text("Yes: {count} {devices} of {bodies} were replaced or taken away by {day}.")
    else:
        kind, sentence = FirstKind.NO, text("No: {count} {devices} in the register of {bodies} on {day}.")
        if counted.is_gone:
            sentence = text("No: {count} {devices} of {bodies} were replaced or taken away by {day}.")
    filled = sentence.filled(count=total, devices=counted.what, bodies=counted.where, day=counted.day)
    return FirstLine(kind, filled, str(total))


def _makers(telling: Sequence[BodyDevices], counted: DeviceCount) -> FirstLine | None:
    """Return who makes the devices of a count, by number; None for a question of how many, or without one."""
    makers = Counter[str]()
    for line in (line for devices in telling for line in devices.lines):
        makers[f"{line.brand} ({line.maker})" if line.is_relabelled else line.maker or line.brand or "?"] += (
            line.quantity
        )
    if not makers or "quantity" in counted.query.cues:
        return None
    sentence = text(
        "{makers}: the makers of {devices} in the register of {bodies} on {day}.",
        makers=ranked(makers),
        devices=counted.what,
        bodies=counted.where,
        day=counted.day,
    )
    return FirstLine(FirstKind.VALUE, sentence, "; ".join(makers))


def _facts(devices: BodyDevices, counted: DeviceCount) -> Iterator[Fact]:
    makers, brands = Counter[str](), Counter[str]()
    for line in devices.lines:
        makers[line.maker or line.brand or "?"] += line.quantity
        if line.is_relabelled:
            brands[f"{line.brand} ({line.maker})"] += line.quantity
    sentence = text("{body}: {count} {devices} in the register on {day}.")
    if counted.is_gone:
        sentence = text("{body}: {count} {devices} replaced or taken away by {day}.")
    elif makers:
        sentence = text(
            "{body}: {count} {devices} in the register on {day} ({makers}).", makers=ranked(makers)
        )
    filled = sentence.filled(
        body=devices.body.name, count=devices.count, devices=counted.what, day=counted.day
    )
    yield counted.fact(filled, devices)
    if brands and not counted.is_gone:
        under = text(
            "{body}: of these under another brand: {brands}.", body=devices.body.name, brands=ranked(brands)
        )
        yield counted.fact(under, devices)


def _none(bodies: Sequence[BodyDevices], counted: DeviceCount) -> Fact:
    """Return that the inventories of all bodies have none of the devices."""
    names = ", ".join(devices.body.name for devices in bodies)
    sentence = text("The inventories of {names} show no {devices}.", names=names, devices=counted.what)
    if counted.is_gone:
        sentence = text(
            "The inventories of {names} show no {devices} as replaced.", names=names, devices=counted.what
        )
    cited = unique(cited for devices in bodies for cited in devices.cited)
    return counted.fact(sentence, bodies[0], cited)
