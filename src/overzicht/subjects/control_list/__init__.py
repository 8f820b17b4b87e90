"""The control list of dual-use items: versions, search, comparison, and the classification of a product."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="control_list",
    title=text("Control list"),
    place=60,
    commands={
        "Export control": {
            "control": ("command_group", "Read the control list: show, search, compare, update, classify."),
        },
    },
    synonyms="export=control classify=control/classify",
    parts=(
        Part("pages", Entry(text("Control list"), "/control", MenuGroup.CONTROL)),
        Part("classification.pages", Entry(text("Classify a product"), "/classify", MenuGroup.CONTROL)),
        Part("installed_texts", interface=Interface.OWN),
        Part("jobs", interface=Interface.OWN),
        Part("classification.routes", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "citations of the control list": ("classification_records:classification_citations",),
        "kinds of jobs": ("jobs:INSTALL",),
    },
    tables=("classification",),
)
