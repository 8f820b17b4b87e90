"""`overzicht register`: the equipment an organisation keeps, and the store it is kept in."""

from overzicht.cli.lazy import CommandTable, lazy_group

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
}


@lazy_group(COMMANDS)
def register() -> None:
    """Keep the register: what equipment there is, where, since when; and move, check and back up it all."""
