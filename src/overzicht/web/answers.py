"""A drafted answer as the service makes it: remembered as long as nothing in the store changes."""

from datetime import date

from overzicht.reports.answers.model import AnswerReport
from overzicht.store.log import newest_hash
from overzicht.web.service import Service
from overzicht.workflows.answers.drafting import AnswerChoices, answer_set


def drafted(here: Service, number: str, day: date) -> AnswerReport:
    """Return the draft of a set on a day; UnknownNameError lists the sets there are.

    Every change of dossiers, register, lists and papers is in the log, so its newest hash tells the state.
    """
    with here.store.reading() as connection:
        state = newest_hash(connection)
    asked = ("answer", number, day, state)
    return here.memory.recall(asked, lambda: answer_set(here.store, number, AnswerChoices(), day))
