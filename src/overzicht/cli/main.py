"""The root of the command line. A command's module is loaded only when it is called."""

import click

from overzicht import __version__
from overzicht.cli.lazy import CommandTable, lazy_group
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
}

COMMANDS: CommandTable = {  # name: (module, attribute, one line for --help)
    "overview": ("overview", "overview", "Turn inventories into a cited report: devices, makers, listings."),
    "explain": ("runs", "explain", "Print the chain of reasons for a device or party of a run."),
    "runs": ("runs", "runs", "List the stored runs."),
    "screen": ("screen", "screen", "Screen parties against official lists, on any date."),
    "tenders": ("tenders", "tenders", "List makers and models in procurement notices."),
    "parties": ("parties", "parties", "List records of lists that are the same party, or may be."),
    "lists": ("lists", "lists", "Manage official lists: add, update, status, diff."),
    "cards": ("cards", "cards", "Check and show the facts that ship with the product."),
    "control": ("control", "control", "Read the control list: show, search, compare, update, classify."),
    "licence": (
        "licensing.licence",
        "licence",
        "Handle export authorisations, from application to decision.",
    ),
    "denial": ("licensing.denial", "denial", "Manage denials: register, exchange, match, review."),
    "questions": (
        "questions",
        "questions",
        "Read parliamentary questions: add, show, search, overdue, stats.",
    ),
    "diligence": (
        "diligence",
        "diligence",
        "Do due diligence in six steps: map, judge, plan, track, report.",
    ),
    "law": ("law", "law", "Show law on a date, and weigh described uses under it."),
    "dossier": ("dossier", "dossier", "Keep evidence about a party, steps taken, and its own statements."),
    "answer": ("answer", "answer", "Draft an answer to parliamentary questions, each sentence cited."),
    "judge": ("decisions", "judge", "Record a decision on a finding, with a reason."),
    "withdraw": ("decisions", "withdraw", "Withdraw a decision. It remains in the history."),
    "tasks": ("tasks", "tasks", "Manage tasks: list, open, assign, close."),
    "register": ("register", "register", "Keep a register of equipment; move, check and back up the store."),
    "serve": ("serve", "serve", "Serve pages for the browser and an HTTP interface."),
    "users": ("users", "users", "Manage accounts, roles and tokens of the service."),
    "log": ("decisions", "log", "Show and verify the chained log of all changes."),
}


@lazy_group(
    COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: " + "; ".join(f"{code} {meaning}" for code, meaning in EXIT_CODES.items()) + ".",
)
@click.version_option(__version__, prog_name="overzicht")
def cli() -> None:
    """Report what surveillance equipment you have, who made it, and what lists and law say of the makers.

    Start with `overzicht overview INVENTORY...`: spreadsheets, nmap scans and device answers in, a cited
    report out. Results go to standard output, messages to standard error. The state is stored under
    OVERZICHT_HOME (default: your user data folder).
    """
