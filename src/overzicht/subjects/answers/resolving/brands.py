"""Makers of brands, brands of makers, and listings of the maker of a brand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from overzicht.devices import Identification
from overzicht.devices.identify import maker_of_brand
from overzicht.devices.knowledge import load_knowledge, load_relabelling
from overzicht.evidence import Confidence, text
from overzicht.evidence.text import Value
from overzicht.parties.makers import known_parties
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name, unknown
from overzicht.subjects.answers.resolving.listed import listed_on
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.overview.brands import maker_by_name
from overzicht.subjects.overview.rows import merged_reasons

NAMES_SHOWN = 8  # brands in a first line
_LEVELS = ("high", "medium", "low")
_TODAY = re.compile(
    r"\b(?:today|now|still|currently|vandaag|nu|nog|momenteel|tegenwoordig)\b", re.IGNORECASE
)  # a device that is bought on the date of the draft
_UNNAMED = text("Unknown: no loaded source names the maker of {brand}.")


def made_by(query: Query, _reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the maker of a brand; if the query names a maker too, whether it is this one."""
    if not query.subjects:
        return no_name()
    cards = load_knowledge().makers
    ranked = sorted(query.subjects, key=lambda s: (s.party_id in cards, not _has_statements(s.name)))
    subject, others = ranked[0], ranked[1:]
    claim, undated = _claims(subject, query, resolving)
    facts = tuple(_facts(subject, claim))
    if undated.candidates and not claim.candidates:
        sentence = text("Unknown: the sources name a maker of {brand} only for other days than {day}.")
        line = sentence.filled(brand=subject.name, day=resolving.day_of(query))
        return QueryAnswer(FirstLine(FirstKind.UNKNOWN, line), tuple(_facts(subject, undated)))
    if others and ("who" not in query.cues or others[0].party_id in cards):
        return QueryAnswer(_whether(subject, _meant(others[0]), claim), facts)
    if not (claim.maker_id or claim.undecided or claim.candidates):
        return unknown(_UNNAMED.filled(brand=subject.name), Topic.MAKER)
    return QueryAnswer(_line(subject, claim), facts)


def _claims(subject: Subject, query: Query, resolving: Resolving) -> tuple[Identification, Identification]:
    """Return who makes what was bought under a name on the day of the query, and on any day."""
    undated = maker_by_name(subject.name, resolving.lookup, resolving.as_of)
    if query.span is None and _TODAY.search(query.words) is None:
        return undated, undated
    bought = resolving.day_of(query)
    return maker_by_name(subject.name, resolving.lookup, resolving.as_of, bought), undated


def _name(maker_id: str, subject: Subject) -> str:
    """Return the name of a maker; one without a card has the name of the brand."""
    return party_name(maker_id) if maker_id in load_knowledge().makers else subject.name


def _is_firm(claim: Identification) -> bool:
    return bool(claim.maker_id) and claim.confidence.rank >= Confidence.MEDIUM.rank


def _line(subject: Subject, claim: Identification) -> FirstLine:
    """Return one maker, a lead, several makers, or what only hints say."""
    makers = (claim.maker_id,) if claim.maker_id else claim.undecided
    names = " / ".join(_name(maker, subject) for maker in makers)
    values: dict[str, Value] = {"maker": names, "brand": subject.name}
    if not makers:
        hinted = " / ".join(_name(candidate.maker_id, subject) for candidate in claim.candidates)
        sentence = text("Possibly {maker}: the sources on {brand} do not decide.", **values)
        return FirstLine(FirstKind.POSSIBLE, sentence.filled(maker=hinted))
    if not claim.maker_id:
        sentence = text("{maker}: the sources do not show which of these makes a device sold as {brand}.")
    elif not _is_firm(claim):
        sentence = text("{maker}: a lead with low confidence to the maker of devices sold as {brand}.")
    elif claim.is_relabelled:
        sentence = text("{maker}: sources name it as the maker of devices sold as {brand}.")
    else:
        sentence = text("{maker}: {brand} is its own name, and it makes its own devices.")
        values["brand"] = claim.brand or subject.name  # of `Lens Europe` the name that the maker has
    return FirstLine(FirstKind.VALUE, sentence.filled(**values), names)


