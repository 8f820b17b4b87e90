"""The routes of answers among those of questions."""

from overzicht.web.operations import routes_of

ROUTES = routes_of("subjects.answers.earlier_answers", "questions").routes
