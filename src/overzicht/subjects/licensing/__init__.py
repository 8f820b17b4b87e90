"""Export authorisations from application to decision, their gates, denials, and the work of the office."""

from overzicht.composition import Entry, Interface, MenuGroup, Part, Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="licensing",
    title=text("Licences and denials"),
    place=61,
    needs=("control_list", "diligence"),
    commands={
        "Export control": {
            "licence": ("command_group", "Handle export authorisations, from application to decision."),
            "denial": ("denial_commands", "Manage denials: register, exchange, match, review."),
        },
    },
    below={
        "control": {
            "correlation": ("loaded_texts", "Store a correlation table of commodity codes."),
            "compare": ("entity_list_commands", "Compare the Union's rules and the American entity list."),
            "use": ("authorisation_uses", "Manage exports under general authorisations."),
        },
        "law": {
            "load": (
                "loaded_texts",
                (
                    "Store the annexes of a consolidated act for the gates of licence cases: "
                    "FILE as for `law annexes`."
                ),
            ),
        },
    },
    synonyms="license=licence licenses=licence case=licence cases=licence/list",
    parts=(
        Part("application_page"),
        Part("pages", Entry(text("Licences"), "/licences", MenuGroup.CONTROL, "editor")),
        Part("denial_pages", Entry(text("Denials"), "/denials", MenuGroup.CONTROL, "officer")),
        Part("office", interface=Interface.OWN),
        Part("case_list", interface=Interface.OWN),
        Part("case_operations", interface=Interface.OWN),
        Part("steps", interface=Interface.OWN),
        Part("licences_routes", interface=Interface.OWN),
        Part("denial_routes", interface=Interface.OWN),
        Part("denials_operations", interface=Interface.OWN),
        Part("authorisation_uses", interface=Interface.OWN),
    ),
    adds={
        "contracts": ("contracts:CONTRACTS",),
        "demonstration": ("demo:DEMO",),
        "diligence step facts": ("case_step_facts:step_facts_of_cases",),
        "watched parties": ("screening:watched_parties",),
        "parts of a party page": ("sections:cases_of_party",),
        "citations of the control list": ("citations:licence_citations", "citations:use_citations"),
        "pages of tasks": ("pages:OF_TASKS",),
    },
    tables=("licence_case", "denial"),
)
