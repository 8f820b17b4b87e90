"""Export control: products on the list of the Union, and parties that need an American licence."""

import re
from collections.abc import Iterator
from datetime import date

from overzicht.evidence import Answer, Citation, text
from overzicht.law.export_systems import export_systems, systems_on
from overzicht.subjects.answers.facts import Fact, Facts, Topic
from overzicht.subjects.answers.model import FirstKind, FirstLine
from overzicht.subjects.answers.reading.lexicon import has_any, lexicon, names_of
from overzicht.subjects.answers.reading.query import Query, Reading
from overzicht.subjects.answers.resolving.base import QueryAnswer, Resolving
from overzicht.subjects.answers.resolving.target import OnTarget, entry_facts, on_target
from overzicht.subjects.control_list.classification.rules import rule_set
from overzicht.subjects.control_list.sources.card import control_list_card


def export_control(query: Query, reading: Reading, resolving: Resolving) -> QueryAnswer:
    """Return whether a product is on the control list or a party needs a licence; else the systems."""
    day = min(resolving.day_of(query), resolving.as_of)
    if "applies" in query.cues and (system := _system(query, resolving)):
        return system
    # the named parties on an American export list, if the question is about American goods
    if not query.is_named or not has_any(lexicon().addressees["us-exports"], query.words):
        licence_parties = []
    else:
        targets = [target for target in lexicon().lists if target.id in {"entity-list", "military-end-user"}]
        answers = [on_target(party, target, day, resolving) for party in query.subjects for target in targets]
        licence_parties = [result for result in answers if result.answer is Answer.FOUND]
    if listed := licence_parties:
        return _listed(listed)
    # whether and where the list of the Union names the products; None for a product that it omits
    whole = " ".join(clause.words for clause in reading.clauses)
    words = query.words if "product" in query.cues else whole
    paths = names_of(lexicon().products, words)
    facts = tuple(_provisions(paths, day))
    if not facts or not (paths or has_any(lexicon().uncontrolled, words)):
        goods = None
    else:
        path, kind = "; ".join(paths), FirstKind.YES
        goods_sentence = text(
            "Yes: Annex I of the list of the Union covers such products ({path}).", path=path
        )
        if not paths:
            kind, goods_sentence = (
                FirstKind.NO,
                text("No: Annex I of the list of the Union does not name such products."),
            )
        elif "which_entry" in query.cues:
            kind = FirstKind.VALUE
            goods_sentence = text("{path}: Annex I of the list of the Union covers such products.", path=path)
        goods = QueryAnswer(FirstLine(kind, goods_sentence, path), facts)
    if goods:
        return goods
    result = resolving.facts.about([Topic.CONTROL, Topic.ENTITY_LIST])
    if reading.is_named:
        keys = reading.parties
        result = Facts(
            tuple(fact for fact in result.facts if not fact.parties or fact.parties & keys), result.gaps
        )
    by_party = next((fact for fact in result.facts if fact.key == "party-list"), None)
    if by_party is not None and "list" in query.cues:
        facts = (by_party, *(fact for fact in result.facts if fact is not by_party))
        sentence = text("No: the export control of the Union goes by goods; it has no list of companies.")
        return QueryAnswer(FirstLine(FirstKind.NO, sentence), facts, result.gaps)
    sentence = text(
        "Unknown: a licence depends on the product; classify the product (`overzicht control classify`)."
    )
    return QueryAnswer(FirstLine(FirstKind.UNKNOWN, sentence), result.facts, result.gaps)


def _system(query: Query, resolving: Resolving) -> QueryAnswer | None:
    """Return whether the export regulation that a question names by its number applies; None for another."""
    day = resolving.day_of(query)
    for system in export_systems():
        number = re.search(r"\d{3,4}/\d{2,4}", system.title.en)
        if number is None or number[0] not in query.words:
            continue
        law = system.title.text
        fact = text("{law} applies from {since} on.", law=law, since=system.since)
        if system.until is not None:
            fact = text(
                "{law} applied from {since} until {until}.", law=law, since=system.since, until=system.until
            )
        kind, sentence = FirstKind.NO, text("No: {law} does not apply on {day}.")
        if system.applies_on(day):
            kind, sentence = FirstKind.YES, text("Yes: {law} applies on {day}.")
        return QueryAnswer(
            FirstLine(kind, sentence.filled(law=law, day=day)), (Fact(Topic.CONTROL, fact, (system.cite(),)),)
        )
    return None


def _listed(listed: list[OnTarget]) -> QueryAnswer:
    effects = {entry.card.id: entry for result in listed for entry in result.current}
    facts = [
        Fact(
            Topic.LISTING,
            text("“{list}”: {effect}", list=entry.card.heading, effect=entry.effect.text),
            (entry.effect.act,),
        )
        for entry in effects.values()
    ]
    sentence = text(
        "Yes: {party} is listed on {list}, so American goods need a licence.",
        party=listed[0].subject.name,
        list=listed[0].target.text,
    )
    return QueryAnswer(FirstLine(FirstKind.YES, sentence), (*entry_facts(listed), *facts))


def _provisions(paths: tuple[str, ...], day: date) -> Iterator[Fact]:
    """Yield what the provisions of the list cover, cited at the act in force; none before the first act."""
    newest = control_list_card().newest_until(day)
    if newest is None or not systems_on(day, "goods"):
        return
    for rule in rule_set().provisions.values():
        if any(rule.path == path or rule.path.startswith(f"{path}.") for path in paths):
            cited = Citation(
                source=control_list_card().id, title=newest.act, place=rule.path, address=newest.address
            )
            sentence = text("{path} of the list: {covers}.", path=rule.path, covers=rule.text)
            yield Fact(Topic.CONTROL, sentence, (cited,))
    # what the export regulations in force say about their list of goods
    for system in systems_on(day, "goods"):
        point = system.points.get("list")
        if point is not None:
            yield Fact(
                Topic.CONTROL,
                text("{law}: {says}.", law=system.title.text, says=point.text),
                (system.cite(point.article),),
            )
