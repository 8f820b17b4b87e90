"""Services that an act bans: related to its goods, or a ban of their own.

**What the law says.** Most acts that ban goods also ban technical assistance, brokering, financing and other
services related to them, in a paragraph of their own. Some acts ban services whatever the goods: monitoring
or interception for a government, or consultancy for companies of a state (833/2014, Article 5n).

**What we check.** The paragraph that a card names (`related`), and the words of a described service
(`services` of `goods.yaml`). A doubtful word or an unread card is a question. A company of
the state is a receiving party there, but not a natural person.

**What we cannot see.** Whether a service is strictly necessary for an exception of the act.
"""

from collections.abc import Iterator
from datetime import date

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.evidence import Text, text
from overzicht.subjects.licensing.gates.acts import Card, cite_place, goods
from overzicht.subjects.licensing.gates.model import (
    Certainty,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.gates.verified import verified
from overzicht.subjects.licensing.model import Application, Role, Transaction

RELATED = frozenset({Transaction.ASSISTANCE, Transaction.BROKERING, Transaction.FINANCING})
KINDS = frozenset({"services", "surveillance_services"})  # cards that name no goods


def described_service(application: Application) -> str:
    """Return the words that describe the service of a case."""
    lines = (item.description for item in application.items)
    use = application.end_use.description if application.end_use else ""
    return " ".join((application.assistance, *lines, use))


def names_service(card: Card, application: Application) -> Holds:
    """Return whether a card of services names that of a case; unknown if its words show none of them.

    The words of a description never decide for a card whose text was not read.
    """
    if application.transaction not in RELATED | {Transaction.SERVICE}:
        return Holds.NO
    words = described_service(application)
    shown = any_holds([goods().services[name].described_by(words) for name in card.services])
    if shown is Holds.NO and application.transaction is Transaction.SERVICE:
        shown = Holds.UNKNOWN
    if shown is Holds.YES and card.certainty is Certainty.MEMORY:
        shown = Holds.UNKNOWN
    # whether a party in the state of a card receives the service. A ban on companies leaves out persons,
    # and is unknown if no party there is named.
    parties = [
        party
        for party in application.parties
        if party.role is not Role.EXPORTER and (party.country or application.destination) == card.destination
    ]
    if card.condition != "legal_person":
        is_received = Holds.YES
    elif not parties:
        is_received = Holds.UNKNOWN
    else:
        is_received = Holds.YES if any(party.schema_ != "Person" for party in parties) else Holds.NO
    return all_hold([shown, is_received])


def open_service(case: GateCase, card: Card, place: Text, day: date) -> GateAnswer | bool:
    """Return whether a person answered that a card names the service, or the open question about it."""
    key = f"service:{card.id}"
    confirmation = case.confirmed(key, day)
    if confirmation is not None:
        return confirmation.answer == "yes"
    sentence = text("it is open whether {place} names this service", place=place)
    question = text("Does {place} name the service of this case?", place=place)
    return GateAnswer(
        LegalGate.DESTINATION,
        Outcome.NOT_KNOWN,
        sentence,
        (cite_place(card, card.article),),
        card.certainty,
        Question(key, question),
        card=card.id,
    )


def related_answers(case: GateCase, card: Card, answer: GateAnswer, day: date) -> Iterator[GateAnswer]:
    """Yield the answer of a card of goods for a service related to them, at its own paragraph.

    A card that does not name the paragraph leaves it to a person whether the act covers the service.
    """
    kind = case.application.transaction
    if kind not in RELATED or answer.outcome is Outcome.CLEAR:
        yield answer
        return
    if card.related:
        sentence = text("{says}; for {kind}: Article {article}", says=answer.sentence, kind=kind.words)
        cited = (*answer.citations, cite_place(card, card.related))
        changed = GateAnswer(
            answer.gate,
            answer.outcome,
            sentence.filled(article=card.related),
            cited,
            answer.certainty,
            answer.open_question,
            must_refuse=answer.must_refuse,
            card=card.id,
        )
        yield verified(case, card, changed, day)
        return
    key = f"related:{card.id}"
    confirmation = case.confirmed(key, day)
    if confirmation is not None and confirmation.answer == "no":
        sentence = text(
            "act {act} does not cover {kind} ({who}, {source})",
            act=card.act.lstrip("DP"),
            kind=kind.words,
            who=confirmation.by,
            source=confirmation.source,
        )
        yield GateAnswer(LegalGate.DESTINATION, Outcome.CLEAR, sentence, answer.citations, card=card.id)
    elif confirmation is not None:
        yield answer
    else:
        question = text("Does act {act} cover {kind}?", act=card.act.lstrip("DP"), kind=kind.words)
        yield GateAnswer(
            LegalGate.DESTINATION,
            Outcome.NOT_KNOWN,
            text("{says}; it is open whether that covers {kind}", says=answer.sentence, kind=kind.words),
            answer.citations,
            card.certainty,
            Question(key, question),
            card=card.id,
        )
