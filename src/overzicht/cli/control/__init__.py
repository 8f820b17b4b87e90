"""`overzicht control`: the control list of dual-use items: show, search, compare, update, classify."""

from overzicht.cli.lazy import CommandTable, lazy_group

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
    "show": ("control.text", "show", "Show a provision in its context."),
    "search": ("control.text", "search", "Rank provisions by a description in plain words."),
    "diff": ("control.text", "diff", "Compare two installed versions."),
    "update": ("control.text", "update", "Install a version and show the changes."),
    "versions": ("control.text", "versions", "List the installed versions."),
    "classify": ("control.classify", "classify", "Walk the provisions for a product."),
    "template": ("control.classify", "template", "Print a file of product facts to fill in."),
    "compare": ("control.compare", "compare", "Compare the Union's rules and the American entity list."),
    "use": ("control.use", "use", "Manage exports under general authorisations."),
}


@lazy_group(COMMANDS)
def control() -> None:
    """Read the control list of dual-use items (Annex I to Regulation (EU) 2021/821).

    The text is your own copy: install it with `overzicht control update FILE`. Exit code 1: the text of the
    date is not loaded. Exit code 11: no such provision or version.
    """
