"""The root of the command line. A command's module is loaded only when it is called."""

from importlib import import_module

import click

from overzicht import __version__

COMMANDS = {  # name: (module, attribute, one line for --help)
    "overview": ("overview", "overview", "Turn inventories into a cited report: devices, makers, listings."),
    "explain": ("runs", "explain", "Print the whole chain of reasons for a device or party of a run."),
    "runs": ("runs", "runs", "List the runs that are kept."),
    "screen": ("screen", "screen", "Ask the lists whether a party stands on them, on any day."),
    "lists": ("lists", "lists", "Official lists: add, update, status, diff."),
    "cards": ("cards", "cards", "Facts that ship with the product: check and show."),
    "control": ("control", "control", "The control list: show, search, compare versions, update."),
    "licence": ("licence", "licence", "Export authorisations: file, screen, weigh, consult, decide."),
    "denial": ("denial", "denial", "Denials: register, exchange, match, review."),
    "judge": ("decisions", "judge", "Confirm, reject or leave open a finding, with a reason."),
    "withdraw": ("decisions", "withdraw", "Withdraw a judgement; it stays in the record as withdrawn."),
    "tasks": ("tasks", "tasks", "What is to be done: list, open, close."),
    "log": ("decisions", "log", "The chained log of all changes: show and verify."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that --help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command, or None when there is none of that name."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"overzicht.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command table without importing any command."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="overzicht")
def cli() -> None:
    """Tell what surveillance equipment you have, who really made it, and what lists and law say of them.

    Start with `overzicht overview INVENTORY...`: spreadsheets, nmap scans and device answers in, a cited
    report out. State lives under OVERZICHT_HOME (default: your user data folder). Exit codes: 0 done,
    1 done but incomplete, 2 wrong use, 10 input refused, 11 unknown name, 12 fetching failed, 13 store,
    14 something is not installed or set, 15 a packaged fact is wrong.
    """
