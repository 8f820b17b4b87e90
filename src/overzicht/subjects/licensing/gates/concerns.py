"""Records of the applicant's own due diligence about a receiving party: gate 4 or gate 6 asks a person.

**What the law says.** An exporter that is aware, *by its due diligence findings*, of a use under Article 5(1)
must notify the authority and wait (Article 5(2)). End-use and the risk of diversion are weighed (Article
15(1)).

**What we check.** Red flags and records of downstream use in the working file of the applicant that name a
receiving party. Each needs the answer of a person, even if the application states that the exporter is not
aware.

**What we cannot see.** Due diligence outside the working files.
"""

from collections.abc import Iterator
from datetime import date

from overzicht.evidence import text
from overzicht.law.export_rules import export_rules
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    DiligenceConcern,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)
from overzicht.subjects.licensing.model import Application, FactName, StatedFact

AWARENESS = "art5-aware"


def concern_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield one answer per record: not known until a person answers its question."""
    rules = export_rules(day)
    is_unlisted = any(item.code is None for item in case.application.items)
    asks_awareness = is_unlisted and AWARENESS in rules.duties
    rule = rules.duties[AWARENESS] if asks_awareness else rules.rules["decision"]
    gate = LegalGate.CATCH_ALL if asks_awareness else LegalGate.WEIGHING
    for concern in case.concerns:
        key = aware_key(concern) if asks_awareness else f"weighed:{concern.id}"
        confirmation = case.confirmed(key, day)
        is_answered = confirmation is not None and (asks_awareness or confirmation.answer == "yes")
        outcome = Outcome.CLEAR if is_answered else Outcome.NOT_KNOWN
        sentence = concern.statement
        if is_answered and confirmation is not None:
            answer = text("yes") if confirmation.answer == "yes" else text("no")
            sentence = text(
                "{says}; the answer of {who} is {answer} ({source})",
                says=concern.statement,
                who=confirmation.by,
                answer=answer,
                source=confirmation.source,
            )
        question = None
        if not is_answered:
            request = text("Did a person weigh due diligence entry {id}?", id=concern.id)
            if asks_awareness:
                request = text(
                    "Is the exporter aware of a use under Article 5(1) by due diligence entry {id}?",
                    id=concern.id,
                )
            question = Question(key, request)
        yield GateAnswer(gate, outcome, sentence, (rules.cite_rule(rule),), open_question=question)


def aware_key(concern: DiligenceConcern) -> str:
    """Return the key of the question whether the exporter is aware."""
    return f"aware:{concern.id}"


def with_awareness(
    application: Application, concerns: tuple[DiligenceConcern, ...], confirmations: tuple[Confirmation, ...]
) -> Application:
    """Return the application with awareness stated, if a person answered yes to the question of a record."""
    keys = {aware_key(concern): concern for concern in concerns}
    answered = [known for known in confirmations if known.key in keys and known.answer == "yes"]
    if not answered:
        return application
    known = answered[-1]
    fact = StatedFact(
        answer="yes", source=f"{keys[known.key].id}: {known.source}", by=known.by, stated_on=known.day
    )
    return application.model_copy(update={"facts": {**application.facts, FactName.AWARE_ART5: fact}})
