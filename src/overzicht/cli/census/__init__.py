"""`overzicht census`: which bodies exist, what they answered, and conclusions about all of them."""

from overzicht.cli.commands import CommandTable, group
from overzicht.cli.loading import load_command

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "roll": ("census.rolls", "Load and show the roll of bodies."),
    "round": ("census.rounds", "Start and list rounds."),
    "request": ("census.rounds", "Write the letters of a round and record them as sent."),
    "mark": ("census.rounds", "Record an event of a request: received, extended, refused."),
    "remind": ("census.rounds", "Draft the reminders that are due."),
    "sign": ("census.returns", "Sign a return as a body."),
    "receive": ("census.returns", "Accept signed returns; refused files are named."),
    "key": ("census.returns", "Change or withdraw the key of a body."),
    "show": ("census.results", "Show a round: coverage, bounds, estimate, tables."),
    "publish": ("census.results", "Write the national overview for others."),
    "sum": ("census.results", "Write a signed sum for another coordinator."),
    "sums": ("census.results", "Add the signed sums of coordinators."),
    "statements": ("census.claims", "Import and compare statements of others about bodies."),
    "survey": ("census.claims", "Import surveys of others, with bounds and estimates."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def census() -> None:
    """Ask all bodies of a roll for their equipment, and report how much of the country the answers cover."""
