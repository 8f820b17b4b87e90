"""LegalGate 1, frozen parties; and parties to whom gate 2 bans goods by name.

**What the law says.** Nobody may make funds or economic resources available to a listed party, directly or
indirectly: goods, software and help are such resources. It covers companies that a listed party owns or
controls.

**What we check.** Every party and stated owner of the case, by the screening. A possible match waits for a
person. The shares of listed owners count under the ownership rule in force on the date.

**What we cannot see.** Owners that are not stated, and control without shares: a person answers that
question.
"""

from collections.abc import Iterator
from datetime import date

from overzicht.dates import Holds
from overzicht.entities.owned import Owned, OwnedOutcome, owned
from overzicht.entities.ownership import OwnershipGraph, OwnershipStatement
from overzicht.entities.ownership_records import read_share
from overzicht.evidence import Text, text
from overzicht.law import Regime, ownership_regime
from overzicht.subjects.licensing.gates.acts import acts, cite
from overzicht.subjects.licensing.gates.lifting import lifting_record
from overzicht.subjects.licensing.gates.model import (
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    PartyAnswer,
    Question,
    ScreenedParty,
    screened_parties,
)
from overzicht.subjects.licensing.gates.verified import verified
from overzicht.subjects.licensing.model import Application

FREEZES = frozenset({"asset freeze", "dealing ban", "mixed", "authorisation ban"})
NAMED_USER = "export licence"
_STRICTNESS = {Holds.YES: 0, Holds.UNKNOWN: 1, Holds.NO: 2}


