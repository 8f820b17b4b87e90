"""Makers of brands, brands of makers, and listings of the maker of a brand."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from overzicht.dates import read_legal_date
from overzicht.devices.brands import Brand, StatementFact
from overzicht.devices.knowledge import load_knowledge, load_relabelling
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.text import Value
from overzicht.subjects.answers.facts import Fact, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving, no_name, unknown
from overzicht.subjects.answers.resolving.listed import listed_on
from overzicht.subjects.answers.value_names import party_name

NAMES_SHOWN = 8  # brands in a first line
_LEVELS = ("high", "medium", "low")
_OWN_KINDS = frozenset({"own brand", "line"})  # of names that a maker gives to its own devices
_UNNAMED = text("Unknown: no loaded source names the maker of {brand}.")


def made_by(query: Query, _reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the maker of a brand; if the query names a maker too, whether it is this one."""
    if not query.subjects:
        return no_name()
    cards = load_knowledge().makers
    ranked = sorted(query.subjects, key=lambda s: (s.party_id in cards, not _has_statements(s.name)))
    subject, others = ranked[0], ranked[1:]
    brand = _brand(subject.name)
    if brand is None:
        return unknown(_UNNAMED.filled(brand=subject.name), Topic.MAKER)
    day = resolving.as_of
    makers, facts = _makers(brand, day), tuple(_facts(subject.name, brand, day))
    names = [party_name(maker) for maker in makers if maker != _own(brand)]
    if others and ("who" not in query.cues or others[0].party_id in load_knowledge().makers):
        return QueryAnswer(_whether(subject, _meant(others[0]), brand, makers, day), facts)
    if names:
        maker = " / ".join(names)
        sentence = text(
            "{maker}: sources name it as the maker of devices sold as {brand}.",
            maker=maker,
            brand=subject.name,
        )
        return QueryAnswer(FirstLine(FirstKind.VALUE, sentence, maker), facts)
    return QueryAnswer(_open_line(subject, brand), facts)


def _open_line(subject: Subject, brand: Brand) -> FirstLine:
    """Return the first line for a brand if no source names another maker with certainty."""
    own = _own(brand)
    if own and load_knowledge().makes_its_own(own):
        maker = party_name(own)
        sentence = text(
            "{maker}: {brand} is its own name, and it makes its own devices.", maker=maker, brand=subject.name
        )
        return FirstLine(FirstKind.VALUE, sentence, maker)
    makers = dict.fromkeys(party_name(maker) for statement in brand.statements for maker in statement.makers)
    if makers:
        sentence = text(
            "Possibly {maker}: the sources on {brand} do not decide.",
            maker=" / ".join(makers),
            brand=subject.name,
        )
        return FirstLine(FirstKind.POSSIBLE, sentence)
    return FirstLine(FirstKind.UNKNOWN, _UNNAMED.filled(brand=subject.name))


