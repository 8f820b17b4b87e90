"""All gates of a case on a date: the one function that every path to a decision calls.

**What the law says.** A prohibition is not weighed. Only an exception with its proof, or a derogation of an
authority, lifts it. Denials of other states are consulted first (Article 16(5)). Article 15 is weighed last.

**What we check.** The six gates in order. The strictest answer is the answer. A grant is within reach only
if every gate is clear, or asks for the authorisation that the decision gives.

**What we cannot see.** Facts that are not stated: they keep a grant out of reach.
"""

from collections.abc import Iterator
from datetime import date

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.export_rules import export_rules
from overzicht.subjects.licensing.gates.acts import cards_in_force, cite, touches
from overzicht.subjects.licensing.gates.concerns import concern_answers
from overzicht.subjects.licensing.gates.correlated import correlation_answers
from overzicht.subjects.licensing.gates.destination import (
    countries,
    destination_answers,
    open_answer,
)
from overzicht.subjects.licensing.gates.model import (
    GateAnswer,
    GateCase,
    Gates,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.gates.national import national_answers
from overzicht.subjects.licensing.gates.parties import party_answers
from overzicht.subjects.licensing.gates.uses import catch_all_answers, listed_answers


def gates(case: GateCase, day: date) -> Gates:
    """Return the answers of all gates for a case on `day`, in the order of the gates."""
    denials: list[GateAnswer] = []
    rules = export_rules(day)
    cited = (rules.cite_rule(rules.rules["denials"]),)
    if case.denials is None:
        sentence = text("the denials of other states were not matched")
        denials.append(GateAnswer(LegalGate.DENIALS, Outcome.NOT_KNOWN, sentence, cited))
    elif not case.denials:
        denials.append(
            GateAnswer(LegalGate.DENIALS, Outcome.CLEAR, text("no denial of another state matches"), cited)
        )
    for finding in case.denials or ():
        has_reasons = bool(case.notice_reasons.strip())
        values = {"denial": finding.denial, "state": finding.state}
        if finding.is_identical and not has_reasons:
            outcome, sentence = (
                Outcome.DUTY,
                text(
                    "{state} called it essentially identical to {denial}; a grant needs a notice "
                    "with reasons",
                    **values,
                ),
            )
        elif finding.is_identical:
            outcome, sentence = (
                Outcome.CLEAR,
                text("{state} is told the reasons for a grant against {denial}", **values),
            )
        elif finding.is_answered:
            outcome, sentence = (Outcome.CLEAR, text("{state} was consulted on {denial}", **values))
        elif finding.is_dismissed:
            outcome, sentence = (
                Outcome.CLEAR,
                text("a person judged {denial} of {state} to be another transaction", **values),
            )
        else:
            outcome, sentence = (
                Outcome.NOT_KNOWN,
                text("{denial} of {state} may concern the same transaction", **values),
            )
        question = None
        if outcome is Outcome.NOT_KNOWN:
            request = text(
                "Is the transaction of denial {denial} essentially the same?", denial=finding.denial
            )
            question = Question(f"denial:{finding.denial}", request)
        denials.append(GateAnswer(LegalGate.DENIALS, outcome, sentence, cited, open_question=question))
    answers = (
        *party_answers(case, day),
        *destination_answers(case, day),
        *listed_answers(case, day),
        *correlation_answers(case, day),
        *national_answers(case, day),
        *catch_all_answers(case, day),
        *concern_answers(case, day),
        *denials,
        *_weighing(case, day),
    )
    order = tuple(LegalGate)
    return Gates(day, tuple(sorted(dict.fromkeys(answers), key=lambda answer: order.index(answer.gate))))


def _weighing(case: GateCase, day: date) -> Iterator[GateAnswer]:
    rules = export_rules(day)
    cited = (rules.cite_rule(rules.rules["decision"]),)
    if case.unweighed:
        sentence = text("not assessed: {criteria}", criteria=joined(case.unweighed, SEMICOLONS))
        yield GateAnswer(LegalGate.WEIGHING, Outcome.NOT_KNOWN, sentence, cited)
    else:
        yield GateAnswer(LegalGate.WEIGHING, Outcome.CLEAR, text("every criterion has a finding"), cited)
    for card in cards_in_force(day):
        if card.effect != "restraint" or card.destination not in countries(case.application):
            continue
        if all(touches(card, item) is Holds.NO for item in case.application.items):
            continue
        confirmation = case.confirmed(f"restraint:{card.id}", day)
        if confirmation is not None and confirmation.answer == "yes":
            sentence = text(
                "{who} weighed {act} ({source})",
                who=confirmation.by,
                act=card.act,
                source=confirmation.source,
            )
            yield GateAnswer(
                LegalGate.WEIGHING, Outcome.CLEAR, sentence, (cite(card),), card.certainty, card=card.id
            )
            continue
        sentence = text("{act} asks for restraint in {country}", act=card.act, country=card.destination)
        question = Question(f"restraint:{card.id}", text("Did a person weigh {act}?", act=card.act))
        yield open_answer(LegalGate.WEIGHING, card, sentence, question)