def party_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield gate 1 for every party and owner, and gate 2 for parties that it names."""
    answers = {party.key: _answer(case, party, day) for party in screened_parties(case.application)}
    frozen_owners: set[str] = set()
    for party in screened_parties(case.application):
        answer = answers[party.key]
        if answer.answer is Holds.UNKNOWN:
            question = text("Is {name} a party on a list that binds here?", name=party.name)
            yield GateAnswer(
                LegalGate.PARTIES,
                Outcome.NOT_KNOWN,
                answer.sentence,
                answer.citations,
                open_question=Question(f"party:{party.name}", question),
            )
        elif answer.answer is Holds.NO:
            yield GateAnswer(LegalGate.PARTIES, Outcome.CLEAR, answer.sentence, answer.citations)
        elif party.owner_of:
            frozen_owners |= {party.key} if _is_frozen(answer) else set()
        else:
            yield from _listed(case, answer, day)
    for result in owned_by_listed(case.application, frozen_owners, ownership_regime("eu"), day):
        own_party = case.application.parties[int(result.asset)].name
        owners = ", ".join(answers[key].party for key in result.listed_owners)
        shares = text(
            "{party} is owned by listed parties ({owners}): {says}",
            party=own_party,
            owners=owners,
            says=result.statement,
        )
        cited = tuple(citation for key in result.listed_owners for citation in answers[key].citations)
        programmes = tuple(name for key in result.listed_owners for name in answers[key].programmes)
        confirmation = case.confirmed(f"control:{own_party}", day)
        is_controlled = confirmation is not None and confirmation.answer == "yes"
        if result.outcome is OwnedOutcome.OWNED or is_controlled:
            own_answer = PartyAnswer(own_party, Holds.YES, shares, cited, programmes=programmes)
            owned = _frozen(case, own_answer, shares, day)
        elif confirmation is not None:
            sentence = text(
                "no listed owner controls {party} ({who}, {source})",
                party=own_party,
                who=confirmation.by,
                source=confirmation.source,
            )
            owned = GateAnswer(LegalGate.PARTIES, Outcome.CLEAR, sentence, cited)
        else:
            own_question = text(
                "Does a listed owner control {party} ({owners})?", party=own_party, owners=owners
            )
            owned = GateAnswer(
                LegalGate.PARTIES,
                Outcome.NOT_KNOWN,
                shares,
                cited,
                open_question=Question(f"control:{own_party}", own_question),
            )
        yield owned


def _answer(case: GateCase, party: ScreenedParty, day: date) -> PartyAnswer:
    """Return the strictest screening of a name, as a person confirmed or dismissed it."""
    results = [answer for answer in case.screening if answer.party == party.name]
    unscreened = PartyAnswer(party.name, Holds.UNKNOWN, text("{name} was not screened", name=party.name))
    answer = min(results, key=lambda answer: _STRICTNESS[answer.answer], default=unscreened)
    confirmation = case.confirmed(f"party:{party.name}", day)
    if confirmation is None or answer.answer is Holds.NO:
        return answer
    holds, pattern = (
        (Holds.YES, text("{who} confirmed that {name} is the listed party ({source})"))
        if confirmation.answer == "yes"
        else (Holds.NO, text("{who} confirmed that {name} is not a listed party ({source})"))
    )
    sentence = pattern.filled(who=confirmation.by, name=party.name, source=confirmation.source)
    return PartyAnswer(party.name, holds, sentence, answer.citations, answer.effects, answer.programmes)


def _is_frozen(answer: PartyAnswer) -> bool:
    return not answer.effects or not FREEZES.isdisjoint(answer.effects)


def _listed(case: GateCase, answer: PartyAnswer, day: date) -> Iterator[GateAnswer]:
    if _is_frozen(answer):
        yield _frozen(case, answer, answer.sentence, day)
    if NAMED_USER in answer.effects:
        yield _named_user(case, answer, day)
    if not _is_frozen(answer) and NAMED_USER not in answer.effects:
        sentence = text("{says}; this listing does not ban goods", says=answer.sentence)
        yield GateAnswer(LegalGate.PARTIES, Outcome.CLEAR, sentence, answer.citations)


def _frozen(case: GateCase, answer: PartyAnswer, sentence: Text, day: date) -> GateAnswer:
    # the freezes of the programmes of a listing; all of them if no programme is known
    cards = [card for card in acts().cards.values() if card.kind == "freeze" and card.in_force_on(day)]
    own = [card for card in cards if not set(card.programmes).isdisjoint(answer.programmes)]
    cards = own or cards
    lines = [item.line for item in case.application.items]
    record = lifting_record(case, cards, [answer.party], lines, day)
    if record is None:
        return GateAnswer(LegalGate.PARTIES, Outcome.PROHIBITED, sentence, answer.citations)
    card = next(card for card in cards if card.act == record.record.act)
    lifted = text("{says}; lifted by {document}", says=sentence, document=record.record.document)
    cited = (*answer.citations, cite(card))
    opened = GateAnswer(
        LegalGate.PARTIES, Outcome.CLEAR, lifted, cited, lifted_by=record.record.document, card=card.id
    )
    return verified(case, card, opened, day)


def _named_user(case: GateCase, answer: PartyAnswer, day: date) -> GateAnswer:
    card = acts().cards["ru-annex4"]
    cited = (*answer.citations, cite(card))
    lines = [item.line for item in case.application.items]
    record = lifting_record(case, [card], [answer.party], lines, day)
    if record is not None:
        lifted = text("{says}; lifted by {document}", says=answer.sentence, document=record.record.document)
        document = record.record.document
        opened = GateAnswer(
            LegalGate.DESTINATION, Outcome.CLEAR, lifted, cited, lifted_by=document, card=card.id
        )
        return verified(case, card, opened, day)
    key = f"goods:{card.id}:{answer.party}"
    confirmation = case.confirmed(key, day)
    if all(item.not_listed for item in case.application.items):
        question = text("Does an annex that bans goods to {name} name the items?", name=answer.party)
        if confirmation is None:
            return GateAnswer(
                LegalGate.DESTINATION,
                Outcome.NOT_KNOWN,
                answer.sentence,
                cited,
                open_question=Question(key, question),
                card=card.id,
            )
        if confirmation.answer == "no":
            sentence = text(
                "no annex bans the items to {name} ({who}, {source})",
                name=answer.party,
                who=confirmation.by,
                source=confirmation.source,
            )
            return GateAnswer(LegalGate.DESTINATION, Outcome.CLEAR, sentence, cited, card=card.id)
    sentence = text("{says}: it may not receive these goods in any country", says=answer.sentence)
    return GateAnswer(LegalGate.DESTINATION, Outcome.PROHIBITED, sentence, cited, card=card.id)


def owned_by_listed(application: Application, listed: set[str], regime: Regime, day: date) -> list[Owned]:
    """Return the ownership test on `day` for each party with a listed owner; `listed` are keys of owners."""
    names = {party.key: party.name for party in screened_parties(application)}
    results = []
    for number, party in enumerate(application.parties):
        statements = [
            OwnershipStatement(f"{number}.{index}", f"{number}", read_share(owner.share), stated_on=date.min)
            for index, owner in enumerate(party.owners)
        ]
        above = {statement.owner for statement in statements} & listed
        if above:
            graph = OwnershipGraph(statements, (), names)
            results.append(owned(graph, f"{number}", above, regime, day))
    return results