def maker_listed(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether the makers of what a brand sells are on the lists of a query."""
    if not query.subjects:
        return no_name()
    subject = query.subjects[0]
    brand = _brand(subject.name)
    makers = _makers(brand, resolving.as_of) if brand is not None else ()
    if brand is None or not makers:
        return unknown(_UNNAMED.filled(brand=subject.name), Topic.MAKER)
    subjects = tuple(Subject(party_name(maker), maker, (), "Organization") for maker in makers)
    answer = listed_on(replace(query, subjects=subjects, is_named=True), reading, resolving)
    return QueryAnswer(
        answer.first, (*list(_facts(subject.name, brand, resolving.as_of))[:2], *answer.facts), answer.gaps
    )


def brands_of(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return the brands of a maker: its own first, then names under which others sell its devices."""
    makers = [subject for subject in query.subjects if subject.party_id in load_knowledge().makers]
    if not makers:
        if query.subjects and (brand := _brand(query.subjects[0].name)) and _makers(brand, resolving.as_of):
            return made_by(query, reading, resolving)
        return no_name()
    maker = makers[0]
    card = load_knowledge().makers[maker.party_id]
    names: dict[str, Fact] = {}
    for number, line in enumerate(card.lines):
        if line.is_brand:
            cited = card.sources[line.source].cite(f"maker-card:{card.id}", f"lines[{number}]")
            sentence = text("{brand} is a brand of {maker} itself.", brand=line.name, maker=maker.name)
            names.setdefault(line.name, _fact(sentence, cited, maker))
    statements = [
        s
        for file in load_relabelling().values()
        for s in file.statements
        if s.maker == card.id and not s.is_hint
    ]
    known = {
        statement.fact.id: statement
        for brand in load_knowledge().brands.brands.values()
        for statement in brand.statements
    }
    for fact in sorted(
        statements, key=lambda s: (s.relation != "sub_brand", _LEVELS.index(s.confidence), s.brand.casefold())
    ):
        if fact.brand.casefold() not in {name.casefold() for name in names}:
            names[fact.brand] = _fact(
                _statement_text(known[fact.id], fact.brand, resolving.as_of), known[fact.id].citation, maker
            )
    if not names:
        return unknown(
            text("Unknown: no loaded source names another brand of {maker}.", maker=maker.name), Topic.MAKER
        )
    shown = ", ".join(list(names)[:NAMES_SHOWN])
    if len(names) > NAMES_SHOWN:
        sentence = text(
            "{brands} and {others} other brands: devices of {maker}.",
            brands=shown,
            others=len(names) - NAMES_SHOWN,
            maker=maker.name,
        )
    else:
        sentence = text(
            "{brands}: devices of {maker} are sold under these brands.", brands=shown, maker=maker.name
        )
    return QueryAnswer(FirstLine(FirstKind.VALUE, sentence, "; ".join(names)), tuple(names.values()))


def _meant(maker: Subject) -> Subject:
    """Return a party, or the maker whose name it has with a typing error: `Hikvison`."""
    brand = None if maker.party_id else _brand(maker.name)
    owner = _own(brand) if brand is not None else ""
    return Subject(party_name(owner), owner, (), "Organization") if owner else maker


def _has_statements(name: str) -> bool:
    brand = _brand(name)
    return brand is not None and bool(brand.statements)


def _brand(name: str) -> Brand | None:
    """Return the brand of a name, else of its first or last words: `Interlogix TruVision` has two."""
    brands, words = load_knowledge().brands, name.split()
    parts = [" ".join(words[:end]) for end in range(len(words) - 1, 0, -1)]
    parts += [" ".join(words[start:]) for start in range(1, len(words))]
    matches = (brands.find(name, typos=True), *map(brands.find, parts))
    return next((match.brand for match in matches if match is not None), None)


def _own(brand: Brand) -> str:
    """Return the maker whose own name the brand is; empty if it is a brand or a line of another name."""
    return brand.owners[0].maker_id if brand.owners and brand.own[0].kind not in _OWN_KINDS else ""


def _makers(brand: Brand, day: date) -> tuple[str, ...]:
    """Return the makers that sources name for sure, the best first."""
    owned = [own.maker_id for own in brand.owners] if not _own(brand) else []
    stated = [
        s.fact.maker
        for s in _ordered(brand.statements, day)
        if s.fact.maker and not s.fact.is_hint and s.fact.confidence != "low"
    ]
    weak = [s.fact.maker for s in _ordered(brand.statements, day) if s.fact.maker and not s.fact.is_hint]
    return tuple(dict.fromkeys([*owned, *(stated or ([] if _own(brand) else weak))]))


def _ordered(statements: Sequence[StatementFact], day: date) -> list[StatementFact]:
    return sorted(
        statements,
        key=lambda s: (
            s.fact.is_hint,
            not s.fact.maker,
            _is_later(s, day),
            _LEVELS.index(s.fact.confidence),
            s.fact.id,
        ),
    )


def _is_later(statement: StatementFact, day: date) -> bool:
    return bool(statement.fact.stated) and read_legal_date(statement.fact.stated.partition("/")[0]).day > day


def _whether(subject: Subject, maker: Subject, brand: Brand, makers: Sequence[str], day: date) -> FirstLine:
    values: dict[str, Value] = {"maker": maker.name, "brand": subject.name}
    stated = [s for s in brand.statements if s.fact.maker == maker.party_id and not s.fact.is_hint]
    if stated and all(s.fact.relation == "former_subsidiary" for s in stated):
        sentence = text("Unknown: {brand} was a subsidiary of {maker} until {until}.", **values)
        return FirstLine(FirstKind.UNKNOWN, sentence.filled(until=stated[0].fact.until))
    if maker.party_id in makers and (stated or not _own(brand)):
        sentence = text("Yes: sources name {maker} as the maker of devices of {brand}.")
        if _own(brand):
            sentence = text("Yes, in part: sources name {maker} as the maker of some devices of {brand}.")
        return FirstLine(FirstKind.YES, sentence.filled(**values))
    if any(maker.party_id in s.makers for s in brand.statements):
        sentence = text("Possibly: the sources on {maker} and {brand} do not decide.", **values)
        return FirstLine(FirstKind.POSSIBLE, sentence)
    others = " / ".join(party_name(other) for other in makers) or party_name(_own(brand))
    if others:
        sentence = text("No: the sources on {brand} name {others}, and not {maker}.", others=others, **values)
        return FirstLine(FirstKind.NO, sentence)
    return FirstLine(FirstKind.UNKNOWN, _UNNAMED.filled(brand=subject.name))


def _facts(name: str, brand: Brand, day: date) -> Iterator[Fact]:
    subject = Subject(name)
    for own in brand.owners:
        if own.kind in _OWN_KINDS:
            sentence = text(
                "{brand} is a brand of {maker} itself.", brand=name, maker=party_name(own.maker_id)
            )
            yield _fact(sentence, own.citation, subject)
    for statement in _ordered(brand.statements, day):
        if statement.makers:
            yield _fact(_statement_text(statement, name, day), statement.citation, subject)
    for own in () if brand.statements else brand.owners:
        if own.kind not in _OWN_KINDS:
            sentence = text(
                "{brand} is a name of {maker}, a maker.", brand=name, maker=party_name(own.maker_id)
            )
            yield _fact(sentence, own.citation, subject)


def _statement_text(statement: StatementFact, name: str, day: date) -> Text:
    fact = statement.fact
    makers = " / ".join(party_name(maker) for maker in statement.makers)
    values = {
        "brand": name,
        "maker": makers,
        "scope": fact.scope or fact.kind.value,
        "stated": fact.stated or "?",
        "until": fact.until,
    }
    if fact.relation == "claim_withdrawn":
        sentence = text("A claim that {maker} makes devices of {brand} was withdrawn ({stated}).")
    elif fact.is_hint:
        sentence = text(
            "Devices of {brand} have software in common with {maker} ({scope}; {stated}). This is a hint, "
            "not proof."
        )
    elif not fact.maker:
        sentence = text("A source of {stated} does not say which of these makes {brand}: {maker} ({scope}).")
    elif _is_later(statement, day):
        sentence = text(
            "{maker} makes devices sold as {brand} ({scope}). The source is of {stated}, after the date of "
            "the draft."
        )
    elif not (fact.until and read_legal_date(fact.until).day < day):
        sentence = text("{maker} makes devices sold as {brand} ({scope}; source of {stated}).")
    elif fact.relation == "former_subsidiary":
        sentence = text("{brand} was a subsidiary of {maker} until {until} ({scope}; source of {stated}).")
    else:
        sentence = text("{maker} makes devices sold as {brand} ({scope}; until {until}; source of {stated}).")
    used = {name: value for name, value in values.items() if f"{{{name}}}" in sentence.template}
    return sentence.filled(**used)


def _fact(sentence: Text, cited: Citation, subject: Subject) -> Fact:
    return Fact(Topic.MAKER, sentence, (cited,), parties=frozenset({subject.key}))
