"""Gates 3 and 4: items that a list names, and uses of items that no list names.

**What the law says.** An item of Annex I needs an authorisation to leave the Union (Article 3(1); before it,
the same article of Regulation 428/2009); inside the Union only Annex IV. Other items: national lists and
Articles 4, 5, 9 and 10.

**What we check.** The classification of every line, with its list and person, and the stated facts. An arms
embargo of a card counts as stated.

**What we cannot see.** Whether a classification is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import Citation, text
from overzicht.exportcontrol.licensing.authorisations import general_authorisations
from overzicht.exportcontrol.licensing.catchall import duties
from overzicht.exportcontrol.licensing.destination import destination
from overzicht.exportcontrol.licensing.gates.acts import cards_in_force, cite_act
from overzicht.exportcontrol.licensing.gates.destination import countries
from overzicht.exportcontrol.licensing.gates.model import GateAnswer, GateCase, LegalGate, Outcome, Question
from overzicht.exportcontrol.licensing.model import Application, FactName, Item, StatedFact, Transaction
from overzicht.law.export_rules import export_rules


@dataclass(frozen=True, slots=True)
class _KindRules:
    """The article of a kind of transaction: the facts it asks for, and what each leads to."""

    article: str
    facts: tuple[tuple[FactName, Outcome], ...]
    exception: FactName | None = None


RULES_OF_KIND = {
    Transaction.BROKERING: _KindRules(
        "6", ((FactName.INFORMED_ART6, Outcome.NEEDS_AUTHORISATION), (FactName.AWARE_ART6, Outcome.DUTY))
    ),
    Transaction.TRANSIT: _KindRules(
        "7",
        (
            (FactName.TRANSIT_PROHIBITED, Outcome.PROHIBITED),
            (FactName.TRANSIT_AUTHORISATION, Outcome.NEEDS_AUTHORISATION),
        ),
    ),
    Transaction.ASSISTANCE: _KindRules(
        "8",
        ((FactName.INFORMED_ART8, Outcome.NEEDS_AUTHORISATION), (FactName.AWARE_ART8, Outcome.DUTY)),
        FactName.ASSISTANCE_EXEMPT,
    ),
}
OLDER_LAW_FROM = date(2009, 8, 27)  # Regulation 428/2009, Article 28
OLDER_LAW = "428/2009"


def listed_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of gate 3 for every line, and for the national list of the exporter's state."""
    for item in case.application.items:
        if item.code and case.application.transaction in RULES_OF_KIND:
            yield _listed_elsewhere(case.application, item, item.code)
        elif item.code:
            yield _listed(case.application, item, item.code, day)
        elif item.not_listed:
            yield _unlisted(case, item, day)
        else:
            sentence = text("line {line} is not classified", line=item.line)
            yield GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence)
    if any(item.not_listed for item in case.application.items):
        yield _national(case.application)


def _law(day: date) -> Citation | None:
    if export_rules().applies_on(day):
        return export_rules().cite("3(1)")
    return cite_act(OLDER_LAW, "3(1)") if day >= OLDER_LAW_FROM else None


def _listed(application: Application, item: Item, code: str, day: date) -> GateAnswer:
    law = _law(day)
    if law is None:
        sentence = text("the law before {day} is not included", day=OLDER_LAW_FROM)
        return GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence)
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


def _listed_elsewhere(application: Application, item: Item, code: str) -> GateAnswer:
    article = RULES_OF_KIND[application.transaction].article
    sentence = text("line {line}: {code} is listed; gate G4 asks whether Article {article} applies",
                    line=item.line, code=code, article=article)  # fmt: skip
    return GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, (export_rules().cite(article),))


def _unlisted(case: GateCase, item: Item, day: date) -> GateAnswer:
    key = f"classification:{item.line}"
    confirmation = case.confirmed(key, day)
    if item.list_version and item.classified_by:
        sentence = text("line {line}: not on the list of {version}, by {who}", line=item.line,
                        version=item.list_version, who=item.classified_by)  # fmt: skip
        return GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence)
    if confirmation is not None and confirmation.answer == "yes":
        sentence = text("line {line}: not on a list, by {who} ({source})", line=item.line,
                        who=confirmation.by, source=confirmation.source)  # fmt: skip
        return GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence)
    sentence = text("line {line}: which list and who compared it is not stated", line=item.line)
    question = text("Did a person compare line {line} with the list, and is it not listed?", line=item.line)
    return GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, open_question=Question(key, question))


