"""`overzicht control`: the control list of dual-use items: show, search, compare, update, classify."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "show": ("cli.control.text", "Show a provision in its context."),
    "search": ("cli.control.text", "Rank provisions by a description in plain words."),
    "diff": ("cli.control.text", "Compare two installed versions."),
    "update": ("cli.control.text", "Install a version and show the changes."),
    "correlation": ("cli.control.text", "Store a correlation table of commodity codes."),
    "versions": ("cli.control.text", "List the installed versions."),
    "classify": ("cli.control.classify", "Walk the provisions for a product."),
    "interview": ("cli.control.interview", "Walk one entry from its text, criterion by criterion."),
    "template": ("cli.control.classify", "Print a file of product facts to fill in."),
    "compare": ("cli.control.compare", "Compare the Union's rules and the American entity list."),
    "use": ("subjects.control_list.uses", "Manage exports under general authorisations."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def control() -> None:
    """Read the control list of dual-use items (Annex I to Regulation (EU) 2021/821).

    The text is your own copy: install it with `overzicht control update FILE`. Exit code 1: the text of the
    date is not loaded. Exit code 11: no such provision or version.
    """
