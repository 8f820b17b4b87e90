"""`overzicht questions`: parliamentary questions, their papers, and what follows from earlier answers."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "add": ("cli.questions.papers", "Load papers and indexes of questions."),
    "show": ("cli.questions.papers", "Show a set as known on a date."),
    "search": ("cli.questions.papers", "Find sets by words or manufacturer."),
    "mentions": ("cli.questions.papers", "List companies, products and bodies that sets mention."),
    "overdue": ("cli.questions.papers", "List sets without an answer whose term has expired."),
    "stats": ("cli.questions.papers", "Count sets, papers and days to an answer."),
    "precedents": ("cli.questions.following", "Find the earlier questions most like those of a set."),
    "promises": (
        "cli.questions.following",
        "List promises in answers with their terms; open tasks for them.",
    ),
    "review": ("cli.questions.review", "Review the draft answer to a set."),
    "watch": ("cli.questions.following", "List earlier answers that new data change."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def questions() -> None:
    """Read parliamentary questions: papers and their versions, members, dates and answers."""