def _national(application: Application) -> GateAnswer:
    name = FactName.NATIONAL_LIST_ART9
    fact, cited = application.fact(name), (export_rules().cite("9"),)
    if fact.answer == "yes":
        sentence = text("a national list names an item ({source})", source=fact.source)
        return GateAnswer(LegalGate.LISTED, Outcome.NEEDS_AUTHORISATION, sentence, cited)
    if fact.answer == "no":
        sentence = text("no national list names an item ({source})", source=fact.source)
        return GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, cited)
    sentence = text("it is not stated whether a national list names an item")
    return GateAnswer(LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, cited, open_question=fact_question(name))


def fact_question(name: FactName) -> Question:
    """Return the question that a stated fact answers."""
    return Question(f"fact:{name.value}", text("Is this true: {fact}?", fact=name.words))


def catch_all_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of gate 4 for every duty; clear if a list names every item."""
    application = case.application
    if application.transaction in RULES_OF_KIND and export_rules().applies_on(day):
        yield from _of_kind(application, RULES_OF_KIND[application.transaction])
        return
    if all(item.code for item in application.items) and application.transaction not in RULES_OF_KIND:
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, text("a list names every item"))
        return
    if not export_rules().applies_on(day):
        sentence = text("the law before {day} is not included", day=export_rules().applies_from)
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.NOT_KNOWN, sentence)
        return
    for answer in duties(_with_embargo(application, day), day):
        cited = (export_rules().cite(answer.article),)
        if answer.answer is Holds.UNKNOWN:
            request = fact_question(answer.missing[0])
            sentence = text("it is open whether Article {article} applies", article=answer.article)
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.NOT_KNOWN, sentence, cited, open_question=request)
        elif answer.answer is Holds.YES:
            outcome = Outcome.DUTY if answer.does == "notify" else Outcome.NEEDS_AUTHORISATION
            yield GateAnswer(LegalGate.CATCH_ALL, outcome, answer.duty.text, cited)
        else:
            sentence = text("Article {article} does not apply", article=answer.article)
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, cited)


def _of_kind(application: Application, rules: "_KindRules") -> Iterator[GateAnswer]:
    """Yield the answers of Article 6, 7 or 8 by their facts; an unknown fact is a question.

    Once the authority informed the applicant, the duty to notify it is met.
    """
    cited = (export_rules().cite(rules.article),)
    if rules.exception is not None and application.fact(rules.exception).answer == "yes":
        fact = application.fact(rules.exception)
        sentence = text("{fact} ({source})", fact=rules.exception.words, source=fact.source)
        yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, cited)
        return
    for name, outcome in rules.facts:
        fact = application.fact(name)
        if fact.answer == "unknown":
            sentence = text("it is open whether Article {article} applies", article=rules.article)
            yield GateAnswer(
                LegalGate.CATCH_ALL, Outcome.NOT_KNOWN, sentence, cited, open_question=fact_question(name)
            )
        elif fact.answer == "yes":
            sentence = text("{fact} ({source})", fact=name.words, source=fact.source)
            is_met = outcome is Outcome.DUTY and application.fact(rules.facts[0][0]).answer == "yes"
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR if is_met else outcome, sentence, cited)
        else:
            sentence = text("not so: {fact} ({source})", fact=name.words, source=fact.source)
            yield GateAnswer(LegalGate.CATCH_ALL, Outcome.CLEAR, sentence, cited)


def _with_embargo(application: Application, day: date) -> Application:
    """Return the application with the arms embargo of a card as a stated fact.

    A card that member states read differently (China) leaves the fact to a person.
    """
    embargoes = [
        card
        for card in cards_in_force(day)
        if card.kind == "arms" and card.destination in countries(application)
        and card.effect == "prohibited" and not card.condition and not card.reading
    ]  # fmt: skip
    if not embargoes:
        return application
    fact = StatedFact(answer="yes", source=f"{embargoes[0].act.lstrip('DP')}, article {embargoes[0].article}")
    return application.model_copy(update={"facts": {**application.facts, FactName.ARMS_EMBARGO: fact}})
