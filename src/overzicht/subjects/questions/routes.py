"""The routes of questions: those of declared operations, and those that other subjects add."""

from collections.abc import Sequence

from starlette.routing import BaseRoute

from overzicht.composition import Slot
from overzicht.web.operations import routes_of

ADDED: Slot[Sequence[BaseRoute]] = Slot("routes of questions")  # of each its own
router = routes_of("subjects.questions.question_sets", "questions")
for routes in ADDED.added():
    router.routes[:0] = routes  # before /questions/{number}, which any word fits
