"""`overzicht register`: the equipment an organisation keeps, and the store it is kept in."""

from overzicht.cli.lazy import CommandTable, lazy_group

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
    "verify": ("register_store", "verify", "Prove that the log, raw files, records and look-ups agree."),
    "export": ("register_store", "export", "Write the whole store to one portable file."),
    "load": ("register_store", "load", "Fill an empty store from such a file, on either database."),
    "backup": ("register_store", "backup", "Copy the whole store while it is in use."),
    "restore": ("register_store", "restore", "Fill an empty store from a backup."),
}


@lazy_group(COMMANDS)
def register() -> None:
    """Keep the register: what equipment there is, where, since when; and move, check and back up it all."""
