"""Gates 3 and 4: items that a list names, and uses of items that no list names.

**What the law says.** An item of Annex I needs an authorisation to leave the Union (Article 3(1)); inside
the Union only Annex IV. Other items: Articles 4, 5, 9 and 10; national lists are in `national.py`. Before 9
September 2021: Articles 3(1), 22, 4 and 8 of Regulation 428/2009, without rules on cyber-surveillance.

**What we check.** The classification of every line, with its list and person, and the stated facts. An arms
embargo of a card counts as stated.

**What we cannot see.** Whether a classification is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Citation, text
from overzicht.law.export_rules import DatedRule, ExportRules, export_rules
from overzicht.subjects.licensing.authorisations import general_authorisations
from overzicht.subjects.licensing.catchall import duties
from overzicht.subjects.licensing.destination import destination
from overzicht.subjects.licensing.gates.acts import cards_in_force
from overzicht.subjects.licensing.gates.destination import countries
from overzicht.subjects.licensing.gates.model import (
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.gates.verified import verified_rule
from overzicht.subjects.licensing.model import Application, FactName, Item, StatedFact, Transaction


@dataclass(frozen=True, slots=True)
class _KindRules:
    """The rule of a kind of transaction: the facts it asks for, and what each leads to."""

    name: str
    facts: tuple[tuple[FactName, Outcome], ...]
    exception: FactName | None = None


RULES_OF_KIND = {
    Transaction.BROKERING: _KindRules(
        "brokering",
        ((FactName.INFORMED_ART6, Outcome.NEEDS_AUTHORISATION), (FactName.AWARE_ART6, Outcome.DUTY)),
    ),
    Transaction.TRANSIT: _KindRules(
        "transit",
        (
            (FactName.TRANSIT_PROHIBITED, Outcome.PROHIBITED),
            (FactName.TRANSIT_AUTHORISATION, Outcome.NEEDS_AUTHORISATION),
        ),
    ),
    Transaction.ASSISTANCE: _KindRules(
        "assistance",
        ((FactName.INFORMED_ART8, Outcome.NEEDS_AUTHORISATION), (FactName.AWARE_ART8, Outcome.DUTY)),
        FactName.ASSISTANCE_EXEMPT,
    ),
}


WITHOUT_RULE = frozenset({Transaction.SERVICE, Transaction.FINANCING})  # the acts of gate 2 alone decide


def listed_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of gate 3 for every line."""
    rules = export_rules(day)
    for item in case.application.items:
        if case.application.is_service(item):
            sentence = text("line {line} is a service; Annex I lists none", line=item.line)
            yield GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, (rules.cite("3(1)"),))
        elif item.kind == "service":
            sentence = text("line {line} is stated as a service: it is open what moves", line=item.line)
            yield GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, (rules.cite("3(1)"),))
        elif item.code and not rules.applies_on(day):
            yield _before_law(LegalGate.LISTED, rules)
        elif item.code and case.application.transaction is Transaction.FINANCING:
            sentence = text(
                "line {line}: the export of {code} is a case of its own", line=item.line, code=item.code
            )
            yield GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, (rules.cite("3(1)"),))
        elif item.code and case.application.transaction in RULES_OF_KIND:
            code = item.code
            rule = rules.rules[RULES_OF_KIND[case.application.transaction].name]
            listed_elsewhere_sentence = text(
                "line {line}: {code} is listed; gate G4 asks whether Article {article} applies",
                line=item.line,
                code=code,
                article=rule.article,
            )
            yield GateAnswer(
                LegalGate.LISTED, Outcome.CLEAR, listed_elsewhere_sentence, (rules.cite_rule(rule),)
            )
        elif item.code:
            yield _listed(case.application, item, item.code, day)
        elif item.not_listed:
            key = f"classification:{item.line}"
            confirmation = case.confirmed(key, day)
            if item.list_version and item.classified_by:
                own_sentence = text(
                    "line {line}: not on the list of {version}, by {who}",
                    line=item.line,
                    version=item.list_version,
                    who=item.classified_by,
                )
                unlisted = GateAnswer(LegalGate.LISTED, Outcome.CLEAR, own_sentence)
            elif confirmation is not None and confirmation.answer == "yes":
                own_sentence = text(
                    "line {line}: not on a list, by {who} ({source})",
                    line=item.line,
                    who=confirmation.by,
                    source=confirmation.source,
                )
                unlisted = GateAnswer(LegalGate.LISTED, Outcome.CLEAR, own_sentence)
            else:
                own_sentence = text(
                    "line {line}: which list and who compared it is not stated", line=item.line
                )
                question = text(
                    "Did a person compare line {line} with the list, and is it not listed?", line=item.line
                )
                unlisted = GateAnswer(
                    LegalGate.LISTED, Outcome.NOT_KNOWN, own_sentence, open_question=Question(key, question)
                )
            yield unlisted
        else:
            sentence = text("line {line} is not classified", line=item.line)
            yield GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence)


