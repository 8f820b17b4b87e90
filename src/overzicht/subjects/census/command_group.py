"""`overzicht census`: which bodies exist, what they answered, and conclusions about all of them."""

from overzicht.cli.commands import group
from overzicht.cli.loading import load_command
from overzicht.composition import CommandTable

COMMANDS: CommandTable = {  # name: (module, one line for --help)
    "roll": ("subjects.census.rolls", "Load and show the roll of bodies."),
    "round": ("subjects.census.rounds", "Start and list rounds."),
    "request": ("subjects.census.sent_requests", "Write the letters of a round and record them as sent."),
    "mark": ("subjects.census.sent_requests", "Record an event of a request: received, extended, refused."),
    "remind": ("subjects.census.sent_requests", "Draft the reminders that are due."),
    "sign": ("subjects.census.received_returns", "Sign a return as a body."),
    "receive": ("subjects.census.received_returns", "Accept signed returns; refused files are named."),
    "key": ("subjects.census.received_returns", "Change or withdraw the key of a body."),
    "show": ("subjects.census.results", "Show a round: coverage, bounds, estimate, tables."),
    "publish": ("subjects.census.results", "Write the national overview for others."),
    "sum": ("subjects.census.results", "Write a signed sum for another coordinator."),
    "sums": ("subjects.census.results", "Add the signed sums of coordinators."),
    "statements": (
        "subjects.census.statements",
        "Import and compare statements of others about bodies.",
    ),
    "survey": ("subjects.census.survey_results", "Import surveys of others, with bounds and estimates."),
}


@group(sections={"Commands": COMMANDS}, load=load_command)
def census() -> None:
    """Ask all bodies of a roll for their equipment, and report how much of the country the answers cover."""
