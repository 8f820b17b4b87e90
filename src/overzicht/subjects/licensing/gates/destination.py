"""LegalGate 2: embargoes and bans of goods by destination, for every country of the case.

**What the law says.** An act for a destination bans goods, asks for an authorisation, or asks for a clause
or check. Some oblige to refuse if the state would use the goods to monitor or repress.

**What we check.** The cards in force on the date for the destination, the countries of all receiving
parties, and the route. A destination without a card is not known. In a country with an embargoed region the
address decides.

**What we cannot see.** Acts without a card, and unread annexes: a person answers these questions.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.law.territory import union_territory
from overzicht.subjects.licensing.gates.acts import (
    Card,
    cards_in_force,
    cite,
    goods,
    has_card,
    mentions,
)
from overzicht.subjects.licensing.gates.annexes import (
    absent_lines,
    loaded_act,
    loaded_entries,
    touches_now,
    version_answer,
)
from overzicht.subjects.licensing.gates.lifting import lifting_record
from overzicht.subjects.licensing.gates.model import (
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.gates.services import (
    KINDS,
    names_service,
    open_service,
    related_answers,
)
from overzicht.subjects.licensing.gates.verified import verified
from overzicht.subjects.licensing.model import Application, FactName, Role

ASKED_ELSEWHERE = frozenset({"freeze", "none", "named_end_users"})


def destination_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answers of gate 2 for every country of a case."""
    if case.application.fact(FactName.RESTRICTIVE_MEASURES).answer == "yes":
        fact = case.application.fact(FactName.RESTRICTIVE_MEASURES)
        sentence = text(
            "a person stated that another act restricts the export ({source})", source=fact.source
        )
        yield GateAnswer(LegalGate.DESTINATION, Outcome.PROHIBITED, sentence)
    for country in countries(case.application):
        if not has_card(country, day):
            key = f"destination:{country}"
            confirmation = case.confirmed(key, day)
            if confirmation is None:
                sentence = text("no card states which acts apply to {country}", country=country)
                question = text(
                    "Does an act of the Union restrict the export of these items to {country}?",
                    country=country,
                )
                answer_without_card = GateAnswer(
                    LegalGate.DESTINATION, Outcome.NOT_KNOWN, sentence, open_question=Question(key, question)
                )
            else:
                if confirmation.answer == "yes":
                    sentence = text("an act restricts the export to {country} ({who}, {source})")
                    outcome = Outcome.PROHIBITED
                else:
                    sentence = text("no act restricts the export to {country} ({who}, {source})")
                    outcome = Outcome.CLEAR
                message = sentence.filled(country=country, who=confirmation.by, source=confirmation.source)
                answer_without_card = GateAnswer(LegalGate.DESTINATION, outcome, message)
            yield answer_without_card
        for card in cards_in_force(day):
            if card.is_for(country) and card.kind not in ASKED_ELSEWHERE and card.effect != "restraint":
                yield from _of_card(case, card, country, day)
    for country in case.application.route:
        for card in cards_in_force(day):
            if card.transit and card.destination == country and country not in countries(case.application):
                yield from _of_card(case, card, country, day)


def countries(application: Application) -> tuple[str, ...]:
    """Return the countries outside the Union that receive the items, without duplicates.

    The server and the countries of access of an intangible transfer receive them too.
    """
    named = [application.destination, *application.access]
    named += [application.server] if application.server else []
    named += [
        party.country for party in application.parties if party.country and party.role is not Role.EXPORTER
    ]
    inside = union_territory().states
    return tuple(dict.fromkeys(country for country in named if country not in inside))