def _before_law(gate: LegalGate, rules: ExportRules) -> GateAnswer:
    return GateAnswer(
        gate, Outcome.NOT_KNOWN, text("the law before {day} is not included", day=rules.applies_from)
    )


def _listed(application: Application, item: Item, code: str, day: date) -> GateAnswer:
    law = export_rules(day).cite("3(1)")
    inside = destination(application, day).holds
    in_annex_iv = general_authorisations().in_annex_iv(code) if inside is Holds.YES else Holds.YES
    values: dict[str, int | str] = {"line": item.line, "code": code}
    if inside is Holds.UNKNOWN or in_annex_iv is Holds.UNKNOWN:
        sentence = text("line {line}: it is open whether {code} needs an authorisation there", **values)
        return GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, (law,))
    if in_annex_iv is Holds.NO:
        sentence = text("line {line}: {code} is not in Annex IV and stays in the Union", **values)
        return GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, (law,))
    sentence = text("line {line}: {code} needs an authorisation", **values)
    return GateAnswer(LegalGate.LISTED, Outcome.NEEDS_AUTHORISATION, sentence, (law,))


def fact_question(name: FactName) -> Question:
    """Return the question that a stated fact answers."""
    return Question(f"fact:{name.value}", text("Is this true: {fact}?", fact=name.words))


def catch_all_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of gate 4 for every duty in force on `day`; clear if a list names every item."""
    application, rules = case.application, export_rules(day)
    of_kind = RULES_OF_KIND.get(application.transaction)
    if application.transaction in WITHOUT_RULE:
        kind = application.transaction.words
        sentence = text("the dual-use regulation has no rule on this kind of case: {kind}", kind=kind)
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, (rules.cite("2"),))
    elif of_kind is None and all(item.code for item in application.items):
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, text("a list names every item"))
    elif not rules.applies_on(day):
        yield _before_law(LegalGate.CATCH_ALL, rules)
    elif of_kind is not None:
        rule = rules.rules[of_kind.name]
        for answer in _of_kind(application, of_kind, rule, rules.cite_rule(rule)):
            yield verified_rule(case, rules, rule, answer, day)
    else:
        # the application with the arms embargo of a card as a stated fact. A card that member states read
        # differently (China) leaves the fact to a person.
        embargoes = [
            card
            for card in cards_in_force(day)
            if card.kind == "arms"
            and card.destination in countries(application)
            and card.effect == "prohibited"
            and not card.condition
            and not card.reading
        ]
        if not embargoes:
            application_with_embargo = application
        else:
            fact = StatedFact(
                answer="yes", source=f"{embargoes[0].act.lstrip('DP')}, article {embargoes[0].article}"
            )
            application_with_embargo = application.model_copy(
                update={"facts": {**application.facts, FactName.ARMS_EMBARGO: fact}}
            )
        for duty in duties(application_with_embargo, day):
            citation = rules.cite_rule(duty.duty)
            if duty.answer is Holds.UNKNOWN:
                sentence = text("it is open whether Article {article} applies", article=duty.article)
                question = fact_question(duty.missing[0])
                answer_of_duty = GateAnswer(
                    LegalGate.CATCH_ALL, Outcome.NOT_KNOWN, sentence, (citation,), open_question=question
                )
            elif duty.answer is Holds.YES:
                outcome = Outcome.DUTY if duty.does == "notify" else Outcome.NEEDS_AUTHORISATION
                answer_of_duty = GateAnswer(LegalGate.CATCH_ALL, outcome, duty.duty.text, (citation,))
            else:
                sentence = text("Article {article} does not apply", article=duty.article)
                answer_of_duty = GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, (citation,))
            yield verified_rule(case, rules, duty.duty, answer_of_duty, day)


def _of_kind(
    application: Application, of_kind: _KindRules, rule: DatedRule, citation: Citation
) -> Iterator[GateAnswer]:
    """Yield the answers of the article of a kind of transaction by its facts; an unknown fact is a question.

    Once the authority informed the applicant, the duty to notify it is met.
    """
    cited = (citation,)
    if of_kind.exception is not None and application.fact(of_kind.exception).answer == "yes":
        fact = application.fact(of_kind.exception)
        sentence = text("{fact} ({source})", fact=of_kind.exception.words, source=fact.source)
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, cited)
        return
    for name, outcome in of_kind.facts:
        fact = application.fact(name)
        if fact.answer == "unknown":
            sentence = text("it is open whether Article {article} applies", article=rule.article)
            yield GateAnswer(
                LegalGate.CATCH_ALL, Outcome.NOT_KNOWN, sentence, cited, open_question=fact_question(name)
            )
        elif fact.answer == "yes":
            sentence = text("{fact} ({source})", fact=name.words, source=fact.source)
            is_met = outcome is Outcome.DUTY and application.fact(of_kind.facts[0][0]).answer == "yes"
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR if is_met else outcome, sentence, cited)
        else:
            sentence = text("not so: {fact} ({source})", fact=name.words, source=fact.source)
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, cited)
