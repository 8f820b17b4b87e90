"""`overzicht register`: the equipment of organisations, and the store that keeps it."""

from overzicht.cli.commands import CommandTable, group
from overzicht.cli.loading import load_command

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "organisations": ("register.bodies", "Add, change and list organisations."),
    "sites": ("register.bodies", "List the sites of equipment."),
    "import": ("register.importing", "Compare inventories with the register; write changes."),
    "imports": ("register.importing", "List the imports, or the rows of one."),
    "choose": ("register.importing", "Choose the device of an unclear row of an import."),
    "accept": ("register.importing", "Write an import into the register."),
    "reject": ("register.importing", "Reject an import."),
    "undo": ("register.importing", "Undo an accepted import as one step."),
    "devices": ("register.devices", "List the devices of a date."),
    "show": ("register.devices", "Show a device: manufacturer, reasons, history, decisions."),
    "mark": ("register.devices", "Record that a device is in use, out of use, replaced or removed."),
    "counts": ("register.devices", "Count devices by manufacturer, kind and life."),
    "overview": ("register.devices", "Make the overview of the register."),
    "statements": ("register.bodies", "Add and list public statements about equipment."),
    "plan": ("subjects.register.plans", "Plan replacements and follow them."),
    "map": ("register.maps", "Draw the sites on a map, with boundaries of your own."),
    "publish": ("register.sharing", "Write a register for others, at a chosen level of detail."),
    "merge": ("register.sharing", "Combine published registers into one overview."),
    "describe": ("register.sharing", "Describe published files for portals of open data (DCAT-AP-NL)."),
    "verify": ("register.store", "Check that log, raw files, records and lookup tables agree."),
    "receipt": ("register.store", "Sign the end of the log as a receipt, to store elsewhere."),
    "export": ("register.store", "Write the whole store to one portable file."),
    "load": ("register.store", "Fill an empty store from a portable file."),
    "backup": ("register.store", "Copy the whole store while it is in use."),
    "restore": ("register.store", "Fill an empty store from a backup."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def register() -> None:
    """Manage a register of equipment: devices, places and dates. Move, check and back up the store."""