def maker_listed(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether the makers of what a brand sells are on the lists of a query."""
    if not query.subjects:
        return no_name()
    subject = query.subjects[0]
    claim, _ = _claims(subject, query, resolving)
    makers = (claim.maker_id,) if claim.maker_id else claim.undecided
    if not makers:
        return unknown(_UNNAMED.filled(brand=subject.name), Topic.MAKER)
    known = known_parties()
    subjects = tuple(
        Subject(_name(maker, subject), maker if maker in known else "", (), "Organization")
        for maker in makers
    )
    answer = listed_on(replace(query, subjects=subjects, is_named=True), reading, resolving)
    if not _is_firm(claim) and answer.first is not None and answer.first.kind is FirstKind.YES:
        kind = FirstKind.POSSIBLE
        sentence = text("Possibly: it is not certain who makes devices sold as {brand}. “{says}”")
        if _makes_some(claim.maker_id, subject.name):
            kind, sentence = FirstKind.YES, text("Yes, for some devices sold as {brand}. “{says}”")
        sentence = sentence.filled(brand=subject.name, says=answer.first.text)
        answer = replace(answer, first=FirstLine(kind, sentence))
    return replace(answer, facts=(*list(_facts(subject, claim))[:2], *answer.facts))


def brands_of(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the brands of a maker: its own first, then names under which others sell its devices."""
    cards = load_knowledge().makers
    makers = [subject for subject in query.subjects if subject.party_id in cards]
    if not makers:
        return made_by(query, reading, resolving)
    maker = makers[0]
    card = cards[maker.party_id]
    facts = (s for file in load_relabelling().values() for s in file.statements if not s.is_hint)
    stated = sorted(
        (s for s in facts if s.maker == card.id),
        key=lambda s: (s.relation != "sub_brand", _LEVELS.index(s.confidence), s.brand.casefold()),
    )
    own = [line.name for line in card.lines if line.is_brand]
    names: dict[str, Fact] = {}
    for brand in dict.fromkeys([*own, *(s.brand for s in stated)]):
        fact = next(_facts(maker, maker_of_brand(brand, resolving.as_of), card.id), None)
        if fact is not None and brand.casefold() not in map(str.casefold, names):
            names[brand] = fact
    if not names:
        return unknown(
            text("Unknown: no loaded source names another brand of {maker}.", maker=maker.name), Topic.MAKER
        )
    sure = [name for name in names if name in own or _makes_some(card.id, name)]
    unsure = [name for name in names if name not in sure]
    values: dict[str, Value] = {"brands": _shown(sure), "leads": _shown(unsure), "maker": maker.name}
    kind, sentence = FirstKind.VALUE, text("{brands}: devices of {maker} are sold under these brands.")
    if sure and unsure:
        sentence = text("{brands}: brands of devices of {maker}. Possibly also {leads}.")
    elif not sure:
        kind = FirstKind.POSSIBLE
        sentence = text("Possibly {leads}: the sources do not decide who makes their devices.")
    first = FirstLine(kind, sentence.filled(**values), "; ".join([*sure, *unsure]))
    return QueryAnswer(first, tuple(names.values()))


def _shown(names: Sequence[str]) -> Value:
    """Return the first names, and how many more there are."""
    shown, others = ", ".join(names[:NAMES_SHOWN]), len(names) - NAMES_SHOWN
    return text("{brands} and {others} other brands", brands=shown, others=others) if others > 0 else shown


def _meant(maker: Subject) -> Subject:
    """Return a party, or the maker whose name it has with a typing error: `Hikvison`."""
    match = None if maker.party_id else load_knowledge().brands.find(maker.name, typos=True)
    if match is None or not match.brand.owners:
        return maker
    owner = match.brand.owners[0].maker_id
    return Subject(party_name(owner), owner, (), "Organization")


def _has_statements(name: str) -> bool:
    match = load_knowledge().brands.find(name, typos=True)
    return match is not None and bool(match.brand.statements)


def _whether(subject: Subject, maker: Subject, claim: Identification) -> FirstLine:
    """Return whether a maker makes what is sold as a brand; a lead is a *possibly*, never a yes or no."""
    values: dict[str, Value] = {"maker": maker.name, "brand": subject.name}
    named = {candidate.maker_id for candidate in claim.candidates}
    makers = (claim.maker_id,) if claim.maker_id else claim.undecided
    others = " / ".join(_name(other, subject) for other in makers)
    if maker.party_id and maker.party_id == claim.maker_id and _is_firm(claim):
        sentence = text("Yes: sources name {maker} as the maker of devices of {brand}.")
        return FirstLine(FirstKind.YES, sentence.filled(**values))
    if maker.party_id in makers and _makes_some(maker.party_id, subject.name):
        sentence = text("Yes, in part: sources name {maker} as the maker of some devices of {brand}.")
        return FirstLine(FirstKind.YES, sentence.filled(**values))
    if maker.party_id in {*named, *makers}:
        sentence = text("Possibly: the sources on {maker} and {brand} do not decide.", **values)
        return FirstLine(FirstKind.POSSIBLE, sentence)
    if others and (claim.undecided or _is_firm(claim)):
        sentence = text("No: the sources on {brand} name {others}, and not {maker}.", others=others, **values)
        return FirstLine(FirstKind.NO, sentence)
    return FirstLine(FirstKind.UNKNOWN, _UNNAMED.filled(brand=subject.name))


def _makes_some(maker: str, brand: str) -> bool:
    """Return whether a source names a maker for some devices of a brand; hints and hearsay do not count."""
    match = load_knowledge().brands.find(brand, typos=True)
    return match is not None and any(
        s.fact.maker == maker and not s.fact.is_hint and s.fact.confidence != "low"
        for s in match.brand.statements
    )


def _facts(subject: Subject, claim: Identification, maker: str = "") -> Iterator[Fact]:
    """Yield the reasons of a claim with their sources, its own first; with `maker` those that point at it."""
    candidates = [candidate for candidate in claim.candidates if maker in ("", candidate.maker_id)]
    reasons = [*(() if maker else claim.reasons), *(r for candidate in candidates for r in candidate.reasons)]
    for reason in merged_reasons([r for r in reasons if r.citations]):
        sentence = text("{says}.", says=reason.text)
        yield Fact(Topic.MAKER, sentence, reason.citations, parties=frozenset({subject.key}))
