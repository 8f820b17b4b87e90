"""`overzicht register`: the equipment of organisations, and the store that keeps it."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "organisations": ("subjects.register.organisations", "Add, change and list organisations."),
    "sites": ("subjects.register.sites", "List the sites of equipment."),
    "import": ("subjects.register.imports.commands", "Compare inventories with the register; write changes."),
    "imports": ("subjects.register.imports.commands", "List the imports, or the rows of one."),
    "choose": ("subjects.register.imports.commands", "Choose the device of an unclear row of an import."),
    "accept": ("subjects.register.imports.commands", "Write an import into the register."),
    "reject": ("subjects.register.imports.commands", "Reject an import."),
    "undo": ("subjects.register.imports.commands", "Undo an accepted import as one step."),
    "devices": ("subjects.register.device_commands", "List the devices of a date."),
    "show": (
        "subjects.register.device_commands",
        "Show a device: manufacturer, reasons, history, decisions.",
    ),
    "mark": (
        "subjects.register.device_commands",
        "Record that a device is in use, out of use, replaced or removed.",
    ),
    "counts": ("subjects.register.device_commands", "Count devices by manufacturer, kind and life."),
    "overview": ("subjects.register.device_commands", "Make the overview of the register."),
    "statements": ("subjects.register.statements", "Add and list public statements about equipment."),
    "plan": ("subjects.register.plans", "Plan replacements and follow them."),
    "map": ("subjects.register.map_commands", "Draw the sites on a map, with boundaries of your own."),
    "publish": (
        "subjects.register.sharing_commands",
        "Write a register for others, at a chosen level of detail.",
    ),
    "merge": ("subjects.register.sharing_commands", "Combine published registers into one overview."),
    "describe": (
        "subjects.register.sharing_commands",
        "Describe published files for portals of open data (DCAT-AP-NL).",
    ),
    "verify": ("cli.store", "Check that log, raw files, records and lookup tables agree."),
    "receipt": ("cli.store", "Sign the end of the log as a receipt, to store elsewhere."),
    "export": ("cli.store", "Write the whole store to one portable file."),
    "load": ("cli.store", "Fill an empty store from a portable file."),
    "backup": ("cli.store", "Copy the whole store while it is in use."),
    "restore": ("cli.store", "Fill an empty store from a backup."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def register() -> None:
    """Manage a register of equipment: devices, places and dates. Move, check and back up the store."""
