"""The root of the command line. A command's module is loaded only when it is called."""

from collections.abc import Mapping

import click

from overzicht import __version__
from overzicht.cli.commands import TRUST_INPUT, group, pairs
from overzicht.cli.language import reworded, speak
from overzicht.cli.loading import absent_commands, hidden_commands, load_command, with_subjects
from overzicht.composition import CommandTable, subjects
from overzicht.errors import (
    EXIT_FACTS,
    EXIT_FETCH,
    EXIT_INCOMPLETE,
    EXIT_INPUT,
    EXIT_NOT_FOUND,
    EXIT_OK,
    EXIT_SETUP,
    EXIT_STORE,
    EXIT_USAGE,
)

EXIT_STOPPED = 130
EXIT_PIPE = 141  # as a shell reports SIGPIPE
EXIT_CODES = {  # the one table of exit codes: for --help, README and docs/reference/exit-codes.md
    EXIT_OK: "done",
    EXIT_INCOMPLETE: "done, but incomplete; the output names what could not be read or is open",
    EXIT_USAGE: "usage error",
    EXIT_INPUT: "input refused: a file, a date or a step",
    EXIT_NOT_FOUND: "unknown name or number",
    EXIT_FETCH: "fetching a list failed; the version in use remains",
    EXIT_STORE: "the store cannot be used, or a check of it failed",
    EXIT_SETUP: "something is not installed or not set",
    EXIT_FACTS: "a fact that ships with the product is wrong",
    EXIT_STOPPED: "stopped by the user (Ctrl-C)",
    EXIT_PIPE: "the program that read the output ended first, for example `| head`",
}

_OF_THE_PRODUCT: Mapping[str, CommandTable] = {  # title: {name: (module, one line for --help)}
    "Look": {
        "overview": (
            "subjects.overview.commands",
            "Turn inventories into a cited report: devices, manufacturers, listings.",
        ),
        "inventories": (
            "subjects.inventories.commands",
            "Show how columns of inventories are read; save their fields.",
        ),
        "explain": (
            "subjects.overview.run_commands",
            "Print the chain of reasons for a device or party of a run.",
        ),
        "runs": ("subjects.overview.run_commands", "List the stored runs."),
        "cards": ("subjects.makers.commands", "Check and show the facts that ship with the product."),
    },
    "Lists": {
        "screen": ("subjects.screening.commands", "Screen parties against official lists, on any date."),
        "lists": ("subjects.lists.commands", "Manage official lists: add, update, status, diff."),
        "parties": (
            "subjects.screening.party_commands",
            "List records of lists that are the same party, or may be.",
        ),
    },
    "Register": {
        "register": (
            "subjects.register.commands",
            "Manage a register of equipment; move, check and back up the store.",
        ),
        "compare": (
            "subjects.register.compare_commands",
            "Show what changed in the register between two dates or imports.",
        ),
    },
    "Export control": {},
    "Parliament": {},
    "Administration": {
        "judge": ("subjects.register.judgements", "Record a decision on a finding, with a reason."),
        "withdraw": ("subjects.register.judgements", "Withdraw a decision. It remains in the history."),
        "alerts": (
            "subjects.alerts.commands",
            "Show and send what list changes mean for the parties that you use.",
        ),
        "tasks": ("subjects.register.tasks", "Manage tasks: list, open, assign, close."),
        "subjects": ("cli.subjects", "List and choose the subjects of this installation."),
        "demo": (
            "subjects.register.demo_commands",
            "Start a filled example service, thrown away when it stops.",
        ),
        "serve": ("cli.serve", "Serve pages for the browser and an HTTP interface."),
        "users": ("subjects.accounts.commands", "Manage accounts, roles and tokens of the service."),
        "log": ("cli.log", "Show and verify the chained log of all changes."),
    },
}
SECTIONS: Mapping[str, CommandTable] = with_subjects(_OF_THE_PRODUCT)
SYNONYMS = pairs(  # a word that people try, and the command that it means
    "".join(f"{subject.synonyms} " for subject in subjects())
    + "report=overview scan=overview inventory=overview why=explain history=runs search=screen match=screen "
    "check=screen sanctions=lists status=lists/status list=lists/status update=lists/update "
    "makers=cards/show maker=cards/show facts=cards/show devices=register/devices device=register/show "
    "import=register/import backup=register/backup restore=register/restore "
    "parliament=questions web=serve server=serve start=serve account=users accounts=users audit=log/show "
    "decide=judge todo=tasks/list alert=alerts/list changes=alerts/list same=parties/same"
)


def _print_version(ctx: click.Context, _option: click.Parameter, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        from overzicht.names.compiled import engine_state  # noqa: PLC0415 - numpy is not needed for --help

        click.echo(speak("overzicht, version {version}", version=__version__))
        click.echo(speak("names are compared by: {engine}", engine=reworded(engine_state())))
        ctx.exit()


@group(
    sections=SECTIONS,
    load=load_command,
    hidden=hidden_commands,
    absent=absent_commands(),
    synonyms=SYNONYMS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + ".",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.option(
    TRUST_INPUT,
    is_flag=True,
    help="Read files in this process, without its limits. Use it only for files that you made yourself.",
)
@click.pass_context
def cli(ctx: click.Context, *, trust_input: bool) -> None:
    """Report what surveillance equipment you have, who made it, and what lists and law state about them.

    Start with `overzicht overview INVENTORY...`: spreadsheets, nmap scans and device answers in, a cited
    report out. Results go to standard output, messages to standard error. The state is stored under
    OVERZICHT_HOME (default: your user data folder).
    """
    from overzicht.cli.isolation import settle_reading  # noqa: PLC0415 - --help needs none

    settle_reading(ctx, trust_input=trust_input)
