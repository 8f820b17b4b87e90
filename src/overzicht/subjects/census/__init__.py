"""The census: the roll of all bodies, their answers, and conclusions about all of them."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="census",
    title=text("National overview"),
    place=74,
    commands={
        "Register": {
            "census": (
                "command_group",
                "Ask all bodies of a roll, and report coverage, bounds and estimates.",
            ),
        },
    },
    parts=(
        Part("pages", Entry(text("National overview"), "/census", MenuGroup.REGISTER)),
        Part("catalog_routes", interface=Interface.OWN),
        Part("rounds", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "demonstration": ("demo:DEMO",),
    },
    tables=("census_round",),
)
