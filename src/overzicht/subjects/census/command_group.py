"""`overzicht census`: which bodies exist, what they answered, and conclusions about all of them."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "roll": ("cli.census.rolls", "Load and show the roll of bodies."),
    "round": ("cli.census.rounds", "Start and list rounds."),
    "request": ("cli.census.rounds", "Write the letters of a round and record them as sent."),
    "mark": ("cli.census.rounds", "Record an event of a request: received, extended, refused."),
    "remind": ("cli.census.rounds", "Draft the reminders that are due."),
    "sign": ("cli.census.returns", "Sign a return as a body."),
    "receive": ("cli.census.returns", "Accept signed returns; refused files are named."),
    "key": ("cli.census.returns", "Change or withdraw the key of a body."),
    "show": ("cli.census.results", "Show a round: coverage, bounds, estimate, tables."),
    "publish": ("cli.census.results", "Write the national overview for others."),
    "sum": ("cli.census.results", "Write a signed sum for another coordinator."),
    "sums": ("cli.census.results", "Add the signed sums of coordinators."),
    "statements": ("cli.census.claims", "Import and compare statements of others about bodies."),
    "survey": ("cli.census.claims", "Import surveys of others, with bounds and estimates."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def census() -> None:
    """Ask all bodies of a roll for their equipment, and report how much of the country the answers cover."""
