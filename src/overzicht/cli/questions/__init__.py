"""`overzicht questions`: parliamentary questions, their papers, and what follows from earlier answers."""

from overzicht.cli.commands import CommandTable, group
from overzicht.cli.loading import load_command

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "add": ("questions.papers", "Load papers and indexes of questions."),
    "show": ("questions.papers", "Show a set as known on a date."),
    "search": ("questions.papers", "Find sets by words or manufacturer."),
    "mentions": ("questions.papers", "List companies, products and bodies that sets mention."),
    "overdue": ("questions.papers", "List sets without an answer whose term has expired."),
    "stats": ("questions.papers", "Count sets, papers and days to an answer."),
    "precedents": ("questions.following", "Find the earlier questions most like those of a set."),
    "promises": ("questions.following", "List promises in answers with their terms; open tasks for them."),
    "review": ("questions.review", "Review the draft answer to a set."),
    "watch": ("questions.following", "List earlier answers that new data change."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def questions() -> None:
    """Read parliamentary questions: papers and their versions, members, dates and answers."""
