"""Gate 3, commodity codes: a loaded correlation table against the classification of each line.

**What the law says.** The classification follows the text of Annex I. A correlation table only helps to find
entries.

**What we check.** Whether the table relates the commodity code of a line to provisions that the
classification does not mention. A person then states that these were examined.

**What we cannot see.** Anything without a loaded table; the case says so.
"""

from collections.abc import Iterator
from datetime import date

from overzicht.evidence import Text, text
from overzicht.subjects.licensing.gates.loaded import Correlation
from overzicht.subjects.licensing.gates.model import (
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
    Question,
)


def compared_codes(table: Correlation | None) -> Text:
    """Return whether commodity codes are compared with the control list, and by which table."""
    if table is None:
        return text("commodity codes were not compared with the control list: no correlation table is loaded")
    return text("commodity codes were compared by the correlation table of {day}", day=table.day)


def correlation_answers(case: GateCase, day: date) -> Iterator[GateAnswer]:
    """Yield an answer for each line whose commodity code points to another provision."""
    table = case.correlation
    for item in case.application.items if table else ():
        is_classified = item.code is not None or item.not_listed
        others = table.unexamined(item.commodity_code, item.code) if table and is_classified else ()
        if table is None or not others:
            continue
        # an answer holds for the provisions that it names, not for those of another table
        key, provisions = f"correlation:{item.line}/{','.join(others)}", ", ".join(others)
        values: dict[str, str | int] = {
            "line": item.line,
            "code": item.commodity_code,
            "provisions": provisions,
        }
        confirmation = case.confirmed(key, day)
        if confirmation is not None and confirmation.answer == "yes":
            sentence = text(
                "line {line}: {provisions} was examined ({who}, {source})",
                **values,
                who=confirmation.by,
                source=confirmation.source,
            )
            yield GateAnswer(LegalGate.LISTED, Outcome.CLEAR, sentence, (table.citation,))
            continue
        sentence = text("line {line}: the correlation table relates {code} to {provisions}", **values)
        question = Question(
            key, text("Was line {line} examined against {provisions}, and is it none of these?", **values)
        )
        yield GateAnswer(
            LegalGate.LISTED, Outcome.NOT_KNOWN, sentence, (table.citation,), open_question=question
        )
