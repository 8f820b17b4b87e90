"""Export authorisations: cases from application to decision, their gates, and the work of the office."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="licensing",
    title=text("Licences"),
    place=61,
    needs=("control_list", "denials", "diligence"),
    commands={
        "Export control": {
            "licence": ("commands", "Handle export authorisations, from application to decision."),
        },
    },
    below={
        "control": {
            "compare": ("entity_list_commands", "Compare the Union's rules and the American entity list."),
            "use": ("authorisation_uses", "Manage exports under general authorisations."),
        },
    },
    parts=(
        Part("application_page"),
        Part("pages", Entry(text("Licences"), "/licences", MenuGroup.CONTROL, "editor")),
        Part("office", interface=Interface.OWN),
        Part("routes", interface=Interface.OWN),
        Part("authorisation_uses", interface=Interface.OWN),
    ),
    tables=("licence_case",),
)
