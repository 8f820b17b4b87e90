"""The register: what people have, do about it, and decide."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="register",
    title=text("The register of equipment"),
    place=30,
    is_optional=False,
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "kinds of jobs": (
            "imports.jobs:PREVIEW",
            "imports.jobs:ACCEPT",
        ),
    },
)
