"""`overzicht register`: the equipment an organisation keeps, and the store it is kept in."""

from overzicht.cli.lazy import CommandTable, lazy_group

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
    "organisations": ("register_bodies", "organisations", "Who has equipment: add, change, list."),
    "sites": ("register_bodies", "sites", "Where equipment stands."),
    "import": (
        "register_import",
        "import_",
        "Compare inventories with the register, and write what changed.",
    ),
    "imports": ("register_import", "imports", "List the imports, or the rows of one."),
    "choose": ("register_import", "choose", "Say what an unclear row of an import is."),
    "accept": ("register_import", "accept", "Write an import into the register."),
    "reject": ("register_import", "reject", "Reject an import; it stays to be read."),
    "devices": ("register_view", "devices", "List the devices of a day."),
    "show": ("register_view", "show", "Show a device: maker, reasons, history, decisions."),
    "mark": ("register_view", "mark", "Say that a device is in use, replaced or removed."),
    "counts": ("register_view", "counts", "Count devices by maker, kind and life."),
    "overview": ("register_view", "overview", "Make the overview of what the register has."),
    "statements": ("register_bodies", "statements", "What was said in public of a body's equipment."),
    "plan": ("register_plans", "plan", "Plan replacements and follow them."),
    "publish": ("register_merge", "publish", "Write a register for others, as far as it is shared."),
    "merge": ("register_merge", "merge_", "Combine published registers into one overview."),
    "verify": ("register_store", "verify", "Prove that the log, raw files, records and look-ups agree."),
    "export": ("register_store", "export", "Write the whole store to one portable file."),
    "load": ("register_store", "load", "Fill an empty store from such a file, on either database."),
    "backup": ("register_store", "backup", "Copy the whole store while it is in use."),
    "restore": ("register_store", "restore", "Fill an empty store from a backup."),
}


@lazy_group(COMMANDS)
def register() -> None:
    """Keep the register: what equipment there is, where, since when; and move, check and back up it all."""
