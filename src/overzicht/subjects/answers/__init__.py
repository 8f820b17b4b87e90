"""Answers to a set of questions from the loaded data: every fact cited, every judgement left to a person."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="answers",
    title=text("Answers"),
    place=72,
    needs=("questions", "diligence", "dossiers", "control_list", "census"),
    commands={
        "Parliament": {
            "answer": ("commands", "Draft an answer to parliamentary questions, each sentence cited."),
        },
    },
    below={
        "questions": {
            "review": ("answers_operations", "Review the draft answer to a set."),
            "watch": ("earlier_answers", "List earlier answers that new data change."),
        },
    },
    parts=(
        Part("pages", Entry(text("Answers"), "/answers", MenuGroup.DOSSIERS)),
        Part("routes", interface=Interface.OWN),
        Part("answers_operations", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "watched parties": ("watching:watched_parties",),
        "routes of questions": ("question_routes:ROUTES",),
    },
    tables=("answer_review",),
)