def _of_card(case: GateCase, card: Card, country: str, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of one card: nothing if neither it nor a loaded annex names the items."""
    loaded = loaded_act(case, card)
    for answer in _asked(case, card, country, day):
        cited = (loaded.citation,) if loaded is not None else ()
        yield replace(answer, citations=(*answer.citations, *cited))


def _asked(case: GateCase, card: Card, country: str, day: date) -> Iterator[GateAnswer]:
    if card.kind in KINDS:
        yield from _of_service(case, card, country, day)
        return
    for answer in _of_goods(case, card, country, day):
        yield from related_answers(case, card, answer, day)


def _of_service(case: GateCase, card: Card, country: str, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of a card that bans services, whatever the goods."""
    named = names_service(card, case.application)
    if named is Holds.UNKNOWN:
        is_named = open_service(case, card, _place(card), day)
        if isinstance(is_named, GateAnswer):
            yield is_named
            return
        named = Holds.YES if is_named else Holds.NO
    if named is Holds.YES:
        yield _named(case, card, country, [item.line for item in case.application.items], day)


def _of_goods(case: GateCase, card: Card, country: str, day: date) -> Iterator[GateAnswer]:
    results = {item.line: touches_now(case, card, item, day) for item in case.application.items}
    named = [line for line, result in results.items() if result is Holds.YES]
    unsure = [line for line, result in results.items() if result is Holds.UNKNOWN]
    if absent := absent_lines(case, card, day):
        yield absent
    if unsure:
        confirmation = case.confirmed(f"goods:{card.id}", day)
        if confirmation is None:
            # the answer while it is open whether a card names these lines
            if open_version := version_answer(case, card, unsure, day):
                goods = open_version
            else:
                lines, annex = ", ".join(map(str, unsure)), card.annex or "?"
                question = text(
                    "Does annex {annex} of {act} name line {lines}?", annex=annex, act=card.act, lines=lines
                )
                entries = loaded_entries(case, card, unsure)
                sentence = (
                    text(
                        "annex {annex} of {act} may name line {lines}: {entries}",
                        annex=annex,
                        act=card.act,
                        lines=lines,
                        entries=entries,
                    )
                    if entries
                    else text(
                        "it is open whether {place} names line {lines}", place=_place(card), lines=lines
                    )
                )
                goods = open_answer(
                    LegalGate.DESTINATION, card, sentence, Question(f"goods:{card.id}", question)
                )
            yield goods
        elif confirmation.answer == "yes":
            named += unsure
    if named and card.regions:
        yield from _of_region(case, card, named, day)
    elif named:
        yield _named(case, card, country, named, day)


def _named(case: GateCase, card: Card, country: str, lines: list[int], day: date) -> GateAnswer:
    """Return the answer of a card that names these lines."""
    if card.condition == "military":
        application = case.application
        fact = application.fact(FactName.MILITARY_END_USE)
        statement = application.end_use.statement if application.end_use else None
        if fact.answer == "unknown" and statement is not None and statement.civil_use_only:
            is_military = Holds.NO
        else:
            is_military = Holds(fact.answer)
        if is_military is not Holds.YES:
            if is_military is Holds.NO:
                sentence = text(
                    "{place} bans the items to {country} for military use only; the use is civil",
                    place=_place(card),
                    country=country,
                )
                clear = GateAnswer(
                    LegalGate.DESTINATION, Outcome.CLEAR, sentence, (cite(card),), card=card.id
                )
                return verified(case, card, clear, day)
            sentence = text(
                "{place} bans the items to {country} for military use", place=_place(card), country=country
            )
            condition_fact = FactName.MILITARY_END_USE
            question = Question(
                f"fact:{condition_fact.value}", text("Is this true: {fact}?", fact=condition_fact.words)
            )
            return open_answer(LegalGate.DESTINATION, card, sentence, question)
    match card.effect:
        case "duty":
            key = f"duty:{card.id}"
            confirmation = case.confirmed(key, day)
            if confirmation is not None and confirmation.answer == "yes":
                duty_sentence = text(
                    "the duty of {place} is met ({who}, {source})",
                    place=_place(card),
                    who=confirmation.by,
                    source=confirmation.source,
                )
                met = GateAnswer(
                    LegalGate.DESTINATION, Outcome.CLEAR, duty_sentence, (cite(card),), card=card.id
                )
                return verified(case, card, met, day)
            duty_sentence, duty_question = (
                (
                    text("the contract must forbid re-export ({place})"),
                    text("Does the contract forbid re-export as {place} asks?"),
                )
                if card.kind == "contract_clause"
                else (
                    text("the exporter must assess and limit the risk of diversion ({place})"),
                    text("Did the exporter assess and limit the risk of diversion as {place} asks?"),
                )
            )
            place = _place(card)
            request = Question(key, duty_question.filled(place=place))
            message = duty_sentence.filled(place=place)
            return GateAnswer(
                LegalGate.DESTINATION,
                Outcome.DUTY,
                message,
                (cite(card),),
                card.certainty,
                request,
                card=card.id,
            )
        case "prior_authorisation":
            return verified(case, card, _prior_authorisation(case, card, country, lines), day)
    return _prohibited(case, card, country, lines, day)


def _prohibited(case: GateCase, card: Card, country: str, lines: list[int], day: date) -> GateAnswer:
    sentence = text(
        "{place} bans line {lines} to {country}",
        place=_place(card),
        lines=", ".join(map(str, sorted(lines))),
        country=country,
    )
    receivers = [
        party.name for role in (Role.CONSIGNEE, Role.END_USER) for party in case.application.of_role(role)
    ]
    record = lifting_record(case, [card], receivers, lines, day)
    if record is None:
        answer = GateAnswer(LegalGate.DESTINATION, Outcome.PROHIBITED, sentence, (cite(card),), card=card.id)
    else:
        document = record.record.document
        lifted = text("{says}; lifted by {document}", says=sentence, document=document)
        answer = GateAnswer(
            LegalGate.DESTINATION, Outcome.CLEAR, lifted, (cite(card),), lifted_by=document, card=card.id
        )
    return verified(case, card, answer, day)


def _prior_authorisation(case: GateCase, card: Card, country: str, lines: list[int]) -> GateAnswer:
    """Return the answer of an act that asks for an authorisation, or obliges to refuse."""
    shown, place = ", ".join(map(str, sorted(lines))), _place(card)
    if card.kind == "dual_use":
        needed = text("{place} asks for an authorisation for line {lines}", place=place, lines=shown)
        return GateAnswer(
            LegalGate.DESTINATION, Outcome.NEEDS_AUTHORISATION, needed, (cite(card),), card=card.id
        )
    state, fact = is_state_user(case.application), case.application.fact(FactName.RIGHTS_VIOLATION_USE)
    if state is Holds.YES or fact.answer == "yes":
        sentence = text(
            "{place}: the authority must refuse line {lines}; a public body of {country} would use it",
            place=place,
            lines=shown,
            country=country,
        )
        return GateAnswer(
            LegalGate.DESTINATION, Outcome.PROHIBITED, sentence, (cite(card),), must_refuse=True, card=card.id
        )
    sentence = text("{place} asks for an authorisation for line {lines}", place=place, lines=shown)
    if state is Holds.NO:
        return GateAnswer(
            LegalGate.DESTINATION, Outcome.NEEDS_AUTHORISATION, sentence, (cite(card),), card=card.id
        )
    fact_name = FactName.SECURITY_USER
    question = Question(f"fact:{fact_name.value}", text("Is this true: {fact}?", fact=fact_name.words))
    return open_answer(LegalGate.DESTINATION, card, sentence, question)


def is_state_user(application: Application) -> Holds:
    """Return whether a public body receives or uses the items: by its kind, its name, or a stated fact."""
    users = [party for role in (Role.END_USER, Role.CONSIGNEE) for party in application.of_role(role)]
    any_public = False
    for party in users:
        names = (party.name, *party.other_names)
        if party.schema_ == "PublicBody" or any(mentions(name, goods().state_words) for name in names):
            any_public = True
            break
    if any_public:
        return Holds.YES
    return Holds(application.fact(FactName.SECURITY_USER).answer)


def _of_region(case: GateCase, card: Card, lines: list[int], day: date) -> Iterator[GateAnswer]:
    """Yield the answer for an embargoed region of a country: by the names of places in the addresses."""
    country, application = card.destination, case.application
    receivers = [
        party
        for party in application.parties
        if party.role is not Role.EXPORTER and (party.country or application.destination) == country
    ]
    addresses = [party.address for party in receivers]
    use = application.end_use.description if application.end_use else ""
    names = [name for region in card.regions for name in goods().regions[region].names]
    inside = [place for place in (*addresses, use, application.remarks) if mentions(place, names)]
    outside = goods().outside.get(country, ())
    if inside and not any(mentions(place, outside) for place in inside):
        yield _prohibited(case, card, country, lines, day)
        return
    if not inside and addresses and all(mentions(address, outside) for address in addresses):
        return
    key = f"region:{country}"
    confirmation = case.confirmed(key, day)
    if confirmation is None:
        sentence = text(
            "the address does not show whether the place is in an embargoed region of {country}",
            country=country,
        )
        question = text(
            "Is the place of delivery or use in a region under embargo ({regions})?",
            regions=", ".join(goods().regions),
        )
        yield open_answer(LegalGate.DESTINATION, card, sentence, Question(key, question))
    elif confirmation.answer == "yes":
        yield _prohibited(case, card, country, lines, day)


def _place(card: Card) -> Text:
    act = card.act.lstrip("DP")
    if not card.article:
        return text("act {act}", act=act)
    return text("{act}, article {article}", act=act, article=card.article)


def open_answer(gate: LegalGate, card: Card, sentence: Text, question: Question) -> GateAnswer:
    """Return the answer of a card that a person must decide: not known until the question is answered."""
    return GateAnswer(
        gate, Outcome.NOT_KNOWN, sentence, (cite(card),), card.certainty, question, card=card.id
    )
