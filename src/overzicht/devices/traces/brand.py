"""Brand names as evidence: the owner of a name, and dated statements on who makes its devices.

| known about the name                                         | it counts as                            |
| ------------------------------------------------------------ | --------------------------------------- |
| a maker's own name, no other maker of its devices is known   | high; medium for a product line or a    |
|                                                              | corrected spelling                      |
| the same, but others make some models, not this one          | medium                                  |
| the same, but others make some of its devices                | open between all of them                |
| a statement limited to models, and the model is one of them  | the statement's own confidence          |
| a statement limited to models or a kind that is not known    | low                                     |
| statements that all name one maker                           | at most medium                          |
| statements that name several makers, or leave it open        | open between all of them                |
| shared firmware, a shared platform, a claim withdrawn, or    | a hint                                  |
| hearsay (low) on a name that a maker of devices uses itself  |                                         |

A statement counts unless its dates or kind of device exclude it; without a date of purchase, no date
excludes. A statement that leaves two candidates open agrees with one that names either. An open answer never
proves a maker; other traces may decide.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from overzicht.dates import read_legal_date
from overzicht.devices.brands import Brand, BrandMatch, OwnName, SpellingMatch, StatementFact
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.devices.traces.model_number import STRENGTHS, clean_model, without_brand
from overzicht.devices.vocabulary import load_vocabulary, plain
from overzicht.evidence import Confidence, Reason, text

OWN_BRAND_RELATIONS = {
    "sub_brand",
    "subsidiary",
    "former_subsidiary",
    "acquired_brand",
    "joint_or_subsidiary",
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What limits a statement: models, the day of purchase (None: unknown), the kind of device, and today."""

    models: tuple[str, ...]
    bought: date | None
    kind: DeviceKind
    as_of: date


def is_placeholder(value: str) -> bool:
    """Whether a manufacturer field is filled with no maker: `General`, `IPCAM`, a chip's name, nothing."""
    form = plain(value)
    return form in load_vocabulary().placeholders or _chips().fullmatch(form) is not None


@cache
def _chips() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{chip})" for chip in load_vocabulary().chips))


def named_brands(value: str, lookup: Lookup) -> list[tuple[str, BrandMatch | None]]:
    """Return each name in a brand value with its brand, or None; placeholders are left out.

    `Wisenet;Bosch` gives two names. A value is split only if the whole is unknown and a part is known.
    """
    if value not in lookup.named:
        lookup.named[value] = _named_brands(value, lookup)
    return lookup.named[value]


def _named_brands(value: str, lookup: Lookup) -> list[tuple[str, BrandMatch | None]]:
    if is_placeholder(value):
        return []
    whole = lookup.knowledge.brands.find(value)
    if whole and whole.spelling is not SpellingMatch.BEGINNING:
        return [(value, whole)]
    parts = [part for part in re.split(load_vocabulary().separators, value) if not is_placeholder(part)]
    if len(parts) > 1:
        matches = [(part, lookup.knowledge.brands.find(part)) for part in parts]
        if any(match for _, match in matches):
            return [(part, match) for part, match in matches if match]
    return [(value, whole or lookup.knowledge.brands.find(value, typos=True))]


