"""`overzicht register`: the equipment of organisations, and the store that keeps it."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "organisations": ("cli.register.bodies", "Add, change and list organisations."),
    "sites": ("cli.register.bodies", "List the sites of equipment."),
    "import": ("cli.register.importing", "Compare inventories with the register; write changes."),
    "imports": ("cli.register.importing", "List the imports, or the rows of one."),
    "choose": ("cli.register.importing", "Choose the device of an unclear row of an import."),
    "accept": ("cli.register.importing", "Write an import into the register."),
    "reject": ("cli.register.importing", "Reject an import."),
    "undo": ("cli.register.importing", "Undo an accepted import as one step."),
    "devices": ("cli.register.devices", "List the devices of a date."),
    "show": ("cli.register.devices", "Show a device: manufacturer, reasons, history, decisions."),
    "mark": ("cli.register.devices", "Record that a device is in use, out of use, replaced or removed."),
    "counts": ("cli.register.devices", "Count devices by manufacturer, kind and life."),
    "overview": ("cli.register.devices", "Make the overview of the register."),
    "statements": ("cli.register.bodies", "Add and list public statements about equipment."),
    "plan": ("subjects.register.plans", "Plan replacements and follow them."),
    "map": ("cli.register.maps", "Draw the sites on a map, with boundaries of your own."),
    "publish": ("cli.register.sharing", "Write a register for others, at a chosen level of detail."),
    "merge": ("cli.register.sharing", "Combine published registers into one overview."),
    "describe": ("cli.register.sharing", "Describe published files for portals of open data (DCAT-AP-NL)."),
    "verify": ("cli.register.store", "Check that log, raw files, records and lookup tables agree."),
    "receipt": ("cli.register.store", "Sign the end of the log as a receipt, to store elsewhere."),
    "export": ("cli.register.store", "Write the whole store to one portable file."),
    "load": ("cli.register.store", "Fill an empty store from a portable file."),
    "backup": ("cli.register.store", "Copy the whole store while it is in use."),
    "restore": ("cli.register.store", "Fill an empty store from a backup."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def register() -> None:
    """Manage a register of equipment: devices, places and dates. Move, check and back up the store."""
