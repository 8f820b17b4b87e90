"""`overzicht control`: the control list of dual-use items: show, search, compare, update, classify."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command, with_added
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "show": ("subjects.control_list.installed_texts", "Show a provision in its context."),
    "search": ("subjects.control_list.installed_texts", "Rank provisions by a description in plain words."),
    "diff": ("subjects.control_list.installed_texts", "Compare two installed versions."),
    "update": ("subjects.control_list.installed_texts", "Install a version and show the changes."),
    "versions": ("subjects.control_list.installed_texts", "List the installed versions."),
    "classify": ("subjects.control_list.classify_terminal", "Walk the provisions for a product."),
    "interview": (
        "subjects.control_list.interview_terminal",
        "Walk one entry from its text, criterion by criterion.",
    ),
    "template": ("subjects.control_list.classify_terminal", "Print a file of product facts to fill in."),
}


@group(sections={"Commands": with_added("control", COMMANDS)}, load=load_command)
def control() -> None:
    """Read the control list of dual-use items (Annex I to Regulation (EU) 2021/821).

    The text is your own copy: install it with `overzicht control update FILE`. Exit code 1: the text of the
    date is not loaded. Exit code 11: no such provision or version.
    """