def brand_evidence(value: str, around: Circumstances, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a name on the box says; nothing for a placeholder or an unknown brand."""
    matches = [match for _, match in named_brands(value, lookup) if match]
    evidence = [item for match in matches for item in _of_match(match, around, lookup)]
    if len({match.brand.key for match in matches}) > 1:
        several = text("The source names more than one maker: {value}", value=value)
        evidence = [
            item
            if item.is_hint
            else Evidence(
                item.maker_id,
                item.family,
                Reason(
                    text("{first}. {second}", first=several, second=item.reason.text),
                    Confidence.LOW,
                    item.reason.citations,
                ),
                kind=item.kind,
                line=item.line,
                is_hint=item.is_hint,
                is_open=True,
            )
            for item in evidence
        ]
    return tuple(evidence)


def _of_match(match: BrandMatch, around: Circumstances, lookup: Lookup) -> list[Evidence]:
    brand = match.brand
    owners = [own for own in brand.owners if lookup.knowledge.makes_its_own(own.maker_id)]
    statements = []
    for item in brand.statements:
        fact = item.fact
        day = around.bought
        if fact.since and (day or around.as_of) < first_day(fact.since):
            continue
        if fact.until and day and day > last_day(fact.until):
            continue
        if fact.kind is not DeviceKind.UNKNOWN and around.kind not in {DeviceKind.UNKNOWN, fact.kind}:
            continue
        if not (
            item.models
            and around.models
            and not any(pattern.match(model) for model in around.models for pattern in item.models)
        ):
            statements.append(item)
    firm = [item for item in statements if not _is_hint(item, is_own=bool(owners))]
    hints = [
        _of_hint(item, brand, maker, lookup)
        for item in statements
        if _is_hint(item, is_own=bool(owners))
        for maker in item.makers
    ]
    specific = [item for item in firm if item.models and around.models]
    if specific:
        return [*_of_statements(specific, brand, around, lookup, most=Confidence.HIGH), *hints]
    if not firm:
        own_evidence = [_of_own(own, match, lookup, is_open=len(owners) > 1) for own in owners]
        for own in brand.owners:
            if not lookup.knowledge.makes_its_own(own.maker_id):
                sentence = text(
                    "{brand} sells devices under its name but does not make them: the name does not prove "
                    "the manufacturer",
                    brand=own.name,
                )
                reason = Reason(sentence, Confidence.NONE, (own.citation,))
                own_evidence.append(Evidence("", Family.LABEL, reason))
        return [*own_evidence, *hints]
    is_open = bool(owners) and len(_makers(firm, {own.maker_id for own in owners})) > 1
    most = Confidence.LOW if is_open else Confidence.MEDIUM
    own_evidence = [_of_own(own, match, lookup, is_open=is_open) for own in owners]
    return [*own_evidence, *_of_statements(firm, brand, around, lookup, most=most), *hints]


def _is_hint(item: StatementFact, *, is_own: bool) -> bool:
    """Whether a statement is only a hint: also hearsay on a name that a maker of devices uses itself."""
    return item.fact.is_hint or (is_own and item.fact.confidence == "low")


def _makers(statements: Iterable[StatementFact], owners: Iterable[str] = ()) -> set[str]:
    """Return the makers that statements leave open.

    A statement with two candidates does not contradict one that names either.
    """
    makers = set(owners)
    makers |= {item.makers[0] for item in statements if len(item.makers) == 1}
    for item in statements:
        if len(item.makers) > 1 and not makers & set(item.makers):
            makers |= set(item.makers)
    return makers


def _of_own(own: OwnName, match: BrandMatch, lookup: Lookup, *, is_open: bool = False) -> Evidence:
    maker = lookup.knowledge.maker_name(own.maker_id)
    strength = Confidence.HIGH
    if own.kind == "line":
        sentence = text("{line} is a product line of {maker}", line=own.name, maker=maker)
    elif match.spelling is SpellingMatch.TYPO:
        sentence = text("The brand, read as {brand}, is a name of {maker}", brand=own.name, maker=maker)
    else:
        sentence = text("The name {brand} is that of the maker {maker} itself", brand=own.name, maker=maker)
    is_exact = match.spelling in {SpellingMatch.EXACT, SpellingMatch.CORE}
    if own.kind == "line" or not is_exact or match.brand.is_relabelling(besides=own.maker_id):
        strength = Confidence.MEDIUM
    if is_open:
        strength = Confidence.LOW
    kind = DeviceKind.SOFTWARE if lookup.knowledge.is_software_house(own.maker_id) else own.device_kind
    line = own.name if own.kind in {"line", "own brand"} else ""
    reason = Reason(sentence, strength, (own.citation,))
    return Evidence(own.maker_id, Family.LABEL, reason, kind=kind, line=line, is_open=is_open)


def _of_statements(
    statements: Sequence[StatementFact],
    brand: Brand,
    around: Circumstances,
    lookup: Lookup,
    *,
    most: Confidence,
) -> list[Evidence]:
    several = most is Confidence.LOW or len(_makers(statements)) > 1
    evidence = []
    for item in statements:
        leaves_open = several or len(item.makers) > 1
        level = STRENGTHS[item.fact.confidence]
        if leaves_open or (
            not around.models
            if item.models
            else item.fact.kind is not DeviceKind.UNKNOWN and around.kind is DeviceKind.UNKNOWN
        ):
            level = Confidence.LOW
        strength = min(level, most, key=lambda level: level.rank)
        kind = item.fact.kind if item.models and around.models else DeviceKind.UNKNOWN
        for maker in item.makers:
            names = {"brand": brand.name, "maker": lookup.knowledge.maker_name(maker)}
            if len(item.makers) > 1:
                words = text(
                    "A source leaves open who makes devices sold as {brand}; {maker} is one possibility",
                    **names,
                )
            elif item.fact.since and item.fact.until:
                dates = {"since": item.fact.since, "until": item.fact.until}
                words = text(
                    "A source says that {maker} made devices sold as {brand} from {since} to {until}",
                    **names,
                    **dates,
                )
            elif item.fact.since:
                words = text(
                    "A source says that {maker} makes devices sold as {brand} since {since}",
                    **names,
                    since=item.fact.since,
                )
            elif item.fact.until:
                words = text(
                    "A source says that {maker} made devices sold as {brand} until {until}",
                    **names,
                    until=item.fact.until,
                )
            elif item.fact.scope:
                words = text(
                    "A source says that {maker} makes devices sold as {brand}: {scope}",
                    **names,
                    scope=item.fact.scope,
                )
            else:
                words = text("A source says that {maker} makes devices sold as {brand}", **names)
            reason = Reason(words, strength, (item.citation,))
            evidence.append(Evidence(maker, Family.LABEL, reason, kind=kind, is_open=leaves_open))
        if not item.makers:
            sentence = text(
                "A source says that others make devices sold as {brand}, without naming them",
                brand=brand.name,
            )
            evidence.append(Evidence("", Family.LABEL, Reason(sentence, Confidence.NONE, (item.citation,))))
    return evidence


def _of_hint(item: StatementFact, brand: Brand, maker: str, lookup: Lookup) -> Evidence:
    names = {"brand": brand.name, "maker": lookup.knowledge.maker_name(maker)}
    match item.fact.relation:
        case "shared_firmware":
            sentence = text(
                "Firmware of {maker} was found in devices sold as {brand}. This is a hint, not proof", **names
            )
        case "shared_platform":
            sentence = text(
                "Devices sold as {brand} look similar to devices of {maker}. This is a hint, not proof",
                **names,
            )
        case "claim_withdrawn":
            sentence = text("A source said and withdrew that {maker} makes devices sold as {brand}", **names)
        case _:
            sentence = text("A weak source says that {maker} makes some devices sold as {brand}", **names)
    return Evidence(maker, Family.LABEL, Reason(sentence, Confidence.LOW, (item.citation,)), is_hint=True)


def turns_of(statements: Sequence[StatementFact]) -> tuple[date, ...]:
    """Return the days of purchase from which statements begin or cease to apply; see `_applies`."""
    begins = {first_day(item.fact.since) for item in statements if item.fact.since}
    ends = {last_day(item.fact.until) + timedelta(days=1) for item in statements if item.fact.until}
    return tuple(sorted(begins | ends))


def model_forms(values: Iterable[str], lookup: Lookup) -> tuple[str, ...]:
    """Return the models as statements are compared with them: cleaned, with and without a brand in front."""
    cleaned = [clean_model(value) for value in values]
    forms = [form for model in cleaned if model for form in (model, without_brand(model, lookup.knowledge))]
    return tuple(dict.fromkeys(forms))


def first_day(text_: str) -> date:
    """Return the first day of an ISO day, month or year."""
    stated = read_legal_date(text_)
    return stated.earliest or stated.day


def last_day(text_: str) -> date:
    """Return the last day of an ISO day, month or year."""
    return read_legal_date(text_).day
