"""The root of the command line. A command's module is loaded only when it is called."""

import click

from overzicht import __version__
from overzicht.cli.lazy import lazy_group

COMMANDS = {  # name: (module, attribute, one line for --help)
    "overview": ("overview", "overview", "Turn inventories into a cited report: devices, makers, listings."),
    "explain": ("runs", "explain", "Print the whole chain of reasons for a device or party of a run."),
    "runs": ("runs", "runs", "List the runs that are kept."),
    "screen": ("screen", "screen", "Ask the lists whether a party stands on them, on any day."),
    "tenders": ("tenders", "tenders", "What procurement notices name: makers, models, contracts."),
    "parties": ("parties", "parties", "Which records of the lists are the same party, or may be."),
    "lists": ("lists", "lists", "Official lists: add, update, status, diff."),
    "cards": ("cards", "cards", "Facts that ship with the product: check and show."),
    "control": ("control", "control", "The control list: show, search, compare versions, update."),
    "licence": ("licence", "licence", "Export authorisations: file, screen, weigh, consult, decide."),
    "denial": ("denial", "denial", "Denials: register, exchange, match, review."),
    "questions": ("questions", "questions", "Parliamentary questions: add, show, search, overdue, stats."),
    "diligence": ("diligence", "diligence", "Due diligence in six steps: map, judge, plan, track, report."),
    "law": ("law", "law", "Law on a date: instruments, and described uses weighed under them."),
    "dossier": ("dossier", "dossier", "Evidence about a party, steps taken, and its own side."),
    "answer": ("answer", "answer", "Draft an answer to parliamentary questions, each sentence cited."),
    "judge": ("decisions", "judge", "Confirm, reject or leave open a finding, with a reason."),
    "withdraw": ("decisions", "withdraw", "Withdraw a judgement; it stays in the record as withdrawn."),
    "tasks": ("tasks", "tasks", "What is to be done: list, open, close."),
    "register": ("register", "register", "The register of equipment, and moving, checking, backing up."),
    "serve": ("serve", "serve", "The service: pages in the browser and an HTTP interface."),
    "users": ("users", "users", "Who may use the service: accounts, roles, tokens."),
    "log": ("decisions", "log", "The chained log of all changes: show and verify."),
}


@lazy_group(COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="overzicht")
def cli() -> None:
    """Tell what surveillance equipment you have, who really made it, and what lists and law say of them.

    Start with `overzicht overview INVENTORY...`: spreadsheets, nmap scans and device answers in, a cited
    report out. State lives under OVERZICHT_HOME (default: your user data folder). Exit codes: 0 done,
    1 done but incomplete, 2 wrong use, 10 input refused, 11 unknown name, 12 fetching failed, 13 store,
    14 something is not installed or set, 15 a packaged fact is wrong.
    """
