"""`overzicht licence`: export authorisations from application to decision."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "new": (
        "subjects.licensing.case_operations",
        "Store the application in FILE (YAML or JSON) as a draft, and list what is missing.",
    ),
    "submit": (
        "subjects.licensing.case_operations",
        "File a draft on a date: screen all parties and list what is missing.",
    ),
    "screen": (
        "subjects.licensing.case_commands",
        "Screen the parties of a case again, or with --changed of every open case whose lists have changed.",
    ),
    "fact": ("subjects.licensing.steps", "State a fact about a stored case."),
    "assess": (
        "subjects.licensing.steps",
        "Store records of Article 15, match the denials, and show the checklist and the states to consult.",
    ),
    "consult": (
        "subjects.licensing.steps",
        "Record that a state was consulted on a date, or with --reply its reply.",
    ),
    "decide": ("subjects.licensing.steps", "Record an officer's decision on a case with its reasons."),
    "gates": (
        "subjects.licensing.case_operations",
        "Show the gates of a case: what is prohibited, what is needed, and the questions for a person.",
    ),
    "confirm": (
        "subjects.licensing.steps",
        "Answer the open question KEY of a gate as a person, with a source.",
    ),
    "derogation": (
        "subjects.licensing.steps",
        "Record the derogation or exception in FILE (YAML or JSON), or accept one as a second officer.",
    ),
    "export": ("subjects.licensing.steps", "Check a granted licence on the date of the export."),
    "list": ("subjects.licensing.case_list", "List the cases of a date and their status."),
    "show": (
        "subjects.licensing.case_commands",
        "Show a case as of a date, or write one of its documents as HTML.",
    ),
    "attach": (
        "subjects.licensing.office",
        "Store a document of a case, such as an end-use certificate, under its hash.",
    ),
    "supplement": (
        "subjects.licensing.office",
        "Record that the applicant was asked to complete an application, or did so.",
    ),
    "extend": (
        "subjects.licensing.office",
        "Record the longer term UNTIL that was named to the applicant before the term ended (Awb 4:14).",
    ),
    "objection": (
        "subjects.licensing.office",
        (
            "Record STEP of an objection against a decision: its receipt, hearing, term or outcome "
            "(Awb 7:2–7:12)."
        ),
    ),
    "condition": ("subjects.licensing.office", "Record whether condition NUMBER of a licence is met."),
    "ship": ("subjects.licensing.commands", "Write off a shipment: AMOUNT in UNIT of a LINE, on its date."),
    "notice": (
        "subjects.licensing.office",
        "Record a notice to RECIPIENT, sent on the date, ABOUT a derogation (its number) or `decision`.",
    ),
    "watch": (
        "subjects.licensing.office",
        "Ask the gates of all open cases and licences again, list what is due, and open a task for each.",
    ),
    "statistics": (
        "subjects.licensing.commands",
        "Show the statistics of YEAR for the yearly report (Article 26(2)); small cells are hidden.",
    ),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def licence() -> None:
    """Handle export authorisations: file, screen, weigh, consult and decide, with actor and reason.

    Exit code 1: something is missing, or a state has to be consulted. Exit code 10: the step was refused,
    and the case is unchanged.
    """
