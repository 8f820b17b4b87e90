"""`overzicht questions`: parliamentary questions, their papers, and what follows from earlier answers."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command, with_added
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "add": ("subjects.questions.papers_commands", "Load papers and indexes of questions."),
    "show": ("subjects.questions.question_sets", "Show a set as known on a date."),
    "search": ("subjects.questions.question_sets", "Find sets by words or manufacturer."),
    "mentions": (
        "subjects.questions.question_sets",
        "List companies, products and bodies that sets mention.",
    ),
    "overdue": ("subjects.questions.question_sets", "List sets without an answer whose term has expired."),
    "stats": ("subjects.questions.question_sets", "Count sets, papers and days to an answer."),
    "precedents": (
        "subjects.questions.question_sets",
        "Find the earlier questions most like those of a set.",
    ),
    "promises": (
        "subjects.questions.question_sets",
        "List promises in answers with their terms; open tasks for them.",
    ),
}


@group(sections={"Commands": with_added("questions", COMMANDS)}, load=load_command)
def questions() -> None:
    """Read parliamentary questions: papers and their versions, members, dates and answers."""
