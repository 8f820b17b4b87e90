"""Parliamentary questions: papers and sets, precedents, promises, and what they mention."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="questions",
    title=text("Parliamentary questions"),
    place=71,
    commands={
        "Parliament": {
            "questions": (
                "command_group",
                "Read parliamentary questions: search, precedents, promises, watch.",
            ),
        },
    },
    parts=(
        Part("pages", Entry(text("Parliamentary questions"), "/questions", MenuGroup.DOSSIERS)),
        Part("jobs", interface=Interface.OWN),
        Part("routes", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "sentences that name makers": ("mentioning:makers_named",),
        "demonstration": ("demo:DEMO",),
        "parts of a party page": ("sections:questions_of_party",),
        "sections of a search": ("sections:questions_found",),
        "kinds of jobs": ("jobs:IMPORT",),
        "pages of tasks": ("pages:OF_TASKS",),
    },
    tables=("question_paper",),
)
