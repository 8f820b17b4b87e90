"""`overzicht register`: the equipment of organisations, and the store that keeps it."""

from overzicht.cli.lazy import CommandTable, lazy_group

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
    "organisations": ("register.bodies", "organisations", "Add, change and list organisations."),
    "sites": ("register.bodies", "sites", "List the sites of equipment."),
    "import": ("register.importing", "import_", "Compare inventories with the register; write changes."),
    "imports": ("register.importing", "imports", "List the imports, or the rows of one."),
    "choose": ("register.importing", "choose", "Choose the device of an unclear row of an import."),
    "accept": ("register.importing", "accept", "Write an import into the register."),
    "reject": ("register.importing", "reject", "Reject an import."),
    "devices": ("register.devices", "devices", "List the devices of a date."),
    "show": ("register.devices", "show", "Show a device: maker, reasons, history, decisions."),
    "mark": ("register.devices", "mark", "Record that a device is in use, replaced or removed."),
    "counts": ("register.devices", "counts", "Count devices by maker, kind and life."),
    "overview": ("register.devices", "overview", "Make the overview of the register."),
    "statements": ("register.bodies", "statements", "Add and list public statements about equipment."),
    "plan": ("register.plans", "plan", "Plan replacements and follow them."),
    "publish": ("register.sharing", "publish", "Write a register for others, at a chosen level of detail."),
    "merge": ("register.sharing", "merge_", "Combine published registers into one overview."),
    "verify": ("register.store", "verify", "Check that log, raw files, records and lookup tables agree."),
    "export": ("register.store", "export", "Write the whole store to one portable file."),
    "load": ("register.store", "load", "Fill an empty store from a portable file."),
    "backup": ("register.store", "backup", "Copy the whole store while it is in use."),
    "restore": ("register.store", "restore", "Fill an empty store from a backup."),
}


@lazy_group(COMMANDS)
def register() -> None:
    """Keep a register of equipment: devices, places and dates. Move, check and back up the store."""
