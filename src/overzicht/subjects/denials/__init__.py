"""Denials: what states refused, their exchange and matching, and who read about it."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="denials",
    title=text("Denials"),
    place=62,
    needs=("control_list",),
    commands={
        "Export control": {
            "denial": ("commands", "Manage denials: register, exchange, match, review."),
        },
    },
    parts=(
        Part("pages", Entry(text("Denials"), "/denials", MenuGroup.CONTROL, "officer")),
        Part("routes", interface=Interface.OWN),
        Part("denials", interface=Interface.OWN),
    ),
    tables=("denial",),
)
